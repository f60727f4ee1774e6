// Functions that nothing calls, evaluated with unknowns for their arguments, so that a library's functions get hints too.
import { unknown, type Unknown } from '../shapes/dim.ts';
import { mentionedNames, namesSetOutside } from '../syntax/names-in.ts';
import { namePlaceOf } from '../syntax/place.ts';
import type { FunctionNode, Program } from '../syntax/tree.ts';
import { assumedDefault } from './assumptions.ts';
import { birth } from './birth.ts';
import { functionSteps } from './budget.ts';
import { callFunction, symbolicArguments } from './calls.ts';
import { joinPlaces } from './join.ts';
import { attempt, namesLayers, reportNotFollowed } from './modules.ts';
import { Part } from './part.ts';
import type { PartsOfVersion } from './remembered.ts';
import type { Run } from './run.ts';
import { buildWaitingModels } from './tensorflow/waiting-models.ts';
import { Delta } from './trail.ts';
import { makeMissingInstances, receiverOf } from './uncalled-classes.ts';
import { applyWholeBlocks } from './vocabulary/whole-blocks.ts';
import { AssumedValue, ModelValue, UnsetValue, type FunctionValue, type PropertyValue, type Value } from './values.ts';

/**
 * Those that no other of them mentions come first, because calling them calls the others with the arguments that they are
 * meant for. Functions that come into being meanwhile, such as handlers that nobody calls, have their turn right after.
 */
export function evaluateUncalled(run: Run, program: Program, parts: PartsOfVersion): void {
  doubtVariables(run, program);
  for (const target of waitingIn(run, program, 0)) {
    if (run.invoked.has(target.node)) continue;
    if (run.budget.exhausted) return reportNotFollowed(run, namePlaceOf(target.file, target.node));
    parts.make(target, () => {
      evaluateAlone(run, target, program);
      evaluateInner(run, program);
    });
  }
  const { classes } = run.part;
  run.within(new Part(), () => {
    makeMissingInstances(run, program.file, classes);
    evaluateInner(run, program);
  });
}

/** What came into being in the present part, and is neither called nor made. */
function evaluateInner(run: Run, program: Program): void {
  const { functions, classes } = run.part;
  for (let from = 0, fromClass = 0; from < functions.length || fromClass < classes.length;) {
    const waiting = waitingIn(run, program, from);
    const made = classes.slice(fromClass);
    [from, fromClass] = [functions.length, classes.length];
    for (const target of waiting) if (!run.invoked.has(target.node) && !run.budget.exhausted) evaluateAlone(run, target, program);
    makeMissingInstances(run, program.file, made);
  }
  applyWholeBlocks(run, program.file);
  buildWaitingModels(run);
}

/** Functions of the part, from the one with the given number on, that nothing has called so far. */
function waitingIn(run: Run, program: Program, from: number): readonly FunctionValue[] {
  const waiting = new Map<FunctionNode, FunctionValue>();
  for (const candidate of run.part.functions.slice(from)) {
    if (candidate.file === program.file && !run.invoked.has(candidate.node) && !waiting.has(candidate.node)) waiting.set(candidate.node, candidate);
  }
  return callersFirst([...waiting.values()]);
}

function evaluateAlone(run: Run, target: FunctionValue, program: Program): void {
  run.noteInvoked(target.node);
  const at = namePlaceOf(target.file, target.node);
  const made = run.part.layers.length + run.part.blocks.length;
  let args: Value[] = [];
  const thisValue = receiverOf(run, target);
  const born = birth();
  const position = run.trail.watch();
  const ended = attempt(run, () => {
    run.budget.steps(functionSteps);
    args = symbolicArguments(run, target);
    callFunction(run, target, { thisValue, args, argsAt: args.map(() => at), at, call: at }, { called: false });
  });
  if (ended === 'not followed' && namesLayers(program.text, target.node)) reportNotFollowed(run, at);
  mayHaveRun(run, position, born, unknown(`${target.shownName ?? 'a function'} may change it, which nothing in this file calls`, at));
  run.trail.unwatch();
  run.noteUncalled(target.node, { args, makesLayers: run.part.layers.length + run.part.blocks.length > made });
}

