// Evaluates one file: its top level, then what nothing in it calls, so that a library's functions get hints as well.
import type { Program } from '../syntax/tree.ts';
import { defaultLimits, type Limits } from './budget.ts';
import { callValue } from './calls.ts';
import { evaluateExampleCalls, evaluateGivenCall } from './example-calls.ts';
import { evaluate } from './expressions.ts';
import { readMember } from './members.ts';
import { evaluateModule } from './modules.ts';
import { RememberedParts } from './remembered.ts';
import { Run, type Interpreter } from './run.ts';
import { forgetCounts } from './tensorflow/default-names.ts';
import { buildWaitingModels } from './tensorflow/waiting-models.ts';
import { evaluateUncalled } from './uncalled.ts';
import { Unread } from './unread.ts';
import { applyWholeBlocks } from './vocabulary/whole-blocks.ts';

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

/**
 * Everything that the program builds, as far as it can be told without running it. Never throws. `remembered` has what
 * the version before gave.
 */
export function evaluateFile(program: Program, options: EvaluateOptions = {}, remembered = new RememberedParts()): Run {
  const run = new Run(program.file, options.limits ?? defaultLimits, options.readModule ?? (() => undefined), remembered.programs, interpreter);
  run.isBlockFile = program.isBlockFile === true;
  if (program.unread) run.unread = new Unread(run, program.file, program.unread);
  // A function that is not known may make layers, and need not be mentioned where layers are.
  if (program.leavesOut) forgetCounts(run);
  const module = evaluateModule(run, program);
  // Nobody knows when what follows is called.
  forgetCounts(run);
  evaluateExampleCalls(run, module, program);
  const { calls = [] } = options;
  for (const call of calls) evaluateGivenCall(run, module, call);
  applyWholeBlocks(run, program.file);
  const examples = program.exampleCalls.map(({ start, end }) => program.text.slice(start, end));
  evaluateUncalled(run, program, remembered.of(run, program, [...examples, ...calls]));
  buildWaitingModels(run);
  return run;
}
