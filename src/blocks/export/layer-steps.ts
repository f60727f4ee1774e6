// How each layer is expressed in tf.layers: the one table behind the text and the model in memory.
import type { GraphNode } from '../graph/block-graph.ts';
import { layerConfig } from '../graph/layer-config.ts';
import type { ReadAttributes } from '../layers/attribute.ts';
import type { adaptiveAveragePooling2d } from '../layers/blocks/adaptiveAveragePooling2d.ts';
import type { conv2d } from '../layers/blocks/conv2d.ts';
import type { maxPooling2d } from '../layers/blocks/maxPooling2d.ts';
import type { Padding } from '../layers/blocks/padding.ts';
import { readImage, type DataFormat } from '../layers/layout.ts';
import { readAttributes } from '../layers/read-attributes.ts';
import { findLayer, findLayerOfBlocks } from '../layers/registry.ts';
import type { Dim } from '../shapes/dim.ts';
import { CannotExport } from './cannot-export.ts';

export type Config = Readonly<Record<string, unknown>>;

/** One layer of TensorFlow.js, or one that an export brings along. */
export interface LayerStep {
  /** The factory in `tf.layers`, or the class of a custom layer. */
  readonly layer: string;
  readonly config: Config;
  readonly custom?: true;
}

export interface StepContext {
  /** The shape of the first tensor that goes in. */
  readonly input: readonly Dim[];
  /** The inferred shape of what comes out. */
  readonly output: readonly Dim[];
  /** Whether no value that goes in is below zero: then zeros around it change no maximum. */
  readonly nonNegative: boolean;
}

/** The layers that do together what the node does, in their order. Throws `CannotExport`. */
export function stepsOf(node: GraphNode, context: StepContext): readonly LayerStep[] {
  if (node.vocabulary !== 'blocks') return [stepOfTensorFlow(node)];
  const steps = stepsOfBlocks[node.layer];
  if (!steps) throw new CannotExport(`${node.layer} has no counterpart in tf.layers.`, node.id);
  return steps(attributesOf(node), context);
}

/** What a model that is built anew does not take over: names are given anew, and shapes follow from the input. */
const leftOut = /^(name|inputShape|batchInputShape|batchSize|inputDType|updatable|weights|activityRegularizer)$/;

function stepOfTensorFlow(node: GraphNode): LayerStep {
  if (!findLayer(node.layer)) throw new CannotExport(`${node.layer} is not a layer of tf.layers: Blockscope knows its figures, and not what it computes.`, node.id);
  const made = layerConfig(node, leftOut);
  if ('obstacle' in made) throw new CannotExport(`${node.layer} cannot be exported: ${made.obstacle}.`, node.id);
  return { layer: node.layer, config: made.config };
}

type Attributes = Readonly<Record<string, unknown>>;

function attributesOf(node: GraphNode): Attributes {
  const given = Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, { value }]));
  const { cases: [attributes, another] } = readAttributes(findLayerOfBlocks(node.layer)!, given);
  if (!attributes || another) throw new CannotExport(`${node.layer} cannot be exported: its configuration is not fully known.`, node.id);
  return attributes;
}

type StepRule = (attributes: Attributes, context: StepContext) => readonly LayerStep[];

const stepsOfBlocks: Readonly<Record<string, StepRule>> = {
  conv2d: (attributes, context) => convolution(attributes as ReadAttributes<typeof conv2d.attributes>, context),
  maxPooling2d: (attributes, context) => maxPooling(attributes as ReadAttributes<typeof maxPooling2d.attributes>, context),
  adaptiveAveragePooling2d: (attributes, context) => adaptivePooling(attributes as ReadAttributes<typeof adaptiveAveragePooling2d.attributes>, context),
  activation: ({ activation }) => activationSteps(String(activation), 'channelsLast', true),
  // Dropping a whole example is dropping values that share one decision over all axes but the first.
  stochasticDepth: ({ rate }, { input }) => [{ layer: 'dropout', config: { rate, noiseShape: input.map((_, axis) => (axis === 0 ? null : 1)) } }],
  channelShuffle: ({ groups, dataFormat }) => [{ layer: 'ChannelShuffle', custom: true, config: { groups, ...layout(dataFormat) } }],
  sliceChannels: ({ shares, index, dataFormat }) => [{ layer: 'SliceChannels', custom: true, config: { shares, index, ...layout(dataFormat) } }],
  layerScale: ({ initialValue, dataFormat }) => [{ layer: 'LayerScale', custom: true, config: { initialValue, ...layout(dataFormat) } }],
};

/** Said only where it is not the default. */
const layout = (dataFormat: unknown): Config => (dataFormat === 'channelsFirst' ? { dataFormat } : {});

