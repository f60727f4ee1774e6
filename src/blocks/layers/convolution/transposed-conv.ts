// conv2dTranspose and conv3dTranspose: a convolution run backwards, which enlarges what it is given.
import type { Dim } from '../../shapes/dim.ts';
import { transposedLength, transposedWorking } from '../../shapes/window.ts';
import { ignoredAttribute } from '../../problems/ignored-attribute.ts';
import { notImplemented } from '../../problems/not-implemented.ts';
import { formatValue, type AttributeSchema } from '../attribute.ts';
import { refuseActivityRegularizer } from '../core/weight-settings.ts';
import { defineLayer, type LayerDoc, type LayerExample } from '../define-layer.ts';
import { writeImage } from '../layout.ts';
import { biasWeight, convolutionAttributes, filters, inputChannels, kernelSettings, windowsOf, type Windows } from './convolution.ts';
import { biasAndActivation } from '../core/bias-and-activation.ts';
import { activated, along, alongImage } from '../receptive-field.ts';
import { transposedSight } from '../../shapes/window-sight.ts';

interface TransposedConvolution {
  readonly name: string;
  readonly className: string;
  readonly rank: 2 | 3;
  readonly doc: Pick<LayerDoc, 'summary' | 'source' | 'oddities'>;
  readonly examples: readonly LayerExample[];
}

const lengths = ({ image, windows }: Windows): readonly Dim[] => image.spatial.map((length, i) => transposedLength(length, windows[i]!));

export function defineTransposedConvolution({ name, className, rank, doc, examples }: TransposedConvolution) {
  return defineLayer({
    name, className, examples, aliases: [], needsConfig: true, inputs: 'one', rank: rank + 2,
    doc: {
      ...doc,
      formula: "out = in · stride + max(kernel − stride, 0) with 'valid', in · stride with 'same'; weights = kernel sizes · filters · in channels + filters",
      oddities: ['dilationRate is ignored without a word.', ...doc.oddities ?? []],
    },
    attributes: { filters, ...convolutionAttributes(rank), ...kernelSettings } satisfies AttributeSchema,
    check({ attributes: { padding, dilationRate }, report }) {
      if (padding === 'causal') report(notImplemented, { layer: name, what: "padding 'causal'" }, 'padding');
      if (dilationRate.some(rate => typeof rate === 'number' && rate !== 1)) {
        report(ignoredAttribute, { layer: name, attribute: 'dilationRate', received: formatValue(dilationRate) }, 'dilationRate');
      }
    },
    shape(call) {
      const windows = windowsOf(call);
      const { image, format } = windows;
      inputChannels(name, call, image);
      refuseActivityRegularizer(name, call);
      return writeImage({ batch: image.batch, spatial: lengths(windows), channels: call.attributes.filters }, format);
    },
    weights(call) {
      const shape = [...call.attributes.kernelSize, call.attributes.filters, windowsOf(call).image.channels];
      return [{ name: 'kernel', shape, trainable: true }, ...biasWeight(call, call.attributes.filters)];
    },
    // Every value that goes in is multiplied with the whole kernel of every filter.
    macs(call) {
      const { image } = windowsOf(call);
      return [[...image.spatial, ...call.attributes.kernelSize, image.channels, call.attributes.filters]];
    },
    receptiveField: {
      steps(call) {
        const { format, windows } = windowsOf(call);
        return activated(alongImage(call.inputs[0]!, format, (_, i, axis) => along(axis, transposedSight(windows[i]!))), call);
      },
    },
    elementOperations: biasAndActivation,
    workings(call) {
      const { image, windows, axes } = windowsOf(call);
      return image.spatial.map((length, i) => transposedWorking(axes[i]!, length, windows[i]!));
    },
  });
}
