// Finds the name that somebody probably meant.

/**
 * The known name that is nearest to a misspelt one: the same but for case and underscores (`kernel_size`), or one edit
 * away, two in names of six letters and more. Undefined where none is that near.
 */
export function similarName(name: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.replaceAll('_', '').toLowerCase();
  let nearest: string | undefined;
  let least = plain(name).length < 6 ? 2 : 3;
  for (const candidate of known) {
    const distance = editDistance(plain(name), plain(candidate), least);
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

/** Insertions, deletions, replacements and swaps of neighbours that turn one text into the other; `limit` or more is `limit`. */
function editDistance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) >= limit) return limit;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let k = 1; k <= b.length; k++) {
      const replaced = last[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1);
      const swapped = i > 1 && k > 1 && a[i - 1] === b[k - 2] && a[i - 2] === b[k - 1] ? beforeLast[k - 2]! + 1 : Infinity;
      row.push(Math.min(replaced, swapped, last[k]! + 1, row[k - 1]! + 1));
    }
    [beforeLast, last] = [last, row];
  }
  return Math.min(last[b.length]!, limit);
}
