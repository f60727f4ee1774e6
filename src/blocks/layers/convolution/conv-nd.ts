// conv1d, conv2d and conv3d are one rule over one, two or three spatial axes.
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { ignoredAttribute } from '../../problems/ignored-attribute.ts';
import { formatValue, type AttributeSchema } from '../attribute.ts';
import { inert } from '../attribute-types.ts';
import { refuseActivityRegularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerDoc, type LayerExample } from '../define-layer.ts';
import { spatialAxes, writeImage } from '../layout.ts';
import {
  biasWeight, convolutionAttributes, filters, inputChannels, kernelSettings, reportTooLarge, reportWhatFailsWhenRun, seesWindows,
  windowLengths, windowsOf, windowWorkings, type ConvolutionRank,
} from './convolution.ts';
import { biasAndActivation } from '../core/bias-and-activation.ts';
import { activated } from '../receptive-field.ts';

interface Convolution {
  readonly name: string;
  readonly className: string;
  readonly rank: ConvolutionRank;
  readonly doc: Omit<LayerDoc, 'formula'>;
  readonly examples: readonly LayerExample[];
}

export function defineConvolution({ name, className, rank, doc, examples }: Convolution) {
  const axes = spatialAxes(rank);
  return defineLayer({
    name, className, examples, aliases: [], needsConfig: true, inputs: 'one', rank: rank + 2,
    doc: { ...doc, formula: formula(axes) },
    attributes: {
      filters,
      ...convolutionAttributes(rank),
      ...kernelSettings,
      groups: inert({ type: 'integer', doc: 'Keras divides the channels into this many groups; TensorFlow.js ignores it.' }),
    } satisfies AttributeSchema,
    check({ attributes: { groups }, report }) {
      if (groups !== undefined && groups !== 1) report(ignoredAttribute, { layer: name, attribute: 'groups', received: formatValue(groups) }, 'groups');
    },
    shape(call) {
      const windows = windowsOf(call);
      inputChannels(name, call, windows.image);
      refuseActivityRegularizer(name, call);
      reportTooLarge(call, 'kernel', 'kernelSize', windows);
      reportWhatFailsWhenRun(name, call);
      if (rank === 1 && windows.format === 'channelsFirst') {
        call.report(differsWhenRun, { layer: name, what: 'the operation moves the channels to the end and does not move them back' }, 'dataFormat');
      }
      const { image, format } = windows;
      return writeImage({ batch: image.batch, spatial: windowLengths(windows), channels: call.attributes.filters }, format);
    },
    weights(call) {
      const channels = windowsOf(call).image.channels;
      const kernel = { name: 'kernel', shape: [...call.attributes.kernelSize, channels, call.attributes.filters], trainable: true };
      return [kernel, ...biasWeight(call, call.attributes.filters)];
    },
    macs(call) {
      const windows = windowsOf(call);
      return [[...windowLengths(windows), ...call.attributes.kernelSize, windows.image.channels, call.attributes.filters]];
    },
    receptiveField: { steps: call => activated(seesWindows(windowsOf(call), call.inputs[0]!), call) },
    elementOperations: biasAndActivation,
    workings: call => windowWorkings(windowsOf(call)),
  });
}

function formula(axes: readonly string[]): string {
  const outputs = axes.map(axis => `out ${axis}`).join(', ');
  return `${outputs} = ⌊(in − (kernel − 1) · dilation − 1) / stride⌋ + 1 with 'valid', ⌈in / stride⌉ with 'same'; `
    + `weights = ${axes.map(axis => `kernel ${axis}`).join(' · ')} · in channels · filters + filters`;
}
