// Lists and objects of literals that are so long that they are data. Reading them takes most of the time of the files that
// hold them, and layers are not made of them: they are left out, and their values are unknown.
import { endOfToken } from './missing-closers.ts';

/** Characters of a list, an object or a text whose value is not followed. */
export const longestData = 65_536;

/** A shorter text is read whole, because looking for data in it takes longer than it saves. */
const longText = 262_144;

/**
 * The text with blanks in place of its long data, which leaves every offset as it is; what does anything but hold literals is
 * kept. An empty list or object that is as long is how the data is known later. Undefined where more than `most`
 * characters are left to be read.
 */
export function withoutLongData(text: string, most: number): string | undefined {
  const data = text.length > longText ? longDataIn(text, most) : [];
  if (!data || text.length - lengthOf(data) > most) return undefined;
  let rest = '';
  let from = 0;
  for (const { start, end } of data) {
    rest += text.slice(from, start) + ' '.repeat(end - start);
    from = end;
  }
  return rest + text.slice(from);
}

interface Bracket {
  /** Behind it. */
  readonly start: number;
  /** Whether there are only literals in it so far. */
  isData: boolean;
  /** How many lists and objects were found before it. */
  readonly found: number;
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

const lengthOf = (stretches: readonly Stretch[]): number => stretches.reduce((sum, { start, end }) => sum + end - start, 0);

/**
 * What is between the brackets of each list or object that is long data, in the order of the text. Undefined as
 * soon as more than `most` other characters have been seen.
 */
function longDataIn(text: string, most: number): Stretch[] | undefined {
  const found: Stretch[] = [];
  const open: Bracket[] = [];
  for (let i = 0; i < text.length; ) {
    if (isPlain[text.charCodeAt(i)] === 1) {
      i++;
      continue;
    }
    const start = i;
    const character = text[i]!;
    i = isWord(text, i) ? endOfWord(text, i) : endOfRegularExpression(text, i) ?? endOfToken(text, i);
    if (character === '[' || character === '{' || character === '(') {
      if (start > most && open.at(-1)?.isData !== true && start - lengthOf(found) > most) return undefined;
      open.push({ start: i, isData: character !== '(', found: found.length });
      continue;
    }
    let isData = isLiteral(text, start, i);
    if (character === ']' || character === '}' || character === ')') {
      const closed = open.pop();
      isData = closed?.isData === true;
      // What has a few long lists in it is not long itself.
      if (closed && isData && start - closed.start - lengthOf(found.slice(closed.found)) > longestData) found.splice(closed.found, found.length, { start: closed.start, end: start });
    }
    const around = open.at(-1);
    if (around && !isData) around.isData = false;
  }
  return found;
}

/** Characters of numbers, and what stands between literals. */
const isPlain = new Uint8Array(65_536);
for (const character of '0123456789.,:+- \t\r\n') isPlain[character.charCodeAt(0)] = 1;

const wordCharacter = /[\w$]/;
const isWord = (text: string, i: number): boolean => wordCharacter.test(text[i]!);

function endOfWord(text: string, i: number): number {
  let end = i + 1;
  while (end < text.length && isWord(text, end)) end++;
  return end;
}

/** What a slash follows that does not divide. */
const beforeExpression = /(?:^|[(,=:[!&|?{};}+*%^~<>-]|\b(?:return|typeof|case|in|of|delete|void|throw|new|do|else|yield|await))\s*$/;
const regularExpression = /\/(?:[^\\/[\n*]|\\.|\[(?:[^\\\]\n]|\\.)*\])(?:[^\\/[\n]|\\.|\[(?:[^\\\]\n]|\\.)*\])*\//y;

/** The quotes and brackets in one are not the program's. */
function endOfRegularExpression(text: string, i: number): number | undefined {
  if (text[i] !== '/' || !beforeExpression.test(text.slice(Math.max(0, i - 40), i))) return undefined;
  regularExpression.lastIndex = i;
  return regularExpression.test(text) ? regularExpression.lastIndex : undefined;
}

const literals: ReadonlySet<string> = new Set(['true', 'false', 'null', 'undefined', 'NaN', 'Infinity']);

/** A string, a comment, a constant, the end of a number such as `1e5`, or the name of a property. */
function isLiteral(text: string, start: number, end: number): boolean {
  if (!isWord(text, start)) return /^(["']|\/[/*])/.test(text.slice(start, start + 2));
  if (/\d/.test(text[start - 1] ?? '') || literals.has(text.slice(start, end))) return true;
  while (/\s/.test(text[end] ?? '')) end++;
  return text[end] === ':';
}
