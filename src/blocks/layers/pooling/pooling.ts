// Pools over one, two or three spatial axes: the window of a convolution, without weights.
import type { Dim } from '../../shapes/dim.ts';
import type { SlidingWindow } from '../../shapes/window.ts';
import type { AttributeSchema } from '../attribute.ts';
import { choice, optionalPerAxis, perAxis } from '../attribute-types.ts';
import { reportTooLarge, seesWindows, windowLengths, windowWorkings, type Windows } from '../convolution/convolution.ts';
import { defineLayer, type LayerCall, type LayerDoc, type LayerExample } from '../define-layer.ts';
import { dataFormat, readImage, spatialAxes, writeImage } from '../layout.ts';
import { valuesOf } from '../element-operations.ts';

interface Pooling {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly className: string;
  readonly doc: Pick<LayerDoc, 'summary' | 'source' | 'oddities'>;
  readonly examples: readonly LayerExample[];
}

const attributesFor = (rank: 1 | 2 | 3) => {
  const axes = spatialAxes(rank);
  return {
    poolSize: perAxis({ axes, default: 2, anyLength: rank > 1, doc: 'The size of the window, for all axes or one for each.' }),
    strides: optionalPerAxis({ axes, doc: 'How far the window moves; by default as far as it is long, so that windows do not overlap.' }),
    padding: choice<SlidingWindow['padding']>({
      choices: ['valid', 'same', 'causal'], default: 'valid',
      doc: "'valid' drops what does not fill a window, 'same' pads so that ⌈input / stride⌉ comes out.",
    }),
    // 1-D pools have no data format: their channels always come last.
    ...(rank > 1 ? { dataFormat } : {}),
  } satisfies AttributeSchema;
};

export function definePooling(rank: 1 | 2 | 3, { name, aliases, className, doc, examples }: Pooling) {
  const attributes = attributesFor(rank);
  type Call = LayerCall<typeof attributes>;
  const windowsOf = ({ attributes: read, inputs: [input] }: Call): Windows => {
    const { poolSize, strides = poolSize, padding, dataFormat: format = 'channelsLast' } = read;
    const windows = poolSize.map((size: Dim, i) => ({ size, stride: strides[i]!, padding }));
    return { image: readImage(input!, format), format, windows, axes: spatialAxes(rank) };
  };
  return defineLayer({
    name, aliases, className, examples, attributes, needsConfig: true, inputs: 'one', rank: rank + 2,
    doc: { ...doc, formula: "out = ⌊(in − pool) / stride⌋ + 1 with 'valid', ⌈in / stride⌉ with 'same'; the channels stay" },
    shape(call) {
      const windows = windowsOf(call);
      reportTooLarge(call, 'pool', 'poolSize', windows);
      return writeImage({ ...windows.image, spatial: windowLengths(windows) }, windows.format);
    },
    // As ptflops counts them, however often windows overlap.
    elementOperations: { formula: 'values that go in, one for each', count: ({ inputs: [input] }) => [{ what: 'pool', product: valuesOf(input!) }] },
    workings: call => windowWorkings(windowsOf(call)),
    receptiveField: { steps: call => seesWindows(windowsOf(call), call.inputs[0]!) },
  });
}
