// Works a node out anew, of other inputs than before.
import { inferLayer, type Inference } from '../layers/infer.ts';
import { findLayerOf } from '../layers/registry.ts';
import type { Shape } from '../shapes/shape.ts';
import type { GraphNode } from './block-graph.ts';

/** The node as it is where its layer is not known. */
export function inferAgain(node: GraphNode, inputs: readonly Shape[]): GraphNode {
  const inference = inferenceOf(node, inputs);
  if (!inference) return node;
  const { output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings } = inference;
  return { ...node, output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings };
}

/** What the layer of a node makes of inputs, with what is wrong about them; undefined where the layer is not known. */
export function inferenceOf(node: GraphNode, inputs: readonly Shape[]): Inference | undefined {
  const definition = findLayerOf(node);
  const attributes = Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, { value }]));
  return definition && inferLayer(definition, attributes, inputs);
}
