// Masks, in Node: a block that runs layer by layer, as written, as deployed and in training, computes what a model of the same layers does.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { AttributeValue } from '../../src/blocks/layers/attribute.ts';
import { stepOf } from '../../webview/run/as-written.ts';
import type { BuiltBlock } from '../../webview/run/built-block.ts';
import { compareNumbers } from '../../webview/run/compare-numbers.ts';
import { asDeployed } from '../../webview/run/deployed/deploy.ts';
import { Executable } from '../../webview/run/executable.ts';
import { Predicted } from '../../webview/run/predicted.ts';
import type { Step } from '../../webview/run/step.ts';
import { TrainingStep } from '../../webview/run/training-step.ts';
import { GraphBuilder, type Config } from '../blocks/graph/build-graph.ts';
import { buildBlock, executable } from './built.ts';

const inner = (layer: string, attributes: Readonly<Record<string, AttributeValue>>): AttributeValue => ({ kind: 'layer', layer, attributes });
const sequence = { returnSequences: true };

/** Each from a sequence with padding at its end to what comes out. */
const cases: Readonly<Record<string, (build: GraphBuilder) => number>> = {
  'a recurrent layer after masking': build => build.layer('lstm', { units: 3 }, padded(build)),
  'each kind of recurrent layer, of words': build => {
    const given = words(build);
    return build.layer('concatenate', {}, ['simpleRNN', 'gru', 'lstm'].map(layer => build.layer(layer, { units: 2 }, given)));
  },
  'recurrent layers one after the other': build => build.layer('gru', { units: 3, goBackwards: true }, build.layer('lstm', { units: 4, ...sequence }, padded(build))),
  'a bidirectional layer': build => build.layer('bidirectional', { layer: inner('gru', { units: 3 }), mergeMode: 'concat' }, padded(build)),
  'layers in between that hand a mask on': build => {
    let x = build.layer('dense', { units: 4, activation: 'relu' }, words(build));
    x = build.layer('timeDistributed', { layer: inner('dense', { units: 5 }) }, build.layer('dropout', { rate: 0.5 }, build.layer('layerNormalization', {}, x)));
    return build.layer('dense', { units: 2, activation: 'softmax' }, build.layer('lstm', { units: 3 }, x));
  },
  'a concatenation of two masked sequences': build => build.layer('lstm', { units: 3 }, build.layer('concatenate', {}, [padded(build), padded(build)])),
  'a concatenation where only one is masked': build => build.layer('lstm', { units: 3 }, build.layer('concatenate', {}, [padded(build), build.input([2, 6, 4])])),
  'a sum, which makes a mask that nothing uses': build => build.layer('reLU', {}, build.layer('add', {}, [padded(build), padded(build)])),
  'a layer that has no mask, and gets the last one': build =>
    build.layer('gru', { units: 2 }, build.layer('repeatVector', { n: 6 }, build.layer('lstm', { units: 3 }, padded(build)))),
  'a branch that has no mask, and gets that of the other, which ran before': build =>
    build.layer('concatenate', {}, [build.layer('gru', { units: 2 }, build.input([2, 6, 3])), build.layer('lstm', { units: 3 }, padded(build))]),
  'states that go into another layer': build => {
    const encoder = build.layer('lstm', { units: 3, returnState: true, ...sequence }, padded(build), { furtherOutputs: [[2, 3], [2, 3]] });
    return build.layer('lstm', { units: 3 }, [words(build), encoder, encoder], { inputPorts: [0, 1, 2] });
  },
};

const padded = (build: GraphBuilder): number => build.layer('masking', {}, build.input([2, 6, 4]));
const words = (build: GraphBuilder): number => build.layer('embedding', { inputDim: 9, outputDim: 4, maskZero: true } satisfies Config, build.input([2, 6]));

/** In none of these a mask changes what comes out. */
const indifferent = new Set(['a sum, which makes a mask that nothing uses']);

describe('masks', () => {
  before(() => tf.setBackend('cpu'));

  for (const [name, make] of Object.entries(cases)) {
    it(`reach ${name}`, async () => {
      const before = tf.memory().numTensors;
      const build = new GraphBuilder();
      const block = await buildBlock(build.graph(make(build)));
      const steady = tf.memory().numTensors;
      const model = Predicted.of(block, 'cpu');
      const expected = await valuesOf(model);
      const written = executable(block);
      agree(await valuesOf(written), expected);
      const deployment = asDeployed(block, 'cpu');
      agree(await valuesOf(new Executable(block, deployment.steps, 'cpu')), expected);
      deployment.dispose();
      const blind = await valuesOf(new Executable(block, withoutMasks(block), 'cpu'));
      assert.equal(compareNumbers(expected, blind, 1e-5).agrees, indifferent.has(name), 'whether the masks matter');
      await written.run(2);
      assert.equal(tf.memory().numTensors, steady);
      block.dispose();
      assert.equal(tf.memory().numTensors, before);
    });
  }

  it('reach layers in training', async () => {
    for (const make of [cases['recurrent layers one after the other']!, cases['a bidirectional layer']!, cases['a layer that has no mask, and gets the last one']!]) {
      const build = new GraphBuilder();
      const block = await buildBlock(build.graph(make(build)));
      const steady = tf.memory().numTensors;
      const { model, inputs } = Predicted.of(block, 'cpu');
      const step = new TrainingStep(block, 'cpu');
      const { loss, gradients } = step.gradients();
      const [target] = step.tensors();
      const expected = tf.tidy(() => tf.mean(tf.squaredDifference(model.apply(inputs, { training: true }) as tf.Tensor, target!)).dataSync()[0]!);
      assert.ok(Math.abs(loss.dataSync()[0]! - expected) < 1e-6, `${loss.dataSync()[0]} is not ${expected}`);
      assert.ok(gradients.every(gradient => gradient !== undefined));
      tf.dispose([loss, ...gradients as tf.Tensor[]]);
      step.dispose();
      assert.equal(tf.memory().numTensors, steady);
      block.dispose();
    }
  });

  it('that fit nothing are refused as the model refuses them', async () => {
    const build = new GraphBuilder();
    const block = await buildBlock(build.graph(build.layer('softmax', {}, padded(build))));
    const asModel = await Predicted.of(block, 'cpu').run(1).then(() => 'nothing', (error: Error) => error.message);
    await assert.rejects(executable(block).run(1), (error: Error) => error.message.endsWith(asModel));
    block.dispose();
  });
});

async function valuesOf(run: Pick<Executable, 'outputs'>): Promise<ArrayLike<number>[]> {
  const outputs = await run.outputs();
  const values = outputs.map(output => output.dataSync());
  tf.dispose(outputs);
  return values;
}

const agree = (values: readonly ArrayLike<number>[], expected: readonly ArrayLike<number>[]): void => {
  const { largest, agrees } = compareNumbers(expected, values, 1e-5);
  assert.ok(agrees, `differs by ${largest}`);
};

const withoutMasks = (block: BuiltBlock): Step[] => block.graph.nodes.filter(({ inputs }) => inputs.length > 0).map(node => stepOf(node, block));
