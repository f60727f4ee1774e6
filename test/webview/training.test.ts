// Training steps, in Node and in the page: gradients for every weight that is trained, right ones, and nothing left behind, also where there can be none.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { graphOfBlock } from '../../src/blocks/vocabulary/graph-of-block.ts';
import type { BuiltBlock } from '../../webview/run/built-block.ts';
import { layerWithoutGradient } from '../../webview/run/layer-without-gradient.ts';
import { TrainingStep } from '../../webview/run/training-step.ts';
import { GraphBuilder, lineOf, type Config } from '../blocks/graph/build-graph.ts';
import { articleBlocks } from '../blocks/library/article-blocks.ts';
import { classifier, inception, payload, residualBlock } from './blocks.ts';
import { buildBlock } from './built.ts';
import { withPage, type BlockPage } from './open-page.ts';

/** Calls `use` with a step of the block, frees both, and demands that nothing is left. */
async function withStep(graph: BlockGraph, use: (step: TrainingStep, block: BuiltBlock) => void | Promise<void>, backend: BackendName = 'cpu', trains?: () => boolean): Promise<void> {
  await tf.setBackend(backend);
  const before = tf.memory().numTensors;
  const block = await buildBlock(bindSymbols(graph, { batch: 2 }), lineOf);
  const step = new TrainingStep(block, backend, trains);
  const steady = tf.memory().numTensors;
  await use(step, block);
  assert.equal(tf.memory().numTensors, steady, 'a step leaves tensors');
  step.dispose();
  block.dispose();
  assert.equal(tf.memory().numTensors, before, 'tensors are left');
}

function chain(input: readonly number[], ...layers: readonly (readonly [string, Config])[]): BlockGraph {
  const build = new GraphBuilder();
  return build.graph(layers.reduce((x, [layer, config]) => build.layer(layer, config, x), build.input(input)));
}

const blocks: Readonly<Record<string, BlockGraph>> = {
  'a residual block': residualBlock(8, 4), 'a classifier': classifier(), 'an inception module': inception(),
  'a recurrent network': chain([2, 3, 4], ['lstm', { units: 3, returnSequences: true, dropout: 0.5 }], ['gru', { units: 2 }]),
  'words': chain([2, 5], ['embedding', { inputDim: 7, outputDim: 3 }], ['globalAveragePooling1d', {}], ['dense', { units: 2 }]),
  'a layer that is frozen': chain([2, 4], ['dense', { units: 3, trainable: false }], ['batchNormalization', { trainable: false }], ['dense', { units: 2 }]),
};

