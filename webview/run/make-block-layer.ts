// A layer of block definitions that TensorFlow.js does not have: the layer's own definition computes it, with weights of the shapes
// that were inferred.
import * as tf from '@tensorflow/tfjs';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { AttributeSchema, ReadAttributes } from '../../src/blocks/layers/attribute.ts';
import type { LayerDefinition, WeightShape } from '../../src/blocks/layers/define-layer.ts';
import { readAttributes } from '../../src/blocks/layers/read-attributes.ts';
import { findLayerOfBlocks } from '../../src/blocks/layers/registry.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';
import { CannotRun } from './cannot-run.ts';
import { numbersOf } from './make-input.ts';

/** What a run needs of a layer; those of TensorFlow.js are such. */
export interface RunnableLayer {
  readonly weights: readonly { readonly shape: readonly (number | null)[]; dispose(): void }[];
  apply(inputs: tf.Tensor | tf.Tensor[], options: { readonly training: false }): unknown;
}

/** `name` is what a message calls the node. Throws `CannotRun` with the reason where there can be no such layer. */
export function makeBlockLayer(node: GraphNode, name: string): RunnableLayer {
  const definition = findLayerOfBlocks(node.layer);
  if (!definition?.run) throw new CannotRun(`${name} cannot be run by Blockscope.`, node.id);
  const { cases: [attributes, another] } = readAttributes(definition, Object.fromEntries(Object.entries(node.attributes).map(([key, value]) => [key, { value }])));
  if (!attributes || another) throw new CannotRun(`${name} cannot be built: its configuration is not fully known.`, node.id);
  return new BlockLayer(definition, attributes as ReadAttributes<AttributeSchema>, numbersOf(node, `what ${name} gives`), node.weights.map(weight => [weight.name, startingValues(weight, node, name)]));
}

class BlockLayer implements RunnableLayer {
  constructor(
    private readonly definition: LayerDefinition, private readonly attributes: ReadAttributes<AttributeSchema>, private readonly output: readonly number[],
    private readonly named: readonly (readonly [string, tf.Tensor])[],
  ) {}

  get weights(): readonly tf.Tensor[] {
    return this.named.map(([, tensor]) => tensor);
  }

  apply(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.definition.run!(tf, { attributes: this.attributes, inputs: Array.isArray(inputs) ? inputs : [inputs], weights: Object.fromEntries(this.named), output: this.output });
  }
}

/** Kernels start as He et al. start them, so that values keep their size from layer to layer (arXiv 1502.01852). */
function startingValues({ name: weight, shape }: WeightShape, node: GraphNode, name: string): tf.Tensor {
  if (!isRanked(shape) || !shape.every(dim => typeof dim === 'number')) throw new CannotRun(`The shape of ${weight} of ${name} is not known.`, node.id);
  const numbers = shape as readonly number[];
  if (weight !== 'kernel') return weight === 'gamma' ? tf.ones([...numbers]) : tf.zeros([...numbers]);
  const fanIn = numbers.slice(0, -1).reduce((a, b) => a * b, 1);
  return tf.truncatedNormal([...numbers], 0, Math.sqrt(2 / fanIn));
}
