// What all convolutions share: attributes, the windows that slide over the spatial axes, and what TensorFlow.js refuses.
import { isKnown, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import { exceeds, windowLength, windowWorking, type SlidingWindow } from '../../shapes/window.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { kernelTooLarge } from '../../problems/kernel-too-large.ts';
import { openDim } from '../../problems/open-dim.ts';
import { activationAttribute } from '../activation/activation-names.ts';
import type { AttributeSchema } from '../attribute.ts';
import { choice, flag, perAxis, requiredCount, requiredPerAxis } from '../attribute-types.ts';
import { activityRegularizer, constraint, initializer, regularizer } from '../core/weight-settings.ts';
import type { LayerCall, LayerConfig, WeightShape } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, type DataFormat, type Image } from '../layout.ts';
import { along, alongImage, type AxisStep } from '../receptive-field.ts';
import { windowSight } from '../../shapes/window-sight.ts';

export type ConvolutionRank = 1 | 2 | 3;

export const filters = requiredCount({ doc: 'The number of filters, which is the number of channels that come out.' });

/** The attributes of every convolution, whatever its kernels are made of. */
export const convolutionAttributes = (rank: ConvolutionRank) => {
  const axes = spatialAxes(rank);
  return {
    kernelSize: requiredPerAxis({ axes, tolerates: size => size === 0, doc: 'The size of the window, for all axes or one for each.' }),
    strides: perAxis({ axes, default: 1, tolerates: (stride, inList) => !inList || Number.isInteger(stride), doc: 'How far the window moves.' }),
    padding: choice<SlidingWindow['padding']>({
      choices: ['valid', 'same', 'causal'], default: 'valid',
      doc: "'valid' pads nothing, 'same' pads with zeros so that ⌈input / stride⌉ comes out.",
    }),
    dataFormat,
    dilationRate: perAxis({ axes, default: 1, tolerates: (rate, inList) => !inList || Number.isInteger(rate), doc: 'The distance between the values that the kernel looks at.' }),
    activation: activationAttribute('Applied to the output.'),
    useBias: flag({ default: true, doc: 'Whether one value per channel is added.' }),
    biasInitializer: initializer('bias', 'zeros'),
    biasConstraint: constraint('bias'),
    biasRegularizer: regularizer('bias'),
    activityRegularizer,
  } satisfies AttributeSchema;
};

/** How the kernel starts, for convolutions that have one kernel. */
export const kernelSettings = {
  kernelInitializer: initializer('kernel', 'glorotNormal'),
  kernelConstraint: constraint('kernel'),
  kernelRegularizer: regularizer('kernel'),
} satisfies AttributeSchema;

type ConvolutionSchema = ReturnType<typeof convolutionAttributes>;

/** What a window over an image follows from. */
type WindowSchema = Pick<ConvolutionSchema, 'kernelSize' | 'strides' | 'padding' | 'dataFormat' | 'dilationRate'>;

/** The image that goes in, and the windows over its spatial axes. */
export interface Windows {
  readonly image: Image;
  readonly format: DataFormat;
  readonly windows: readonly SlidingWindow[];
  readonly axes: readonly string[];
}

export function windowsOf(call: Pick<LayerCall<WindowSchema>, 'attributes' | 'inputs'>): Windows {
  const { kernelSize, strides, padding, dataFormat: format, dilationRate } = call.attributes;
  const windows = kernelSize.map((size, i) => ({ size, stride: strides[i]!, padding, dilation: dilationRate[i]! }));
  return { image: readImage(call.inputs[0]!, format), format, windows, axes: spatialAxes(kernelSize.length as ConvolutionRank) };
}

export const windowLengths = ({ image, windows }: Windows): readonly Dim[] =>
  image.spatial.map((length, i) => windowLength(length, windows[i]!));

export const windowWorkings = ({ image, windows, axes }: Windows): readonly string[] =>
  image.spatial.map((length, i) => windowWorking(axes[i]!, length, windows[i]!));

/** The number of channels that go in; reports where the model leaves it open, because the weights follow from it. */
export function inputChannels<S extends AttributeSchema>(layer: string, call: LayerCall<S>, { channels }: Image): Dim {
  if (channels === null) call.report(openDim, { layer, dim: 'channels', input: call.inputs[0]! });
  return channels ?? unknown(`the channels of the input of ${layer} are left open`);
}

/** What a position sees through its window; of the channels all. */
export const seesWindows = ({ image, format, windows }: Windows, input: readonly Dim[]): readonly AxisStep[] =>
  alongImage(input, format, (_, i, axis) => along(axis, windowSight(image.spatial[i]!, windows[i]!)));

/** Reports a window that is larger than its input; the first axis on which it is speaks for all. */
export function reportTooLarge<S extends AttributeSchema>(call: LayerConfig<S>, what: string, attribute: keyof S & string, { image, windows, axes }: Windows): void {
  const i = image.spatial.findIndex((length, axis) => exceeds(length, windows[axis]!));
  if (i < 0) return;
  const { size, dilation = 1 } = windows[i]!;
  call.report(kernelTooLarge, { what, axis: axes[i]!, size: Number(size), dilation: Number(dilation), length: Number(image.spatial[i]) }, attribute);
}

/** What the layer lets through and the operation behind it refuses. */
export function reportWhatFailsWhenRun(layer: string, call: LayerConfig<WindowSchema>): void {
  const { padding, strides, dilationRate } = call.attributes;
  if (padding === 'causal') call.report(failsWhenRun, { layer, what: "padding 'causal' is not implemented" }, 'padding');
  const beyondOne = (dims: readonly Dim[]): boolean => dims.some(dim => isKnown(dim) && dim > 1);
  if (beyondOne(strides) && beyondOne(dilationRate)) {
    const what = `strides [${strides.map(spellDim).join(', ')}] and dilationRate [${dilationRate.map(spellDim).join(', ')}] are both larger than 1`;
    call.report(failsWhenRun, { layer, what }, 'dilationRate');
  }
}

/** One value for each channel that comes out. */
export const biasWeight = (call: LayerConfig<ConvolutionSchema>, channels: Dim): readonly WeightShape[] =>
  call.attributes.useBias ? [{ name: 'bias', shape: [channels], trainable: true }] : [];