function convolution({ filters, kernelSize, strides, padding, dilationRate, groups, useBias, activation, dataFormat }: ReadAttributes<typeof conv2d.attributes>, { input }: StepContext): readonly LayerStep[] {
  if (!strides.every(isOne) && !dilationRate.every(isOne)) throw new CannotExport('conv2d cannot be exported: TensorFlow.js has no convolution whose strides and dilation are both larger than 1.');
  const { channels } = readImage(input, dataFormat);
  const common = {
    kernelSize: shortest(kernelSize),
    ...(strides.every(isOne) ? {} : { strides: shortest(strides) }),
    ...(padding === 'same' ? { padding } : {}),
    ...(dilationRate.every(isOne) ? {} : { dilationRate: shortest(dilationRate) }),
    ...(useBias ? {} : { useBias }),
    ...layout(dataFormat),
  };
  // The depthwise layer of TensorFlow.js ignores the dilation.
  const depthwise = groups === channels && dilationRate.every(isOne);
  const layer: LayerStep =
    groups === 1 ? { layer: 'conv2d', config: { filters, ...common } }
    : depthwise ? { layer: 'depthwiseConv2d', config: { ...(filters === channels ? {} : { depthMultiplier: Number(filters) / Number(channels) }), ...common } }
    : { layer: 'GroupedConv2D', custom: true, config: { filters, groups, ...common } };
  return [...zeroPadding(marginsOf(padding), dataFormat), layer, ...activationSteps(String(activation), dataFormat, false)];
}

const isOne = (dim: Dim): boolean => dim === 1;

/** One number where both axes have the same. */
const shortest = (pair: readonly Dim[]): unknown => (pair[0] === pair[1] ? pair[0] : pair);

type Margins = readonly (readonly [before: number, after: number])[];

/** The same number of zeros on both sides of an axis; 'same' is left to the layer. */
const marginsOf = (padding: Padding): Margins => (padding === 'same' ? [] : padding.map(zeros => [Number(zeros), Number(zeros)] as const));

function zeroPadding(margins: Margins, dataFormat: DataFormat): readonly LayerStep[] {
  if (margins.flat().every(zeros => zeros === 0)) return [];
  const even = margins.every(([before, after]) => before === after);
  const padding = even ? shortest(margins.map(([before]) => before)) : margins;
  return [{ layer: 'zeroPadding2d', config: { padding, ...layout(dataFormat) } }];
}

/**
 * What lies outside of the image loses against every value, so that zeros stand for it only where nothing is below them and no window lies
 * outside altogether.
 */
function maxPooling({ poolSize, strides = poolSize, padding, ceilMode, dataFormat }: ReadAttributes<typeof maxPooling2d.attributes>, { input, output, nonNegative }: StepContext): readonly LayerStep[] {
  const common = { poolSize: shortest(poolSize), strides: shortest(strides), ...layout(dataFormat) };
  if (padding === 'same') return [{ layer: 'maxPooling2d', config: { ...common, padding } }];
  const plain: LayerStep = { layer: 'maxPooling2d', config: common };
  if (!ceilMode && padding.every(zeros => zeros === 0)) return [plain];
  const [lengths, places] = [readImage(input, dataFormat).spatial, readImage(output, dataFormat).spatial];
  const known = [...lengths, ...places].every(dim => typeof dim === 'number');
  const custom: LayerStep = {
    layer: 'PaddedMaxPooling2D', custom: true, config: { ...common, padding: shortest(padding), ...(ceilMode ? { ceilMode } : {}) },
  };
  if (!known) return [custom];
  // A last window may stick out over the end.
  const margins = padding.map((before, axis): readonly [number, number] =>
    [Number(before), Math.max(0, (Number(places[axis]) - 1) * Number(strides[axis]) + Number(poolSize[axis]) - Number(before) - Number(lengths[axis]))]);
  if (margins.flat().every(zeros => zeros === 0)) return [plain];
  const touches = margins.every((sides, axis) => sides.every(zeros => zeros < Number(poolSize[axis])));
  return nonNegative && touches ? [...zeroPadding(margins, dataFormat), plain] : [custom];
}

/** Windows are all of one size where the output's divides the input's. */
function adaptivePooling({ outputSize, dataFormat }: ReadAttributes<typeof adaptiveAveragePooling2d.attributes>, { input }: StepContext): readonly LayerStep[] {
  const sizes = readImage(input, dataFormat).spatial.map((length, axis) => (typeof length === 'number' ? length / Number(outputSize[axis]) : NaN));
  return sizes.every(Number.isInteger)
    ? [{ layer: 'averagePooling2d', config: { poolSize: shortest(sizes), ...layout(dataFormat) } }]
    : [{ layer: 'AdaptiveAveragePooling2D', custom: true, config: { outputSize: shortest(outputSize), ...layout(dataFormat) } }];
}

/** Activations that tf.layers has under another name, or not. */
const swish: LayerStep = { layer: 'activation', config: { activation: 'swish' } };
const ownActivations: Readonly<Record<string, LayerStep>> = {
  silu: swish,
  hardSigmoid: { layer: 'HardSigmoid', custom: true, config: {} },
  hardSwish: { layer: 'HardSwish', custom: true, config: {} },
};

/** `alone` where the activation is all that the node does, so that there has to be a layer. */
function activationSteps(name: string, dataFormat: DataFormat, alone: boolean): readonly LayerStep[] {
  if (name === 'linear' && !alone) return [];
  const layer = ownActivations[name] ?? { layer: 'activation', config: { activation: name } };
  if (name !== 'softmax' || dataFormat === 'channelsLast') return [layer];
  // TensorFlow.js has softmax over the last axis alone.
  return [{ layer: 'permute', config: { dims: [2, 3, 1] } }, layer, { layer: 'permute', config: { dims: [3, 1, 2] } }];
}
