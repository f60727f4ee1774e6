// Random configurations of the layers that block definitions have of their own, right and wrong ones, against compositions of TensorFlow.js's
// own operations and layers: shapes, parameters, values, and whether there is such a layer at all.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { AttributeSchema, ReadAttributes } from '../../../src/blocks/layers/attribute.ts';
import { blockActivations } from '../../../src/blocks/layers/blocks/block-activations.ts';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { layersOfBlocks } from '../../../src/blocks/layers/index.generated.ts';
import type { DataFormat } from '../../../src/blocks/layers/layout.ts';
import { readAttributes } from '../../../src/blocks/layers/read-attributes.ts';
import { findLayer, findLayerOfBlocks } from '../../../src/blocks/layers/registry.ts';
import { activations, compositions } from './compositions.ts';
import { attributesOf, infer, type Answer } from './inferred.ts';
import { randomRuns, seed } from './random-seed.ts';
import { build, type Config } from './tensorflow.ts';

tf.env().set('IS_TEST', true);

interface Call {
  readonly config: Config;
  /** The batch first and the channels last. */
  readonly image: readonly [number, number, number, number];
  readonly dataFormat: DataFormat;
  /** Where the values of the input and of the weights start. */
  readonly values: number;
}

const size = fc.integer({ min: 1, max: 9 });
const perAxis = (values: fc.Arbitrary<number>): fc.Arbitrary<number | number[]> => fc.oneof(values, fc.tuple(values, values).map(both => [...both]));
const small = perAxis(fc.integer({ min: 1, max: 3 }));
const padding = fc.oneof(fc.constantFrom('same', 'valid', undefined), perAxis(fc.nat(2)));
const activation = fc.constantFrom(undefined, ...Object.keys(blockActivations));

/** Mostly right: channels that groups divide, and now and then any. */
const grouped = fc.record({ groups: fc.integer({ min: 1, max: 4 }), each: fc.integer({ min: 1, max: 3 }), off: fc.constantFrom(0, 0, 0, 0, 1) })
  .map(({ groups, each, off }) => ({ groups, channels: groups * each + off }));

/** Values that no layer takes. */
const wrong: Readonly<Record<string, readonly unknown[]>> = {
  filters: [0, -1, 1.5, 'many'], kernelSize: [0, [3], [1, 2, 3], 'large', undefined], strides: [0, -1, [1.5, 1]], padding: ['SAME', -1, [1], [0, 1.5], true],
  dilationRate: [0, [1, 0]], groups: [0, -2, 1.5], poolSize: [0, [2, 2, 2], 'x'], outputSize: [0, [1], undefined], shares: [0, 1.5], index: [2.5, -1, 'first'], activation: ['rellu', 'sine'],
};

interface Drawn {
  readonly config: Config;
  readonly channels: number;
}

const configs: Readonly<Record<string, fc.Arbitrary<Drawn>>> = {
  conv2d: fc.record({
    grouping: grouped, filtersEach: fc.integer({ min: 1, max: 3 }), off: fc.constantFrom(0, 0, 0, 0, 0, 1), kernelSize: small, strides: fc.option(small, { nil: undefined }),
    padding, dilationRate: fc.option(small, { nil: undefined }), useBias: fc.constantFrom(undefined, true, false), activation,
  }).map(({ grouping: { groups, channels }, filtersEach, off, ...config }) => ({ channels, config: { ...config, filters: groups * filtersEach + off, ...(groups === 1 ? {} : { groups }) } })),
  maxPooling2d: fc.record({ poolSize: fc.option(small, { nil: undefined }), strides: fc.option(small, { nil: undefined }), padding, ceilMode: fc.constantFrom(undefined, true, false) })
    .map(config => ({ channels: 2, config })),
  adaptiveAveragePooling2d: perAxis(size).map(outputSize => ({ channels: 2, config: { outputSize } })),
  channelShuffle: grouped.map(({ groups, channels }) => ({ channels, config: groups === 2 ? {} : { groups } })),
  sliceChannels: fc.tuple(grouped, fc.nat(4)).map(([{ groups, channels }, index]) => ({ channels, config: { shares: groups, index } })),
  layerScale: size.map(channels => ({ channels, config: {} })),
  stochasticDepth: fc.double({ min: 0, max: 1, noNaN: true }).map(rate => ({ channels: 2, config: { rate } })),
  activation: activation.map(name => ({ channels: 5, config: name === undefined ? {} : { activation: name } })),
};

