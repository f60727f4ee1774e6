// What layers compute value by value, besides multiply-accumulates: biases, activations, normalizations, pools, sums. There is no one way to
// count these: each layer's definition says how many it has, and after whom.
import type { Dim } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { AttributeSchema, InnerLayer, InnerModel } from './attribute.ts';
import type { LayerCall } from './define-layer.ts';

/** Operations of one kind that a layer does for one example. */
export interface ElementOperation {
  /** What they are: `bias`, `activation`, `normalization`. */
  readonly what: string;
  /** How many, as a product of sizes. */
  readonly product: readonly Dim[];
  /** True where fvcore's `FlopCountAnalysis` counts them, and as many. */
  readonly fvcore?: true;
}

export interface ElementOperations<S extends AttributeSchema = AttributeSchema> {
  /** How many, in symbols and of one example, with the reason where that is not plain: `2 · values, a scale and a shift`. */
  readonly formula: string;
  /** Attributes that the number depends on although neither the shape nor the weights do. */
  readonly decidedBy?: readonly string[];
  /** Absent: none, whatever goes in. */
  count?(call: ElementCall<S>): readonly ElementOperation[];
}

export interface ElementCall<S extends AttributeSchema> extends LayerCall<S> {
  readonly output: readonly Dim[];
  /** Those of a layer or a model inside of this one. */
  elementOperations(layer: InnerLayer | InnerModel, inputs: readonly Shape[]): readonly ElementOperation[];
}

/** Of a layer that computes nothing but what its MACs are; the reason is one for people. */
export const none = (reason: string): Pick<ElementOperations, 'formula'> => ({ formula: `none: ${reason}` });

/** The values of one example of a tensor, as a product of sizes. */
export const valuesOf = (shape: readonly Dim[], times = 1): readonly Dim[] => (times === 1 ? shape.slice(1) : [times, ...shape.slice(1)]);

/** The same so many times, as for each step of a sequence. */
export const repeated = (operations: readonly ElementOperation[], times: Dim): readonly ElementOperation[] =>
  operations.map(operation => ({ ...operation, product: [times, ...operation.product] }));
