// A block graph run by TensorFlow.js, here in Node: what comes out, what is freed, what is refused.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { bindSymbols, freeDims } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { InnerModel } from '../../src/blocks/layers/attribute.ts';
import { layers } from '../../src/blocks/layers/index.generated.ts';
import { unknown } from '../../src/blocks/shapes/dim.ts';
import { unknownIn } from '../../src/blocks/shapes/shape.ts';
import { compareParams, compareShapes } from '../../webview/run/compare.ts';
import { CannotRun } from '../../webview/run/cannot-run.ts';
import type { BuiltBlock } from '../../webview/run/built-block.ts';
import { shapesOf as ofGraph } from '../../webview/run/step.ts';
import { layerConfig } from '../../src/blocks/graph/layer-config.ts';
import { GraphBuilder, lineOf, type Config } from '../blocks/graph/build-graph.ts';
import { classifier, inception, residualBlock, wrongGraph } from './blocks.ts';
import { buildBlock, executable } from './built.ts';

const built = (graph: BlockGraph): Promise<BuiltBlock> => buildBlock(bindSymbols(graph, { batch: 2 }), lineOf);

async function shapesOf(block: BuiltBlock): Promise<Map<number, readonly (readonly number[])[]>> {
  const shapes = new Map<number, readonly (readonly number[])[]>();
  await executable(block).walk(async (step, apply) => {
    const outputs = await apply();
    shapes.set(step.node.id, ofGraph(step, outputs));
    return outputs;
  });
  return shapes;
}

const messageOfBuild = (graph: BlockGraph): Promise<string> => built(graph).then(() => 'it was built', (error: Error) => {
  assert.ok(error instanceof CannotRun);
  return error.message;
});

