// Pools whose window is the whole image: only the channels remain.
import type { AttributeSchema } from '../attribute.ts';
import { defineLayer, type LayerDoc, type LayerExample } from '../define-layer.ts';
import { dataFormat, readImage } from '../layout.ts';
import { valuesOf } from '../element-operations.ts';
import { eachAxis, whole } from '../receptive-field.ts';

interface GlobalPooling {
  readonly name: string;
  readonly aliases: readonly string[];
  readonly className: string;
  readonly doc: Pick<LayerDoc, 'summary' | 'source'>;
  /** Set where fvcore's `FlopCountAnalysis` counts it: of adaptive pools it knows the average of images alone. */
  readonly inFvcore?: true;
  readonly examples: readonly LayerExample[];
}

export function defineGlobalPooling(rank: 1 | 2, { doc, inFvcore, ...definition }: GlobalPooling) {
  return defineLayer({
    ...definition,
    doc: { ...doc, formula: '[batch, spatial dims, channels] → [batch, channels]' },
    needsConfig: rank === 2,
    inputs: 'one',
    rank: rank + 2,
    attributes: (rank === 2 ? { dataFormat } : {}) satisfies AttributeSchema,
    receptiveField: { steps: ({ inputs: [input] }) => eachAxis(input!, () => whole) },
    elementOperations: {
      formula: 'values that go in, one for each',
      count: ({ inputs: [input] }) => [{ what: 'pool', product: valuesOf(input!), ...(inFvcore ? { fvcore: true } : {}) }],
    },
    shape({ attributes: { dataFormat: format = 'channelsLast' }, inputs: [input] }) {
      const { batch, channels } = readImage(input!, format);
      return [batch, channels];
    },
  });
}
