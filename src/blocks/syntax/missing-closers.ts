// Where brackets are missing in text that does not parse. While someone types a call, what stands below it would be read
// as its arguments; a line that starts no deeper than the one that opened a bracket says that it was meant to be closed.

export interface Insertion {
  /** Offset into the text as it is. */
  readonly at: number;
  readonly closers: string;
}

interface Open {
  readonly closer: string;
  readonly indent: number;
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A line that begins like this goes on with what stands above it. */
const goesOn = /^[.?:,&|+*/=)\]}<>-]/;

/** The closers that the indentation asks for, in the order of the text; strings and comments are passed over. */
export function missingClosers(text: string): Insertion[] {
  const insertions: Insertion[] = [];
  const open: Open[] = [];
  let endOfCode = 0;
  let indent = 0;
  for (let i = 0; i < text.length; ) {
    if (i === 0 || text[i - 1] === '\n') {
      const blank = /^[ \t]*/.exec(text.slice(i, i + 200))![0].length;
      const first = text.slice(i + blank, i + blank + 2);
      if (first !== '' && first[0] !== '\n' && first[0] !== '\r' && first !== '//' && first !== '/*') {
        indent = blank;
        if (!goesOn.test(first)) closeDeeper(open, indent, endOfCode, insertions);
      }
      i += blank;
      if (i >= text.length) break;
    }
    const end = endOfToken(text, i);
    const character = text[i]!;
    if (end === i + 1) {
      if (character in closerOf) open.push({ closer: closerOf[character]!, indent });
      else if (open.at(-1)?.closer === character) open.pop();
    }
    if (!/\s/.test(character) && !text.startsWith('//', i) && !text.startsWith('/*', i)) endOfCode = end;
    i = end;
  }
  closeDeeper(open, -1, endOfCode, insertions);
  return insertions;
}

/** The text with the insertions made, and the way back from its offsets. */
export function insertClosers(text: string, insertions: readonly Insertion[]): { text: string; original: (offset: number) => number } {
  let repaired = '';
  let from = 0;
  const starts: { readonly at: number; readonly length: number }[] = [];
  for (const { at, closers } of insertions) {
    repaired += text.slice(from, at);
    starts.push({ at: repaired.length, length: closers.length });
    repaired += closers;
    from = at;
  }
  const original = (offset: number): number => {
    let shift = 0;
    for (const { at, length } of starts) {
      if (offset <= at) break;
      shift += Math.min(length, offset - at);
    }
    return offset - shift;
  };
  return { text: repaired + text.slice(from), original };
}

/** Closes what was opened on a line that starts no less deep than `indent`. */
function closeDeeper(open: Open[], indent: number, at: number, insertions: Insertion[]): void {
  let closers = '';
  while (open.length > 0 && open.at(-1)!.indent >= indent) closers += open.pop()!.closer;
  if (closers !== '') insertions.push({ at, closers });
}

/** Strings and comments are one token each, everything else is one character. A quote without its end ends the line. */
export function endOfToken(text: string, i: number): number {
  const character = text[i]!;
  if (text.startsWith('//', i)) return lineEnd(text, i);
  if (text.startsWith('/*', i)) return after(text, '*/', i + 2);
  if (character === '`') {
    for (let k = i + 1; k < text.length; k++) {
      if (text[k] === '\\') k++;
      else if (text[k] === '`') return k + 1;
    }
    return text.length;
  }
  if (character !== "'" && character !== '"') return i + 1;
  const end = lineEnd(text, i);
  for (let k = i + 1; k < end; k++) {
    if (text[k] === '\\') k++;
    else if (text[k] === character) return k + 1;
  }
  return end;
}

function lineEnd(text: string, i: number): number {
  const end = text.indexOf('\n', i);
  return end < 0 ? text.length : end;
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found + end.length;
}
