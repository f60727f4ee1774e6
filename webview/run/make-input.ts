// The tensors that go into a block: values around 0, or whole numbers where a layer takes indexes of words. They are the same in each run.
import * as tf from './tensorflow.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';
import { CannotRun } from './cannot-run.ts';
import { seededIndexes, seededInput } from './seeded-values.ts';

/** `name` is what a message calls the node. Throws `CannotRun` where its shape is not all positive integers. */
export function makeInput(graph: BlockGraph, node: GraphNode, name: string): tf.Tensor {
  const shape = numbersOf(node, name);
  const words = vocabulariesBehind(graph, node.id);
  const input = words.length > 0 ? seededIndexes(shape, Math.min(...words), node.id) : seededInput(shape, node.id);
  const padding = paddingOf(graph, node.id);
  return padding ? endingIn(padding, input) : input;
}

/** What a layer that makes a mask takes for padding, and the rank of one step. */
interface Padding {
  readonly value: number;
  readonly stepRank: 0 | 1;
}

/** For the layer that takes the input itself. */
function paddingOf(graph: BlockGraph, node: number): Padding | undefined {
  for (const { layer, attributes, inputs } of graph.nodes) {
    if (!inputs.includes(node)) continue;
    if (layer === 'masking') return { value: typeof attributes['maskValue'] === 'number' ? attributes['maskValue'] : 0, stepRank: 1 };
    if (layer === 'embedding' && Boolean(attributes['maskZero'])) return { value: 0, stepRank: 0 };
  }
  return undefined;
}

/** The last third of the steps of each sequence is padding: a mask that hides nothing would not show whether it is heeded. */
function endingIn({ value, stepRank }: Padding, sequences: tf.Tensor): tf.Tensor {
  const { shape, dtype } = sequences;
  const steps = shape.at(-1 - stepRank)!;
  const stepSize = stepRank === 1 ? shape.at(-1)! : 1;
  const values = sequences.dataSync().map((one, i) => (Math.floor(i / stepSize) % steps >= steps - Math.floor(steps / 3) ? value : one));
  sequences.dispose();
  return tf.tensor(values, shape, dtype as 'float32');
}

/** The shape of what a node gives, as TensorFlow.js takes it. */
export function numbersOf({ id, output, furtherOutputs }: GraphNode, name: string, port = 0): number[] {
  const shape = port === 0 ? output : furtherOutputs[port - 1]!;
  if (!isRanked(shape)) throw new CannotRun(`The shape of ${name} is not known: ${shape.reason}.`, id);
  return shape.map(dim => {
    if (typeof dim === 'number' && Number.isInteger(dim) && dim >= 1) return dim;
    throw new CannotRun(`The shape of ${name} has a dim that is no positive integer.`, id);
  });
}

/** How many words there are for a layer that takes their indexes. */
const vocabularies: Readonly<Record<string, string>> = { embedding: 'inputDim', categoryEncoding: 'numTokens' };

/** The sizes of the vocabularies of layers that take their words from a node, directly or through layers that only pass them on. */
function vocabulariesBehind(graph: BlockGraph, node: number): number[] {
  const passing = new Set([node]);
  const sizes: number[] = [];
  for (const user of graph.nodes) {
    if (!user.inputs.some(input => passing.has(input))) continue;
    const size = user.attributes[vocabularies[user.layer] ?? ''];
    if (typeof size === 'number') sizes.push(size);
    else if (user.weights.length === 0) passing.add(user.id);
  }
  return sizes;
}
