// Numbers in the place of symbolic and open dims.
import assert from 'node:assert/strict';
import { bindSymbols, freeDims } from '../../../src/blocks/graph/bind-symbols.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { symbol, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { GraphBuilder } from './build-graph.ts';

/** Convolution, pooling by two, dense over everything: costs depend on the height and the width. */
function classifier(input: readonly Dim[], dataFormat = 'channelsLast') {
  const build = new GraphBuilder();
  const x = build.input(input);
  const conv = build.layer('conv2d', { filters: 8, kernelSize: 3, padding: 'same', dataFormat }, x);
  const pool = build.layer('maxPooling2d', { poolSize: 2, dataFormat }, conv);
  const flat = build.layer('flatten', {}, pool);
  return build.graph(build.layer('dense', { units: 10 }, flat));
}

const outputs = (graph: ReturnType<typeof classifier>): unknown[] => graph.nodes.map(node => node.output);

describe('bindSymbols', () => {
  const bound = [[2, 28, 20, 3], [2, 28, 20, 8], [2, 14, 10, 8], [2, 1120], [2, 10]];

  it('replaces symbols in shapes, weights and costs', () => {
    const graph = classifier([symbol('B'), symbol('H'), symbol('W'), 3]);
    const result = bindSymbols(graph, { B: 2, H: 28, W: 20 });
    assert.deepEqual(outputs(result), bound);
    assert.deepEqual(result.nodes[4]!.weights.map(weight => weight.shape), [[1120, 10], [10]]);
    assert.equal(totalsOf(result.nodes).params, 3 * 3 * 3 * 8 + 8 + 1120 * 10 + 10);
    assert.equal(totalsOf(result.nodes).macs, 28 * 20 * 3 * 3 * 3 * 8 + 1120 * 10);
  });

  it('works out open dims by the rules of the layers behind them', () => {
    const result = bindSymbols(classifier([null, null, null, 3]), { batch: 2, height: 28, width: 20 });
    assert.deepEqual(outputs(result), bound);
    assert.equal(totalsOf(result.nodes).params, 3 * 3 * 3 * 8 + 8 + 1120 * 10 + 10);
    assert.equal(totalsOf(result.nodes).macs, 28 * 20 * 3 * 3 * 3 * 8 + 1120 * 10);
  });

  it('replaces symbols in attributes, also within lists', () => {
    const build = new GraphBuilder();
    const x = build.input([null, 8, 8, symbol('C')]);
    const conv = build.layer('conv2d', { filters: symbol('C'), kernelSize: [symbol('K'), 3], padding: 'same' }, x);
    const result = bindSymbols(build.graph(conv), { C: 4, K: 5 });
    assert.equal(result.nodes[1]!.attributes['filters'], 4);
    assert.deepEqual(result.nodes[1]!.attributes['kernelSize'], [5, 3]);
    assert.equal(result.nodes[1]!.params, 5 * 3 * 4 * 4 + 4);
  });

  it('leaves what is not named, and the graph that came in', () => {
    const graph = classifier([null, symbol('H'), symbol('W'), 3]);
    const before = structuredClone(graph);
    const result = bindSymbols(graph, { H: 28 });
    assert.deepEqual(graph, before);
    assert.deepEqual(freeDims(result).map(dim => dim.name), ['batch', 'W']);
  });
});

describe('freeDims', () => {
  const free = (input: readonly Dim[], dataFormat?: string): unknown =>
    freeDims(classifier(input, dataFormat)).map(dim => [dim.name, dim.meaning, dim.suggestion]);

  it('names symbols and what open dims mean', () => {
    assert.deepEqual(free([null, symbol('H'), symbol('W'), 3]), [['batch', 'batch', 1], ['H', 'height', 56], ['W', 'width', 56]]);
    assert.deepEqual(free([null, null, null, 3]), [['batch', 'batch', 1], ['height', 'height', 56], ['width', 'width', 56]]);
    assert.deepEqual(free([4, 28, 28, 1]), []);
  });

  it('reads the channels where the data format puts them', () => {
    assert.deepEqual(free([null, 3, null, null], 'channelsFirst'), [['batch', 'batch', 1], ['height', 'height', 56], ['width', 'width', 56]]);
  });

  it('suggests a height that divides evenly wherever the block halves it', () => {
    const build = new GraphBuilder();
    let x = build.input([null, symbol('H'), symbol('W'), 3]);
    for (let i = 0; i < 5; i++) x = build.layer('maxPooling2d', { poolSize: 2, strides: [2, 1] }, x);
    const suggestions = Object.fromEntries(freeDims(build.graph(x)).map(dim => [dim.name, dim.suggestion]));
    assert.equal(suggestions['H'], 64);
    assert.equal(suggestions['W'], 56);
  });

  it('suggests an image of which windows without padding leave something', () => {
    const build = new GraphBuilder();
    let x = build.input([null, symbol('H'), symbol('W'), 3]);
    for (let i = 0; i < 5; i++) x = build.layer('maxPooling2d', { poolSize: 2 }, build.layer('conv2d', { filters: 8, kernelSize: [4, 2] }, x));
    const graph = build.graph(x);
    const dims = freeDims(graph);
    assert.deepEqual(dims.map(({ name, suggestion }) => [name, suggestion]), [['batch', 1], ['H', 128], ['W', 128]]);
    const bound = bindSymbols(graph, Object.fromEntries(dims.map(({ name, suggestion }) => [name, suggestion])));
    assert.deepEqual(bound.nodes.at(-1)!.output, [1, 1, 3, 8]);
    assert.equal(freeDims(graph), dims);
  });

  it('keeps an open dim apart from a symbol of the same name', () => {
    const build = new GraphBuilder();
    const x = build.input([null, symbol('batch')]);
    assert.deepEqual(freeDims(build.graph(x)).map(dim => dim.name), ['open batch', 'batch']);
    assert.deepEqual(bindSymbols(build.graph(x), { batch: 7, 'open batch': 2 }).nodes[0]!.output, [2, 7]);
  });

  it('also finds what only attributes know', () => {
    const build = new GraphBuilder();
    const x = build.input([null, 16]);
    assert.deepEqual(freeDims(build.graph(build.layer('dense', { units: symbol('classes') }, x))).map(dim => dim.name), ['batch', 'classes']);
  });
});
