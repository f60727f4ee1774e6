// Sizes that the source fixes: which can be others, what follows from another one, and which layer is in the way.
import assert from 'node:assert/strict';
import { sizeObstacleText } from '../../../src/blocks/features/size-words.ts';
import { changedSizes, changeSizes, fixedSizes, graphAtSizes } from '../../../src/blocks/graph/fixed-sizes.ts';
import type { BlockGraph } from '../../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { symbol, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { GraphBuilder, lineOf, type Config } from './build-graph.ts';

function chain(input: readonly Dim[], ...layers: readonly (readonly [string, Config])[]): BlockGraph {
  const build = new GraphBuilder();
  return build.graph(layers.reduce((x, [layer, config]) => build.layer(layer, config, x), build.input(input)));
}

const conv = ['conv2d', { filters: 4, kernelSize: 3, padding: 'same', strides: 2 }] as const;
const named = (graph: BlockGraph) => fixedSizes(graph).map(({ name, size, obstacle }) => [name, size, obstacle && sizeObstacleText(obstacle, node => `${graph.nodes[node]!.layer} in line ${lineOf(node)}`)]);

describe('sizes that the source fixes', () => {
  it('can be others where every layer takes them', () => {
    assert.deepEqual(named(chain([2, 32, 48, 3], conv, ['globalAveragePooling2d', {}], ['dense', { units: 10 }])), [['batch', 2, undefined], ['height', 32, undefined], ['width', 48, undefined]]);
    assert.deepEqual(named(chain([null, 20, 8], ['lstm', { units: 3 }])), [['length', 20, undefined]]);
    assert.deepEqual(named(chain([null, 20], ['embedding', { inputDim: 50, outputDim: 4 }], ['globalAveragePooling1d', {}])), [['features', 20, undefined]]);
  });

  it('cannot where weights depend on them, and the reason names the layer', () => {
    const reason = 'the weights of dense in line 5 have it in their shape, because flatten in line 3 makes one list of all values';
    assert.deepEqual(named(chain([null, 8, 8, 3], conv, ['flatten', {}], ['dropout', { rate: 0.5 }], ['dense', { units: 10 }])), [['height', 8, reason], ['width', 8, reason]]);
    assert.deepEqual(named(chain([null, 8, 3], ['permute', { dims: [2, 1] }], ['dense', { units: 2 }])), [['length', 8, 'the weights of dense in line 3 have it in their shape'], ['features', 3, undefined]]);
    assert.deepEqual(named(chain([1, 4, 4, 2], ['reshape', { targetShape: [32] }])), [['batch', 1, undefined], ['height', 4, 'reshape in line 2 takes no other one'], ['width', 4, 'reshape in line 2 takes no other one']]);
  });

  it('are told apart where inputs have several', () => {
    const build = new GraphBuilder();
    const [a, b] = [build.input([null, 32, 32, 3]), build.input([null, 16, 16, 3])];
    const graph = build.graph(build.layer('conv2d', { filters: 2, kernelSize: 1 }, a), build.layer('conv2d', { filters: 2, kernelSize: 1 }, b));
    assert.deepEqual(named(graph).map(([name]) => name), ['height 32', 'width 32', 'height 16', 'width 16']);
  });

  it('go together where inputs have the same', () => {
    const build = new GraphBuilder();
    const graph = build.graph(build.layer('add', {}, [build.input([1, 8, 8, 3]), build.input([1, 8, 8, 3])]));
    assert.deepEqual(changeSizes(graph, { height: 16 }).nodes.map(({ output }) => output), [[1, 16, 8, 3], [1, 16, 8, 3], [1, 16, 8, 3]]);
  });

  it('change shapes and MACs of what is behind them, and no parameters', () => {
    const graph = chain([null, 32, 32, 3], conv, ['globalAveragePooling2d', {}], ['dense', { units: 10 }]);
    const larger = graphAtSizes(graph, { batch: 4, height: 64, width: 32 });
    assert.deepEqual(larger.nodes.map(({ output }) => output), [[4, 64, 32, 3], [4, 32, 16, 4], [4, 4], [4, 10]]);
    assert.deepEqual(changedSizes(graph, { height: 64, width: 32 }).map(({ name }) => name), ['height']);
    const [before, after] = [totalsOf(graph.nodes), totalsOf(larger.nodes)];
    assert.equal(after.params, before.params);
    assert.equal(after.macs, 32 * 16 * 9 * 3 * 4 + 40);
  });

  it('leave the graph as it is where nothing is another one, or where it cannot be', () => {
    const graph = chain([null, 8, 8, 3], conv, ['flatten', {}], ['dense', { units: 10 }]);
    for (const sizes of [{}, { height: 8 }, { height: 16 }, { depth: 3 }]) assert.equal(changeSizes(graph, sizes), graph);
  });

  it('leave dims with a name alone', () => {
    const graph = chain([1, symbol('H'), 32, 3], conv);
    assert.deepEqual(named(graph).map(([name]) => name), ['batch', 'width']);
    assert.deepEqual(graphAtSizes(graph, { H: 10, width: 16 }).nodes[1]!.output, [1, 5, 8, 4]);
  });
});
