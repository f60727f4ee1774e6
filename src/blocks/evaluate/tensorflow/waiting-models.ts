// Sequential models that never learn what goes in: the first layer says the rank, the dims get names.
import { unknown } from '../../shapes/dim.ts';
import { attempt } from '../modules.ts';
import type { Run } from '../run.ts';
import { LayerValue } from '../values.ts';
import { inputTensor } from './apply-layer.ts';
import { buildSequential } from './models.ts';
import { symbolicInput } from './symbolic-input.ts';

/** Builds those of the present part. */
export function buildWaitingModels(run: Run): void {
  for (const model of run.part.models) {
    if (model.outputs.length > 0 || model.open) continue;
    const [first] = model.layers;
    if (!(first instanceof LayerValue)) continue;
    attempt(run, () => {
      run.frame = model.frame;
      const shape = symbolicInput(run, first, 0, unknown('the model has no input shape', model.at));
      buildSequential(run, model, inputTensor(run, shape, {}, first.at, first.call, { implicit: true }));
    });
  }
}
