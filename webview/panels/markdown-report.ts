// What “Copy” puts on the clipboard: the result and the table of layers as Markdown, for an issue or a chat.
import { exactCount } from '../../src/blocks/features/figures.ts';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { shapeLabel } from '../../src/blocks/features/shape-label.ts';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { BlockPayload, RunReport } from '../../src/blocks/protocol/messages.ts';
import { numbersLabel } from '../format.ts';
import { dimsText } from '../page-state.ts';

export function markdownReport(block: BlockPayload, sizes: Readonly<Record<string, number>>, report: RunReport | undefined): string {
  const graph = bindSymbols(block.graph, report?.chosenDims ?? sizes);
  const totals = totalsOf(graph.nodes);
  const timings = new Map(report?.layers.map(layer => [layer.node, layer.timing]));
  const header = ['Line', 'Layer', 'Name', 'Output', 'Params', 'MACs', ...(report ? ['Time'] : [])];
  const alignment = ['---:', '---', '---', '---', '---:', '---:', ...(report ? ['---:'] : [])];
  const rows = graph.nodes.map(node => {
    const timing = timings.get(node.id);
    return [
      String(block.lines[node.id] ?? '?'), node.layer, node.name ?? '', shapeLabel(block.graph.nodes[node.id]!.output), exactCount(node.params), exactCount(node.macs),
      ...(report ? [timing ? milliseconds(timing.medianMs, timing.quality) : ''] : []),
    ];
  });
  const total = ['', '**total**', '', '', exactCount(totals.params), exactCount(totals.macs), ...(report ? [milliseconds(report.whole.medianMs, report.whole.quality)] : [])];
  const table = [header, alignment, ...rows, total].map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return [`### ${block.name} (${block.fileLabel})`, '', ...(report ? [...resultLines(report), ''] : []), ...table, ''].join('\n');
}

function resultLines(report: RunReport): string[] {
  const { whole } = report;
  const dims = dimsText(report.chosenDims);
  return [
    `${milliseconds(whole.medianMs, whole.quality)} median of ${whole.samples} samples of ${whole.runsPerSample} runs (25–75 %: ${milliseconds(whole.p25Ms)} – ${milliseconds(whole.p75Ms)}, min ${milliseconds(whole.minMs)}; ${whole.quality}), first run ${milliseconds(report.firstRunMs)}`,
    `on ${report.backend}${report.software ? ' (software renderer: says nothing about a GPU)' : ''}: ${report.renderer}${dims === '' ? '' : `, with ${dims}`}`,
    `output ${report.measuredShapes.map(numbersLabel).join(', ')} ${report.shapesAgree ? 'as inferred' : '**not as inferred**'}, ${report.measuredParams.toLocaleString('en-US')} parameters ${report.paramsAgree ? 'as inferred' : '**not as inferred**'}; layers measured one at a time`,
  ];
}
