// The shape of a tensor of which only the rank is known, because a layer is applied to it.
import { inputDimNames } from '../../layers/infer.ts';
import { symbol, type Dim, type Unknown } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import type { Run } from '../run.ts';
import type { LayerValue } from '../values.ts';

/** As papers write them. */
const symbols: Readonly<Record<string, string>> = { features: 'C', channels: 'C', length: 'T', depth: 'D', height: 'H', width: 'W' };

/**
 * `place` is the input's place among those of the layer. The batch is left open. A layer that takes any rank there says
 * nothing: the shape stays unknown for the given reason. `features` is how many channels there are, where that is known.
 */
export function symbolicInput(run: Run, layer: Pick<LayerValue, 'definition' | 'attributes'>, place: number, reason: Unknown, features?: Dim): Shape {
  const names = layer.definition && inputDimNames(layer.definition, layer.attributes, place);
  if (!names) return reason;
  return [null, ...names.slice(1).map(name => (features !== undefined && (name === 'channels' || name === 'features') ? features : symbol(run.symbols.fresh(symbols[name] ?? name))))];
}
