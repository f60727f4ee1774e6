// Layers that multiply with a kernel, as one operation of TensorFlow.js that also adds a bias and applies an activation.
import * as tf from '../tensorflow.ts';
import type { GraphNode } from '../../../src/blocks/graph/block-graph.ts';
import { BlockLayer, type RunnableLayer } from '../make-block-layer.ts';

type Pair = [number, number];
type Margins = [Pair, Pair, Pair, Pair];

/** What TensorFlow.js can apply in the same pass. */
export interface FusedActivation {
  readonly activation: 'linear' | 'relu' | 'relu6' | 'elu' | 'sigmoid' | 'leakyrelu';
  readonly leakyreluAlpha?: number;
}

/** Zeros around an image, which another layer would have put there. */
export type Padding = readonly [Pair, Pair];

export interface LinearLayer {
  readonly kernel: tf.Tensor;
  readonly bias: tf.Tensor | undefined;
  /** By its name; none is 'linear'. */
  readonly activation: string;
  /** The dims of the kernel that make up the channels that come out, in their order. */
  readonly channelDims: readonly number[];
  /** Whether the zeros around the image can be told; only where the layer itself puts none. */
  readonly takesPadding: boolean;
  compute(x: tf.Tensor, kernel: tf.Tensor, bias: tf.Tensor | undefined, activation: FusedActivation, padding?: Padding): tf.Tensor;
}

/** Undefined for what TensorFlow.js has no such operation for. */
export function linearLayer(node: GraphNode, layer: RunnableLayer): LinearLayer | undefined {
  if (layer instanceof BlockLayer) return node.layer === 'conv2d' ? convolutionOfBlocks(layer) : undefined;
  switch (node.layer) {
    case 'conv2d': return convolution(layer as unknown as ConvolutionLayer);
    case 'depthwiseConv2d': return depthwise(layer as unknown as DepthwiseLayer);
    case 'separableConv2d': return separable(layer as unknown as SeparableLayer);
    case 'dense': return node.inputs.length === 1 ? dense(layer as unknown as DenseLayer, node) : undefined;
    default: return undefined;
  }
}

/** The parts of TensorFlow.js's layers that are used here; its types keep them to themselves. */
interface Variable { read(): tf.Tensor }
interface WindowLayer {
  readonly strides: number | number[];
  readonly dilationRate: number | number[];
  readonly padding: string;
  readonly dataFormat: string;
  readonly bias?: Variable | null;
  getConfig(): { readonly activation?: unknown };
}
interface ConvolutionLayer extends WindowLayer { readonly kernel: Variable }
interface DepthwiseLayer extends WindowLayer { readonly depthwiseKernel: Variable }
interface SeparableLayer extends DepthwiseLayer { readonly pointwiseKernel: Variable }
interface DenseLayer { readonly kernel: Variable; readonly bias?: Variable | null; getConfig(): { readonly activation?: unknown } }

/** TensorFlow.js either moves on or dilates. */
const canConvolve = (step: Pair, dilation: Pair): boolean => step.every(isOne) || dilation.every(isOne);

interface Windows {
  readonly step: Pair;
  readonly dilation: Pair;
  readonly pad: 'same' | 'valid' | Margins;
}

function windowsOf({ strides, dilationRate: rate, padding, dataFormat }: WindowLayer, dilationRate = rate): Windows | undefined {
  const [step, dilation] = [pairOf(strides), pairOf(dilationRate)];
  if (dataFormat !== 'channelsLast' || (padding !== 'same' && padding !== 'valid') || !canConvolve(step, dilation)) return undefined;
  return { step, dilation, pad: padding };
}

function convolution(layer: ConvolutionLayer): LinearLayer | undefined {
  const windows = windowsOf(layer);
  return windows && { ...weightsOf(layer, layer.kernel), channelDims: [3], takesPadding: windows.pad === 'valid', compute: convolve(windows) };
}

const convolve = ({ step, dilation, pad }: Windows): LinearLayer['compute'] => (x, kernel, bias, activation, padding) =>
  tf.fused.conv2d({ x: x as tf.Tensor4D, filter: kernel as tf.Tensor4D, strides: step, dilations: dilation, bias: bias as tf.Tensor1D, ...marginsOf(pad, padding), ...activation });

