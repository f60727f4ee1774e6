// The three ways to run a block give the same numbers, in Node: as it is written, as tf.layers runs it, and as it would be deployed.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { bindSymbols, freeDims } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { InnerModel } from '../../src/blocks/layers/attribute.ts';
import { graphOfBlock } from '../../src/blocks/vocabulary/graph-of-block.ts';
import { asDeployed } from '../../webview/run/deployed/deploy.ts';
import { Executable } from '../../webview/run/executable.ts';
import { Predicted } from '../../webview/run/predicted.ts';
import { disposeWays, makeWays } from '../../webview/run/ways.ts';
import { GraphBuilder, lineOf } from '../blocks/graph/build-graph.ts';
import { randomRuns, seed } from '../blocks/layers/random-seed.ts';
import { articleBlocks } from '../blocks/library/article-blocks.ts';
import { RandomNumbers } from '../blocks/random-numbers.ts';
import { classifier, inception, residualBlock } from './blocks.ts';
import { buildBlock, executable } from './built.ts';
import { randomNetwork } from './random-network.ts';

type Name = 'cpu' | 'wasm';

/** Largest difference in any value, as a share of the largest value. */
function difference(a: readonly tf.Tensor[], b: readonly tf.Tensor[]): number {
  assert.deepEqual(a.map(({ shape }) => shape), b.map(({ shape }) => shape));
  return Math.max(...a.map((tensor, i) => {
    const [x, y] = [tensor.dataSync(), b[i]!.dataSync()];
    let [largest, apart] = [1e-3, 0];
    for (let k = 0; k < x.length; k++) {
      largest = Math.max(largest, Math.abs(x[k]!));
      apart = Math.max(apart, Math.abs(x[k]! - y[k]!));
      assert.ok(Number.isFinite(x[k]) && Number.isFinite(y[k]));
    }
    return apart / largest;
  }));
}

interface Ways {
  readonly steps: number;
  readonly written: number;
  readonly predicted: number;
  readonly deployed: number;
}

async function compare(graph: BlockGraph, backend: Name): Promise<Ways> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const sizes = Object.fromEntries(freeDims(graph).map(({ name, meaning, suggestion }) => [name, meaning === 'batch' ? 2 : Math.min(suggestion, 16)]));
  const block = await buildBlock(bindSymbols(graph, sizes));
  const written = executable(block, backend);
  const reference = await written.outputs();
  const deployment = asDeployed(block, backend);
  const deployed = await new Executable(block, deployment.steps, backend).outputs();
  const model = Predicted.of(block, backend);
  const predicted = await model.outputs();
  const result = {
    steps: deployment.steps.length, written: graph.nodes.filter(({ inputs }) => inputs.length > 0).length,
    predicted: difference(reference, predicted), deployed: difference(reference, deployed),
  };
  tf.dispose([...reference, ...deployed, ...predicted]);
  model.dispose();
  deployment.dispose();
  block.dispose();
  assert.equal(tf.memory().numTensors, before, 'tensors are left');
  return result;
}

