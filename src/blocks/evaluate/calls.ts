// Calling functions: the program's own, those of the language and of TensorFlow.js, and those that are not known.
import { unknown, type Unknown } from '../shapes/dim.ts';
import { namePlaceOf, placeOf, type Spanned } from '../syntax/place.ts';
import type { Call, Expression, FunctionNode, Parameter } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { orDefault } from './absent.ts';
import { assumeDeeply, assumeProperties, assumeUnchanged } from './assumptions.ts';
import { BudgetExceeded } from './budget.ts';
import { CallFrame } from './call-frame.ts';
import { methodOfArrays, setElements } from './builtins/array.ts';
import { native } from './builtins/native.ts';
import { iterate, IteratorValue } from './builtins/iterators.ts';
import { callableClass, constructClass } from './classes.ts';
import { birth } from './birth.ts';
import { assumeExtent, assumeTurns, isMadeSince, withExtent } from './extent.ts';
import { evaluate, evaluateNamed, nameOfTarget } from './expressions.ts';
import type { Completion, PendingExit } from './completion.ts';
import { abandonExits, forkValues, giveUpLoop, goOnAfterThrow, leaveFunction, meet, spoil } from './fork.ts';
import { joinValues, unknownCondition } from './join.ts';
import { writeMember } from './member-writes.ts';
import { declarePattern } from './patterns.ts';
import { assumed, isCallable, mayBe, notesOf, plain } from './primitives.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { executeBody } from './statements.ts';
import { forgetCounts, mayMakeLayers } from './tensorflow/default-names.ts';
import { noteResult } from './vocabulary/block-value.ts';
import { namedBlock } from './vocabulary/named-block.ts';
import {
  ArrayValue, AssumedValue, FunctionValue, LayerValue, ModelValue, NamespaceValue, NativeFunction, ObjectValue, TensorValue, UnionValue, UnknownValue, type NativeCall, type Value,
} from './values.ts';

/** A call with what only the caller knows. */
export interface ProgramCall extends NativeCall {
  readonly calleeName?: string | undefined;
  readonly shownAs?: string | undefined;
  /** What `new` is called with. */
  readonly newTarget?: Value;
  /** False where nothing in the program calls this. */
  readonly called?: boolean;
}

/** Calls any value. */
export function callValue(run: Run, callee: Value, call: ProgramCall): Value {
  const target = plain(callee);
  if (target instanceof FunctionValue) return callFunction(run, target, call, { called: true });
  if (target instanceof NativeFunction) return callNative(run, target, call);
  if (target instanceof UnionValue) return callOneOf(run, target.alternatives.filter(isCallable), call, alternative => callValue(run, alternative, call));
  if (target !== null && typeof target === 'object' && target.kind === 'class') return callableClass(run, target, call);
  return callUnknown(run, target, call);
}

/** Calls each of the functions or classes that a value may be; what else it may be cannot be called. */
function callOneOf(run: Run, callable: readonly Value[], call: ProgramCall, callOne: (callee: Value) => Value): Value {
  const reason = unknown('which function this calls depends on a condition that is not known', call.call);
  return callable.length === 0 ? new UnknownValue(reason) : forkValues(run, callable.map(callee => () => callOne(callee)), reason);
}

const isAssumed = (value: Value): boolean => value instanceof AssumedValue;

function callNative(run: Run, native: NativeFunction, call: ProgramCall): Value {
  // What is computed from an assumed value is assumed as well. Objects are passed as they are: their parts carry it.
  const notes = call.args.some(isAssumed) || isAssumed(call.thisValue) ? [...call.args, call.thisValue].flatMap(notesOf) : [];
  // What may come besides is an argument that is not known.
  const args = call.open ? [...call.args, new UnknownValue(call.open)] : call.args;
  const before = run.creations.last;
  const value = notes.length === 0
    ? native.call(run, call.open ? { ...call, args } : call)
    : callResting(run, native, { ...call, args: args.map(plain), thisValue: plain(call.thisValue) }, notes);
  if (args.some(isFunction) && callsBackUncertainly(native, { ...call, args }, value, run.creations.last !== before)) forgetCounts(run);
  return value;
}

