// The list of weights of a saved model: their names and shapes. The weights themselves are never loaded.
import type { Problem } from '../problems/problem.ts';
import { weightsDiffer } from '../problems/weights-differ.ts';
import type { Location } from '../text/location.ts';
import type { GraphNode } from '../graph/block-graph.ts';
import { isArray, isObject, member, stringAt, type JsonArray, type JsonNode } from '../json/json-tree.ts';

export interface ListedWeight {
  readonly name: string;
  readonly shape: readonly number[];
  readonly dtype: string | undefined;
}

/** Undefined where the list cannot be read as a whole. */
export function listedWeights(manifest: JsonArray): readonly ListedWeight[] | undefined {
  const weights: ListedWeight[] = [];
  if (manifest.damaged) return undefined;
  for (const group of manifest.items) {
    const listed = member(group, 'weights');
    if (!isObject(group) || group.damaged || !isArray(listed) || listed.damaged) return undefined;
    for (const item of listed.items) {
      const weight = listedWeight(item);
      if (!weight) return undefined;
      weights.push(weight);
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

/**
 * What the list and the layers disagree about. They are compared by number and by size, because names depend on who saved the
 * model; where a layer is found by its name it is the one that is blamed.
 */
export function differences(manifest: JsonArray, nodes: readonly GraphNode[], at: (node: JsonNode) => Location): Problem[] {
  const listed = listedWeights(manifest);
  if (!listed) return [];
  const owners = [...new Map(nodes.map(node => [node.weightsKey, node])).values()].filter(({ params }) => params !== 0);
  const number = owners.reduce((sum, { weights }) => sum + weights.length, 0);
  // Something that is not known cannot be contradicted.
  if (owners.some(({ params }) => typeof params !== 'number')) return [];
  const whole = owners.reduce((sum, { params }) => sum + (params as number), 0);
  const total = listed.reduce((sum, weight) => sum + sizeOfListed(weight), 0);
  if (whole === total && number === listed.length) return [];
  const byLayer = new Map<string, ListedWeight[]>();
  for (const weight of listed) {
    const layer = weight.name.split('/').at(-2) ?? '';
    byLayer.set(layer, [...(byLayer.get(layer) ?? []), weight]);
  }
  const blamed = owners.flatMap(({ name, params, weights, at: place }) => {
    const own = name === undefined ? undefined : byLayer.get(name);
    const values = own?.reduce((sum, weight) => sum + sizeOfListed(weight), 0);
    if (!own || (values === params && own.length === weights.length)) return [];
    return [problem({ of: name!, layers: counted(weights.length, params as number), listed: counted(own.length, values!) }, place)];
  });
  return blamed.length > 0 ? blamed : [problem({ layers: counted(number, whole), listed: counted(listed.length, total) }, at(manifest))];
}

const counted = (weights: number, values: number): string => `${weights} weight${weights === 1 ? '' : 's'} of ${values.toLocaleString('en')} values`;

function problem(data: Parameters<typeof weightsDiffer.message>[0], at: Location): Problem {
  const { id, severity, message } = weightsDiffer;
  return { id, severity, message: message(data), at, related: [] };
}
