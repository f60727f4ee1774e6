// Lists and objects of literals that are so long that they are data. Reading them takes most of the time of the files that
// hold them, and layers are not made of them: they are left out, and their values are unknown.
import { CLOSE, COMMENT, NUMBER, OPEN, PUNCTUATION, STRING, WORD, Tokens } from './tokens.ts';

/** Characters of a list, an object or a text whose value is not followed. */
export const longestData = 65_536;

export interface Stretch {
  readonly start: number;
  readonly end: number;
}

interface Bracket {
  /** Behind it. */
  readonly start: number;
  /** Whether there are only literals in it so far. */
  isData: boolean;
  /** How many lists and objects were found before it. */
  readonly found: number;
}

const lengthOf = (stretches: readonly Stretch[]): number => stretches.reduce((sum, { start, end }) => sum + end - start, 0);

/**
 * What is between the brackets of each list or object that is long data, in the order of the text. What does anything but
 * hold literals is not among them. An empty list or object that is as long is how the data is known later.
 */
export function longDataIn(text: string): Stretch[] {
  const found: Stretch[] = [];
  const open: Bracket[] = [];
  const tokens = new Tokens(text);
  while (tokens.next()) {
    const { kind, start, end } = tokens;
    if (kind === OPEN) {
      open.push({ start: end, isData: text[start] === '[' || text[start] === '{', found: found.length });
      continue;
    }
    const closed = kind === CLOSE ? open.pop() : undefined;
    // What has a few long lists in it is not long itself.
    if (closed?.isData && start - closed.start > longestData && start - closed.start - lengthOf(found.slice(closed.found)) > longestData) {
      found.splice(closed.found, found.length, { start: closed.start, end: start });
    }
    const around = open.at(-1);
    if (around?.isData && !(kind === CLOSE ? closed?.isData : isLiteral(tokens))) around.isData = false;
  }
  return found;
}

const literals: ReadonlySet<string> = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);

/** A literal, the name of a property, a comment, or what stands between them. */
function isLiteral({ text, kind, start, end }: Tokens): boolean {
  if (kind === PUNCTUATION) return '.,:+-'.includes(text[start]!);
  if (kind !== WORD) return kind === NUMBER || kind === STRING || kind === COMMENT;
  if (literals.has(text.slice(start, end))) return true;
  let next = end;
  while (/\s/.test(text[next] ?? '')) next++;
  return text[next] === ':';
}
