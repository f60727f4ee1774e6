// What convLstm2d and its cell have in common: an LSTM whose products are convolutions, so that its states are images.
import { multiplyDims, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import type { SlidingWindow } from '../../shapes/window.ts';
import type { AttributeSchema } from '../attribute.ts';
import { choice, orDefault, perAxis, requiredPerAxis } from '../attribute-types.ts';
import { filters, windowLengths, windowsOf, windowWorkings } from '../convolution/convolution.ts';
import type { LayerCall, WeightShape } from '../define-layer.ts';
import { dataFormat, spatialAxes, writeImage } from '../layout.ts';
import { cellSettings, recurrentActivation, unitForgetBias } from './recurrence.ts';
import { decidersOf, lstmStep, stepFormula } from './step-operations.ts';

const axes = spatialAxes(2);

export const convLstmAttributes = {
  filters,
  kernelSize: requiredPerAxis({ axes, doc: 'The size of the windows over the input and over the state, for both axes or one for each.' }),
  strides: orDefault(perAxis({ axes, default: 1, doc: 'How far the window over the input moves; that over the state moves by 1.' })),
  padding: orDefault(choice<SlidingWindow['padding']>({ choices: ['valid', 'same', 'causal'], default: 'valid', doc: "How the input is padded; the state always is as with 'same'." })),
  dataFormat: orDefault(dataFormat),
  dilationRate: orDefault(perAxis({ axes, default: 1, doc: 'The distance between the values of the input that the kernel looks at.' })),
  ...cellSettings,
  recurrentActivation,
  unitForgetBias,
} satisfies AttributeSchema;

type Call = LayerCall<typeof convLstmAttributes>;

const gates = 4;

/** The channels of one step. By itself a cell takes inputs of other ranks than an image has, too. */
const channelsOf = ({ attributes }: Call, step: readonly Dim[]): Dim => (attributes.dataFormat === 'channelsFirst' ? step[1]! : step.at(-1)!);

export const isOpenChannels = (call: Call, step: readonly Dim[]): boolean => channelsOf(call, step) === null;

export const windowsOfStep = (call: Call, step: readonly Dim[]) => windowsOf({ ...call, inputs: [step] });

/** What a step gives, and either state. */
export function convLstmState(call: Call, step: readonly Dim[]): readonly Dim[] {
  const windows = windowsOfStep(call, step);
  return writeImage({ batch: windows.image.batch, spatial: windowLengths(windows), channels: call.attributes.filters }, windows.format);
}

/** Each gate has a kernel over the input and one over the state. */
export function convLstmWeights(call: Call, step: readonly Dim[]): readonly WeightShape[] {
  const { filters: units, kernelSize, useBias } = call.attributes;
  const all = multiplyDims(units, gates);
  return [
    { name: 'kernel', shape: [...kernelSize, channelsOf(call, step) ?? unknown('the channels of the input are left open'), all], trainable: true },
    { name: 'recurrent_kernel', shape: [...kernelSize, units, all], trainable: true },
    ...(useBias ? [{ name: 'bias', shape: [all], trainable: true }] : []),
  ];
}

/** The convolutions of one step. */
export function convLstmMacs(call: Call, step: readonly Dim[]): readonly (readonly Dim[])[] {
  const { filters: units, kernelSize } = call.attributes;
  const lengths = windowLengths(windowsOfStep(call, step));
  const all = multiplyDims(units, gates);
  return [[...lengths, ...kernelSize, channelsOf(call, step), all], [...lengths, ...kernelSize, units, all]];
}

/** What `elementOperations` of both have in common. */
export const convLstmOperations = { formula: stepFormula(lstmStep), decidedBy: decidersOf(lstmStep) };

export const convLstmWorkings = (call: Call, step: readonly Dim[]): readonly string[] => [
  ...windowWorkings(windowsOfStep(call, step)),
  `MACs of each step: ${convLstmMacs(call, step).map(product => product.map(spellDim).join(' · ')).join(' + ')}`,
];
