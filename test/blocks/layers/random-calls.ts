// Random calls of a layer: configurations drawn from its schema, right and wrong ones, and shapes to apply it to. A pool
// of values of all kinds is sorted by what each attribute's reader says of them, so that a new layer needs nothing here.
import fc from 'fast-check';
import type { AttributeType, AttributeValue, InnerLayer, InnerModel } from '../../../src/blocks/layers/attribute.ts';
import type { LayerDefinition, WeightShape } from '../../../src/blocks/layers/define-layer.ts';
import { schemaOf } from '../../../src/blocks/layers/every-layer.ts';
import type { Config, Dims } from './tensorflow.ts';

export interface RandomCall {
  readonly config: Config;
  readonly inputs: readonly Dims[];
}

/** Mostly calls that work, with a wrong value, a missing attribute or an odd shape now and then. */
export function randomCall(definition: LayerDefinition): fc.Arbitrary<RandomCall> {
  return randomInputs(definition).chain(inputs =>
    randomConfig(definition, inputs).map(config => ({ config, inputs })));
}

/** Attributes of every layer that say nothing of shapes, and values that are objects. */
const leftOut = ['name', 'dtype', 'inputDType', 'weights', 'inputShape', 'batchInputShape', 'batchSize'];

const integers = [1, 2, 3, 4, 5, 7];
const pairs: AttributeValue[] = [[1, 1], [2, 2], [3, 3], [2, 3], [1, 2], [2, 1], [5, 1], [3, 1, 2], [2, 1, 3], [1, 2, 3], [2, 2, 2], [1], [2], [3], [0], [-1], []];
const nested: AttributeValue[] = [[[1, 1], [1, 1]], [[0, 1], [2, 0]], [[1, 2], [3, 4]], [[1], [1]], [1, [1, 1]], [[1, 1]]];
const odd: AttributeValue[] = [0, -1, 1.5, 'abc', 'SAME', '', true, false, [0, 1], [1, -1], [1.5, 2], ['a', 'b'], null];

const layer = (name: string, attributes: Readonly<Record<string, AttributeValue>>): InnerLayer => ({ kind: 'layer', layer: name, attributes });

/** Layers for wrappers to be around. */
const inner: InnerLayer[] = [
  layer('lstm', { units: 3 }), layer('lstm', { units: 4, returnSequences: true, returnState: true }),
  layer('gru', { units: 2, returnState: true, trainable: false }), layer('gru', { units: 5, goBackwards: true, useBias: false }),
  layer('simpleRNN', { units: 3, returnSequences: true }), layer('simpleRNN', { units: 1, stateful: true }),
  layer('lstmCell', { units: 3 }), layer('gruCell', { units: 4, useBias: false }), layer('simpleRNNCell', { units: 1, trainable: false }),
  layer('stackedRNNCells', { cells: [layer('lstmCell', { units: 2 }), layer('gruCell', { units: 3 })] }),
  layer('rnn', { cell: layer('gruCell', { units: 3 }), returnState: true }),
  layer('dense', { units: 4 }), layer('dense', { units: 2, trainable: false, activation: 'relu' }), layer('dropout', { rate: 0.5 }), layer('flatten', {}),
  layer('conv1d', { filters: 3, kernelSize: 2, padding: 'same' }), layer('conv2d', { filters: 2, kernelSize: 2, strides: 2 }),
  layer('maxPooling2d', {}), layer('batchNormalization', {}), layer('activation', { activation: 'tanh' }), layer('reshape', { targetShape: [-1, 1] }),
];

const weights = (...shapes: readonly (readonly number[])[]): WeightShape[] => shapes.map((shape, i) => ({ name: ['kernel', 'bias'][i]!, shape, trainable: true }));

/** Models for wrappers to be around: a chain, one that applies a layer twice, and one with a shortcut around a frozen layer. */
const models: InnerModel[] = [
  {
    kind: 'model', inputs: [[null, 4]], outputs: [2],
    layers: [{ layer: layer('dense', { units: 3 }), weights: weights([4, 3], [3]) }, { layer: layer('dense', { units: 2, useBias: false }), weights: weights([3, 2]) }],
    applications: [{ layer: 0, inputs: [0], outputs: 1 }, { layer: 1, inputs: [1], outputs: 1 }],
  },
  {
    kind: 'model', inputs: [[null, 5]], outputs: [2],
    layers: [{ layer: layer('dense', { units: 5 }), weights: weights([5, 5], [5]) }],
    applications: [{ layer: 0, inputs: [0], outputs: 1 }, { layer: 0, inputs: [1], outputs: 1 }],
  },
  {
    kind: 'model', inputs: [[null, null, 2]], outputs: [2],
    layers: [
      { layer: layer('conv1d', { filters: 2, kernelSize: 3, padding: 'same', trainable: false }), weights: weights([3, 2, 2], [2]).map(weight => ({ ...weight, trainable: false })) },
      { layer: layer('add', {}), weights: [] },
    ],
    applications: [{ layer: 0, inputs: [0], outputs: 1 }, { layer: 1, inputs: [0, 1], outputs: 1 }],
  },
];

