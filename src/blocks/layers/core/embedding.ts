// A vector for each of a number of words.
import { shapeMismatch } from '../../problems/shape-mismatch.ts';
import { isKnown, isUnknown, unknown, type Dim, type Unknown } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import { isList, type AttributeType, type Reading } from '../attribute.ts';
import { flag, requiredCount } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { readDim } from '../every-layer.ts';
import { activityRegularizer, constraint, initializer, refuseActivityRegularizer, regularizer } from './weight-settings.ts';
import { none } from '../element-operations.ts';
import { seesOnePosition } from '../receptive-field.ts';

const inputLength: AttributeType<readonly Dim[] | Unknown | undefined> = {
  type: 'integer or a list of integers', required: false, inert: false,
  doc: 'The length of the sequences, where it is always the same.',
  read(raw): Reading<readonly Dim[] | Unknown> {
    if (isUnknown(raw)) return { value: raw };
    const lengths = isList(raw) ? raw : [raw];
    const wrong = lengths.some(length => typeof length === 'string' || typeof length === 'boolean' || isList(length) || (typeof length === 'number' && !(Number.isInteger(length) && length > 0)));
    return wrong ? { expected: 'a positive integer or a list of them' } : { value: lengths.map(readDim) };
  },
};

export const embedding = defineLayer({
  name: 'embedding',
  aliases: [],
  className: 'Embedding',
  doc: {
    summary: 'Replaces each number by the vector that is learnt for it.',
    formula: '[batch, length] → [batch, length, outputDim]; weights = inputDim · outputDim',
    source: { title: 'TensorFlow.js: tf.layers.embedding', url: 'https://js.tensorflow.org/api/latest/#layers.embedding' },
    oddities: ['As the first layer of a model it needs no input shape: without inputLength the length is left open.'],
  },
  needsConfig: true,
  inputs: 'one',
  attributes: {
    inputDim: requiredCount({ doc: 'How many different numbers there are, 0 included: the size of the vocabulary.' }),
    outputDim: requiredCount({ doc: 'The length of the vectors.' }),
    embeddingsInitializer: initializer('embeddings', 'randomUniform'),
    embeddingsRegularizer: regularizer('embeddings'),
    activityRegularizer,
    embeddingsConstraint: constraint('embeddings'),
    maskZero: flag({ default: false, doc: 'Whether 0 marks padding that later layers skip.' }),
    inputLength,
  },
  impliedInput: ({ inputLength: lengths }, batch) => (isUnknown(lengths) ? [batch, lengths] : [batch, ...(lengths ?? [null])]),
  shape(call): Shape {
    const { attributes: { outputDim, inputLength: lengths }, inputs: [input], report } = call;
    refuseActivityRegularizer('embedding', call);
    const [batch, ...given] = input! as [Dim, ...Dim[]];
    if (lengths === undefined) return [batch, ...given, outputDim];
    if (isUnknown(lengths)) return [batch, ...given.map(length => length ?? lengths), outputDim];
    const differ = lengths.some((length, i) => isKnown(length) && isKnown(given[i]!) && length !== given[i]);
    if (lengths.length !== given.length || differ) {
      report(shapeMismatch, { layer: 'embedding', shapes: [[batch, ...lengths], input!], rule: 'inputLength is not the length of the input' }, 'inputLength');
      return unknown('inputLength is not the length of the input');
    }
    return [batch, ...lengths.map((length, i) => length ?? given[i]!), outputDim];
  },
  weights: ({ attributes: { inputDim, outputDim } }) => [{ name: 'embeddings', shape: [inputDim, outputDim], trainable: true }],
  // Numbers have no channels: each is a position.
  receptiveField: { readsPositions: true, ...seesOnePosition },
  elementOperations: none('vectors are looked up'),
  examples: [
    { config: { inputDim: 10000, outputDim: 128, inputLength: 80 }, inputs: [[null, 80]], output: [null, 80, 128], params: 1280000 },
    { config: { inputDim: 100, outputDim: 16 }, inputs: [[null, null]], output: [null, null, 16], params: 1600 },
  ],
});