function callResting(run: Run, native: NativeFunction, call: ProgramCall, notes: readonly string[]): Value {
  const moment = birth();
  const value = native.call(run, call);
  if (movesElements.has(native.name)) assumeExtent(run, call.thisValue, notes);
  if (value instanceof TensorValue) return restingTensor(value, notes);
  // What is made of them, as `Array(n)` is, rests on them. What was there before has them in it, if at all.
  return isMadeSince(value, moment) ? withExtent(value, notes) : assumed(value, notes);
}

/** A tensor with a size that rests on assumptions. */
const restingTensor = ({ shape, application, output }: TensorValue, notes: readonly string[]): TensorValue =>
  new TensorValue(shape, { ...application, assumed: [...new Set([...application.assumed, ...notes])] }, output);

/** Methods whose numbers say which elements a list has afterwards, and where. */
const movesElements: ReadonlySet<string> = new Set(['splice', 'copyWithin', 'fill']);

const isFunction = (value: Value): boolean => plain(value) instanceof FunctionValue;

/** Whether it is not certain how often a native function calls back what it is given. */
function callsBackUncertainly({ name }: NativeFunction, { thisValue, args }: ProgramCall, result: Value, madeSomething: boolean): boolean {
  // How often a sort compares is left to the engine.
  if (name?.toLowerCase().includes('sort')) return madeSomething;
  return [thisValue, result, ...args].map(plain).some(value => {
    const held = (value instanceof NamespaceValue ? value.items : undefined) ?? value;
    return held instanceof UnknownValue || ((held instanceof ArrayValue || held instanceof ObjectValue) && held.open !== undefined);
  });
}

const isInList = (value: Value): boolean => value instanceof ArrayValue || value instanceof LayerValue;

function callUnknown(run: Run, callee: Value, call: ProgramCall): Value {
  if (!(callee instanceof UnknownValue && callee.rootName === 'console')) run.possibleThrows++;
  const name = call.calleeName;
  // `base.layers.concat(head)`: what holds a layer or a list is no text, and ends with what is put behind it.
  if (name === 'concat' && callee instanceof UnknownValue && call.args.some(isInList)) {
    return run.interpreter.call(run, methodOfArrays('concat'), { ...call, thisValue: new ArrayValue([], callee.reason) });
  }
  // A model that is passed on may come back with more layers than the source shows.
  if (callee instanceof UnknownValue && !harmlessRoots.includes(callee.rootName)) {
    for (const argument of call.args) {
      assumeUnchanged(run, argument, name ?? 'what is called');
      if (argument instanceof ModelValue && argument.type === 'sequential') {
        run.trail.write(argument, 'open', unknown(`the model is passed to ${name ?? 'a function'} that is not known, which may add layers`, call.call));
      }
    }
  }
  if (mayMakeLayers(callee, call.thisValue)) forgetCounts(run);
  run.unread?.mayRun();
  for (const argument of call.args) if (argument instanceof FunctionValue) mayBeCalled(run, argument, call);
  const what = name ? `${name}() is not known here` : 'what is called here is not known';
  if (!(callee instanceof UnknownValue)) return run.unknown(what, call.call, name && `${name}()`);
  return callee.result(unknown(`${what}: ${callee.reason.reason}`, call.call), name && `${name}()`);
}

/**
 * A callback that an unknown function is given may be called any number of times, now or later: what it writes to is not
 * known from here on. It is evaluated by itself later on, as what nobody calls.
 */
function mayBeCalled(run: Run, callback: FunctionValue, call: ProgramCall): void {
  // `requestAnimationFrame(draw)` inside of `draw`: what it writes is being found out already.
  for (let frame: CallFrame | undefined = run.frame; frame; frame = frame.parent) if (frame.callee?.node === callback.node) return;
  const reason = unknown(`it may be changed by a function that is passed to ${call.calleeName ?? 'one that is not known'}`, call.call);
  giveUpLoop(run, () => {
    const args = symbolicArguments(run, callback);
    callFunction(run, callback, { ...call, thisValue: undefined, args, argsAt: args.map(() => call.call) }, { called: false });
    return undefined;
  }, reason);
}

/** What prints, draws or stores a model does not change its layers. */
const harmlessRoots: readonly (string | undefined)[] = ['console', 'tfvis', 'tf', 'window', 'document', 'fs', 'path', 'process', 'assert', 'expect'];