function randomCall(name: string): fc.Arbitrary<Call & { readonly isWrong: boolean }> {
  const formats: readonly DataFormat[] = 'dataFormat' in findLayerOfBlocks(name)!.attributes ? ['channelsLast', 'channelsFirst'] : ['channelsLast'];
  return fc.record({
    drawn: configs[name]!, sizes: fc.tuple(fc.integer({ min: 1, max: 2 }), size, size), dataFormat: fc.constantFrom(...formats), values: fc.nat(1e6),
    spoilt: fc.option(fc.tuple(fc.nat(), fc.nat()), { freq: 8, nil: undefined }),
  }).map(({ drawn: { config, channels }, sizes, dataFormat, values, spoilt }) => {
    const given = Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined));
    const names = Object.keys(findLayerOfBlocks(name)!.attributes).filter(key => key in wrong);
    const call = { image: [...sizes, channels] as unknown as Call['image'], dataFormat, values };
    // fc.option gives a value in most cases, and nil in one of `freq`.
    if (spoilt !== undefined || names.length === 0) return { ...call, config: given, isWrong: false };
    const attribute = names[values % names.length]!;
    const value = wrong[attribute]![values % wrong[attribute]!.length];
    return { ...call, config: { ...given, [attribute]: value }, isWrong: true };
  });
}

describe(`layers of block definitions against compositions of TensorFlow.js (BLOCKSCOPE_SEED=${seed})`, () => {
  it('have a composition each', () => assert.deepEqual(Object.keys(compositions).sort(), layersOfBlocks.map(({ name }) => name).sort()));

  it('have an activation each', () => assert.deepEqual(Object.keys(activations).sort(), Object.keys(blockActivations).sort()));

  for (const definition of layersOfBlocks) {
    it(definition.name, () => {
      fc.assert(fc.property(randomCall(definition.name), call => inScope(() => compare(definition, call))), { seed, numRuns: randomRuns });
    });
  }
});

const shapeIn = (format: DataFormat, [batch, height, width, channels]: readonly number[]): number[] =>
  (format === 'channelsFirst' ? [batch!, channels!, height!, width!] : [batch!, height!, width!, channels!]);

const toLast = (x: tf.Tensor, format: DataFormat): tf.Tensor4D => (format === 'channelsFirst' ? tf.transpose(x, [0, 2, 3, 1]) : x) as tf.Tensor4D;

function compare(definition: LayerDefinition, { config, image, dataFormat, values, isWrong }: Call & { readonly isWrong: boolean }): void {
  const given = { ...config, ...(dataFormat === 'channelsFirst' ? { dataFormat } : {}) };
  const shape = shapeIn(dataFormat, image);
  const answer = infer(definition, given, [shape]);
  const context = `${definition.name}(${JSON.stringify(given)}) on ${shape.join('×')}: Blockscope says ${JSON.stringify(answer.output)}, [${answer.errors.join('; ')}]`;
  if (isWrong) {
    assert.ok(answer.errors.length > 0, `${context}, although a value is wrong`);
    return;
  }
  const x = tf.randomNormal(shape, 0, 2, 'float32', values);
  const composed = composition(definition.name, config, image, toLast(x, dataFormat), values);
  if ('error' in composed) {
    assert.ok(answer.errors.length > 0, `${context}; the composition says ${composed.error}`);
    return;
  }
  assert.deepEqual(answer.errors, [], context);
  assert.deepEqual(answer.output, shapeIn(dataFormat, composed.output.shape), context);
  assert.equal(answer.params, Object.values(composed.weights).reduce((sum, { size: count }) => sum + count, 0), context);
  const { cases: [attributes] } = readAttributes(definition, attributesOf(given));
  const ran = definition.run!(tf, { attributes: attributes as ReadAttributes<AttributeSchema>, inputs: [x], weights: composed.weights, output: answer.output as readonly number[] });
  const y = toLast(ran, dataFormat);
  assert.deepEqual(y.shape, composed.output.shape, context);
  assertClose(y, composed.output, context);
  if (definition.name === 'conv2d') compareConvolution(given, image, { answer, x, y, weights: composed.weights, context });
}

