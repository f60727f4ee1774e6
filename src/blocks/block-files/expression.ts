// The small language of expressions in block files: `= inFeatures * expansion`. What it gives is a part of the core syntax tree, with
// every name resolved while it is read: the interpreter is never given one that is not declared.
import { similarName } from '../layers/similar-name.ts';
import type { Span } from '../syntax/typescript-source.ts';
import type { Expression } from '../syntax/tree.ts';
import { characterOffsets } from '../json/character-offsets.ts';
import type { JsonString } from '../json/json-tree.ts';

/** Functions by their names, with how many arguments each takes at least, and whether it takes more. */
export const functions: Readonly<Record<string, { readonly least: number; readonly more: boolean }>> = {
  floor: { least: 1, more: false }, ceil: { least: 1, more: false }, round: { least: 1, more: false },
  max: { least: 1, more: true }, min: { least: 1, more: true },
};

/** The name that JavaScript's `Math` has in the program that a block file is read as. */
export const mathName = ' Math';

export interface Names {
  /** All that can be mentioned. */
  readonly names: readonly string[];
  /** Is told of each mention. */
  mention(name: string, at: Span): void;
}

export type ReadExpression = { readonly expression: Expression } | { readonly error: string; readonly at: Span; readonly isName?: true };

/** Whether a text is an expression rather than a text. */
export const isExpression = (text: string): boolean => text.startsWith('=');

/** A longer one is no expression that somebody wrote. */
const longest = 2_000;

/** `file` is the text that the expression stands in. Never throws. */
export function readExpression(text: JsonString, file: string, names: Names): ReadExpression {
  if (text.value.length > longest) return { error: `An expression has at most ${longest.toLocaleString('en')} characters.`, at: text };
  try {
    return { expression: new Parser(text, file, names).read() };
  } catch (error) {
    if (error instanceof Refused) return { error: error.message, at: error.at, ...(error.isName ? { isName: true } : {}) };
    throw error;
  }
}

class Refused extends Error {
  constructor(message: string, readonly at: Span, readonly isName = false) {
    super(message);
  }
}

/** From those that bind least to those that bind most. */
const levels: readonly (readonly string[])[] = [['||'], ['&&'], ['==', '!='], ['<', '<=', '>', '>='], ['+', '-'], ['*', '/', '%']];

/** Nobody writes deeper. */
const deepest = 100;

/** JavaScript compares without converting by another name. */
const operators: Readonly<Record<string, string>> = { '==': '===', '!=': '!==' };

