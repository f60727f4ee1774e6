// What one value of a layer's output sees of its input, axis by axis. Each layer's definition says it; what a whole block sees is put together
// of it where somebody asks (`graph/receptive-field.ts`).
import { isUnknown, productOfDims, sameDim, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import { onePosition, type Sight } from '../shapes/sight.ts';
import type { AttributeSchema, AttributeValue, InnerLayer, InnerModel } from './attribute.ts';
import type { LayerCall } from './define-layer.ts';
import { readImage, type DataFormat } from './layout.ts';

/** What becomes of one axis of an input. */
export type AxisStep =
  /** Positions along axis `to` of the output see windows of it. The batch is axis 0. */
  | { readonly kind: 'along'; readonly to: number; readonly sight: Sight }
  /** Laid out in a row with other axes: a value of the row sees one position, but a step along the row is none along the axis. */
  | { readonly kind: 'row'; readonly to: number }
  /** It is gone, and had one position, which every value sees. */
  | { readonly kind: 'single' }
  /** Every value sees all of it. */
  | { readonly kind: 'whole' }
  /** Not known, or nothing that can be said in windows. */
  | Unknown;

export interface ReceptiveField<S extends AttributeSchema = AttributeSchema> {
  /** True where the input has no channels: each of its values is a position, also where it has one axis alone. */
  readonly readsPositions?: true;
  /** For each axis of the input at this place, the batch left out; an unknown where the same is to be said of each. */
  steps(call: ReceptiveCall<S>, place: number): readonly AxisStep[] | Unknown;
}

export interface ReceptiveCall<S extends AttributeSchema> extends LayerCall<S> {
  readonly output: readonly Dim[];
  /** Why an attribute is not known on which neither the shape nor the weights depend, so that the rule finds its default; undefined where it is known. */
  undecided(attribute: keyof S & string): Unknown | undefined;
  /** Those of a layer inside of this one. */
  receptiveSteps(layer: InnerLayer | InnerModel, inputs: readonly Shape[], place: number): readonly AxisStep[] | Unknown;
}

type Call = Pick<ReceptiveCall<AttributeSchema>, 'inputs' | 'output'>;

export const whole: AxisStep = { kind: 'whole' };

export const along = (to: number, seen: Sight | Unknown = onePosition): AxisStep => (isUnknown(seen) ? seen : { kind: 'along', to, sight: seen as Sight });

/** The same for each axis of an input. */
export const eachAxis = (input: readonly Dim[], step: (axis: number) => AxisStep): readonly AxisStep[] => input.slice(1).map((_, i) => step(i + 1));

/** Of a layer that looks at each position by itself: its axes stay, and each position sees the one at its place. */
export const seesOnePosition = { steps: ({ inputs }: Call, place: number): readonly AxisStep[] => eachAxis(inputs[place]!, axis => along(axis)) };

/** The same, but for what it mixes along its last axis, which are mostly the channels. */
export const mixesLastAxis = {
  steps: ({ inputs }: Call, place: number): readonly AxisStep[] => eachAxis(inputs[place]!, axis => (axis === inputs[place]!.length - 1 ? whole : along(axis))),
};

interface Activated {
  readonly attributes: { readonly activation: AttributeValue };
  undecided(attribute: 'activation'): Unknown | undefined;
}

/** The same behind an activation of tf.layers: softmax puts the values along the last axis together, whatever that is. */
export function activated(steps: readonly AxisStep[], { attributes: { activation }, undecided }: Activated): readonly AxisStep[] {
  if (steps.length === 0 || steps.at(-1) === whole) return steps;
  const last = undecided('activation') ?? (/^(log)?softmax$/i.test(String(activation)) ? whole : undefined);
  return last ? [...steps.slice(0, -1), last] : steps;
}

/** Of a layer of which nothing can be said in windows; the reason is one for people. */
export const notInWindows = (reason: string): { readonly steps: () => Unknown } => ({ steps: () => unknown(reason) });

/** Of an image: what is seen along each spatial axis, innermost last. Of its channels each layer sees what it likes: they are no positions. */
export function alongImage(input: readonly Dim[], format: DataFormat, step: (length: Dim, spatial: number, axis: number) => AxisStep): readonly AxisStep[] {
  const first = format === 'channelsFirst' ? 2 : 1;
  const steps = readImage(input, format).spatial.map((length, i) => step(length, i, i + first));
  return format === 'channelsFirst' ? [whole, ...steps] : [...steps, whole];
}

/** What becomes of axes whose values get another shape, in their order; sizes that cannot be compared give an unknown. */
export function regrouped(from: readonly Dim[], to: readonly Dim[], reason: Unknown): readonly AxisStep[] {
  const steps: AxisStep[] = from.map(dim => (dim === 1 ? { kind: 'single' } : reason));
  const [left, right] = [from, to].map(shape => shape.flatMap((dim, i) => (dim === 1 ? [] : [i]))) as [number[], number[]];
  let [i, k] = [0, 0];
  while (i < left.length && k < right.length) {
    const group = nextGroup(from, left.slice(i), to, right.slice(k));
    if (!group) return steps;
    const [taken, given] = group;
    for (const axis of left.slice(i, i + taken)) {
      if (given === 1) steps[axis] = taken === 1 ? along(right[k]! + 1) : { kind: 'row', to: right[k]! + 1 };
    }
    i += taken;
    k += given;
  }
  return steps;
}

/** How many of the axes of either shape have as many values together. */
function nextGroup(from: readonly Dim[], left: readonly number[], to: readonly Dim[], right: readonly number[]): readonly [number, number] | undefined {
  for (let sum = 2; sum <= left.length + right.length; sum++) {
    for (let taken = Math.max(1, sum - right.length); taken <= Math.min(left.length, sum - 1); taken++) {
      const [a, b] = [productOfDims(left.slice(0, taken).map(axis => from[axis]!)), productOfDims(right.slice(0, sum - taken).map(axis => to[axis]!))];
      if (a !== null && !isUnknown(a) && sameDim(a, b)) return [taken, sum - taken];
    }
  }
  return undefined;
}
