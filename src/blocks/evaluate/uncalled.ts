// Functions that nothing calls, evaluated with unknowns for their arguments, so that a library's functions get hints too.
import { unknown, type Unknown } from '../shapes/dim.ts';
import { mentionedNames, namesSetOutside } from '../syntax/names-in.ts';
import { namePlaceOf } from '../syntax/place.ts';
import type { FunctionNode, Program } from '../syntax/tree.ts';
import { assumedDefault } from './assumptions.ts';
import { functionSteps } from './budget.ts';
import { callFunction, symbolicArguments } from './calls.ts';
import { joinPlaces } from './join.ts';
import { attempt, reportNotFollowed } from './modules.ts';
import type { Run } from './run.ts';
import { makeMissingInstances, receiverOf } from './uncalled-classes.ts';
import { Delta } from './trail.ts';
import { AssumedValue, ModelValue, UnsetValue, type FunctionValue, type PropertyValue, type Value } from './values.ts';

/**
 * Those that no other of them mentions come first, because calling them calls the others with the arguments that they are
 * meant for. Functions that come into being meanwhile, such as handlers that nobody calls, have their turn after them.
 */
export function evaluateUncalled(run: Run, program: Program): void {
  doubtVariables(run, program);
  for (let from = 0, fromClass = 0; from < run.functions.length || fromClass < run.classes.length; ) {
    const waiting = new Map<FunctionNode, FunctionValue>();
    for (const candidate of run.functions.slice(from)) {
      if (candidate.file === program.file && !run.invoked.has(candidate.node) && !waiting.has(candidate.node)) waiting.set(candidate.node, candidate);
    }
    const knownClasses = fromClass;
    [from, fromClass] = [run.functions.length, run.classes.length];
    for (const candidate of callersFirst([...waiting.values()])) {
      if (run.invoked.has(candidate.node)) continue;
      if (run.budget.exhausted) return reportNotFollowed(run, namePlaceOf(candidate.file, candidate.node));
      evaluateAlone(run, candidate);
    }
    makeMissingInstances(run, program.file, knownClasses);
  }
}

function evaluateAlone(run: Run, target: FunctionValue): void {
  run.invoked.add(target.node);
  run.forgetSymbols();
  const at = namePlaceOf(target.file, target.node);
  const made = run.layers.length;
  let args: Value[] = [];
  const thisValue = receiverOf(run, target);
  const models = new Set(run.models);
  const position = run.trail.watch();
  const ended = attempt(run, () => {
    run.budget.steps(functionSteps);
    args = symbolicArguments(run, target);
    callFunction(run, target, { thisValue, args, argsAt: args.map(() => at), at, call: at }, { called: false });
  });
  if (ended === 'not followed') reportNotFollowed(run, at);
  mayHaveRun(run, position, models, unknown(`${target.name ?? 'a function'} may change it, which nothing in this file calls`, at));
  run.trail.unwatch();
  run.uncalled.set(target.node, { args, makesLayers: run.layers.length > made });
}


/** What a function that nobody calls leaves behind, others may find or not. `models` were there before. */
function mayHaveRun(run: Run, position: number, models: ReadonlySet<ModelValue>, reason: Unknown): void {
  const left = run.trail.changesSince(position);
  run.trail.rollBack(position);
  const join = joinPlaces(run, reason);
  run.trail.merge([left, new Delta()], (target, key, after, before) => {
    // A model that was there before is for each of them to go on with.
    if (target instanceof ModelValue) return models.has(target) ? before : after;
    const old = target instanceof Map ? (before as PropertyValue | undefined)?.value : before;
    return isUnset(old) || old instanceof UnsetValue || (Array.isArray(old) && old.length === 0) ? after : join(target, key, after, before);
  });
}

/** What the file's variables hold that its functions set may have changed before one of them is called. */
function doubtVariables(run: Run, program: Program): void {
  const scope = run.modules.get(program.file)?.scope;
  const names = new Set(run.functions.flatMap(({ file, node }) => (file === program.file ? [...namesSetOutside(node)] : [])));
  for (const name of names) {
    const binding = scope?.own(name);
    if (!binding) continue;
    const { value } = binding;
    const at = { file: program.file, start: 0, end: 0 };
    if (isUnset(value)) run.trail.write(binding, 'value', new UnsetValue(unknown(`${name} is set by a function that nothing in this file calls`, at), name));
    else if (typeof value !== 'object') run.trail.write(binding, 'value', new AssumedValue(value, [assumedDefault(name, value)]));
  }
}

/** What programs write where nothing is known yet. */
const isUnset = (value: unknown): boolean => value === undefined || value === null || value === 0 || value === '';

/** Each before what it mentions; where they mention each other in a circle, the one that stands first goes first. */
function callersFirst(functions: readonly FunctionValue[]): FunctionValue[] {
  const byName = new Map<string, number[]>();
  for (const [i, { name }] of functions.entries()) {
    if (name === undefined) continue;
    const known = byName.get(name);
    if (known) known.push(i);
    else byName.set(name, [i]);
  }
  const mentioned = functions.map(({ node }, i) =>
    [...mentionedNames([node.body, node.parameters])].flatMap(name => byName.get(name) ?? []).filter(other => other !== i && !isInside(functions[other]!.node, node)));
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

const isInside = (inner: FunctionNode, outer: FunctionNode): boolean => inner.start >= outer.start && inner.end <= outer.end;
