// Average pooling to a size that is given, whatever comes in.
import type { AttributeSchema } from '../attribute.ts';
import { requiredPerAxis } from '../attribute-types.ts';
import { defineLayer } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';

const attributes = {
  outputSize: requiredPerAxis({ axes: spatialAxes(2), doc: 'The height and width that come out, for both axes or one for each.' }),
  dataFormat,
} satisfies AttributeSchema;

export const adaptiveAveragePooling2d = defineLayer({
  name: 'adaptiveAveragePooling2d', vocabulary: 'blocks', aliases: [], className: 'AdaptiveAveragePooling2D', needsConfig: true, inputs: 'one', rank: 4, attributes,
  doc: {
    summary: 'Takes the mean of as many windows as there are values to come out.',
    formula: 'window i goes from ⌊i · in / out⌋ to ⌈(i + 1) · in / out⌉; the channels stay',
    source: { title: 'PyTorch: AdaptiveAvgPool2d', url: 'https://pytorch.org/docs/stable/generated/torch.nn.AdaptiveAvgPool2d.html' },
  },
  shape({ attributes: { outputSize, dataFormat: format }, inputs: [input] }) {
    return writeImage({ ...readImage(input!, format), spatial: outputSize }, format);
  },
  examples: [{ config: { outputSize: 7 }, inputs: [[1, 8, 8, 512]], output: [1, 7, 7, 512], params: 0 }],
});
