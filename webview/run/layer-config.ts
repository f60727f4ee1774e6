// The configuration that TensorFlow.js gets for a node, made of the attributes that the evaluator found.
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { formatValue, isAlternatives, isList, isOpaque, type AttributeValue } from '../../src/blocks/layers/attribute.ts';
import { findLayer } from '../../src/blocks/layers/registry.ts';
import { formatDim, isSymbolic, isUnknown, namesInDim } from '../../src/blocks/shapes/dim.ts';

/** A configuration, with what was put in the place of values that do not matter; or why there can be none. */
export type LayerConfig =
  | { readonly config: Readonly<Record<string, unknown>>; readonly replaced: readonly string[] }
  | { readonly obstacle: string };

/**
 * What a run does not need: names would clash where a layer is made twice, input shapes come from the graph, and the
 * rest only matters in training. A layer with an activity regularizer cannot be applied to tensors at all.
 */
const LEFT_OUT = /^(name|inputShape|batchInputShape|batchSize|inputDType|dtype|trainable|updatable|weights|inputLength)$|(Regularizer|Constraint)$/;

export function layerConfig(node: GraphNode): LayerConfig {
  const config: Record<string, unknown> = {};
  const replaced: string[] = [];
  for (const [name, value] of Object.entries(node.attributes)) {
    if (LEFT_OUT.test(name) || value === undefined) continue;
    const plain = plainValue(value);
    if ('value' in plain) {
      config[name] = plain.value;
    } else if (isInert(node, name)) {
      replaced.push(`${name} of ${node.layer} (${formatValue(value)}) was replaced by the default, which changes neither shape nor time`);
    } else {
      return { obstacle: `${name} ${plain.problem}` };
    }
  }
  return { config, replaced };
}

function plainValue(value: AttributeValue): { readonly value: unknown } | { readonly problem: string } {
  if (isList(value)) {
    const items = value.map(plainValue);
    return items.find(item => 'problem' in item) ?? { value: items.map(item => (item as { value: unknown }).value) };
  }
  if (isUnknown(value)) return { problem: `is not known: ${value.reason}` };
  if (isSymbolic(value)) return { problem: `is ${formatDim(value)}, and ${namesInDim(value).join(', ')} has no number` };
  if (isAlternatives(value)) return { problem: `is ${formatValue(value)}, depending on something that is not known` };
  if (isOpaque(value)) return { problem: `is ${value.text}, which Blockscope does not evaluate` };
  return { value };
}

/** True where neither shape nor weights depend on the attribute. */
const isInert = (node: GraphNode, name: string): boolean =>
  name.endsWith('Initializer') || (findLayer(node.layer)?.attributes[name]?.inert ?? false);
