// All that is known of a layer, as the text of its tooltip.
import type { Counting } from '../../src/blocks/counting/counting.ts';
import { countedNode } from '../../src/blocks/counting/node.ts';
import { operationsUnit, parametersUnit } from '../../src/blocks/counting/words.ts';
import { exactCount, sumOfProducts } from '../../src/blocks/features/figures.ts';
import { wholeShape } from '../../src/blocks/features/shape-label.ts';
import { receptiveFieldText } from '../../src/blocks/features/receptive-field-text.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { ReceptiveField } from '../../src/blocks/graph/receptive-field.ts';
import { isUnknown, type Dim } from '../../src/blocks/shapes/dim.ts';
import { unknownIn } from '../../src/blocks/shapes/shape.ts';
import { attributeText } from './key-attributes.ts';

/** `seen` is what it sees of the block's input, and `time` the text of a measurement, where there is one. */
export function describeNode(node: GraphNode, { nodes, inputs }: BlockGraph, seen: ReceptiveField, counting: Counting, line: number | undefined, time: string | undefined): string {
  const { params, operations: { count, products } } = countedNode(node, nodes, counting);
  const sees = receptiveFieldText(seen, inputs);
  const attributes = Object.entries(node.attributes).map(([name, value]) => `  ${name}: ${attributeText(value)}`);
  return [
    `${node.layer}${node.name ? ` “${node.name}”` : ''}${line === undefined ? '' : ` · line ${line}`}`,
    ...attributes,
    `output ${wholeShape(node.output)} (inferred)${reason(unknownIn(node.output))}`,
    ...node.workings.map(working => `  ${working}`),
    `${parametersUnit(counting, 'parameters')} ${exactCount(params)}${reason(params)}`,
    ...(count === 0 ? [] : [`${operationsUnit(counting)} ${exactCount(count)}${products.length > 0 ? ` = ${sumOfProducts(products)}` : ''}${reason(count)}`]),
    ...(sees === undefined ? [] : [sees]),
    ...(time === undefined ? [] : [`time ${time} (median, measured by itself)`]),
    ...(node.callPath.length === 0 ? [] : [`called by ${node.callPath.map(step => step.name || 'a function').join(' › ')}`]),
    ...node.assumed.map(assumption => `assumed: ${assumption}`),
    ...(node.optional ? ['in one arm of a condition that is not known'] : []),
  ].join('\n');
}

const reason = (dim: Dim | undefined): string => (dim !== undefined && isUnknown(dim) ? `: ${dim.reason}` : '');
