// How it is said what a layer sees: `sees 35×35 of the input, one step is 16×16`.
import type { ReceptiveField, Seen, SeenAxis, SeenWindows } from '../graph/receptive-field.ts';
import { isSymbolic, isUnknown, spellDim, type Dim } from '../shapes/dim.ts';

/** More sizes than this are not listed: the first and the last stand for them. */
const mostSizes = 3;

/** Undefined where there is nothing to say. `inputs` are the nodes that stand for what goes in. */
export const receptiveFieldText = (field: ReceptiveField, inputs: readonly number[]): string | undefined => receptiveFieldsText([field], inputs);

/** Of several layers, in their order: sizes that differ are listed, `sees 7×7, 11×11 of the input, one step is 2×2`. */
export function receptiveFieldsText(fields: readonly ReceptiveField[], inputs: readonly number[]): string | undefined {
  const sizesBefore = new Map<string, string[]>();
  for (const field of fields) {
    if (field === undefined) continue;
    const { size, rest } = textOf(field, inputs);
    const sizes = sizesBefore.get(rest) ?? [];
    if (!sizes.includes(size)) sizes.push(size);
    sizesBefore.set(rest, sizes);
  }
  const texts = [...sizesBefore].map(([rest, sizes]) => `${sizes[0] === '' ? '' : 'sees '}${sizes.length > mostSizes ? `${sizes[0]!} … ${sizes.at(-1)!}` : sizes.join(', ')}${rest}`);
  return texts.length === 0 ? undefined : texts.join('; ');
}

interface Text {
  /** Empty where it is not one size. */
  readonly size: string;
  readonly rest: string;
}

function textOf(field: Exclude<ReceptiveField, undefined>, inputs: readonly number[]): Text {
  if (isUnknown(field)) return { size: '', rest: `what it sees of the input is not known: ${field.reason}` };
  const [only, ...others] = (field as readonly Seen[]).map(seen => seenText(seen, inputs)) as [Text, ...Text[]];
  return others.length === 0 ? only : { size: '', rest: `sees ${[only, ...others].map(({ size, rest }) => size + rest).join('; ')}` };
}

function seenText({ input, axes }: Seen, inputs: readonly number[]): Text {
  const whose = inputs.length > 1 ? `input ${inputs.indexOf(input) + 1}` : 'the input';
  if (axes.every(axis => axis === 'all')) return { size: 'all', rest: ` of ${whose}` };
  return { size: sizeText(axes), rest: `${axes.length === 1 ? ' positions' : ''} of ${whose}${axes.some(isStepping) ? `, one step is ${axes.map(stepText).join('×')}` : ''}` };
}

function sizeText(axes: readonly SeenAxis[]): string {
  const sizes = axes.map(axis => (axis === 'all' ? 'all' : factorText(axis.size, axes.length)));
  const varies = axes.some(axis => axis !== 'all' && axis.varies);
  return `${varies ? 'up to ' : ''}${sizes.join('×')}`;
}

const isStepping = (axis: SeenAxis): axis is SeenWindows & Required<Pick<SeenWindows, 'step'>> => axis !== 'all' && axis.step !== undefined;

/** An axis that is seen as a whole, or that is laid out with others, has no step. */
function stepText(axis: SeenAxis, _: number, { length }: readonly SeenAxis[]): string {
  if (!isStepping(axis)) return '–';
  const { step, of } = axis.step;
  const text = factorText(step, of === 1 ? length : 2);
  return of === 1 ? text : `${text}/${of}`;
}

/** A sum among factors is put in parentheses. */
function factorText(dim: Dim, factors: number): string {
  const text = spellDim(dim);
  return factors > 1 && isSymbolic(dim) && /[+-]/.test(text) ? `(${text})` : text;
}
