// What `blockscope inspect` prints for people: a table of layers for each block, then the problems.
import { defaultCounting, type Counting } from '../blocks/counting/counting.ts';
import { conventionNote, operationsUnit, parametersUnit } from '../blocks/counting/words.ts';
import type { InspectedBlock, InspectedLayer, InspectedVariant, Inspection, JsonShape } from './inspection.ts';

export function tableOf(inspection: Inspection): string {
  const { counting = defaultCounting } = inspection;
  const parts = inspection.blocks.map(block => blockTable(block, counting));
  if (parts.length === 0) parts.push(`${inspection.file} builds no layers that Blockscope can see.`);
  const note = conventionNote(counting);
  if (note !== undefined && inspection.blocks.length > 0) parts.push(`Counted: ${note}.`);
  if (inspection.problems.length > 0) parts.push(problemList(inspection));
  return `${parts.join('\n\n')}\n`;
}

/** One line each, as compilers print them, so that editors and terminals link to the place. */
export const problemList = ({ file, problems }: Inspection): string =>
  problems.map(problem => `${problem.file ?? file}:${problem.line}:${problem.column} ${problem.severity} ${problem.code}: ${problem.message}`).join('\n');

function blockTable(block: InspectedBlock, counting: Counting): string {
  const times = block.count === undefined ? '' : ` ×${block.count}`;
  const title = `${block.name}${times}  (${block.file === undefined ? '' : `${block.file}, `}line ${block.line})  ${shapes(block.inputShape)} → ${shapes(block.outputShape)}`;
  const rows = block.layers.flatMap(layerRows);
  const total = ['', 'total', '', count(block.params), count(block.operations ?? block.macs)];
  const split = typeof block.nonTrainableParams === 'number' && block.nonTrainableParams > 0
    ? [`trainable ${count(block.trainableParams)}, non-trainable ${count(block.nonTrainableParams)}`] : [];
  const uncounted = block.uncountedParams === undefined ? [] : [`not counted ${count(block.uncountedParams)} running statistics`];
  const details = [...split, ...uncounted].map(line => `\n  ${line}`).join('');
  const table = alignedTable(['line', 'layer', 'output shape', parametersUnit(counting), operationsUnit(counting)], rows, total);
  return [title, table + details, ...reasons(block.layers)].join('\n');
}

/** A line with several results has a row for each of them. */
function layerRows(layer: InspectedLayer): string[][] {
  const place = `${layer.file === undefined ? '' : `${layer.file}:`}${layer.line}`;
  const name = layer.name === null ? layer.layer : `${layer.layer} "${layer.name}"`;
  const assumed = layer.assumed === undefined ? '' : `  assumes ${layer.assumed.join(', ')}`;
  const single: InspectedVariant = { outputShape: layer.outputShape, params: layer.params, macs: layer.macs, count: 1, ...(layer.operations === undefined ? {} : { operations: layer.operations }) };
  return (layer.variants ?? [single]).map((variant, i) => [
    i === 0 ? place : '',
    `${i === 0 ? name : ''}${variant.count > 1 ? ` ×${variant.count}` : ''}`,
    `${shapes(variant.outputShape)}${i === 0 ? assumed : ''}`,
    count(variant.params), count(variant.operations ?? variant.macs),
  ]);
}

/** Why there is a `?`, once for all lines that have it for the same reason. */
function reasons(layers: readonly InspectedLayer[]): string[] {
  const lines = new Map<string, number[]>();
  for (const { reason, line } of layers) if (reason !== undefined) lines.set(reason, [...(lines.get(reason) ?? []), line]);
  return [...lines].map(([reason, at]) => `  ? in ${at.length === 1 ? 'line' : 'lines'} ${at.join(', ')}: ${reason}`);
}

function shapes(shape: JsonShape | readonly JsonShape[]): string {
  if (shape === '?') return '?';
  const several = shape.some(part => part === '?' ? false : Array.isArray(part));
  return several || shape.length === 0 ? (shape as readonly JsonShape[]).map(shapes).join(', ') || '?' : `[${(shape as readonly unknown[]).map(dim => dim ?? 'null').join(', ')}]`;
}

const count = (value: number | string): string => (typeof value === 'number' ? value.toLocaleString('en') : value);

function alignedTable(head: readonly string[], rows: readonly (readonly string[])[], total: readonly string[]): string {
  const all = [head, ...rows, total];
  const widths = head.map((_, column) => Math.max(...all.map(row => row[column]!.length)));
  const right = new Set([0, 3, 4]);
  const line = (row: readonly string[]): string =>
    `  ${row.map((cell, column) => (right.has(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd()}`;
  const rule = `  ${widths.map(width => '─'.repeat(width)).join('  ')}`;
  return [line(head), rule, ...rows.map(line), rule, line(total)].join('\n');
}
