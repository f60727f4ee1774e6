// The order of `model.layers` in a functional model: TensorFlow.js lists layers by their depth, the farthest from the
// outputs first, and those of one depth as it meets them on its way from the outputs to the inputs.
import type { Application } from '../application.ts';
import type { LayerValue, ModelValue } from '../values.ts';

/**
 * The layers as TensorFlow.js numbers them; undefined where that is not certain. A model that is applied like a layer is
 * one layer in TensorFlow.js, but its layers applied again here, so that with these the numbers would not agree.
 */
export function layersByDepth(model: ModelValue): readonly LayerValue[] | undefined {
  const ends = new Set(model.inputs.map(input => input.application));
  const met = new Map<LayerValue, number>();
  const finished: Application[] = [];
  const visited = new Set<Application>();
  // A stack of its own, because a model can be deeper than the stack of calls.
  const work = model.outputs.map(output => ({ application: output.application, left: false })).reverse();
  for (let next = work.pop(); next; next = work.pop()) {
    const { application, left } = next;
    if (left) {
      finished.push(application);
      continue;
    }
    if (visited.has(application)) continue;
    if (application.again || application.conditions > 0 || application.layer.layer === 'either') return undefined;
    visited.add(application);
    met.set(application.layer, met.size);
    work.push({ application, left: true });
    if (!ends.has(application)) work.push(...application.inputs.map(input => ({ application: input.application, left: false })).reverse());
  }
  const depths = new Map<Application, number>();
  for (const application of finished.reverse()) {
    const depth = depths.get(application) ?? 0;
    depths.set(application, depth);
    if (ends.has(application)) continue;
    for (const { application: before } of application.inputs) depths.set(before, Math.max(depth + 1, depths.get(before) ?? 0));
  }
  return [...depths].sort(([a, x], [b, y]) => y - x || met.get(a.layer)! - met.get(b.layer)!).map(([{ layer }]) => layer);
}
