// A layer of block definitions that TensorFlow.js does not have: the layer's own definition computes it, with weights of the shapes
// that were inferred.
import type * as tf from './tensorflow.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { AttributeSchema, ReadAttributes } from '../../src/blocks/layers/attribute.ts';
import type { LayerDefinition, WeightShape } from '../../src/blocks/layers/define-layer.ts';
import { readAttributes } from '../../src/blocks/layers/read-attributes.ts';
import { findLayerOfBlocks } from '../../src/blocks/layers/registry.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';
import { CannotRun } from './cannot-run.ts';
import { numbersOf } from './make-input.ts';
import { runtime } from './runtime.ts';
import { seededWeight, seedOf } from './seeded-values.ts';

/** What a run needs of a layer; those of TensorFlow.js are such. */
export interface RunnableLayer {
  readonly weights: readonly { readonly shape: readonly (number | null)[]; dispose(): void }[];
  /** Whether it has to do with masks. */
  readonly supportsMasking?: boolean;
  /** Of layers that go through a sequence. */
  readonly returnSequences?: boolean;
  apply(inputs: tf.Tensor | tf.Tensor[], options: { readonly training: boolean; readonly mask?: tf.Tensor }): unknown;
  computeMask?(inputs: tf.Tensor[], masks: tf.Tensor[]): tf.Tensor | tf.Tensor[];
}

/** `name` is what a message calls the node; layers of another `seed` have other weights. Throws `CannotRun` with the reason where there can be no such layer. */
export function makeBlockLayer(node: GraphNode, name: string, seed: number): RunnableLayer {
  const definition = findLayerOfBlocks(node.layer);
  if (!definition?.run) throw new CannotRun(`${name} cannot be run by Blockscope.`, node.id);
  const { cases: [attributes, another] } = readAttributes(definition, Object.fromEntries(Object.entries(node.attributes).map(([key, value]) => [key, { value }])));
  if (!attributes || another) throw new CannotRun(`${name} cannot be built: its configuration is not fully known.`, node.id);
  return new BlockLayer(definition, attributes as ReadAttributes<AttributeSchema>, numbersOf(node, `what ${name} gives`), new Map(node.weights.map((weight, i) => [weight.name, seededWeight(weight.name, shapeOf(weight, node, name), seedOf(seed, i))])));
}

export class BlockLayer implements RunnableLayer {
  /** `named` has the weights by their names. */
  constructor(
    private readonly definition: LayerDefinition, readonly attributes: ReadAttributes<AttributeSchema>, private readonly output: readonly number[],
    readonly named: ReadonlyMap<string, tf.Tensor>,
  ) {}

  get weights(): readonly tf.Tensor[] {
    return [...this.named.values()];
  }

  apply(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return this.definition.run!(runtime, { attributes: this.attributes, inputs: Array.isArray(inputs) ? inputs : [inputs], weights: Object.fromEntries(this.named), output: this.output });
  }
}

function shapeOf({ name: weight, shape }: WeightShape, node: GraphNode, name: string): readonly number[] {
  if (!isRanked(shape) || !shape.every(dim => typeof dim === 'number')) throw new CannotRun(`The shape of ${weight} of ${name} is not known.`, node.id);
  return shape as readonly number[];
}
