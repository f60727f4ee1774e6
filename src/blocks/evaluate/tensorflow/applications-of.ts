// What a model is made of.
import type { Application } from '../application.ts';
import { meets, newMark } from '../marks.ts';
import type { TensorValue } from '../values.ts';

/** What lies between a model's inputs and outputs, inputs first. */
export function applicationsOf(model: { readonly inputs: readonly TensorValue[]; readonly outputs: readonly TensorValue[] }): Application[] {
  const found: Application[] = [];
  const mark = newMark();
  const work = model.outputs.map(output => output.application);
  for (let next = work.pop(); next; next = work.pop()) {
    if (!meets(mark, next)) continue;
    found.push(next);
    if (!isEnd(model.inputs, next)) for (const { application } of next.inputs) work.push(application);
  }
  return found.sort((a, b) => a.born - b.born);
}

function isEnd(inputs: readonly TensorValue[], application: Application): boolean {
  for (const input of inputs) if (input.application === application) return true;
  return false;
}
