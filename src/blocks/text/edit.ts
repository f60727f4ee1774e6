// Where places of a text go when it is edited.

/** What stood from `start` to `end` was replaced by `length` characters. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly length: number;
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
