// What a layer is to Blockscope. One layer, one file: schema, documentation, shape rule, weights, cost, examples.
import type * as core from '@tensorflow/tfjs-core';
import type * as keras from '@tensorflow/tfjs-layers';
import type { Dim, Unknown } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { ProblemDefinition } from '../problems/problem.ts';
import type { AttributeSchema, InnerLayer, InnerModel, ReadAttributes } from './attribute.ts';
import type { ElementOperations } from './element-operations.ts';
import type { Inference, LayerProblem } from './infer.ts';
import type { ReceptiveField } from './receptive-field.ts';

export interface LayerDefinition<S extends AttributeSchema = AttributeSchema> {
  /** As the source names it: `conv2d` in `tf.layers.conv2d`. */
  readonly name: string;
  /** Set for a layer of block definitions that `tf.layers` does not have, or not with all that it can do there. */
  readonly vocabulary?: 'blocks';
  /** Other names of the same factory: `maxPool2d`. */
  readonly aliases: readonly string[];
  /** The class name in saved models and in automatic layer names: `Conv2D`. */
  readonly className: string;
  readonly doc: LayerDoc;
  /** The class of the cell that the layer makes for itself, which TensorFlow.js counts as a layer of its own. */
  readonly cellClassName?: string;
  /** The layer's own attributes; those of every layer (`name`, `inputShape`, …) are added by the framework. */
  readonly attributes: S;
  /** True where TensorFlow.js throws when the factory is called without any argument. */
  readonly needsConfig: boolean;
  /** How many tensors `apply` takes. A recurrent layer may get the states to start from, all of them, after its input. */
  readonly inputs: 'none' | 'one' | 'one and states' | 'several';
  /** The rank that each input but states must have, the batch counted; absent where any will do. */
  readonly rank?: number | { readonly atLeast: number };
  /** True where TensorFlow.js writes the shape of the output over the shape that the tensor before has. */
  readonly overwritesInput?: boolean;
  /** What TensorFlow.js refuses of a configuration although each attribute by itself has the right type. */
  check?(call: LayerConfig<S>): void;
  /**
   * The shape of a model's input that the configuration implies by attributes of the layer's own (`inputDim`), where it
   * is the first layer and has neither `inputShape` nor `batchInputShape`.
   */
  impliedInput?(attributes: ReadAttributes<S>, batch: Dim): Shape | undefined;
  /** The output's shape, batch first. Only called with ranked inputs of the right number and rank. */
  shape(call: LayerCall<S>): Shape;
  /** What is certain of the output where not even the rank of the input is known; `dim` stands for what is not. */
  outputOfAnyRank?(attributes: ReadAttributes<S>, dim: Unknown): Shape;
  /** What `apply` gives besides its first tensor: the states of an LSTM with `returnState`. Absent: nothing. */
  furtherOutputs?(call: LayerCall<S> & { readonly output: Shape }): readonly Shape[];
  /** What a cell of a recurrent layer keeps from step to step, given one step; the first is also what the step gives. */
  states?(call: LayerCall<S>): readonly Shape[];
  /** The shapes of the weights that the layer creates for these inputs; parameters are counted from them. Absent: none. */
  weights?(call: LayerCall<S>): readonly WeightShape[];
  /**
   * Multiply-accumulates of one example as a sum of products, which is also how the hover writes them out:
   * `[[outHeight, outWidth, kernelHeight, kernelWidth, inChannels, filters]]`. Absent: none.
   */
  macs?(call: LayerCall<S> & { readonly output: readonly Dim[] }): readonly (readonly Dim[])[];
  /** What it computes value by value besides: a bias, an activation, a sum. Stated for every layer, also where it is nothing. */
  readonly elementOperations: ElementOperations<S>;
  /** What one value that comes out sees of what goes in. Stated for every layer, also where each position sees itself alone. */
  readonly receptiveField: ReceptiveField<S>;
  /** The rule worked out with the call's own numbers, a line each: `height: ⌊(56 + 2 − 3) / 2⌋ + 1 = 28`. */
  workings?(call: LayerCall<S> & { readonly output: readonly Dim[] }): readonly string[];
  /** What it computes, for a layer that `tf.layers` does not have. The runtime is an argument, so that the core needs none. */
  run?(tf: Runtime, call: RunCall<S>): Tensor;
  readonly examples: readonly LayerExample[];
}

/** What a layer may compute with. Named one by one, so that a page that runs layers need not carry the rest of TensorFlow.js. */
export type Runtime = Pick<typeof core,
  | 'add' | 'clone' | 'concat' | 'conv2d' | 'depthwiseConv2d' | 'div' | 'elu' | 'erf' | 'exp' | 'max' | 'maxPool' | 'mean' | 'mul' | 'relu' | 'relu6' | 'reshape' | 'serialization'
  | 'sigmoid' | 'slice' | 'softmax' | 'split' | 'stridedSlice' | 'sub' | 'sum' | 'tanh' | 'tidy' | 'transpose'>
  & Pick<typeof keras, 'initializers' | 'input' | 'layers' | 'model'>;
export type Tensor = core.Tensor;

export interface RunCall<S extends AttributeSchema> {
  readonly attributes: ReadAttributes<S>;
  readonly inputs: readonly Tensor[];
  /** By their names. */
  readonly weights: Readonly<Record<string, Tensor>>;
  /** The shape that was inferred. */
  readonly output: readonly number[];
}

export interface LayerDoc {
  /** One sentence. */
  readonly summary: string;
  /** The rule in symbols. */
  readonly formula: string;
  readonly source: { readonly title: string; readonly url: string };
  /** Where TensorFlow.js differs from what people expect. */
  readonly oddities?: readonly string[];
}

export interface LayerConfig<S extends AttributeSchema> {
  readonly attributes: ReadAttributes<S>;
  /** Says that something is wrong, blaming an attribute, or the whole call where none is named. */
  report<Data>(problem: ProblemDefinition<Data>, data: Data, attribute?: keyof S & string): void;
}

export interface LayerCall<S extends AttributeSchema> extends LayerConfig<S> {
  /** Ranked; a layer with `inputs: 'one'` finds exactly one. */
  readonly inputs: readonly (readonly Dim[])[];
  /** What a layer inside of this one is; undefined where it is a model, or the registry does not have it. */
  definitionOf(layer: InnerLayer | InnerModel): LayerDefinition | undefined;
  /** What a layer or a model inside of this one makes of inputs. */
  infer(layer: InnerLayer | InnerModel, inputs: readonly Shape[]): Inference;
  /** Reports what is wrong inside of this layer. */
  passOn(problems: readonly LayerProblem[]): void;
}

export interface WeightShape {
  readonly name: string;
  readonly shape: readonly Dim[];
  readonly trainable: boolean;
  /**
   * True of what is kept and never learnt, as the moving mean of batch normalization: PyTorch calls it a buffer, and no parameter. A
   * weight that is frozen is none: it was made to be learnt.
   */
  readonly buffer?: true;
}

/** Proved twice: by the rule, and by TensorFlow.js building the same layer. */
export interface LayerExample {
  /** The source text of the configuration: `{ filters: 64, kernelSize: 3, padding: 'same' }`. */
  readonly config: Readonly<Record<string, unknown>>;
  readonly inputs: readonly (readonly (number | null)[])[];
  readonly output: readonly (number | null)[];
  readonly params: number;
}

export const defineLayer = <S extends AttributeSchema>(definition: LayerDefinition<S>): LayerDefinition<S> => definition;
