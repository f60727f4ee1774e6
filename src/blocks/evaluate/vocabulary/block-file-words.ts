// What the programs that block files are read as call besides the words of the vocabulary.
import { invalidCondition } from '../../problems/invalid-condition.ts';
import { invalidExpression } from '../../problems/invalid-expression.ts';
import { invalidInput } from '../../problems/invalid-input.ts';
import { invalidRepeat } from '../../problems/invalid-repeat.ts';
import type { ProblemDefinition } from '../../problems/problem.ts';
import { isSymbolic, unknown } from '../../shapes/dim.ts';
import { native } from '../builtins/native.ts';
import { describe, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { NamespaceValue, RatioValue, UnionValue, UnknownValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { BlockValue } from './block-value.ts';

export const isBlockFileModule = (specifier: string): boolean => specifier === 'blockscope/block-file';

/** Nothing is repeated more often. */
export const mostRepeats = 2_000;

function refused<Data>(run: Run, { call: at }: NativeCall, { id, severity, message }: ProblemDefinition<Data>, data: Data): UnknownValue {
  const sentence = message(data);
  run.report({ id, severity, message: sentence, at, related: [] });
  return new UnknownValue(unknown(sentence, at));
}

/** What an expression gives, where it is one that can be counted with. */
const value = native('value', (run, call) => {
  const [given] = call.args;
  const number = plain(given);
  // Data has no second zero.
  if (Object.is(number, -0)) return 0;
  if (typeof number !== 'number' || Math.abs(number) <= Number.MAX_SAFE_INTEGER) return given;
  return refused(run, call, invalidExpression, { message: `The expression gives ${number}${Number.isNaN(number) ? ', which is no number.' : ', which is too large to be counted with.'}` });
});

/** What is not known, or known by a name alone. */
const isOpen = (value: Value): boolean => isSymbolic(value) || value instanceof UnknownValue || value instanceof UnionValue || value instanceof RatioValue;

/** How often something is repeated. */
const times = native('times', (run, call) => {
  const [given] = call.args;
  const number = plain(given);
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= mostRepeats) return given;
  if (isOpen(number)) return given;
  return refused(run, call, invalidRepeat, { received: describe(number), most: mostRepeats });
});

/** A size of what goes in; `null` leaves it open. */
const size = native('size', (run, call) => {
  const [given] = call.args;
  const number = plain(given);
  if (number === null || isOpen(number) || (typeof number === 'number' && Number.isInteger(number) && number > 0)) return given;
  return refused(run, call, invalidInput, { received: describe(number) });
});

/** What `when` says. */
const condition = native('condition', (run, call) => {
  const [given] = call.args;
  const answer = plain(given);
  return typeof answer === 'boolean' || isOpen(answer) ? given : refused(run, call, invalidCondition, { received: describe(answer) });
});

/** A block that is all of a file, whatever is still missing of it. */
const whole = native('whole', (run, call) => {
  const [given] = call.args;
  if (given instanceof BlockValue && run.mutedDepth === 0) run.part.blocks.push(given);
  return given;
});

const words: Readonly<Record<string, NativeFunction>> = { value, times, size, condition, whole };

export const blockFileWords = new NamespaceValue('blockscope', (name): Value => (Object.hasOwn(words, name) ? words[name] : undefined));
