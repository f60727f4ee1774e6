// Works a node out anew, of other inputs than before.
import { inferLayer } from '../layers/infer.ts';
import { findLayer, findLayerOfBlocks } from '../layers/registry.ts';
import type { Shape } from '../shapes/shape.ts';
import type { GraphNode } from './block-graph.ts';

/** The node as it is where its layer is not known. */
export function inferAgain(node: GraphNode, inputs: readonly Shape[]): GraphNode {
  const definition = node.vocabulary === 'blocks' ? findLayerOfBlocks(node.layer) : findLayer(node.layer);
  if (!definition) return node;
  const attributes = Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, { value }]));
  const { output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings } = inferLayer(definition, attributes, inputs);
  return { ...node, output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings };
}
