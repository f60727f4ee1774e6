// The list of weights of a saved model: their names and shapes. The weights themselves are never loaded.
import { isArray, isObject, member, stringAt, type JsonArray, type JsonNode } from '../json/json-tree.ts';

export interface ListedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string | undefined;
}

/** Those of the model, without what an optimizer keeps. Undefined where the list cannot be read as a whole. */
export function listedWeights(manifest: JsonArray): readonly ListedWeight[] | undefined {
  const weights: ListedWeight[] = [];
  if (manifest.damaged) return undefined;
  for (const group of manifest.items) {
    const listed = member(group, 'weights');
    if (!isObject(group) || group.damaged || !isArray(listed) || listed.damaged) return undefined;
    for (const item of listed.items) {
      const weight = listedWeight(item);
      if (!weight) return undefined;
      if (stringAt(item, 'group') !== 'optimizer') weights.push(weight);
    }
  }
  return weights;
}

function listedWeight(item: JsonNode): ListedWeight | undefined {
  const [name, shape] = [stringAt(item, 'name'), member(item, 'shape')];
  if (!isObject(item) || item.damaged || name === undefined || !isArray(shape) || shape.damaged) return undefined;
  const dims = shape.items.map(dim => (dim.kind === 'value' ? dim.value : undefined));
  const isShape = dims.every((dim): dim is number => typeof dim === 'number' && Number.isSafeInteger(dim) && dim >= 0);
  return isShape ? { name, shape: dims, dtype: stringAt(item, 'dtype') } : undefined;
}

export const sizeOfListed = ({ shape }: ListedWeight): number => shape.reduce((product, dim) => product * dim, 1);