const token = /\s*(?:(\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|([\p{ID_Start}$_][\p{ID_Continue}$]*)|('[^']*')|(\*\*|[=!<>]=|&&|\|\||[-+*/%<>!?:(),])|(\S))/uy;

interface Token {
  readonly kind: 'number' | 'name' | 'text' | 'operator' | 'end' | 'other';
  readonly text: string;
  readonly from: number;
  readonly to: number;
}

class Parser {
  private next: Token;
  private position = 1;
  private depth = 0;

  private readonly offsets: Int32Array;

  constructor(private readonly source: JsonString, file: string, private readonly names: Names) {
    this.offsets = characterOffsets(file, source.start, source.value);
    this.next = this.scan();
  }

  read(): Expression {
    const expression = this.conditional();
    if (this.next.kind !== 'end') this.refuse(`${shown(this.next)} is not expected here.`, this.next);
    return expression;
  }

  private scan(): Token {
    const { value } = this.source;
    token.lastIndex = this.position;
    const match = token.exec(value);
    if (!match) return { kind: 'end', text: '', from: value.length, to: value.length };
    this.position = token.lastIndex;
    const kinds = ['number', 'name', 'text', 'operator', 'other'] as const;
    const index = match.slice(1).findIndex(group => group !== undefined);
    const text = match[index + 1]!;
    return { kind: kinds[index]!, text, from: this.position - text.length, to: this.position };
  }

  private take(): Token {
    const taken = this.next;
    this.next = this.scan();
    return taken;
  }

  private is(operator: string): boolean {
    return this.next.kind === 'operator' && this.next.text === operator;
  }

  private expect(operator: string): Token {
    if (!this.is(operator)) this.refuse(`${operator} is missing.`, this.next);
    return this.take();
  }

  private refuse(message: string, { from, to }: Pick<Token, 'from' | 'to'>, isName = false): never {
    throw new Refused(message, this.span(from, to), isName);
  }

  private span(from: number, to: number): Span {
    const { offsets, source: { start, end } } = this;
    const span = { start: offsets[from] ?? end, end: offsets[to] ?? end };
    // The end of the text has no characters: the expression as a whole is what lacks something.
    return span.start < span.end ? span : { start, end };
  }

  private conditional(): Expression {
    if (++this.depth > deepest) this.refuse(`The expression is nested more than ${deepest} deep.`, this.next);
    const test = this.binary(0);
    let expression = test;
    if (this.is('?')) {
      this.take();
      const then = this.conditional();
      this.expect(':');
      const otherwise = this.conditional();
      expression = { kind: 'conditional', test, then, otherwise, start: test.start, end: otherwise.end };
    }
    this.depth--;
    return expression;
  }

  private binary(level: number): Expression {
    const operatorsHere = levels[level];
    if (!operatorsHere) return this.unary();
    let left = this.binary(level + 1);
    while (this.next.kind === 'operator' && operatorsHere.includes(this.next.text)) {
      const { text } = this.take();
      const right = this.binary(level + 1);
      const span = { start: left.start, end: right.end };
      left = text === '||' || text === '&&'
        ? { kind: 'logical', operator: text, left, right, ...span }
        : { kind: 'binary', operator: operators[text] ?? text, left, right, ...span };
    }
    return left;
  }

  private unary(): Expression {
    const { kind, text, from } = this.next;
    if (kind !== 'operator' || (text !== '-' && text !== '+' && text !== '!')) return this.power();
    if (++this.depth > deepest) this.refuse(`The expression is nested more than ${deepest} deep.`, this.next);
    this.take();
    const argument = this.unary();
    this.depth--;
    return { kind: 'unary', operator: text, argument, start: this.span(from, from + 1).start, end: argument.end };
  }

  /** `2 ** 3 ** 2` is `2 ** (3 ** 2)`. */
  private power(): Expression {
    const left = this.primary();
    if (!this.is('**')) return left;
    if (++this.depth > deepest) this.refuse(`The expression is nested more than ${deepest} deep.`, this.next);
    this.take();
    const right = this.unary();
    this.depth--;
    return { kind: 'binary', operator: '**', left, right, start: left.start, end: right.end };
  }

  private primary(): Expression {
    const taken = this.take();
    const { kind, text, from, to } = taken;
    const span = this.span(from, to);
    if (kind === 'number') return { kind: 'literal', value: Number(text), ...span };
    if (kind === 'text') return { kind: 'literal', value: text.slice(1, -1), ...span };
    if (kind === 'name') return this.is('(') ? this.call(taken, span) : this.name(taken, span);
    if (kind === 'operator' && text === '(') {
      const inner = this.conditional();
      this.expect(')');
      return inner;
    }
    return this.refuse(kind === 'end' ? 'A number, a name or something in parentheses is missing.' : `${shown(taken)} is not expected here.`, taken);
  }

  private name(taken: Token, span: Span): Expression {
    const { text } = taken;
    if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true', ...span };
    const { names } = this.names;
    if (!names.includes(text)) {
      const suggestion = similarName(text, names);
      const hint = suggestion !== undefined ? `is ${suggestion} meant?` : names.length > 0 ? `there ${names.length === 1 ? 'is' : 'are'} ${names.join(', ')}.` : 'there are none here.';
      this.refuse(`Nothing is called ${text}: ${hint}`, taken, true);
    }
    this.names.mention(text, span);
    return { kind: 'identifier', name: text, ...span };
  }

  private call(taken: Token, span: Span): Expression {
    const { text } = taken;
    const known = Object.hasOwn(functions, text) ? functions[text]! : this.refuse(`There is no function ${text}: there are ${Object.keys(functions).join(', ')}.`, taken, true);
    this.take();
    const given: Expression[] = [];
    while (!this.is(')')) {
      if (given.length > 0) this.expect(',');
      given.push(this.conditional());
    }
    const { to } = this.take();
    if (given.length < known.least || (!known.more && given.length > known.least)) this.refuse(`${text} takes ${known.least}${known.more ? ' or more values' : ' value'}, and is given ${given.length}.`, { from: taken.from, to });
    const at = { start: span.start, end: this.span(taken.from, to).end };
    const math: Expression = { kind: 'identifier', name: mathName, ...span };
    const callee: Expression = { kind: 'member', object: math, property: text, optional: false, nameStart: span.start, nameEnd: span.end, ...span };
    return { kind: 'call', callee, arguments: given, optional: false, construct: false, ...at };
  }
}

const shown = ({ kind, text }: Token): string => (kind === 'end' ? 'The end' : text);