/** The layer of TensorFlow.js takes a dilation rate and does not dilate. */
function depthwise(layer: DepthwiseLayer): LinearLayer | undefined {
  const windows = windowsOf(layer, 1);
  return windows && { ...weightsOf(layer, layer.depthwiseKernel), channelDims: [2, 3], takesPadding: windows.pad === 'valid', compute: convolveDepthwise(windows) };
}

/** Its types do not have the explicit padding that it takes, as the one without fusing does. */
const convolveDepthwise = ({ step, dilation, pad }: Windows): LinearLayer['compute'] => (x, kernel, bias, activation, padding) =>
  tf.fused.depthwiseConv2d({ x: x as tf.Tensor4D, filter: kernel as tf.Tensor4D, strides: step, dilations: dilation, bias: bias as tf.Tensor1D, ...(marginsOf(pad, padding) as { pad: 'same' }), ...activation });

/** The first of its two kernels stands by itself: what follows is folded into the second. */
function separable(layer: SeparableLayer): LinearLayer | undefined {
  const windows = windowsOf(layer);
  if (!windows) return undefined;
  const first = layer.depthwiseKernel.read();
  const [spatial, mix] = [convolveDepthwise(windows), convolve({ step: [1, 1], dilation: [1, 1], pad: 'valid' })];
  return {
    ...weightsOf(layer, layer.pointwiseKernel), channelDims: [3], takesPadding: windows.pad === 'valid',
    compute: (x, kernel, bias, activation, padding) => mix(spatial(x, first, undefined, { activation: 'linear' }, padding), kernel, bias, activation),
  };
}

function dense(layer: DenseLayer, { output }: GraphNode): LinearLayer | undefined {
  // Of higher ranks TensorFlow.js makes matrices first.
  if (!Array.isArray(output) || output.length !== 2) return undefined;
  return {
    ...weightsOf(layer, layer.kernel), channelDims: [1], takesPadding: false,
    compute: (x, kernel, bias, activation) => tf.fused.matMul({ a: x as tf.Tensor2D, b: kernel as tf.Tensor2D, ...(bias ? { bias } : {}), ...activation }),
  };
}

function convolutionOfBlocks({ attributes, named }: BlockLayer): LinearLayer | undefined {
  const { strides, dilationRate, padding, groups, dataFormat, activation } = attributes;
  const [step, dilation] = [pairOf(strides as number[]), pairOf(dilationRate as number[])];
  const kernel = named.get('kernel')!;
  const [height, width, inGroup, out] = kernel.shape as [number, number, number, number];
  if (dataFormat !== 'channelsLast' || !canConvolve(step, dilation) || (groups !== 1 && inGroup !== 1)) return undefined;
  const windows: Windows = { step, dilation, pad: padding === 'same' ? 'same' : margins(pairOf(padding as number[])) };
  const rest = { bias: named.get('bias'), activation: String(activation), takesPadding: false };
  if (groups === 1) return { ...rest, kernel, channelDims: [3], compute: convolve(windows) };
  // As many groups as channels: a depthwise convolution, whose kernel has the same values in another shape.
  const count = Number(groups);
  const compute = convolveDepthwise(windows);
  return {
    ...rest, kernel, channelDims: [3],
    compute: (x, folded, bias, fused) => compute(x, tf.reshape(folded, [height, width, count, out / count]), bias, fused),
  };
}

const weightsOf = (layer: WindowLayer | DenseLayer, kernel: Variable): Pick<LinearLayer, 'kernel' | 'bias' | 'activation'> =>
  ({ kernel: kernel.read(), bias: layer.bias?.read(), activation: typeof layer.getConfig().activation === 'string' ? String(layer.getConfig().activation) : 'linear' });

function marginsOf(pad: Windows['pad'], padding: Padding | undefined): { pad: 'same' | 'valid' | Margins; dimRoundingMode?: 'floor' } {
  if (padding) return { pad: [[0, 0], padding[0], padding[1], [0, 0]], dimRoundingMode: 'floor' };
  return typeof pad === 'string' ? { pad } : { pad, dimRoundingMode: 'floor' };
}

const margins = ([height, width]: Pair): Margins => [[0, 0], [height, height], [width, width], [0, 0]];

const pairOf = (value: number | readonly number[]): Pair => (typeof value === 'number' ? [value, value] : [Number(value[0]), Number(value[1] ?? value[0])]);

const isOne = (number: number): boolean => number === 1;
