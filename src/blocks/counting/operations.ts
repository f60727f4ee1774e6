// The operations of a layer by a convention: its multiply-accumulates, each as one or as two, and what it computes value by value.
import type { GraphNode } from '../graph/block-graph.ts';
import { withoutPlaces } from '../layers/attribute.ts';
import type { ElementOperation } from '../layers/element-operations.ts';
import { sumOfProducts } from '../layers/infer.ts';
import { elementOperationsOf } from '../layers/infer-element-operations.ts';
import { findLayerOf } from '../layers/registry.ts';
import { addDims, isUnknown, multiplyDims, type Dim, type Unknown } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Counting } from './counting.ts';

export type Computing = Pick<GraphNode, 'layer' | 'vocabulary' | 'attributes' | 'output' | 'macs' | 'macProducts'>;

export interface CountedOperations {
  /** Of one example. */
  readonly count: Dim;
  /** The products that it is the sum of; empty where these are not known, and where it is 0. */
  readonly products: readonly (readonly Dim[])[];
}

export function countedOperations(node: Computing, inputs: readonly Shape[], { operations, layers }: Pick<Counting, 'operations' | 'layers'>): CountedOperations {
  const { macs, macProducts } = node;
  const each = operations === 'flops' ? 2 : 1;
  const ofMacs = { count: each === 1 ? macs : multiplyDims(macs, each), products: each === 1 ? macProducts : macProducts.map(product => [each, ...product]) };
  if (layers === 'convolutionAndDense' || isUnknown(macs)) return ofMacs;
  const found = elementsOf(node, inputs);
  if (isUnknown(found)) return { count: found, products: [] };
  const counted = (found as readonly ElementOperation[]).filter(({ fvcore }) => layers === 'all' || fvcore).map(({ product }) => product);
  const known = macs === 0 || macProducts.length > 0;
  return { count: addDims(ofMacs.count, sumOfProducts(counted)), products: known ? [...ofMacs.products, ...counted] : [] };
}

/** Of what is no layer of the registry, its MACs say all that is known. */
function elementsOf(node: Computing, inputs: readonly Shape[]): readonly ElementOperation[] | Unknown {
  const definition = findLayerOf(node);
  if (!definition) return [];
  return elementOperationsOf(definition, withoutPlaces(node.attributes), inputs, node.output);
}
