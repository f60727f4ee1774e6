// JSON text as values.
import { unknown } from '../../shapes/dim.ts';
import type { Run } from '../run.ts';
import { ArrayValue, ObjectValue, type Value } from '../values.ts';

/** Undefined where the text is no JSON, which no JSON text stands for. */
export function parseJson(run: Run, text: string): Value {
  run.budget.steps(text.length / 16);
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return undefined;
  }
  return valueOfData(run, data);
}

function valueOfData(run: Run, data: unknown): Value {
  run.budget.step();
  if (Array.isArray(data)) {
    const most = run.budget.limits.elements;
    return new ArrayValue(data.slice(0, most).map(item => valueOfData(run, item)), data.length > most ? unknown('the list is too long to be followed') : undefined);
  }
  if (typeof data !== 'object' || data === null) return data as string | number | boolean | null;
  const object = new ObjectValue();
  for (const [key, item] of Object.entries(data)) object.properties.set(key, { value: valueOfData(run, item) });
  return object;
}