const lists: AttributeValue[] = inner.slice(6, 10).map((one, i, all) => [one, all[(i + 1) % all.length]!]);

export function randomConfig(definition: LayerDefinition, inputs: readonly Dims[]): fc.Arbitrary<Config> {
  const fields = Object.entries(schemaOf(definition))
    .filter(([name]) => !leftOut.includes(name) || name in definition.attributes)
    .map(([name, type]) => [name, randomValue(type, inputs)] as const);
  return fc.record(Object.fromEntries(fields)).map(config =>
    Object.fromEntries(Object.entries(config).filter(([, value]) => value !== undefined)));
}

function randomValue(type: AttributeType<unknown>, inputs: readonly Dims[]): fc.Arbitrary<unknown> {
  const pool = [...integers, ...pairs, ...nested, ...shapesFrom(inputs), ...(/layer|cell/.test(type.type) ? [...inner, ...lists] : []), ...(/model/.test(type.type) ? models : []), ...odd, ...(type.choices ?? []) as AttributeValue[]];
  const right = pool.filter(value => value !== null && isRight(type, value));
  const wrong = pool.filter(value => value === null || !isRight(type, value));
  const given = [
    ...(right.length > 0 ? [{ weight: type.required ? 60 : 12, arbitrary: fc.constantFrom(...right) }] : []),
    ...(wrong.length > 0 ? [{ weight: 1, arbitrary: fc.constantFrom(...wrong) }] : []),
  ];
  return fc.oneof(...given, { weight: type.required ? 1 : 30, arbitrary: fc.constant(undefined) });
}

function isRight(type: AttributeType<unknown>, value: AttributeValue): boolean {
  const reading = type.read(value);
  return 'value' in reading && reading.doubt === undefined;
}

/** Shapes with as many values as an example of the input, for attributes that are shapes. */
function shapesFrom(inputs: readonly Dims[]): AttributeValue[] {
  const [, ...dims] = inputs[0] ?? [];
  if (dims.length === 0 || dims.includes(null)) return [];
  const size = (dims as number[]).reduce((product, dim) => product * dim, 1);
  return [[size], [...dims].reverse(), [-1, dims.at(-1)!], [dims[0]!, -1], [-1], [1, size, 1], [null, 2], [-1, -1]];
}

const dimUpTo = (max: number): fc.Arbitrary<number | null> =>
  fc.oneof({ weight: 12, arbitrary: fc.integer({ min: 1, max }) }, { weight: 1, arbitrary: fc.constant(null) });
const batch = fc.oneof({ weight: 4, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.integer({ min: 1, max: 3 }) });

/** Of many dims each is small, because TensorFlow.js has to run on them. */
const shapeOfRank = (rank: number): fc.Arbitrary<Dims> =>
  fc.tuple(batch, fc.array(dimUpTo(rank > 4 ? 5 : 9), { minLength: rank - 1, maxLength: rank - 1 })).map(([first, dims]) => [first, ...dims].slice(0, rank));

function randomInputs({ inputs, rank }: LayerDefinition): fc.Arbitrary<readonly Dims[]> {
  if (inputs === 'none') return fc.constant([]);
  const least = rank === undefined ? 2 : typeof rank === 'number' ? rank : rank.atLeast;
  const ranks = typeof rank === 'number' ? fc.constant(rank) : fc.integer({ min: least, max: 5 });
  const first = fc.oneof(
    { weight: 20, arbitrary: ranks.chain(shapeOfRank) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 5 }).chain(shapeOfRank) },
  );
  if (inputs === 'one') return first.map(shape => [shape]);
  return first.chain(shape => fc.array(variation(shape), { minLength: 0, maxLength: 2 }).map(others => [shape, ...others]));
}

/** A shape that mostly goes together with the given one: the same, a 1 or another dim in it, dims left out in front. */
function variation(shape: Dims): fc.Arbitrary<Dims> {
  const changed = (value: fc.Arbitrary<number | null>): fc.Arbitrary<Dims> =>
    fc.tuple(fc.nat(shape.length - 1), value).map(([i, other]) => shape.map((old, k) => (k === i ? other : old)));
  return fc.oneof(
    { weight: 6, arbitrary: fc.constant(shape) },
    { weight: 3, arbitrary: changed(fc.constant(1)) },
    { weight: 3, arbitrary: changed(dimUpTo(9)) },
    { weight: 2, arbitrary: fc.nat(shape.length - 1).map(left => [shape[0]!, ...shape.slice(1 + left)]) },
  );
}