/** What a function that nobody calls leaves behind in what is as old as `born`, others may find or not. */
function mayHaveRun(run: Run, position: number, born: number, reason: Unknown): void {
  if (!run.trail.reachedBack(position, born)) return;
  const left = run.trail.changesSince(position);
  run.trail.rollBack(position);
  const join = joinPlaces(run, reason);
  run.trail.merge([left, new Delta()], (target, key, after, before) => {
    // A model that was there before is for each of them to go on with.
    if (target instanceof ModelValue) return before;
    const old = target instanceof Map ? (before as PropertyValue | undefined)?.value : before;
    return isUnset(old) || old instanceof UnsetValue || (Array.isArray(old) && old.length === 0) ? after : join(target, key, after, before);
  }, born);
}

/** What the file's variables hold that its functions set may have changed before one of them is called. */
function doubtVariables(run: Run, program: Program): void {
  const scope = run.modules.get(program.file)?.scope;
  const doubtful = [...scope?.names() ?? []].filter(name => isDoubtful(scope!.own(name)!.value));
  if (doubtful.length === 0) return;
  const names = new Set<string>();
  for (const { file, node } of run.part.functions) if (file === program.file) for (const name of namesSetBy(node)) names.add(name);
  for (const name of doubtful) {
    if (!names.has(name)) continue;
    const binding = scope!.own(name)!;
    const { value } = binding;
    const at = { file: program.file, start: 0, end: 0 };
    if (isUnset(value)) run.trail.write(binding, 'value', new UnsetValue(unknown(`${name} is set by a function that nothing in this file calls`, at), name));
    else run.trail.write(binding, 'value', new AssumedValue(value, [assumedDefault(name, value)]));
  }
}

const isDoubtful = (value: Value): boolean => isUnset(value) || typeof value !== 'object';

/** What programs write where nothing is known yet. */
const isUnset = (value: unknown): boolean => value === undefined || value === null || value === 0 || value === '';

const none: readonly number[] = [];

/** Each before what it mentions; where they mention each other in a circle, the one that stands first goes first. */
function callersFirst(functions: readonly FunctionValue[]): readonly FunctionValue[] {
  if (functions.length < 2) return functions;
  const byName = new Map<string, number[]>();
  for (const [i, { shownName: name }] of functions.entries()) {
    if (name === undefined) continue;
    const known = byName.get(name);
    if (known) known.push(i);
    else byName.set(name, [i]);
  }
  const mentioned = functions.map(({ node }, i) => {
    const others: number[] = [];
    for (const name of mentionedIn(node)) {
      for (const other of byName.get(name) ?? none) if (other !== i && !isInside(functions[other]!.node, node)) others.push(other);
    }
    return others;
  });
  const waitsFor = functions.map(() => 0);
  for (const others of mentioned) for (const other of others) waitsFor[other]!++;
  const ready = functions.flatMap((_, i) => (waitsFor[i] === 0 ? [i] : []));
  const order: FunctionValue[] = [];
  const placed = new Set<number>();
  let first = 0;
  for (let turn = 0; order.length < functions.length; turn++) {
    while (placed.has(first)) first++;
    const next = turn < ready.length ? ready[turn]! : first;
    if (turn >= ready.length) ready.push(next);
    if (placed.has(next)) continue;
    placed.add(next);
    order.push(functions[next]!);
    for (const other of mentioned[next]!) if (--waitsFor[other]! === 0) ready.push(other);
  }
  return order;
}

/** Of functions that an edit leaves alone, which are asked about at every version of a file. */
const mentions = new WeakMap<FunctionNode, ReadonlySet<string>>();
const sets = new WeakMap<FunctionNode, ReadonlySet<string>>();

const mentionedIn = (node: FunctionNode): ReadonlySet<string> => remember(mentions, node, () => mentionedNames([node.body, node.parameters]));
const namesSetBy = (node: FunctionNode): ReadonlySet<string> => remember(sets, node, () => namesSetOutside(node));

function remember<T>(known: WeakMap<FunctionNode, T>, node: FunctionNode, find: () => T): T {
  const before = known.get(node);
  if (before !== undefined) return before;
  const found = find();
  known.set(node, found);
  return found;
}

const isInside = (inner: FunctionNode, outer: FunctionNode): boolean => inner.start >= outer.start && inner.end <= outer.end;
