// What the programs that block files are read as call besides the words of the vocabulary.
import { invalidExpression } from '../../problems/invalid-expression.ts';
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

/** How often something is repeated. */
const times = native('times', (run, call) => {
  const [given] = call.args;
  const number = plain(given);
  if (typeof number === 'number' && Number.isInteger(number) && number >= 0 && number <= mostRepeats) return given;
  if (isSymbolic(number) || number instanceof UnknownValue || number instanceof UnionValue || number instanceof RatioValue) return given;
  return refused(run, call, invalidRepeat, { received: describe(number), most: mostRepeats });
});

/** A block that is all of a file, whatever is still missing of it. */
const whole = native('whole', (run, call) => {
  const [given] = call.args;
  if (given instanceof BlockValue && run.mutedDepth === 0) run.part.blocks.push(given);
  return given;
});

const words: Readonly<Record<string, NativeFunction>> = { value, times, whole };

export const blockFileWords = new NamespaceValue('blockscope', (name): Value => (Object.hasOwn(words, name) ? words[name] : undefined));
