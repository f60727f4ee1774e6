// Where nodes stand, as locations. A node has one location, which moves with it when the text before it is edited: what
// was made of a statement stays right for as long as the statement itself is used.
import type { Location } from '../text/location.ts';

export interface Spanned {
  readonly start: number;
  readonly end: number;
  /** Made when it is asked for; see `placeOf`. */
  place?: Location | undefined;
}

/** A node with a name that is shown, or pointed at, by itself. */
export interface Named extends Spanned {
  readonly nameStart: number;
  readonly nameEnd: number;
  namePlace?: Location | undefined;
}

/** `file` is the one that the node was read from. */
export const placeOf = (file: string, node: Spanned): Location => (node.place ??= { file, start: node.start, end: node.end });

export const namePlaceOf = (file: string, node: Named): Location => (node.namePlace ??= { file, start: node.nameStart, end: node.nameEnd });

/** A property with a name, of which the name is shown by itself. */
interface Keyed extends Spanned {
  readonly key: { readonly name: string; readonly quoted?: true };
  keyPlace?: Location | undefined;
}

/** Without its quotes. */
export function keyPlaceOf(file: string, node: Keyed): Location {
  const start = node.start + (node.key.quoted ? 1 : 0);
  return (node.keyPlace ??= { file, start, end: start + node.key.name.length });
}

interface Movable {
  start: number;
  end: number;
  nameStart?: number;
  nameEnd?: number;
  place?: { start: number; end: number } | undefined;
  namePlace?: { start: number; end: number } | undefined;
  keyPlace?: { start: number; end: number } | undefined;
}

/** Gives a node, and the locations that were made of it, new places. */
export function relocate(node: Spanned & Partial<Named>, to: (offset: number) => number): void {
  const moved: Movable = node;
  const { start, place, namePlace, keyPlace } = moved;
  moved.start = to(start);
  moved.end = to(moved.end);
  if (keyPlace) {
    keyPlace.start += moved.start - start;
    keyPlace.end += moved.start - start;
  }
  if (place) {
    place.start = moved.start;
    place.end = moved.end;
  }
  if (moved.nameStart === undefined) return;
  moved.nameStart = to(moved.nameStart);
  moved.nameEnd = to(moved.nameEnd!);
  if (namePlace) {
    namePlace.start = moved.nameStart;
    namePlace.end = moved.nameEnd;
  }
}
