// What the page keeps while it is hidden, and when a result no longer holds.
import assert from 'node:assert/strict';
import type { RunReport } from '../../src/blocks/protocol/messages.ts';
import { beginsAnew, initialState, keptOf, restore, whyOutOfDate, type PageState } from '../../webview/page-state.ts';
import { layerFigures } from '../../webview/panels/layer-figures.ts';
import { sortRows } from '../../webview/panels/sort-rows.ts';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import { fingerprint } from '../../src/blocks/graph/fingerprint.ts';
import { classifier, payload, residualBlock, symbolic } from './blocks.ts';

const report = (chosenDims: Record<string, number>): RunReport => ({
  backend: 'webgl', renderer: 'a GPU', software: false, machine: { tensorflowjs: '4.22.0', browser: 'a browser', cores: 2 }, chosenDims, inputShapes: [], measuredShapes: [], inferredShapes: [], shapesAgree: true,
  measuredParams: 0, inferredParams: 0, paramsAgree: true, mismatches: [], firstRunMs: 1, warmUpRuns: 3,
  whole: { medianMs: 4, p25Ms: 4, p75Ms: 4, p95Ms: 4, minMs: 4, samples: 15, runsPerSample: 8, quality: 'good' },
  ways: [], agreements: [],
  layers: [{ node: 1, layer: 'conv2d', outputShape: [1, 28, 28, 8], timing: { medianMs: 3, p25Ms: 3, p75Ms: 3, p95Ms: 3, minMs: 3, samples: 7, runsPerSample: 4, quality: 'good' } },
    { node: 2, layer: 'batchNormalization', outputShape: [1, 28, 28, 8], timing: { medianMs: 1, p25Ms: 1, p75Ms: 1, p95Ms: 1, minMs: 1, samples: 7, runsPerSample: 4, quality: 'good' } }],
  layersComplete: false, leakedTensors: 0, notes: [],
});

describe('the state of the page', () => {
  it('survives being kept as JSON', () => {
    const block = payload('any', symbolic());
    const state: PageState = {
      ...initialState, content: { kind: 'block', block }, sizes: { H: 64 }, backend: 'wasm', selected: 2, closed: [1], sort: { column: 'macs', descending: true },
      result: { report: report({ H: 64 }), fingerprint: fingerprint(block.graph) },
    };
    assert.deepEqual(restore(JSON.parse(JSON.stringify(keptOf(state))), state.gpu), state);
  });

  it('keeps of a run that it was cut off, which lets it begin anew once', () => {
    const running: PageState = { ...initialState, run: { kind: 'running', progress: { phase: 'layers', done: 1, of: 2 } } };
    const [first, second, ended] = [running, { ...running, restarts: 1 }, { ...running, run: { kind: 'failed', message: '' } } as const].map(state => restore(keptOf(state), 'hardware'));
    assert.deepEqual([first!, second!, ended!].map(({ run }) => run.kind), ['cut-off', 'cut-off', 'idle']);
    assert.deepEqual([first!, second!, ended!].map(beginsAnew), [true, false, false]);
  });

  it('begins anew where nothing or something else was kept', () => {
    assert.deepEqual((['hardware', 'software', 'none'] as const).map(gpu => restore(undefined, gpu).backend), ['webgl', 'wasm', 'wasm']);
    for (const kept of [undefined, null, 'x', {}, { schema: 99, content: { kind: 'empty', message: 'old' } }]) assert.deepEqual(restore(kept, 'hardware'), initialState);
  });

  it('knows a block again that only moved in its file', () => {
    const graph = residualBlock();
    const moved = { ...graph, nodes: graph.nodes.map(node => ({ ...node, at: { ...node.at, start: node.at.start + 100, end: node.at.end + 100 } })) };
    assert.equal(fingerprint(moved), fingerprint(graph));
    assert.notEqual(fingerprint(residualBlock(16)), fingerprint(graph));
  });

  it('says why a result is out of date', () => {
    const block = payload('any', symbolic());
    const result = { report: report({ batch: 1, H: 56, W: 56 }), fingerprint: fingerprint(block.graph) };
    assert.equal(whyOutOfDate(result, block, { batch: 1, H: 56, W: 56 }), undefined);
    assert.equal(whyOutOfDate(result, block, { batch: 1, H: 112, W: 56 }), 'It was measured with batch = 1, H = 56, W = 56.');
    assert.equal(whyOutOfDate({ ...result, report: { ...result.report, chosenDims: {} } }, block, { height: 112 }), 'It was measured with the sizes that the source has.');
    assert.equal(whyOutOfDate(result, payload('any', classifier()), {}), 'The block has changed since.');
  });
});

describe('the figures of the layers', () => {
  it('are shares of the block and of the largest', () => {
    const figures = layerFigures(bindSymbols(symbolic(), { batch: 1, H: 56, W: 56 }), report({}));
    assert.deepEqual([figures[1]!.timeShare, figures[2]!.timeShare, figures[4]!.timeShare], [0.75, 0.25, undefined]);
    assert.equal(figures[2]!.timeOfSlowest, 1 / 3);
    assert.ok(Math.abs(figures.reduce((sum, figure) => sum + (figure.paramsShare ?? 0), 0) - 1) < 1e-9);
    assert.equal(Math.max(...figures.map(figure => figure.operationsOfLargest ?? 0)), 1);
  });

  it('count weights that are shared at their first layer only', () => {
    const graph = residualBlock();
    const shared = { ...graph, nodes: graph.nodes.map(node => (node.id === 4 ? { ...node, weightsKey: 1 } : node)) };
    const figures = layerFigures(shared, undefined);
    assert.deepEqual([figures[1]!.sharesWeights, figures[4]!.sharesWeights], [false, true]);
    assert.equal(figures[4]!.paramsShare, undefined);
  });

  it('sort with what is unknown at the end either way', () => {
    const graph = residualBlock();
    const figures = layerFigures(graph, report({}));
    const order = (descending: boolean): number[] => sortRows(graph.nodes, graph.nodes.map((_, i) => i), figures, new Map(), { column: 'time', descending }).map(node => node.id);
    assert.deepEqual(order(true).slice(0, 3), [1, 2, 0]);
    assert.deepEqual(order(false).slice(0, 3), [2, 1, 0]);
    assert.deepEqual(sortRows(graph.nodes, [], figures, new Map(), null), graph.nodes);
  });
});
