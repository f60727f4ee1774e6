// A saved model within a wrapper, as the attribute that the wrapper's rule reads.
import type { InnerModel } from '../layers/attribute.ts';
import type { WeightShape } from '../layers/define-layer.ts';
import { isUnknown } from '../shapes/dim.ts';
import type { GraphNode } from '../graph/block-graph.ts';
import { tensorsInto, tensorsOut } from '../graph/tensors.ts';
import type { BuiltModel } from './build-graph.ts';

/** Tensors are numbered: first what goes in, then what each application gives. */
export function innerModelOf({ graph, inputShapes }: BuiltModel): InnerModel {
  const numbers = new Map<string, number>();
  let next = 0;
  const number = (node: number, outputs: number): void => { for (let port = 0; port < outputs; port++) numbers.set(`${node} ${port}`, next++); };
  for (const id of graph.inputs) number(id, 1);
  const applied = graph.nodes.filter(({ id }) => !graph.inputs.includes(id));
  for (const { id, furtherOutputs } of applied) number(id, 1 + furtherOutputs.length);
  const keys = [...new Set(applied.map(({ weightsKey }) => weightsKey))];
  const numberOf = ({ node, port }: { node: number; port: number }): number => numbers.get(`${node} ${port}`) ?? 0;
  return {
    kind: 'model', inputs: inputShapes,
    layers: keys.map(key => {
      const node = applied.find(({ weightsKey }) => weightsKey === key)!;
      return { layer: { kind: 'layer', layer: node.layer, attributes: node.attributes }, weights: weightsOf(node) };
    }),
    applications: applied.map(node => ({ layer: keys.indexOf(node.weightsKey), inputs: tensorsInto(node).map(numberOf), outputs: 1 + node.furtherOutputs.length })),
    outputs: tensorsOut(graph).map(numberOf),
  };
}

/** They have to add up to what is known, so that an unknown sum is an unknown weight. */
const weightsOf = ({ weights, params }: GraphNode): readonly WeightShape[] =>
  (isUnknown(params) ? [{ name: 'weights', shape: [params], trainable: true }] : weights);
