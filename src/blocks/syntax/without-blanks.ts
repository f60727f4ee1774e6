// A text without the blanks that stand in place of code that is not read. Of five megabytes of them the parser makes nothing,
// but goes through them four times.
import type { Stretch } from './long-data.ts';
import type { RepairedText } from './missing-closers.ts';

/** Shorter ones are not worth the trouble. */
const shortest = 1_024;

/** So many of each are left before its end: what follows on the same line stands as deep as before, as far as anyone looks. */
const kept = 256;

export interface ShorterText extends RepairedText {
  /** Where an offset of the whole text is. */
  placeOf(offset: number): number;
}

/** `blanks` are in the order of the text. */
export function withoutBlanks(text: string, blanks: readonly Stretch[]): ShorterText {
  const parts: string[] = [];
  /** By part, where it starts in the text as it is, and in the shorter one. */
  const [starts, places] = [[0], [0]];
  let length = 0;
  for (const { start, end } of blanks) {
    if (end - start < shortest) continue;
    // The first may be the end of a line.
    const part = text.slice(starts.at(-1), start + 1);
    parts.push(part);
    starts.push(end - kept);
    places.push(length += part.length);
  }
  const original = (offset: number): number => {
    const part = lastUpTo(places, offset);
    return starts[part]! + offset - places[part]!;
  };
  const placeOf = (offset: number): number => {
    const part = lastUpTo(starts, offset);
    return Math.min(places[part]! + offset - starts[part]!, (places[part + 1] ?? Infinity) - 1);
  };
  return { text: parts.join('') + text.slice(starts.at(-1)), original, placeOf };
}

/** The index of the last of some rising numbers that is no greater than one. */
function lastUpTo(numbers: readonly number[], one: number): number {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (numbers[middle]! <= one) low = middle;
    else high = middle - 1;
  }
  return low;
}