describe('a training step', () => {
  before(() => setWasmPaths(path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/'));
  after(() => tf.setBackend('cpu'));

  const holds = (step: TrainingStep, block: BuiltBlock): void => {
    const { loss, gradients } = step.gradients();
    assert.ok(Number.isFinite(loss.dataSync()[0]));
    for (const [i, { node, name, tensor }] of step.weights.entries()) {
      const gradient = gradients[i];
      assert.deepEqual(gradient?.shape, tensor.shape, `${name} of ${node.layer}`);
      assert.ok(gradient.dataSync().every(Number.isFinite), `${name} of ${node.layer}`);
    }
    assert.equal(step.weights.reduce((sum, { tensor }) => sum + tensor.size, 0), totalsOf(block.graph.nodes).trainableParams);
    tf.dispose([loss, ...gradients as tf.Tensor[]]);
  };

  for (const [name, graph] of Object.entries(blocks)) {
    it(`has a finite gradient for each trained weight of ${name}`, () => withStep(graph, async (step, block) => {
      await step.run(2);
      holds(step, block);
    }));
  }

  for (const { name, block, channels } of articleBlocks) {
    it(`has a finite gradient for each trained weight of the article’s ${name}`, () => withStep(graphOfBlock(block, { input: [1, 4, 4, channels] }).graph, async (step, built) => {
      try {
        holds(step, built);
      } catch (error) {
        const { obstacle } = await layerWithoutGradient(built, 'cpu', error);
        assert.match(obstacle, /dilates, and TensorFlow\.js has no gradient/);
      }
    }));
  }

  it('changes no weight, and gives moving averages back', () => withStep(residualBlock(6, 3), async (step, block) => {
    const values = (): number[][] => block.graph.nodes.filter(({ inputs }) => inputs.length > 0).flatMap(node => (block.layerOf(node) as tf.layers.Layer).weights.map(weight => [...weight.read().dataSync()]));
    const before = values();
    await step.run(2);
    assert.deepEqual(values(), before);
  }));

  it('has the gradients that small changes of the weights show', () => withStep(chain([2, 5, 5, 2], ['conv2d', { filters: 3, kernelSize: 2, activation: 'tanh' }], ['batchNormalization', {}], ['flatten', {}], ['dense', { units: 2 }]), step => {
    const lossOf = (): number => {
      const { loss, gradients } = step.gradients();
      const [value] = loss.dataSync();
      tf.dispose([loss, ...gradients as tf.Tensor[]]);
      return value!;
    };
    const { loss, gradients } = step.gradients();
    for (const [i, { tensor, name }] of step.weights.entries()) {
      const values = Float32Array.from(tensor.dataSync());
      const expected = gradients[i]!.dataSync()[1]!;
      const change = 1e-2;
      const at = (value: number): number => {
        const changed = Float32Array.from(values);
        changed[1] = value;
        const other = tf.tensor(changed, tensor.shape);
        (tensor as tf.Variable).assign(other);
        other.dispose();
        return lossOf();
      };
      const measured = (at(values[1]! + change) - at(values[1]! - change)) / (2 * change);
      at(values[1]!);
      assert.ok(Math.abs(measured - expected) < 2e-3 + 0.02 * Math.abs(expected), `${name}: ${measured} and ${expected}`);
    }
    tf.dispose([loss, ...gradients as tf.Tensor[]]);
  }));

  const impossible: readonly (readonly [string, BlockGraph, BackendName, RegExp])[] = [
    ['a convolution that dilates', chain([1, 8, 8, 2], ['conv2d', { filters: 2, kernelSize: 2 }], ['batchNormalization', {}], ['conv2d', { filters: 2, kernelSize: 2, dilationRate: 2 }]), 'cpu', /^conv2d \(line 4\) dilates, and TensorFlow\.js has no gradient for that$/],
    ['WebAssembly, where kernels are missing', chain([1, 8, 8, 2], ['reLU', {}], ['conv2d', { filters: 2, kernelSize: 2 }], ['flatten', {}], ['dense', { units: 1 }]), 'wasm', /^conv2d \(line 3\) needs Conv2DBackpropFilter for its gradient, which WebAssembly does not have: choose WebGL or JavaScript$/],
  ];
  for (const [name, graph, backend, sentence] of impossible) {
    it(`names the layer in the way, and leaves nothing behind: ${name}`, () => withStep(graph, async (step, block) => {
      const error = await step.run(1).then(() => undefined, (thrown: unknown) => thrown);
      assert.match((await layerWithoutGradient(block, backend, error)).obstacle, sentence);
    }, backend));
  }
});

describe('a training step in the page', () => {
  let page: BlockPage;
  withPage(opened => { page = opened; });

  it('is measured beside the ways on WebGL, with the gradients of plain JavaScript', async () => {
    await page.show(payload('residual', residualBlock(8, 4)));
    await page.page.getByLabel('What is run').selectOption('training');
    const { training, leakedTensors } = await page.profile(payload('residual', residualBlock(8, 4)));
    assert.ok(training && !('obstacle' in training), JSON.stringify(training));
    assert.deepEqual([training.weights, training.values, training.inferredValues, training.faults, leakedTensors], [6, 304, 304, [], 0]);
    assert.ok(training.timing.medianMs > 0 && training.overForward.median > 0 && training.agreement?.agrees);
    const text = (await page.page.locator('.run').innerText()).replace(/\s+/g, ' ');
    assert.match(text, /Training step [\d.]+ m?s [\d.]+ × the time forward/);
    assert.match(text, /✓ gradients of 6 weights, 304 values: as many as are trained, all finite ✓ the same gradients in plain JavaScript, on 4×8×8×4/);
  });

  it('says on WebAssembly which layer is in the way', async () => {
    await page.chooseBackend('wasm');
    await page.show(payload('residual', residualBlock(8, 4)));
    await page.page.getByLabel('What is run').selectOption('training');
    const { training } = await page.profile(payload('residual', residualBlock(8, 4)));
    assert.deepEqual(training, { obstacle: 'conv2d (line 2) needs Conv2DBackpropFilter for its gradient, which WebAssembly does not have: choose WebGL or JavaScript', node: 1 });
    assert.match(await page.page.locator('.ways').innerText(), /Training step\s+not possible: conv2d \(line 2\) needs/);
  });
});
