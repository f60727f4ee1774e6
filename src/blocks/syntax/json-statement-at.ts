// What is typed as one thing in JSON: an object in a list, which is a layer, and outside of these a property with its value. They are found by
// brackets and commas alone, because all that is asked is where they begin and end in a text that parses.
import { endsInHalfWord, type StatementAtCaret } from './statement-at.ts';
import type { Span } from './typescript-source.ts';

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
  const open: Open[] = [];
  const unfinished = endsInHalfWord(text, caret);
  const holdsCaret = (start: number, end: number): boolean => start <= caret && caret <= end;
  // What is open behind the caret is around it.
  const found = ({ start, end }: Span): StatementAtCaret => {
    const around = open.flatMap((one, depth) => [
      ...(!one.isList && open[depth - 1]?.isList ? [one.start] : []), ...(!one.isList && !one.isInItem ? [trimmed(text, one.pieceStart, end)[0]] : []),
    ]);
    return { start, end, around: around.filter(outer => outer < start).reverse(), unfinished };
  };
  for (let index = nextMark(text, 0); index < text.length; index = nextMark(text, index + 1)) {
    const token = text[index]!;
    const last = open.at(-1);
    if (token === '{' || token === '[') {
      const isItem = token === '{' && last?.isList === true;
      if (isItem) last.holdsObjects = true;
      open.push({ isList: token === '[', start: index, isInItem: isItem || last?.isInItem === true, pieceStart: index + 1, holdsObjects: false });
      continue;
    }
    if (!last) continue;
    if (!last.isList && !last.isInItem && holdsCaret(last.pieceStart, index)) {
      const [start, end] = trimmed(text, last.pieceStart, index);
      if (holdsCaret(start, end)) return found({ start, end });
    }
    last.pieceStart = index + 1;
    if (token === ',') continue;
    open.pop();
    if (open.at(-1)?.isList && !last.isList && holdsCaret(last.start, index + 1)) return found({ start: last.start, end: index + 1 });
    if (last.holdsObjects && last.start < caret && caret <= index) return found({ start: caret, end: caret });
  }
  return { start: caret, end: caret, around: [], unfinished };
}

const [quote, comma, slash, star, openBracket, backslash, closeBracket, openBrace, closeBrace] = [0x22, 0x2c, 0x2f, 0x2a, 0x5b, 0x5c, 0x5d, 0x7b, 0x7d];

/** The next bracket or comma that is no part of a text or a comment; the end where there is none. By character codes, because a file can have millions. */
function nextMark(text: string, from: number): number {
  for (let i = from; i < text.length; i++) {
    switch (text.charCodeAt(i)) {
      case comma: case openBracket: case closeBracket: case openBrace: case closeBrace: return i;
      case quote: i = endOfText(text, i); break;
      case slash: {
        const next = text.charCodeAt(i + 1);
        const end = next === slash ? text.indexOf('\n', i) : next === star ? text.indexOf('*/', i + 2) : i;
        if (end < 0) return text.length;
        i = end;
      }
    }
  }
  return text.length;
}

/** Its closing quote. */
function endOfText(text: string, start: number): number {
  for (let i = start + 1; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === backslash) i++;
    else if (code === quote) return i;
  }
  return text.length;
}

function trimmed(text: string, from: number, to: number): [start: number, end: number] {
  const piece = text.slice(from, to);
  return [from + piece.length - piece.trimStart().length, to - piece.length + piece.trimEnd().length];
}
