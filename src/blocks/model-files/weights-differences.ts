// What the list of weights and the layers disagree about.
import type { WeightShape } from '../layers/define-layer.ts';
import { weightsDiffer } from '../problems/weights-differ.ts';
import type { Problem } from '../problems/problem.ts';
import type { GraphNode } from '../graph/block-graph.ts';
import type { Location } from '../text/location.ts';
import { sizeOfListed, type ListedWeight } from './weights-manifest.ts';
import type { WeightOfLayer } from './weights-of-layers.ts';

/** Where `of` finds the weights of a layer they are compared one by one, and else by number and by size: their names depend on who saved the model. */
export function weightsDifferences(listed: readonly ListedWeight[], nodes: readonly GraphNode[], of: (node: GraphNode) => readonly WeightOfLayer[] | undefined, list: Location): Problem[] {
  const owners = [...new Map(nodes.map(node => [node.weightsKey, node])).values()];
  const found = owners.flatMap(node => {
    const own = of(node);
    const difference = own && typeof node.params === 'number' ? differenceOf(node.weights, node.params, own) : undefined;
    return difference ? [problem({ of: node.name!, ...difference }, node.at)] : [];
  });
  // Something that is not known cannot be contradicted.
  if (found.length > 0 || owners.some(({ params }) => typeof params !== 'number')) return found;
  const number = owners.reduce((sum, { params, weights }) => sum + (params === 0 ? 0 : weights.length), 0);
  const whole = owners.reduce((sum, { params }) => sum + (params as number), 0);
  const total = listed.reduce((sum, weight) => sum + sizeOfListed(weight), 0);
  return whole === total && number === listed.length ? [] : [problem({ layers: counted(number, whole), listed: counted(listed.length, total) }, list)];
}

interface Difference {
  readonly layers: string;
  readonly listed: string;
}

function differenceOf(weights: readonly WeightShape[], params: number, listed: readonly WeightOfLayer[]): Difference | undefined {
  const pairs = pairsOf(weights, listed);
  const differing = pairs?.filter(([weight, { shape }]) => spell(weight.shape) !== spell(shape));
  if (differing) {
    if (differing.length === 0) return undefined;
    return {
      layers: differing.map(([{ name, shape }]) => `${name} of ${spell(shape)}`).join(' and '),
      listed: differing.map(([, { name, shape }]) => `${name} of ${spell(shape)}`).join(' and '),
    };
  }
  const values = listed.reduce((sum, weight) => sum + sizeOfListed(weight), 0);
  return weights.length === listed.length && values === params ? undefined : { layers: counted(weights.length, params), listed: counted(listed.length, values) };
}

/** Each weight of the layer with the one that is listed by its name or its place; undefined where they cannot be told apart by these. */
export function pairsOf(weights: readonly WeightShape[], listed: readonly WeightOfLayer[]): (readonly [WeightShape, WeightOfLayer])[] | undefined {
  if (weights.length !== listed.length) return undefined;
  const byName = new Map(listed.map(weight => [weight.own, weight]));
  const pairs = weights.flatMap((weight, place) => {
    const other = byName.get(weight.name) ?? byName.get(String(place));
    return other ? [[weight, other] as const] : [];
  });
  return new Set(pairs.map(([, other]) => other)).size === weights.length ? pairs : undefined;
}

const spell = (shape: WeightShape['shape']): string => (shape.length === 0 ? 'one value' : shape.join('×'));

const counted = (weights: number, values: number): string => (weights === 0 ? 'none' : `${weights} weight${weights === 1 ? '' : 's'} of ${values.toLocaleString('en')} values`);

function problem(data: Parameters<typeof weightsDiffer.message>[0], at: Location): Problem {
  const { id, severity, message } = weightsDiffer;
  return { id, severity, message: message(data), at, related: [] };
}
