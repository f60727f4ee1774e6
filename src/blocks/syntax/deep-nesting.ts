// Text that nests more deeply than the parser's stack reaches: what lies too deep is left out, so that the rest of the
// file can be read.
import { endOfToken } from './missing-closers.ts';

/** No person nests so deeply; the parser's stack reaches several times as far. */
const deepest = 250;

/** The text with blanks in place of what nests too deeply, which leaves every offset as it is, and the places of that. */
export function withoutDeepNesting(text: string): { readonly text: string; readonly left: readonly { readonly start: number; readonly end: number }[] } {
  const left: { start: number; end: number }[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; ) {
    const end = endOfToken(text, i);
    const character = text[i]!;
    if (end === i + 1 && '([{'.includes(character)) {
      if (++depth === deepest) start = end;
    } else if (end === i + 1 && ')]}'.includes(character) && depth > 0) {
      if (depth-- === deepest) left.push({ start, end: i });
    }
    i = end;
  }
  if (depth >= deepest) {
    // What is never closed is taken to end with its line.
    const lineEnd = text.indexOf('\n', start);
    left.push({ start, end: lineEnd < 0 ? text.length : lineEnd });
  }
  let shallow = '';
  let from = 0;
  for (const { start, end } of left) {
    shallow += text.slice(from, start) + text.slice(start, end).replace(/[^\r\n]/g, ' ');
    from = end;
  }
  return { text: shallow + text.slice(from), left };
}