/** Calls one of the program's functions. A function that nobody calls is evaluated with `called: false`. */
export function callFunction(run: Run, target: FunctionValue, call: ProgramCall, options: { called: boolean }): Value {
  const { node } = target;
  if (run.mutedDepth === 0) run.noteInvoked(node);
  if (run.frame.depth >= run.budget.limits.callDepth) throw new BudgetExceeded('the calls nest too deeply to be followed');
  const outer = { frame: run.frame, file: run.file };
  run.frame = new CallFrame(outer.frame, target, call.at, options.called, run.optionalDepth, call.shownAs);
  run.file = target.file;
  const exits = run.exits.length;
  const from = run.part.applications.length;
  try {
    const scope = new Scope(target.scope, node.arrow ? undefined : { thisValue: target.thisValue ?? call.thisValue, home: target.home }, true);
    bindParameters(run, target, call, scope);
    // What a generator makes comes about when it is asked for values, and not when it is called.
    if (node.generator) forgetCounts(run);
    const yielded = node.generator ? collectYields(scope) : undefined;
    const result = yielded ? runAhead(run, node, scope) : executeOrReturn(run, target, scope);
    if (yielded) abandonExits(run, exits);
    const returned = run.exits.length > exits ? joinReturns(run, target, exits, result) : result;
    const value = run.assumedByFrame.size === 0 ? returned : returnedResting(run, returned);
    noteFunctionCall(run, target, call, value, from);
    const given = target.block === undefined ? value : namedBlock(run, target, call, value, outer.frame, options.called);
    if (!options.called && target.shownName !== undefined) noteResult(given);
    return yielded ? new IteratorValue(yielded, { generator: node }) : given;
  } finally {
    leaveFunction(run, exits);
    run.assumedByFrame.delete(run.frame);
    run.frame = outer.frame;
    run.file = outer.file;
  }
}

/** What a function gives rests on what its conditions took for granted. */
function returnedResting(run: Run, value: Value): Value {
  const { frame } = run;
  const notes = [...run.assumedByFrame.get(frame) ?? []];
  if (notes.length === 0) return value;
  if (isMadeSince(value, frame.born)) assumeExtent(run, value, notes);
  if (value instanceof ArrayValue && value.born > frame.born) run.trail.write(value, 'elements', value.elements.map(element => assumed(element, notes)));
  if (value instanceof ObjectValue && value.born > frame.born) assumeProperties(run, value.properties, notes);
  return assumed(value, notes);
}

/** A function that throws in the end, and may have returned before: it then gives what it returned. */
function executeOrReturn(run: Run, { node, file }: FunctionValue, scope: Scope): Value {
  const exits = run.exits.length;
  try {
    return executeFunctionBody(run, node, scope);
  } catch (error) {
    const reason = unknownCondition(placeOf(file, node));
    return goOnAfterThrow(run, error, exits, isReturn, reason)
      .map(({ completion }) => (completion as Extract<Completion, { type: 'return' }>).value).reduce((a, b) => joinValues(run, a, b, reason));
  }
}

const isReturn = ({ type }: PendingExit['completion']): boolean => type === 'return';

/** What a function gives that was left in one arm of an unknown condition, and went on in the other. */
function joinReturns(run: Run, { node, file }: FunctionValue, exits: number, last: Value): Value {
  const left = meet(run, exits, completion => completion.type === 'return', unknownCondition(placeOf(file, node)));
  return left.reduce((a, b) => joinValues(run, a, b, unknownCondition(namePlaceOf(file, node))), last);
}

/**
 * A generator is run to its end when it is called, and stands for the list of what it yields; `yield` is a function of
 * its scope.
 */
function collectYields(scope: Scope): ArrayValue {
  const yielded = new ArrayValue([]);
  scope.declare('yield', native('yield', (run, { args, open, call }) => {
    const listed = open ? args.slice(0, -1) : args;
    if (yielded.open) run.trail.write(yielded, 'placed', yielded.placedSoFar);
    setElements(run, yielded, [...yielded.elements, ...listed]);
    if (open) run.trail.write(yielded, 'open', yielded.open ?? open);
    return run.unknown('what a generator is sent is not followed', call);
  }));
  return yielded;
}

