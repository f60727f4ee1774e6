// One random change of a program as people make it: the text still parses, as far as it did before, and often means
// something else.
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { walk } from '../../../src/blocks/syntax/names-in.ts';
import type { Statement } from '../../../src/blocks/syntax/tree.ts';
import type { RandomNumbers } from '../random-numbers.ts';

interface Span {
  readonly start: number;
  readonly end: number;
}

interface Identifier extends Span {
  readonly name: string;
}

export function sensibleEdit(random: RandomNumbers, file: string, text: string): string {
  const { body } = parseTypeScript(file, text);
  const edits = [changeNumber, renameOnce, renameEverywhere, deleteOne, duplicate, swap, declare, assign, toggleCall, toggleConst];
  return random.pick(edits)(random, text, body);
}

const splice = (text: string, { start, end }: Span, inserted: string): string => text.slice(0, start) + inserted + text.slice(end);

function changeNumber(random: RandomNumbers, text: string): string {
  const numbers = [...text.matchAll(/(?<![\w.])\d+(?![\w.])/g)];
  if (numbers.length === 0) return text;
  const { index, 0: digits } = random.pick(numbers);
  return splice(text, { start: index, end: index + digits.length }, String(random.integer(1, 40)));
}

function renameOnce(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const names = identifiersIn(text, body);
  if (names.length === 0) return text;
  return splice(text, random.pick(names), random.chance(0.5) ? random.pick(names).name : 'renamed');
}

function renameEverywhere(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const names = identifiersIn(text, body);
  if (names.length === 0) return text;
  const { name } = random.pick(names);
  return text.replace(new RegExp(`(?<![\\w$.])${name.replaceAll('$', '\\$')}(?![\\w$])`, 'g'), () => `${name}2`);
}

function deleteOne(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const statements = statementsIn(body);
  return statements.length === 0 ? text : splice(text, random.pick(statements), '');
}

function duplicate(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const statements = statementsIn(body);
  if (statements.length === 0) return text;
  const { start, end } = random.pick(statements);
  return splice(text, { start: end, end }, `\n${text.slice(start, end)}`);
}

/** Two statements that follow each other. */
function swap(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const statements = statementsIn(body);
  const pairs = statements.flatMap(first => {
    const second = statements.find(({ start }) => start >= first.end);
    return second ? [{ first, second }] : [];
  });
  if (pairs.length === 0) return text;
  const { first, second } = random.pick(pairs);
  return splice(text, { start: first.start, end: second.end }, text.slice(second.start, second.end) + text.slice(first.end, second.start) + text.slice(first.start, first.end));
}

function declare(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const { name } = pickOr(random, identifiersIn(text, body), 'extra');
  return insert(random, text, body, `let ${random.chance(0.5) ? name : 'extra'} = ${random.integer(1, 40)};`);
}

function assign(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const { name } = pickOr(random, identifiersIn(text, body), 'extra');
  const assignment = random.pick([`${name} = ${random.integer(1, 40)};`, `${name}.units = ${random.integer(1, 40)};`, `${name}++;`, `${name} ??= {};`]);
  return insert(random, text, body, random.chance(0.3) ? `function set${random.integer(1, 9)}() { ${assignment} }` : assignment);
}

/** Calls a function of the file at its end, or takes the call back. */
function toggleCall(random: RandomNumbers, text: string, body: readonly Statement[]): string {
  const called = /\n\w+\(tf\.input\(\{ shape: \[8, 8, 3\] \}\)\);\n$/;
  if (called.test(text)) return text.replace(called, '');
  const functions = body.flatMap(statement => (statement.kind === 'function-declaration' ? [statement.name] : []));
  return functions.length === 0 ? text : `${text}\n${random.pick(functions)}(tf.input({ shape: [8, 8, 3] }));\n`;
}

function toggleConst(random: RandomNumbers, text: string): string {
  const keywords = [...text.matchAll(/\b(?:const|let)\b/g)];
  if (keywords.length === 0) return text;
  const { index, 0: keyword } = random.pick(keywords);
  return splice(text, { start: index, end: index + keyword.length }, keyword === 'const' ? 'let' : 'const');
}

/** Before one of the statements of the file itself, or behind them all. */
function insert(random: RandomNumbers, text: string, body: readonly Statement[], statement: string): string {
  const at = random.pick([...body.map(({ start }) => start), text.length]);
  return splice(text, { start: at, end: at }, `${statement}\n`);
}

const pickOr = (random: RandomNumbers, names: readonly Identifier[], otherwise: string): { readonly name: string } => (names.length === 0 ? { name: otherwise } : random.pick(names));

/** Those that stand in the text as they are called. */
function identifiersIn(text: string, body: readonly Statement[]): Identifier[] {
  const found = new Map<number, Identifier>();
  walk(body, node => {
    if (node.kind !== 'identifier') return;
    const identifier = node as unknown as Identifier;
    if (text.startsWith(identifier.name, identifier.start)) found.set(identifier.start, { name: identifier.name, start: identifier.start, end: identifier.start + identifier.name.length });
  });
  return [...found.values()].sort((a, b) => a.start - b.start);
}

/** At any depth, by their places. */
function statementsIn(body: readonly Statement[]): Span[] {
  const found = new Map<string, Span>();
  walk(body, node => {
    if (!statementKinds.has(node.kind as string)) return;
    const { start, end } = node as unknown as Span;
    found.set(`${start} ${end}`, { start, end });
  });
  return [...found.values()].sort((a, b) => a.start - b.start || b.end - a.end);
}

const statementKinds = new Set(['variable', 'expression', 'return', 'if', 'for', 'for-each', 'function-declaration', 'class-declaration', 'method']);
