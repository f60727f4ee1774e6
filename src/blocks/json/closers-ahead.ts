// What closes behind a place in broken JSON: it tells which of the brackets that are open there are meant to be.

/** In the order of the text, of a stretch that begins inside of brackets: those that close what was open before it. */
export function closersAhead(text: string, from: number, most: number): string {
  let depth = 0;
  let closers = '';
  for (let i = from; i < text.length && closers.length < most; i++) {
    switch (text.charCodeAt(i)) {
      case 0x22: i = endOfString(text, i); break;
      case 0x7b: case 0x5b: depth++; break;
      case 0x7d: case 0x5d:
        if (depth > 0) depth--;
        else closers += text[i];
        break;
    }
  }
  return closers;
}

/** A string ends with its line at the latest; where a quote cannot be its end it is none. */
function endOfString(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 0x5c) i++;
    else if (code === 10) return start;
    else if (code === 0x22) return canFollowString(text, i + 1) ? i : start;
  }
  return start;
}

/** Whether what stands behind a quote can follow a string: a comma, a colon, a closing bracket, another quote, a comment. */
export function canFollowString(text: string, from: number): boolean {
  for (let i = from; ; i++) {
    const code = text.charCodeAt(i);
    if (code === 32 || code === 10 || code === 13 || code === 9) continue;
    return i >= text.length || code === 0x2c || code === 0x3a || code === 0x7d || code === 0x5d || code === 0x22 || code === 0x2f;
  }
}

/** How many characters have to be put in, left out or replaced to make one text of another. */
export function editsBetween(a: string, b: string): number {
  let costs = Array.from({ length: b.length + 1 }, (_, k) => k);
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1];
    for (let k = 0; k < b.length; k++) next.push(Math.min(costs[k]! + (a[i] === b[k] ? 0 : 1), costs[k + 1]! + 1, next[k]! + 1));
    costs = next;
  }
  return costs[b.length]!;
}