/** What a generator writes outside of itself is written some time between its call and the last time that it is asked. */
function runAhead(run: Run, node: FunctionNode, scope: Scope): Value {
  const position = run.trail.watch();
  try {
    const result = executeFunctionBody(run, node, scope);
    const reason = unknown('a generator writes it when it is asked for values', namePlaceOf(run.file, node));
    for (const [target, key, change] of run.trail.changesSince(position).places()) if (target.born < run.frame.born) spoil(run, target, key, change, reason);
    return result;
  } finally {
    run.trail.unwatch();
  }
}

function executeFunctionBody(run: Run, node: FunctionNode, scope: Scope): Value {
  if (!Array.isArray(node.body)) return evaluate(run, node.body as Exclude<FunctionNode['body'], readonly unknown[]>, scope);
  const completion = executeBody(run, node.body, scope);
  return completion?.type === 'return' ? completion.value : undefined;
}

function bindParameters(run: Run, target: FunctionValue, call: ProgramCall, scope: Scope): void {
  const { parameters } = target.node;
  if (target.node.mayReadCall && !target.node.arrow) scope.declare('new.target', call.newTarget);
  for (let i = 0; i < parameters.length; i++) {
    const parameter = parameters[i]!;
    if (parameter.rest) {
      const elements = call.args.slice(i);
      declarePattern(run, parameter.pattern, new ArrayValue(elements, call.open), scope);
      continue;
    }
    const given: Value = i < call.args.length ? call.args[i] : call.open ? new UnknownValue(call.open, nameOf(parameter)) : undefined;
    // An unknown may be what is absent, so that the default is made.
    if (parameter.fallback && plain(given) instanceof UnknownValue && !isPlain(parameter.fallback)) forgetCounts(run);
    const value = defaulted(run, parameter, given, scope);
    declarePattern(run, parameter.pattern, value, scope);
    if (parameter.property && parameter.pattern.kind === 'identifier') {
      const self = scope.thisValue();
      writeMember(run, self, parameter.pattern.name, value, parameter);
    }
  }
  if (target.node.mayReadCall && !target.node.arrow) scope.declare('arguments', new ArrayValue(call.args, call.open));
}

/** What is passed, or the default. An unknown that is passed is what somebody means, unless it is known to be undefined on some ways. */
const defaulted = (run: Run, parameter: Parameter, given: Value, scope: Scope): Value =>
  (!parameter.fallback || (plain(given) !== undefined && !mayBe(given, undefined)) ? given : givenOr(run, given, parameter.pattern, parameter.fallback, scope));

const givenOr = (run: Run, given: Value, pattern: Parameter['pattern'], fallback: Expression, scope: Scope): Value =>
  orDefault(run, given, () => evaluateNamed(run, fallback, scope, nameOfTarget(pattern)), fallback);

/** Whether an expression certainly makes nothing. */
const isPlain = ({ kind }: Expression): boolean => ['literal', 'identifier', 'template', 'function', 'unary', 'member'].includes(kind);

const nameOf = (parameter: Parameter): string | undefined => (parameter.pattern.kind === 'identifier' ? parameter.pattern.name : undefined);

/** Remembers calls that take tensors in and give tensors back: these are the blocks that people write. */
function noteFunctionCall(run: Run, target: FunctionValue, call: ProgramCall, value: Value, from: number): void {
  if (run.mutedDepth > 0) return;
  const outputs = tensorsIn([value]);
  if (outputs.length === 0) return;
  const inputs = tensorsIn(call.args);
  if (inputs.length === 0) return;
  const applications = run.part.applications.slice(from);
  if (applications.every(application => application.implicit)) return;
  run.part.functionCalls.push({ function: target, frame: run.frame, inputs, outputs, conditions: run.frame.conditions, applications });
}

function tensorsIn(values: readonly Value[]): TensorValue[] {
  const [only] = values;
  return values.length === 1 && only instanceof TensorValue ? [only] : addTensorsIn([], values);
}

function addTensorsIn(found: TensorValue[], values: readonly Value[]): TensorValue[] {
  for (const value of values) {
    if (value instanceof TensorValue) found.push(value);
    else if (value instanceof ArrayValue) addTensorsIn(found, value.elements);
    else if (value instanceof UnknownValue && value.tensor) found.push(value.tensor);
  }
  return found;
}

/** The arguments of a call. `open` says that a spread list may have given more. */
interface Arguments {
  readonly args: readonly Value[];
  readonly argsAt: readonly Location[];
  readonly open: Unknown | undefined;
}

const noArguments: Arguments = { args: [], argsAt: [], open: undefined };

