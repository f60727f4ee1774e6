// What a line's layers see of the input of their block, as `blockscope inspect --json` prints it.
import type { ReceptiveField, Seen, SeenAxis } from '../blocks/graph/receptive-field.ts';
import { formatDim, isUnknown, type Dim } from '../blocks/shapes/dim.ts';

export interface InspectedReceptiveField {
  /** For each axis with positions: how many of them, `"all"`, an expression, or `"?"` where the results of the line differ. */
  readonly size: readonly (number | string)[];
  /** How far apart neighbours see; null where values are not laid out along the axis any more. */
  readonly step: readonly (number | string | null)[];
}

/** Undefined where it is not known, and where several inputs are seen. */
export function inspectedReceptiveField(fields: readonly ReceptiveField[]): InspectedReceptiveField | undefined {
  const all = fields.map(ofOne);
  return all.every(field => field !== undefined) ? all.reduce(join) : undefined;
}

function ofOne(field: ReceptiveField): InspectedReceptiveField | undefined {
  if (field === undefined || isUnknown(field)) return undefined;
  const [only, another] = field as readonly Seen[];
  return only && !another ? { size: only.axes.map(axis => (axis === 'all' ? axis : jsonNumber(axis.size))), step: only.axes.map(stepOf) } : undefined;
}

function stepOf(axis: SeenAxis): number | string | null {
  if (axis === 'all' || !axis.step) return null;
  const { step, of } = axis.step;
  return typeof step === 'number' ? step / of : of === 1 ? formatDim(step) : `(${formatDim(step)})/${of}`;
}

const jsonNumber = (dim: Dim): number | string => (typeof dim === 'number' ? dim : formatDim(dim));

function join(a: InspectedReceptiveField, b: InspectedReceptiveField): InspectedReceptiveField {
  return { size: a.size.map((size, i) => (size === b.size[i] ? size : '?')), step: a.step.map((step, i) => (step === b.step[i] ? step : '?')) };
}
