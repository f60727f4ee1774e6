// Layers of Keras that TensorFlow.js does not have, as far as their shapes and weights follow from what the file says. Those whose
// shape does give what goes in with other values, and have no multiply-accumulates.
import { field, isArray, stringAt, type JsonNode, type JsonObject } from '../json/json-tree.ts';
import type { WeightShape } from '../layers/define-layer.ts';
import { sizeOf, type Inference } from '../layers/infer.ts';
import { unknown, type Dim } from '../shapes/dim.ts';
import { isRanked, sameShape, type Shape } from '../shapes/shape.ts';
import type { LayerDescription } from './describe-model.ts';
import { inputInference } from './saved-layers.ts';

const withoutWeights: ReadonlySet<string> = new Set([
  'RandomFlip', 'RandomRotation', 'RandomZoom', 'RandomTranslation', 'RandomShear', 'RandomPerspective', 'RandomContrast', 'RandomBrightness',
  'RandomSaturation', 'RandomHue', 'RandomSharpness', 'RandomGrayscale', 'RandomPosterization', 'RandomInvert', 'RandomErasing', 'RandomGaussianBlur',
  'AutoContrast', 'Equalization', 'Solarization', 'SpatialDropout2D', 'SpatialDropout3D', 'ActivityRegularization', 'UnitNormalization', 'Identity',
  // Of the ConvNeXt of Keras.
  'StochasticDepth',
]);

/** What their weights are; undefined where that does not follow from the file. */
const weightsOf: Readonly<Record<string, (config: JsonObject | undefined, input: readonly Dim[]) => readonly WeightShape[] | undefined>> = {
  LayerScale(config) {
    const size = numberAt(config, 'projection_dim');
    return size === undefined ? undefined : [{ name: 'gamma', shape: [size], trainable: true }];
  },
  GroupNormalization(config, input) {
    const size = input.at(axisAt(numberAt(config, 'axis') ?? -1, input));
    if (size === undefined) return undefined;
    return ['scale', 'center'].flatMap(name => (isFalse(field(config, name)) ? [] : [{ name: name === 'scale' ? 'gamma' : 'beta', shape: [size], trainable: true }]));
  },
  /** What it has seen, and how often, unless the mean is given. */
  Normalization(config, input) {
    const given = field(config, 'mean');
    if (given && !isNull(given)) return [];
    const axis = field(config, 'axis');
    const axes = !axis || isNull(axis) ? (axis ? [] : [-1]) : isArray(axis) ? axis.items.map(numberOf) : [numberOf(axis)];
    const shape = axes.map(one => (one === undefined ? undefined : input.at(axisAt(one, input))));
    if (!shape.every(dim => dim !== undefined)) return undefined;
    return [{ name: 'mean', shape, trainable: false, buffer: true }, { name: 'variance', shape, trainable: false, buffer: true }, { name: 'count', shape: [], trainable: false, buffer: true }];
  },
};

/** Functions in the place of layers: what variables they use belongs to others, and what they give is in their code. */
const functions: ReadonlySet<string> = new Set(['Lambda', 'TFOpLambda', 'TensorFlowOpLayer', 'SlicingOpLambda', 'ClassMethod', 'InstanceMethod', 'InstanceProperty']);

/** Functions of TensorFlow that treat each value by itself, given one tensor and else numbers. Hard swish is made of these. */
const valueByValue = /^(__operators__\.(add|sub|mul|truediv|pow|radd|rsub|rmul|rtruediv|neg|abs)|(math\.)?(add|subtract|multiply|divide|truediv|pow|maximum|minimum|negative|abs|exp|log|log1p|sqrt|rsqrt|square|sigmoid|tanh|softplus|sin|cos|erf|round|floor|ceil|sign)|nn\.(relu|relu6|elu|selu|gelu|silu|swish|sigmoid|tanh|softplus|softsign|leaky_relu|softmax)|cast|clip_by_value|identity|stop_gradient)$/;

/** Keras 3 has operations with the names of layers, as `keras.src.ops.numpy` has an `Add` that takes numbers too. */
export const isOperation = (module: string | undefined): boolean => module !== undefined && /^keras\.(src\.)?ops\b/.test(module);

/** Undefined for any other layer. */
export function inferKerasLayer({ className, module, config, at, takesOneTensor }: LayerDescription, inputs: readonly Shape[]): Inference | undefined {
  if (isOperation(module) || functions.has(className)) {
    if (className === 'TFOpLambda' && takesOneTensor && inputs.length === 1 && valueByValue.test(stringAt(config, 'function') ?? '')) return inputInference(inputs[0]!);
    const output = unknown(`what ${className} gives is decided by the code that it stands for`, at);
    return { ...inputInference(output), macs: output };
  }
  const [input, other] = inputs;
  if (className === 'Subtract') return input && other && inputs.length === 2 && sameShape(input, other) && isRanked(input) ? inputInference(input) : undefined;
  if (input === undefined || inputs.length > 1) return undefined;
  if (withoutWeights.has(className)) return inputInference(input);
  if (!Object.hasOwn(weightsOf, className) || !isRanked(input)) return undefined;
  const weights = weightsOf[className]!(config, input);
  if (!weights) return undefined;
  const isFrozen = isFalse(field(config, 'trainable'));
  const known = weights.map(weight => (isFrozen ? { ...weight, trainable: false } : weight));
  return { ...inputInference(input), weights: known, params: sizeOf(known), trainableParams: sizeOf(known.filter(({ trainable }) => trainable)) };
}

const axisAt = (axis: number, { length }: readonly Dim[]): number => (axis < 0 ? axis + length : axis);

const numberOf = (node: JsonNode): number | undefined => (node.kind === 'value' && typeof node.value === 'number' && Number.isSafeInteger(node.value) ? node.value : undefined);

function numberAt(config: JsonObject | undefined, name: string): number | undefined {
  const node = field(config, name);
  return node && numberOf(node);
}

const isNull = (node: JsonNode): boolean => node.kind === 'value' && node.value === null;

const isFalse = (node: JsonNode | undefined): boolean => node?.kind === 'value' && node.value === false;
