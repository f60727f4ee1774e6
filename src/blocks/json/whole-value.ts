// Objects and lists that are passed over while the text is read: it is enough to know where they end, and what an object is called.

export interface WholeValue {
  readonly end: number;
  /** Of the text that is its own member `name`, with the quotes; both 0 without one. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** Longer ones are read at once. */
const longest = 4_096;

const [openBrace, closeBrace, openBracket, closeBracket, quote, backslash] = [0x7b, 0x7d, 0x5b, 0x5d, 0x22, 0x5c];
const nameOfText = /\s*:\s*"/y;

/** Where an object or a list ends if it is JSON. Undefined where it has to be read to find that: where it is long, has escapes, two names or one that is no text. */
export function wholeValue(text: string, start: number): WholeValue | undefined {
  let depth = 0;
  let nameStart = 0;
  let nameEnd = 0;
  const most = Math.min(text.length, start + longest);
  for (let i = start; i < most; i++) {
    switch (text.charCodeAt(i)) {
      case openBrace: case openBracket: depth++; break;
      case closeBrace: case closeBracket:
        if (--depth === 0) return { end: i + 1, nameStart, nameEnd };
        break;
      case backslash: return undefined;
      case quote: {
        const end = text.indexOf('"', i + 1);
        if (end < 0 || text.charCodeAt(end - 1) === backslash) return undefined;
        if (depth === 1 && end === i + 5 && text.startsWith('name', i + 1)) {
          nameOfText.lastIndex = end + 1;
          if (nameEnd > 0 || !nameOfText.test(text)) return undefined;
          nameStart = nameOfText.lastIndex - 1;
          nameEnd = text.indexOf('"', nameStart + 1) + 1;
          i = nameEnd - 1;
          if (nameEnd === 0 || text.charCodeAt(i - 1) === backslash) return undefined;
        } else i = end;
      }
    }
  }
  return undefined;
}
