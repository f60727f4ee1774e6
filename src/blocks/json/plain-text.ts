// Pieces of JSON that say what they are written as.

const [quote, backslash] = [0x22, 0x5c];

/** The end of a text without escapes, with its quotes; undefined where there is none. */
export function endOfPlainText(text: string, start: number): number | undefined {
  if (text.charCodeAt(start) !== quote) return undefined;
  for (let i = start + 1; ; i++) {
    const code = text.charCodeAt(i);
    if (code === quote) return i + 1;
    // Behind the end of the text it is no number.
    if (!(code >= 32) || code === backslash) return undefined;
  }
}

/** As `startsWith`, which V8 compares character by character: of what is long that takes several times as long, with Node 24 thirty times. */
export const isAt = (text: string, piece: string, start: number): boolean => text.slice(start, start + piece.length) === piece;