describe('three ways to run a block', () => {
  before(async () => {
    setWasmPaths(path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/');
    await tf.setBackend('wasm');
  });
  after(() => tf.setBackend('cpu'));

  for (const [name, graph] of Object.entries({ 'a residual block': residualBlock(), 'a classifier': classifier(), 'an inception module': inception() })) {
    for (const backend of ['cpu', 'wasm'] as const) {
      it(`agree on ${name} (${backend})`, async () => {
        const { predicted, deployed } = await compare(graph, backend);
        assert.ok(predicted < 1e-4 && deployed < 1e-4, JSON.stringify({ predicted, deployed }));
      });
    }
  }

  for (const { name, block, channels } of articleBlocks) {
    it(`agree on the article’s ${name}`, async () => {
      const { predicted, deployed, steps, written } = await compare(graphOfBlock(block, { input: [1, 8, 8, channels] }).graph, 'wasm');
      assert.ok(predicted < 1e-4 && deployed < 1e-4, JSON.stringify({ predicted, deployed }));
      assert.ok(steps <= written, `${steps} of ${written}`);
    });
  }

  it(`agree on random networks (BLOCKSCOPE_SEED=${seed})`, async () => {
    let fewer = 0;
    for (let i = 0; i < randomRuns; i++) {
      const graph = randomNetwork(new RandomNumbers(seed + i));
      for (const backend of ['cpu', 'wasm'] as const) {
        const ways = await compare(graph, backend);
        const context = `BLOCKSCOPE_SEED=${seed + i} BLOCKSCOPE_RUNS=1 ${backend} ${JSON.stringify(ways)} ${graph.nodes.map(({ layer, attributes }) => `${layer} ${JSON.stringify(attributes)}`).join(', ')}`;
        assert.ok(ways.deployed < 1e-4, context);
        assert.ok(ways.predicted < 1e-4, context);
        if (ways.steps < ways.written) fewer++;
      }
    }
    assert.ok(fewer > randomRuns, `only ${fewer} of ${2 * randomRuns} are fused`);
  });

  it('agree on layers that keep their states from one run for the next', async () => {
    const build = new GraphBuilder();
    const { predicted, deployed } = await compare(build.graph(build.layer('lstm', { units: 3, stateful: true }, build.input([1, 2, 3]))), 'cpu');
    assert.ok(predicted < 1e-6 && deployed < 1e-6, JSON.stringify({ predicted, deployed }));
  });

  it('agree where a layer of blocks is applied twice, and frees its weights once', async () => {
    const { graph } = graphOfBlock({ sequential: [{ conv2d: { filters: 4, kernelSize: 3, padding: 1 } }, { conv2d: { filters: 4, kernelSize: 3, padding: 1 } }] }, { input: [1, 6, 6, 4] });
    const [, first] = graph.nodes;
    const shared = { ...graph, nodes: graph.nodes.map(node => (node.layer === 'conv2d' ? { ...node, weightsKey: first!.weightsKey } : node)) };
    const { predicted, deployed } = await compare(shared, 'wasm');
    assert.ok(predicted < 1e-4 && deployed < 1e-4, JSON.stringify({ predicted, deployed }));
  });

  for (const backend of ['cpu', 'wasm'] as const) {
    it(`say why there is no predict where TensorFlow.js frees a tensor too early (${backend})`, async () => {
      const build = new GraphBuilder();
      const x = build.layer('reLU', {}, build.input([1, 6]));
      const graph = build.graph(build.layer('add', {}, [x, x]), build.layer('dense', { units: 2 }, x));
      await tf.setBackend(backend);
      const block = await buildBlock(graph, lineOf);
      const before = tf.memory().numTensors;
      const ways = await makeWays(block, executable(block, backend), backend);
      assert.equal(ways.get('predict'), 'TensorFlow.js frees a tensor too early, because add (line 3) takes it more than once and dense (line 4) takes it, too');
      assert.equal(typeof ways.get('deployed'), 'object');
      disposeWays(ways);
      assert.equal(tf.memory().numTensors, before);
      block.dispose();
    });
  }

  it('leave nothing behind where the model cannot be made', async () => {
    const build = new GraphBuilder();
    const model: InnerModel = { kind: 'model', inputs: [[null, 4]], outputs: [1], layers: [{ layer: { kind: 'layer', layer: 'dense', attributes: { units: 4 } }, weights: [] }], applications: [{ layer: 0, inputs: [0], outputs: 1 }] };
    const dense = build.layer('dense', { units: 4 }, build.input([1, 3, 5]));
    const drop = build.layer('stochasticDepth', { rate: 0.5 }, dense, { output: [1, 3, 4], vocabulary: 'blocks' });
    const block = await buildBlock(build.graph(build.layer('timeDistributed', { layer: model }, drop)));
    const before = tf.memory().numTensors;
    assert.throws(() => Predicted.of(block, 'cpu'), /A model within a layer is not exported/);
    assert.equal(tf.memory().numTensors, before);
    block.dispose();
  });

  it('fuses a convolution, its normalization and its activation into one step, and an addition with what follows it', async () => {
    const build = new GraphBuilder();
    const x = build.input([1, 8, 8, 4]);
    const conv = build.layer('conv2d', { filters: 4, kernelSize: 3, padding: 'same', useBias: false }, build.layer('zeroPadding2d', {}, x));
    const body = build.layer('batchNormalization', {}, build.layer('depthwiseConv2d', { kernelSize: 3 }, build.layer('reLU', {}, build.layer('batchNormalization', {}, conv))));
    const sum = build.layer('activation', { activation: 'relu' }, build.layer('add', {}, [build.layer('dropout', { rate: 0.1 }, x), body]));
    await tf.setBackend('cpu');
    const block = await buildBlock(build.graph(build.layer('globalAveragePooling2d', {}, sum)));
    const { steps, dispose } = asDeployed(block, 'cpu');
    const named = steps.map(({ covers }) => covers.map(id => block.graph.nodes[id]!.layer).join(' + '));
    assert.deepEqual(named, ['zeroPadding2d', 'conv2d + batchNormalization + reLU', 'depthwiseConv2d + batchNormalization', 'add + activation', 'globalAveragePooling2d']);
    dispose();
    block.dispose();
  });
});
