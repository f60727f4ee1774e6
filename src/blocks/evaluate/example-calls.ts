// Calls that are no part of the program: those that comments of the file give as examples, and those that the user gives.
import { callNotEvaluated } from '../problems/call-not-evaluated.ts';
import { exampleCallNotEvaluated } from '../problems/example-call-not-evaluated.ts';
import { similarName } from '../layers/similar-name.ts';
import { exampleCallKeyword } from '../syntax/example-calls.ts';
import { parseTypeScript } from '../syntax/parse-typescript.ts';
import type { Call, Expression, Program } from '../syntax/tree.ts';
import { globalValue } from './builtins/globals.ts';
import { evaluate } from './expressions.ts';
import { attempt, type Module } from './modules.ts';
import { plain } from './primitives.ts';
import type { Run } from './run.ts';
import { ClassValue, FunctionValue, UnknownValue, type Value } from './values.ts';

interface Place {
  readonly start: number;
  readonly end: number;
}

/** Says why a call cannot be evaluated, and which part of it is to blame. */
type Fail = (reason: string, place?: Place) => undefined;

/** The calls that comments of the file give. They count as calls of the program. */
export function evaluateExampleCalls(run: Run, module: Module, program: Program): void {
  for (const place of program.exampleCalls) {
    const code = program.text.slice(place.start, place.end);
    const { id, severity, message } = exampleCallNotEvaluated;
    const fail: Fail = (reason, { start, end } = code === '' ? keywordBefore(program.text, place.start) : place) => {
      run.report({ id, severity, message: message({ reason }), at: { file: program.file, start, end }, related: [] });
      return undefined;
    };
    // Blanks in front give every part of the call its place in the file.
    const called = evaluateCode(run, module, code === '' ? '' : ' '.repeat(place.start) + code, fail);
    if (!called) continue;
    const { target, call } = called;
    run.exampleCalls.push({ target: target.node, argumentsAt: { file: program.file, start: program.text.indexOf('(', call.callee.end) + 1, end: call.end - 1 } });
  }
}

function keywordBefore(text: string, offset: number): Place {
  const start = text.lastIndexOf(exampleCallKeyword, offset);
  return { start, end: start + exampleCallKeyword.length };
}

/** A call that the user gives: `createModel([28, 28, 1], 10)`. Its own places are those of a file that is named by its text. */
export function evaluateGivenCall(run: Run, module: Module, call: string): void {
  const { id, severity, message } = callNotEvaluated;
  const { file } = run;
  run.file = call;
  evaluateCode(run, module, call, reason => {
    run.report({ id, severity, message: message({ call, reason }), at: { file: module.file, start: 0, end: 0 }, related: [] });
    return undefined;
  });
  run.file = file;
}

interface Called {
  readonly target: FunctionValue | ClassValue;
  readonly call: Call;
}

/** What was called, where that could be evaluated as far as the call itself. */
function evaluateCode(run: Run, module: Module, code: string, fail: Fail): Called | undefined {
  const { body, errors: [error] } = parseTypeScript('call.ts', code);
  if (error) return fail(`it does not parse (${error.message.replace(/\.$/, '')})`, error.start < code.length ? error : undefined);
  const [statement, more] = body;
  if (!statement) return fail('there is no call, such as createModel([28, 28, 1], 10)');
  if (more) return fail('it is more than one call, and each has a line of its own', more);
  if (statement.kind !== 'expression' || statement.expression.kind !== 'call') return fail('it is not a call');
  const { expression } = statement;
  const missing = undeclared(run, module, expression);
  if (missing) {
    const similar = similarName(missing.name, [...module.scope.names()]);
    return fail(`the file declares no ${missing.name}${similar === undefined ? '' : ` (perhaps ${similar} is meant)`}`, missing);
  }
  let called: Called | undefined;
  const ended = attempt(run, () => {
    const target = targetOf(run, module, expression, fail);
    if (!target) return;
    called = { target, call: expression };
    evaluate(run, expression, module.scope);
  });
  if (ended !== 'ended') fail(ended === 'threw' ? 'it throws' : 'it takes more steps, or nests deeper, than can be followed');
  return called;
}

/** The function or class that the call is of. Looking it up leaves no trace: the call itself is evaluated afterwards. */
function targetOf(run: Run, { scope }: Module, { callee, construct }: Call, fail: Fail): Called['target'] | undefined {
  const position = run.trail.watch();
  run.mutedDepth++;
  let target: Value;
  try {
    target = plain(evaluate(run, callee, scope));
  } finally {
    run.mutedDepth--;
    run.trail.rollBack(position);
    run.trail.unwatch();
  }
  const name = callee.kind === 'identifier' ? callee.name : callee.kind === 'member' && typeof callee.property === 'string' ? callee.property : 'this';
  const place = callee.kind === 'member' ? { start: callee.nameStart, end: callee.nameEnd } : callee;
  if (target instanceof UnknownValue) return fail(`${name} is not known (${target.reason.reason})`, place);
  if (!(target instanceof FunctionValue || target instanceof ClassValue)) return fail(`${name} is not a function of the program`, place);
  if (target instanceof ClassValue && !construct) return fail(`${name} is a class, which is called with new`, place);
  return target;
}

/** The first name in the code that stands for nothing; names in functions inside of it may be their own. */
function undeclared(run: Run, { scope }: Module, root: Expression): (Place & { readonly name: string }) | undefined {
  const work: unknown[] = [root];
  while (work.length > 0) {
    const node = work.pop();
    if (typeof node !== 'object' || node === null) continue;
    const { kind } = node as Partial<Expression>;
    if (kind === 'function' || kind === 'class') continue;
    if (kind === 'identifier') {
      const identifier = node as Extract<Expression, { kind: 'identifier' }>;
      const isKnown = scope.find(identifier.name) ?? !((globalValue(run, identifier.name, identifier) as Value) instanceof UnknownValue);
      if (!isKnown) return identifier;
    }
    work.push(...Object.values(node).reverse() as unknown[]);
  }
  return undefined;
}