/** Values that are infinite, as those of a window over nothing, have to be the same. */
function assertClose(a: tf.Tensor, b: tf.Tensor, context: string): void {
  const [one, other] = [a.dataSync(), b.dataSync()];
  for (const [i, value] of one.entries()) {
    assert.ok(value === other[i] || Math.abs(value - other[i]!) <= 1e-4 * (1 + Math.abs(value)), `${context}: ${value} is not ${other[i]}`);
  }
}

function composition(name: string, config: Config, image: Call['image'], x: tf.Tensor4D, values: number): { readonly output: tf.Tensor; readonly weights: Readonly<Record<string, tf.Tensor>> } | { readonly error: string } {
  const { weights, compute } = compositions[name]!;
  try {
    const shapes = Object.entries(weights?.(config, image) ?? {});
    const made = Object.fromEntries(shapes.map(([weight, shape], i) => [weight, tf.randomNormal([...shape], 0, 1, 'float32', values + i + 1)]));
    return { output: compute(x, config, made), weights: made };
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  }
}

interface Convolved {
  readonly answer: Answer;
  readonly x: tf.Tensor;
  readonly y: tf.Tensor4D;
  readonly weights: Readonly<Record<string, tf.Tensor>>;
  readonly context: string;
}

/** Where tf.layers has the same layer, it gives the same: without groups conv2d, with one for each channel depthwiseConv2d. */
function compareConvolution(config: Config, [, , , channels]: Call['image'], { answer, x, y, weights, context }: Convolved): void {
  const { filters, groups = 1, padding: padded = 'valid', ...others } = config;
  const dilated = JSON.stringify(config['dilationRate'] ?? 1) !== '1' && JSON.stringify(config['dilationRate']) !== '[1,1]';
  const strided = JSON.stringify(config['strides'] ?? 1) !== '1' && JSON.stringify(config['strides']) !== '[1,1]';
  // It does not run with both, ignores the dilation of a depthwise convolution, and has no numbers for padding.
  if (typeof padded !== 'string' || (dilated && (strided || groups !== 1))) return;
  const name = groups === 1 ? 'conv2d' : groups === channels ? 'depthwiseConv2d' : undefined;
  if (!name) return;
  // Activations of these names that are others in tf.layers, or over another axis, are applied afterwards.
  const act = String(config['activation'] ?? 'linear');
  const settings = { ...others, padding: padded, activation: 'linear', ...(name === 'conv2d' ? { filters } : { depthMultiplier: Number(filters) / channels }) };
  const built = build(findLayer(name)!, settings, [x.shape]);
  assert.ok('output' in built, `${context}; ${name} says ${JSON.stringify(built)}`);
  assert.deepEqual([built.output, built.params], [answer.output, answer.params], `${context}; ${name} says ${JSON.stringify(built)}`);
  const layer = (tf.layers as unknown as Record<string, (config: unknown) => tf.layers.Layer>)[name]!(structuredClone(settings));
  layer.apply(x);
  const kernel = name === 'conv2d' ? weights['kernel']! : tf.reshape(weights['kernel']!, layer.weights[0]!.shape as number[]);
  layer.setWeights([kernel, ...(weights['bias'] ? [weights['bias']] : [])]);
  const format = config['dataFormat'] === 'channelsFirst' ? 'channelsFirst' : 'channelsLast';
  assertClose(activations[act]!(toLast(layer.apply(x) as tf.Tensor, format)), y, `${context}; ${name} gives something else`);
}

function inScope(work: () => void): void {
  tf.engine().startScope();
  const { warn } = console;
  // It warns of random numbers with a seed, and of settings that it ignores.
  console.warn = () => {};
  try {
    work();
  } finally {
    console.warn = warn;
    tf.engine().endScope();
    tf.disposeVariables();
  }
}
