// Functions that nothing calls, evaluated with unknowns for their arguments, so that a library's functions get hints too.
import { mentionedNames } from '../syntax/names-in.ts';
import { namePlaceOf } from '../syntax/place.ts';
import type { FunctionNode, Program } from '../syntax/tree.ts';
import { functionSteps } from './budget.ts';
import { callFunction, symbolicArguments } from './calls.ts';
import { attempt, reportNotFollowed } from './modules.ts';
import type { Run } from './run.ts';
import type { FunctionValue, Value } from './values.ts';

/**
 * Those that no other of them mentions come first, because calling them calls the others with the arguments that they are
 * meant for. Functions that come into being meanwhile, such as handlers that nobody calls, have their turn after them.
 */
export function evaluateUncalled(run: Run, program: Program): void {
  for (let from = 0; from < run.functions.length; ) {
    const waiting = new Map<FunctionNode, FunctionValue>();
    for (const candidate of run.functions.slice(from)) {
      if (candidate.file === program.file && !run.invoked.has(candidate.node) && !waiting.has(candidate.node)) waiting.set(candidate.node, candidate);
    }
    from = run.functions.length;
    for (const candidate of callersFirst([...waiting.values()])) {
      if (run.invoked.has(candidate.node)) continue;
      if (run.budget.exhausted) return reportNotFollowed(run, namePlaceOf(candidate.file, candidate.node));
      evaluateAlone(run, candidate);
    }
  }
}

function evaluateAlone(run: Run, target: FunctionValue): void {
  run.invoked.add(target.node);
  run.forgetSymbols();
  const at = namePlaceOf(target.file, target.node);
  const made = run.layers.length;
  let args: Value[] = [];
  const ended = attempt(run, () => {
    run.budget.steps(functionSteps);
    args = symbolicArguments(run, target);
    callFunction(run, target, { thisValue: undefined, args, argsAt: args.map(() => at), at, call: at }, { called: false });
  });
  if (ended === 'not followed') reportNotFollowed(run, at);
  run.uncalled.set(target.node, { args, makesLayers: run.layers.length > made });
}


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