describe('an executable block', () => {
  before(async () => {
    setWasmPaths(path.resolve('node_modules/@tensorflow/tfjs-backend-wasm/dist') + '/');
    await tf.setBackend('wasm');
    await tf.setBackend('cpu');
  });

  for (const [name, graph] of Object.entries({ 'a residual block': residualBlock(), 'a classifier': classifier(), 'an inception module': inception() })) {
    it(`gives the inferred shapes and parameters of ${name} and leaves no tensor behind`, async () => {
      const before = tf.memory().numTensors;
      const block = await built(graph);
      const steady = tf.memory().numTensors;
      assert.deepEqual(compareShapes(block.graph, await shapesOf(block)), []);
      assert.deepEqual(compareParams(block.graph, block.measuredParams()), []);
      await executable(block).run(3);
      const outputs = await executable(block).outputs();
      assert.deepEqual(outputs.map(output => output.shape), block.graph.outputs.map(id => block.graph.nodes[id]!.output));
      tf.dispose(outputs);
      assert.equal(tf.memory().numTensors, steady);
      block.dispose();
      assert.equal(tf.memory().numTensors, before);
    });
  }

  for (const definition of layers.filter(layer => layer.inputs !== 'none' && !layer.states)) {
    it(`runs ${definition.name} as its examples say`, async () => {
      assert.ok(definition.examples.length > 0);
      for (const example of definition.examples) {
        const build = new GraphBuilder();
        const inputs = example.inputs.map(shape => build.input(shape));
        const node = build.layer(definition.name, example.config as Config, inputs);
        const sizes = Object.fromEntries(freeDims(build.graph(node)).map(dim => [dim.name, dim.suggestion]));
        const block = await buildBlock(bindSymbols(build.graph(node), sizes), lineOf);
        const shapes = await shapesOf(block);
        assert.deepEqual(compareParams(block.graph, block.measuredParams()), []);
        // What only comes about when the layer runs is not in its example.
        if (unknownIn(block.graph.nodes[node]!.output)) continue;
        assert.deepEqual(compareShapes(block.graph, shapes), []);
        assert.deepEqual(shapes.get(node)![0]!.map((dim, i) => (example.output[i] === null ? null : dim)), example.output);
        assert.equal([...block.measuredParams().values()].reduce((a, b) => a + b, 0), example.params);
        block.dispose();
      }
    });
  }

  it('computes what the same model computes', async () => {
    const build = new GraphBuilder();
    const x = build.input([1, 4]);
    const a = build.layer('dense', { units: 3, kernelInitializer: 'ones', biasInitializer: 'ones', activation: 'relu' }, x);
    const b = build.layer('add', {}, [a, a]);
    const block = await built(build.graph(b));
    let input: number[] = [];
    await executable(block).walk(async ({ node }, apply) => {
      const outputs = await apply();
      if (node.id === a) input = [...outputs[0].dataSync()];
      return outputs;
    });
    const [output] = await executable(block).outputs();
    assert.deepEqual([...output!.dataSync()], input.map(value => 2 * value));
    output!.dispose();
    block.dispose();
  });

  it('runs a model inside of a wrapper', async () => {
    const build = new GraphBuilder();
    const inner: InnerModel = {
      kind: 'model', inputs: [[null, 4]], outputs: [2],
      layers: [{ layer: { kind: 'layer', layer: 'dense', attributes: { units: 4 } }, weights: [{ name: 'kernel', shape: [4, 4], trainable: true }, { name: 'bias', shape: [4], trainable: true }] }],
      applications: [{ layer: 0, inputs: [0], outputs: 1 }, { layer: 0, inputs: [1], outputs: 1 }],
    };
    const block = await built(build.graph(build.layer('timeDistributed', { layer: inner }, build.input([null, 3, 4]))));
    assert.deepEqual(compareShapes(block.graph, await shapesOf(block)), []);
    assert.deepEqual([...block.measuredParams().values()], [20]);
    block.dispose();
  });

  it('gives an embedding the indexes of words, also through layers that pass them on', async () => {
    const build = new GraphBuilder();
    const x = build.input([null, 3, 4]);
    const flat = build.layer('flatten', {}, x);
    const words = build.layer('embedding', { inputDim: 7, outputDim: 5 }, flat);
    const block = await built(build.graph(words));
    await executable(block).run(1);
    await executable(block).walk(async ({ node }, apply) => {
      const outputs = await apply();
      if (node.id === flat) for (const value of outputs[0].dataSync()) assert.ok(Number.isInteger(value) && value >= 0 && value < 7, String(value));
      return outputs;
    });
    block.dispose();
  });

  it('counts weights that are shared once', async () => {
    const build = new GraphBuilder();
    const x = build.input([null, 8]);
    const first = build.layer('dense', { units: 8 }, x);
    const second = build.layer('dense', { units: 8 }, first, { weightsKey: first });
    const block = await built(build.graph(second));
    assert.deepEqual([...block.measuredParams().values()], [72]);
    block.dispose();
  });

  it('finds a graph that is wrong', async () => {
    const block = await built(wrongGraph());
    assert.deepEqual(compareShapes(block.graph, await shapesOf(block)), [{ node: 1, what: 'shape', inferred: '[2, 8, 8, 12]', measured: '[2, 8, 8, 8]' }]);
    assert.deepEqual(compareParams(block.graph, block.measuredParams()), [{ node: 1, what: 'params', inferred: '1,000', measured: '224' }]);
    block.dispose();
  });

  it('runs a layer on the CPU where the backend has no kernel for it, and says which', async () => {
    await tf.setBackend('wasm');
    const kernel = tf.getKernelsForBackend('wasm').find(({ kernelName }) => kernelName === 'Softmax')!;
    tf.unregisterKernel('Softmax', 'wasm');
    try {
      const build = new GraphBuilder();
      const dense = build.layer('dense', { units: 5 }, build.input([1, 4]));
      const softmax = build.layer('softmax', {}, dense);
      const block = await built(build.graph(build.layer('reLU', {}, softmax)));
      const run = executable(block, 'wasm');
      const [output] = await run.outputs();
      const sum = [...output!.dataSync()].reduce((a, b) => a + b, 0);
      assert.ok(Math.abs(sum - 1) < 1e-5);
      assert.deepEqual([...run.layersElsewhere], [[softmax, 'has no Softmax kernel']]);
      assert.equal(tf.getBackend(), 'wasm');
      output!.dispose();
      block.dispose();
    } finally {
      tf.registerKernel(kernel);
      await tf.setBackend('cpu');
    }
  });

  it('says which layer cannot be built, and why', async () => {
    const one = (layer: string, config: Config, overrides = {}): BlockGraph => {
      const build = new GraphBuilder();
      return build.graph(build.layer(layer, config, build.input([null, 8, 8, 3]), overrides));
    };
    assert.equal(
      await messageOfBuild(one('MyAttention', {}, { name: 'mine', output: [null, 8, 8, 3] })),
      'MyAttention “mine” (line 2) is not a layer of tf.layers. Blockscope does not run the code of custom layers.',
    );
    assert.equal(
      await messageOfBuild(one('conv2d', { filters: unknown('config.filters is read from a file'), kernelSize: 3 })),
      'conv2d (line 2) cannot be built: filters is not known: config.filters is read from a file.',
    );
    assert.match(
      await messageOfBuild(one('conv2d', { filters: { kind: 'alternatives', values: [4, 8] }, kernelSize: 3 })),
      /conv2d \(line 2\) cannot be built: filters is 4 or 8, depending on something that is not known/,
    );
    assert.match(await messageOfBuild(one('conv2d', { filters: -1, kernelSize: 3 }, { output: [null, 6, 6, 1] })), /TensorFlow\.js refuses conv2d \(line 2\): .+/);
  });
});

describe('the configuration of a layer', () => {
  const configOf = (layer: string, config: Config): ReturnType<typeof layerConfig> => {
    const build = new GraphBuilder();
    const id = build.layer(layer, config, build.input([null, 8, 8, 3]));
    return layerConfig(build.graph(id).nodes[id]!);
  };

  it('leaves out what a run does not need', () => {
    assert.deepEqual(
      configOf('conv2d', { filters: 4, kernelSize: [3, 3], name: 'a', inputShape: [8, 8, 3], trainable: false, kernelRegularizer: { kind: 'opaque', text: 'tf.regularizers.l2()' }, kernelInitializer: 'heNormal' }),
      { config: { filters: 4, kernelSize: [3, 3], trainable: false, kernelInitializer: 'heNormal' }, replaced: [] },
    );
  });

  it('replaces what changes neither shape nor time, and says so', () => {
    const initializer = configOf('conv2d', { filters: 4, kernelSize: 3, kernelInitializer: { kind: 'opaque', text: 'tf.initializers.heNormal({ seed: 1 })' } });
    assert.ok('config' in initializer);
    assert.deepEqual(initializer.config, { filters: 4, kernelSize: 3 });
    assert.match(initializer.replaced.join(), /kernelInitializer of conv2d .* was replaced by the default/);
    const dropout = configOf('dropout', { rate: unknown('it comes from the command line') });
    assert.deepEqual(dropout, { config: {}, replaced: ['rate of dropout (?) was replaced by the default, which changes neither shape nor time'] });
  });
});
