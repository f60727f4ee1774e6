// How sizes are said that a run has otherwise than the source, and why some cannot be other ones.
import type { FixedSize, SizeObstacle } from '../graph/fixed-sizes.ts';

/** `height 64 instead of 32`. */
export const changesText = (changes: readonly FixedSize[], sizes: Readonly<Record<string, number>>): string =>
  changes.map(({ name, size }) => `${name} ${sizes[name]} instead of ${size}`).join(', ');

/** `nameOf` gives what a layer is called: `dense in line 9`. */
export function sizeObstacleText({ node, what, flattenedBy }: SizeObstacle, nameOf: (node: number) => string): string {
  if (what === 'unknown') return `what ${nameOf(node)} makes of another one is not known`;
  if (what === 'shape') return `${nameOf(node)} takes no other one`;
  return `the weights of ${nameOf(node)} have it in their shape${flattenedBy === undefined ? '' : `, because ${nameOf(flattenedBy)} makes one list of all values`}`;
}
