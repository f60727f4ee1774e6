// What words mean for where statements end, and for the words around them.
import { hashOf } from './tokens.ts';
import { Words } from './words.ts';

export const [LEADS, NAMES, LISTS, BEGINS, GOES_ON, HOLDS_ON, ITERATES, RESERVED] = [1, 2, 4, 8, 16, 32, 64, 128];

const roles: readonly (readonly [role: number, words: string])[] = [
  // Through these any part of a program can reach any other.
  [LEADS, 'import require importScripts globalThis window self global eval __proto__ setPrototypeOf defineProperty defineProperties'],
  [NAMES, 'function class enum namespace interface type'],
  [LISTS, 'const let var'],
  // A line that begins with one of these begins a statement, if what stands before it can end one.
  [BEGINS, 'const var let function class import export enum'],
  // Behind a brace or a semicolon they belong to the statement before.
  [GOES_ON, 'else while catch finally in instanceof of as satisfies is extends implements from with assert'],
  // Behind these a statement is not at its end.
  [HOLDS_ON, 'export default async declare abstract else do return typeof new await yield void delete in of instanceof throw case extends implements static public'],
  [HOLDS_ON, 'private protected readonly import type const let var function class enum as satisfies keyof infer'],
  [ITERATES, 'of in'],
  // They are no names.
  [RESERVED, 'const let var function class import export enum if else for while do switch case default break continue return throw try catch finally new delete typeof void'],
  [RESERVED, 'in instanceof extends with super this null true false'],
];

/** Words that are asked for one by one. */
const special = ['var', 'import', 'from', 'prototype', 'constructor', 'module', 'exports'] as const;

export interface WordRoles {
  /** Those that have one. */
  readonly words: Words;
  /** By their numbers. */
  readonly of: Uint8Array;
  readonly special: Readonly<Record<typeof special[number], number>>;
}

/** Those in `leads` have a role. */
export function wordRoles(leads: readonly string[]): WordRoles {
  const words = new Words(0);
  const numberOf = (word: string): number => words.numberOf(hashOf(word));
  const all = [...roles.map(([role, list]) => [role, list.split(' ')] as const), [LEADS, leads] as const];
  for (const [, list] of all) list.forEach(numberOf);
  const byName = Object.fromEntries(special.map(word => [word, numberOf(word)])) as WordRoles['special'];
  const of = new Uint8Array(words.count);
  for (const [role, list] of all) for (const word of list) of[numberOf(word)]! |= role;
  return { words, of, special: byName };
}
