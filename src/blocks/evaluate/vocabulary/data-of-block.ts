// The data of a block that a program makes, as the program itself would have it when it is run.
import { mostNested, type Block, type Setting } from '../../vocabulary/block.ts';
import { ArrayValue, ObjectValue, type Value } from '../values.ts';
import type { BlockValue } from './block-value.ts';

/** Undefined where not all of it is certain: what is assumed would be taken for what the program says. */
export function dataOfBlock(block: BlockValue): Block | undefined {
  const data = dataOf(block, 0);
  return data === notData ? undefined : data as unknown as Block;
}

const notData = Symbol('not data');

type Data = Setting | { [name: string]: Data } | readonly Data[];

function dataOf(value: Value, depth: number): Data | typeof notData {
  if (depth > 3 * mostNested) return notData;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof ArrayValue) {
    if (value.open || value.assumedExtent || !value.hasOnlyElements) return notData;
    const elements = value.elements.map(element => dataOf(element, depth + 1));
    return elements.includes(notData) ? notData : elements as readonly Data[];
  }
  if (!(value instanceof ObjectValue) || value.open || value.prototype || value.assumedExtent) return notData;
  const data: Record<string, Data> = {};
  for (const [name, { value: inner, uncertain, getter }] of value.properties) {
    const found = uncertain || getter ? notData : dataOf(inner, depth + 1);
    if (found === notData) return notData;
    if (found !== undefined) data[name] = found;
  }
  return data;
}
