// What was measured of the selected layer, under its row: what limits it, and the kernels that it ran.
import type { JSX } from 'preact';
import type { Roofline } from '../../src/blocks/features/roofline.ts';
import { kernelsText, limitSentence, ratesText, timedByText } from '../../src/blocks/features/roofline-words.ts';
import type { LayerTiming } from '../../src/blocks/protocol/messages.ts';

export function LayerDetail({ layer, roofline, columns }: { readonly layer: LayerTiming; readonly roofline: Roofline | string; readonly columns: number }): JSX.Element {
  return (
    <tr class="layer-detail">
      <td colSpan={columns}>
        <p>{limitSentence(roofline, layer.timing.medianMs)}</p>
        {typeof roofline !== 'string' && <p class="quiet">{ratesText(roofline)}</p>}
        {layer.kernels && layer.kernels.length > 0 && <p>Kernels: {kernelsText(layer.kernels)}</p>}
        <p class="quiet">Timed {timedByText(layer)}.</p>
      </td>
    </tr>
  );
}
