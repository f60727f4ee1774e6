// What is typed as one thing in JSON: an object in a list, which is a layer, and outside of these a property with its value. They are found by
// brackets and commas alone, because all that is asked is where they begin and end in a text that parses.
import { endsInHalfWord, type StatementAtCaret } from './statement-at.ts';
import type { Span } from './typescript-source.ts';

const tokens = /"(?:[^"\\]|\\.)*"|\/\/[^\r\n]*|\/\*[^]*?\*\/|[{}[\],]/g;

interface Open {
  readonly isList: boolean;
  readonly start: number;
  /** Whether it is an object in a list, or in one. */
  readonly isInItem: boolean;
  /** Where the property or the element begins that is being read. */
  pieceStart: number;
  holdsObjects: boolean;
}

/** The innermost that the caret is in or behind; in a list of objects, between them, what stands there. */
export function jsonStatementAt(text: string, caret: number): StatementAtCaret {
  // Innermost first, because that is what ends first.
  const found: Span[] = [];
  const add = (start: number, end: number): void => { if (start <= caret && caret <= end) found.push({ start, end }); };
  const open: Open[] = [];
  const endPiece = (last: Open, end: number): void => {
    if (!last.isList && !last.isInItem) add(...trimmed(text, last.pieceStart, end));
    last.pieceStart = end + 1;
  };
  for (const { 0: token, index } of text.matchAll(tokens)) {
    const last = open.at(-1);
    if (token === '{' || token === '[') {
      const isItem = token === '{' && last?.isList === true;
      if (isItem) last.holdsObjects = true;
      open.push({ isList: token === '[', start: index, isInItem: isItem || last?.isInItem === true, pieceStart: index + 1, holdsObjects: false });
    } else if (last && token === ',') {
      endPiece(last, index);
    } else if (last && (token === '}' || token === ']')) {
      endPiece(last, index);
      open.pop();
      if (open.at(-1)?.isList && !last.isList) add(last.start, index + 1);
      if (last.holdsObjects && found.length === 0 && last.start < caret && caret <= index) found.push({ start: caret, end: caret });
    }
  }
  const [{ start, end } = { start: caret, end: caret }, ...outer] = found;
  return { start, end, around: outer.map(around => around.start).filter(around => around < start), unfinished: endsInHalfWord(text, caret) };
}

function trimmed(text: string, from: number, to: number): [start: number, end: number] {
  const piece = text.slice(from, to);
  return [from + piece.length - piece.trimStart().length, to - piece.length + piece.trimEnd().length];
}
