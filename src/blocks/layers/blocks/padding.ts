// Padding as block definitions have it: TensorFlow's 'same' and 'valid', or a number of zeros at each end as in PyTorch.
import { isSymbolic, isUnknown, type Dim } from '../../shapes/dim.ts';
import { isList, type AttributeType, type AttributeValue, type Reading } from '../attribute.ts';
import { spatialAxes } from '../layout.ts';

/** What stands at each end of each axis; 'same' may put one more behind than before. */
export type Padding = 'same' | readonly Dim[];

export const padding: AttributeType<Padding> = {
  type: "'same' | 'valid' | integer or [height, width]", required: false, default: [0, 0], inert: false,
  doc: "How many zeros stand at each end, for both axes or one for each; 'same' puts as many that ⌈input / stride⌉ comes out, as TensorFlow does.",
  read: readPadding,
};

function readPadding(raw: AttributeValue): Reading<Padding> {
  if (raw === 'same') return { value: 'same' };
  if (raw === 'valid') return { value: [0, 0] };
  if (isUnknown(raw)) return { value: [raw, raw] };
  const list = isList(raw) ? raw : [raw, raw];
  if (list.length !== spatialAxes(2).length || !list.every(isMargin)) return { expected: "'same', 'valid', or a number of zeros for both axes or each" };
  return { value: list };
}

const isMargin = (value: AttributeValue): value is Dim => (typeof value === 'number' ? Number.isInteger(value) && value >= 0 : isSymbolic(value) || isUnknown(value));

/** What a window over an axis has to know of it. */
export const windowPadding = (padded: Padding, axis: number): { readonly padding: 'same' } | { readonly padding: 'valid'; readonly margin: Dim } =>
  (padded === 'same' ? { padding: 'same' } : { padding: 'valid', margin: padded[axis]! });
