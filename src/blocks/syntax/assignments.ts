// Which of the characters of an operator assign.
import { EQUALS, EXCLAMATION, GREATER, LESS } from './characters.ts';

/** Whether an equals sign is neither the end of a comparison nor that of another operator. */
export function isAssignment(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1);
  return before !== EQUALS && before !== EXCLAMATION && before !== LESS && before !== GREATER;
}

/** What such an operator may begin with, by the code of the character. */
const begins = new Uint8Array(128);
for (const character of '-+*/%^&|?<>') begins[character.charCodeAt(0)] = 1;

const compound = /(?:[-+*/%^&|]|\*\*|&&|\|\||\?\?|<<|>>>?)=/y;

/** Whether the rest of an operator from a place on assigns, as in `a += b`. */
export function isCompound(text: string, at: number): boolean {
  if (begins[text.charCodeAt(at)] !== 1) return false;
  compound.lastIndex = at;
  return compound.test(text);
}
