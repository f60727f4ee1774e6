// What a model is made of.
import type { Application } from '../application.ts';
import type { TensorValue } from '../values.ts';

/** What lies between a model's inputs and outputs, inputs first. */
export function applicationsOf(model: { readonly inputs: readonly TensorValue[]; readonly outputs: readonly TensorValue[] }): Application[] {
  const found = new Set<Application>();
  const ends = new Set(model.inputs.map(input => input.application));
  const work = model.outputs.map(output => output.application);
  for (let next = work.pop(); next; next = work.pop()) {
    if (found.has(next)) continue;
    found.add(next);
    if (!ends.has(next)) work.push(...next.inputs.map(input => input.application));
  }
  return [...found].sort((a, b) => a.born - b.born);
}
