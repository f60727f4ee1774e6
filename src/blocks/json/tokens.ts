// What JSON is made of: the tokens of jsonc-parser, what can be wrong with one, and the characters that end a word.
import type { ScanError, SyntaxKind } from 'jsonc-parser';

/** By the names of the library, which declares them in a way that only its own compilation can use. */
export const tokens = {
  openBraceToken: 1, closeBraceToken: 2, openBracketToken: 3, closeBracketToken: 4, commaToken: 5, colonToken: 6, nullKeyword: 7, trueKeyword: 8, falseKeyword: 9,
  stringLiteral: 10, numericLiteral: 11, end: 17,
} as const satisfies Readonly<Record<string, SyntaxKind>>;
export const faults = { none: 0, unexpectedEndOfString: 2, invalidCharacter: 6 } as const satisfies Readonly<Record<string, ScanError>>;

export const [comma, closeBrace, closeBracket] = [0x2c, 0x7d, 0x5d];
const [openBrace, openBracket, colon, quote, slash] = [0x7b, 0x5b, 0x3a, 0x22, 0x2f];

/** Whether a character goes on with the number or the word before it. */
export const isPartOfWord = (code: number): boolean =>
  code > 32 && code !== comma && code !== colon && code !== quote && code !== openBrace && code !== closeBrace && code !== openBracket && code !== closeBracket && code !== slash;
