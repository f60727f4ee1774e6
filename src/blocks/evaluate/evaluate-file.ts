// Evaluates one file: its top level, then what nothing in it calls, so that a library's functions get hints as well.
import { unknown } from '../shapes/dim.ts';
import type { Program } from '../syntax/tree.ts';
import { defaultLimits, type Limits } from './budget.ts';
import { callValue } from './calls.ts';
import { evaluateExampleCalls, evaluateGivenCall } from './example-calls.ts';
import { evaluate } from './expressions.ts';
import { readMember } from './members.ts';
import { attempt, evaluateModule } from './modules.ts';
import { Run, type Interpreter } from './run.ts';
import { inputTensor } from './tensorflow/apply-layer.ts';
import { forgetCounts } from './tensorflow/default-names.ts';
import { buildSequential } from './tensorflow/models.ts';
import { symbolicInput } from './tensorflow/symbolic-input.ts';
import { evaluateUncalled } from './uncalled.ts';
import { LayerValue } from './values.ts';

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
  // Nobody knows when what follows is called.
  forgetCounts(run);
  evaluateExampleCalls(run, module, program);
  for (const call of options.calls ?? []) evaluateGivenCall(run, module, call);
  evaluateUncalled(run, program);
  buildWaitingModels(run);
  return run;
}

/** Sequential models that never learn what goes in: the first layer says the rank, the dims get names. */
function buildWaitingModels(run: Run): void {
  for (const model of run.models) {
    const [first] = model.layers;
    if (model.outputs.length > 0 || model.open || !(first instanceof LayerValue)) continue;
    attempt(run, () => {
      run.frame = model.frame;
      const shape = symbolicInput(run, first, 0, unknown('the model has no input shape', model.at));
      buildSequential(run, model, inputTensor(run, shape, {}, first.at, first.call, { implicit: true }));
    });
  }
}
