// What is added to an image or cut off it on each side.
import { isSymbolic, isUnknown, unknown, type Dim } from '../../shapes/dim.ts';
import { formatValue, isList, type AttributeValue, type Reading } from '../attribute.ts';

/** Before and after, for each spatial axis. */
export type Margins = readonly (readonly [Dim, Dim])[];

/** A number for all sides, [height, width], or [[top, bottom], [left, right]]. */
export const marginsType = 'integer, [height, width] or [[top, bottom], [left, right]]';

/** `counted` says whether TensorFlow.js counts the numbers; where it does not, those that are missing are unknown. */
export function readMargins(raw: AttributeValue, { counted }: { readonly counted: boolean }): Reading<Margins> {
  const expected = 'an integer, [height, width] or [[top, bottom], [left, right]], none of them negative';
  if (isUnknown(raw)) return { value: [[raw, raw], [raw, raw]] };
  const sides = isList(raw) ? raw : [raw, raw];
  const mixed = sides.some(isList) && !sides.every(isList);
  const pairs = sides.map(side => (isList(side) ? side : [side, side]));
  const miscounted = mixed || pairs.length !== 2 || pairs.some(pair => pair.length !== 2);
  // Where the first is a number, TensorFlow.js does not look at what the second one is.
  if (counted && miscounted && !(mixed && pairs.length === 2 && !isList(sides[0]))) return { expected };
  const missing = unknown(`${formatValue(raw)} does not have two numbers for each axis`);
  const margins = [0, 1].map(axis => [0, 1].map(side => {
    const pair = pairs[axis];
    return pair && side < pair.length && !mixed ? readMargin(pair[side]) : missing;
  }));
  if (margins.flat().includes(undefined)) return { expected };
  const doubtful = miscounted || pairs.flat().some(margin => typeof margin === 'number' && !isSensible(margin));
  const value = margins as unknown as Margins;
  return doubtful ? { value, doubt: expected } : { value };
}

const isSensible = (margin: number): boolean => Number.isInteger(margin) && margin >= 0;

function readMargin(value: AttributeValue): Dim | undefined {
  if (isUnknown(value) || isSymbolic(value)) return value;
  if (typeof value !== 'number') return undefined;
  return isSensible(value) ? value : unknown(`${value} is no number of rows or columns`);
}