/** In order. */
export function evaluateArguments(run: Run, node: Call, scope: Scope): Arguments {
  const nodes = node.arguments;
  if (nodes.length === 0) return noArguments;
  const args = new Array<Value>(nodes.length);
  const argsAt = (node.argumentPlaces ??= placesOf(run, nodes));
  for (let i = 0; i < nodes.length; i++) {
    const argument = nodes[i]!;
    if (argument.kind === 'spread') return evaluateSpread(run, node, scope, args.slice(0, i), argsAt.slice(0, i));
    args[i] = evaluate(run, argument, scope);
  }
  return { args, argsAt, open: undefined };
}

const placesOf = (run: Run, nodes: Call['arguments']): Location[] => nodes.map(argument => run.at(argument));

/** The arguments from the first that is a list on; `args` has those before it. */
function evaluateSpread(run: Run, node: Call, scope: Scope, args: Value[], argsAt: Location[]): Arguments {
  let open: Unknown | undefined;
  for (const argument of node.arguments.slice(args.length)) {
    // Which parameter an argument after a list of unknown length belongs to is not known either.
    if (open) evaluate(run, argument.kind === 'spread' ? argument.argument : argument, scope);
    else if (argument.kind === 'spread') {
      const spread = plain(evaluate(run, argument.argument, scope));
      assumeTurns(run, spread);
      const more = spreadInto(run, args, spread, argument);
      // What stands behind those of which nobody knows how many there are is of no use to a call.
      if (more) args.splice(more.placed);
      open = more?.open;
    }
    else args.push(evaluate(run, argument, scope));
    while (argsAt.length < args.length) argsAt.push(run.at(argument));
  }
  return { args, argsAt, open };
}

/** Appends the elements of a spread value. Where there may be others, says why, and from which place on. */
export function spreadInto(run: Run, into: Value[], value: Value, node: Spanned): { open: Unknown; placed: number } | undefined {
  const before = into.length;
  const bare = plain(value);
  const list = iterate(run, bare, node) ?? bare;
  if (list instanceof ArrayValue) {
    run.budget.steps(list.elements.length);
    if (into.length + list.elements.length > run.budget.limits.elements) return { open: unknown('the list gets too long to be followed', run.at(node)), placed: before };
    into.push(...list.elements);
    return list.open && { open: list.open, placed: before + list.placedSoFar! };
  }
  if (typeof list === 'string') {
    if (into.length + list.length > run.budget.limits.elements) return { open: unknown('the list gets too long to be followed', run.at(node)), placed: before };
    into.push(...list);
    return undefined;
  }
  if (list instanceof UnknownValue) return { open: list.reason, placed: before };
  return list === undefined || list === null ? undefined : { open: unknown('what is spread here is not known', run.at(node)), placed: before };
}

/** `new X(…)`, and `super(…)` where `self` is the object that is being made. */
export function construct(run: Run, callee: Value, node: Call, scope: Scope, self?: Value): Value {
  const { args, argsAt, open } = evaluateArguments(run, node, scope);
  const { callee: named } = node;
  const at = named.kind === 'member' ? namePlaceOf(run.file, named) : run.at(named);
  const call: ProgramCall = { thisValue: self, args, argsAt, at, call: run.at(node), open, calleeName: node.callee.kind === 'identifier' ? node.callee.name : undefined };
  const target = plain(callee);
  if (target instanceof UnionValue) return callOneOf(run, target.alternatives.filter(isCallable), call, alternative => constructClass(run, alternative, call, self));
  return constructClass(run, target, call, self);
}

/** What the values of a function that nobody calls are: its defaults, assumed, and unknowns of the parameters' names. */
export function symbolicArguments(run: Run, target: FunctionValue): Value[] {
  const args: Value[] = [];
  for (const parameter of target.node.parameters) {
    if (parameter.rest) break;
    const name = nameOf(parameter);
    const { fallback } = parameter;
    if (fallback) {
      const value = evaluate(run, fallback, target.scope);
      args.push(assumeDeeply(run, value, name));
      continue;
    }
    const at = placeOf(target.file, parameter);
    args.push(new UnknownValue(unknown(name ? `${name} is a parameter and nothing in this file calls ${target.shownName ?? 'the function'}` : 'it is a parameter of a function that nothing in this file calls', at), name, parameter.type, true));
  }
  return args;
}
