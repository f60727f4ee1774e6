// What differs between two versions of a text, and where places of it go when it is edited.

/** What stood from `start` to `end` was replaced by `length` characters. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly length: number;
}

/** The one stretch in which two texts differ; undefined where they do not. */
export function editBetween(before: string, after: string): Edit | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  const start = mostThat(shorter, (from, to) => before.slice(from, to) === after.slice(from, to));
  const same = mostThat(shorter - start, (from, to) => before.slice(before.length - to, before.length - from) === after.slice(after.length - to, after.length - from));
  return { start, end: before.length - same, length: after.length - same - start };
}

/**
 * How many characters are the same, found by halves: two stretches are compared at once, a hundred times faster than one
 * character after the other.
 */
function mostThat(most: number, areSame: (from: number, to: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (areSame(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The same stretch of text after an edit; undefined where the edit changed something in it. */
export function movedRange<T extends { readonly start: number; readonly end: number }>(range: T, edit: Edit): T | undefined {
  const by = edit.length - (edit.end - edit.start);
  if (edit.end <= range.start) return { ...range, start: range.start + by, end: range.end + by };
  return edit.start >= range.end ? range : undefined;
}

/** Where something begins after an edit: what is typed at it comes before it, and what replaces it begins at the same place. */
export const movedStart = (start: number, edit: Edit): number =>
  (edit.end <= start ? start + edit.length - (edit.end - edit.start) : Math.min(start, edit.start));

/** The same offset after an edit; what is typed at it comes after it. */
export function movedOffset(offset: number, edit: Edit): number {
  if (edit.start >= offset) return offset;
  return edit.end <= offset ? offset + edit.length - (edit.end - edit.start) : edit.start;
}
