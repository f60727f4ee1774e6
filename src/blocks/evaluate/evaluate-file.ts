// Evaluates one file: its top level, then what nothing in it calls, so that a library's functions get hints as well.
import { unknown } from '../shapes/dim.ts';
import { mentionedNames } from '../syntax/names-in.ts';
import type { FunctionNode, Program } from '../syntax/tree.ts';
import { defaultLimits, type Limits } from './budget.ts';
import { callFunction, callValue, symbolicArguments } from './calls.ts';
import { evaluateExampleCalls, evaluateGivenCall } from './example-calls.ts';
import { evaluate } from './expressions.ts';
import { readMember } from './members.ts';
import { attempt, evaluateModule, reportNotFollowed } from './modules.ts';
import { Run, type Interpreter } from './run.ts';
import { inputTensor } from './tensorflow/apply-layer.ts';
import { buildSequential } from './tensorflow/models.ts';
import { symbolicInput } from './tensorflow/symbolic-input.ts';
import { LayerValue, type FunctionValue, type Value } from './values.ts';

export interface EvaluateOptions {
  readonly calls?: readonly string[];
  readonly readModule?: (specifier: string, fromFile: string) => { file: string; text: string } | undefined;
  readonly limits?: Limits;
}

const interpreter: Interpreter = {
  evaluate,
  call: (run, callee, call) => callValue(run, callee, call),
  member: readMember,
};

/** Everything that the program builds, as far as it can be told without running it. Never throws. */
export function evaluateFile(program: Program, options: EvaluateOptions = {}): Run {
  const run = new Run(program.file, options.limits ?? defaultLimits, options.readModule ?? (() => undefined), interpreter);
  const module = evaluateModule(run, program);
  evaluateExampleCalls(run, module, program);
  for (const call of options.calls ?? []) evaluateGivenCall(run, module, call);
  evaluateUncalled(run, program);
  buildWaitingModels(run);
  return run;
}

/**
 * Functions of the file that nothing called, with unknowns for arguments. Those that no other of them mentions come
 * first, because calling them calls the others with the arguments that they are meant for.
 */
function evaluateUncalled(run: Run, program: Program): void {
  const mentions = new Map<FunctionNode, Set<string>>();
  const waiting = (): FunctionValue[] => {
    const seen = new Set<FunctionNode>();
    return run.functions.filter(candidate => {
      if (candidate.file !== program.file || run.invoked.has(candidate.node) || seen.has(candidate.node)) return false;
      seen.add(candidate.node);
      return true;
    });
  };
  for (let left = waiting(); left.length > 0; left = waiting()) {
    const isMentioned = (candidate: FunctionValue): boolean => candidate.name !== undefined && left.some(other =>
      other !== candidate && mentionedIn(mentions, other.node).has(candidate.name!) && !isInside(candidate.node, other.node));
    const next = left.find(candidate => !isMentioned(candidate)) ?? left[0]!;
    run.invoked.add(next.node);
    run.forgetSymbols();
    const at = { file: next.file, start: next.node.nameStart, end: next.node.nameEnd };
    const made = run.layers.length;
    let args: Value[] = [];
    const ended = attempt(run, () => {
      args = symbolicArguments(run, next);
      callFunction(run, next, { thisValue: undefined, args, argsAt: args.map(() => at), at, call: at }, { called: false });
    });
    if (ended === 'not followed') reportNotFollowed(run, at);
    run.uncalled.set(next.node, { args, makesLayers: run.layers.length > made });
  }
}

const isInside = (inner: FunctionNode, outer: FunctionNode): boolean => inner.start >= outer.start && inner.end <= outer.end;

function mentionedIn(known: Map<FunctionNode, Set<string>>, node: FunctionNode): Set<string> {
  let names = known.get(node);
  if (!names) known.set(node, (names = mentionedNames([node.body, node.parameters])));
  return names;
}

/** Sequential models that never learn what goes in: the first layer says the rank, the dims get names. */
function buildWaitingModels(run: Run): void {
  for (const model of run.models) {
    const [first] = model.layers;
    if (model.outputs.length > 0 || model.open || !(first instanceof LayerValue)) continue;
    attempt(run, () => {
      run.frame = model.frame;
      const shape = symbolicInput(run, first, unknown('the model has no input shape', model.at));
      buildSequential(run, model, inputTensor(run, shape, {}, first.at, first.call, { implicit: true }));
    });
  }
}
