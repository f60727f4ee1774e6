// What “Copy” puts on the clipboard, and what the terminal prints: the result and the table of layers as Markdown.
import { countedNode } from '../counting/node.ts';
import { countedTotals } from '../counting/totals.ts';
import { conventionNote, operationsUnit, parametersUnit } from '../counting/words.ts';
import { rooflineOf, rooflineOfBlock } from './roofline.ts';
import { kernelsText, limitText, noiseSentences, peakSentence, timedByText } from './roofline-words.ts';
import { exactCount } from './figures.ts';
import { milliseconds } from './milliseconds.ts';
import { shapeLabel } from './shape-label.ts';
import { changedSizes, changeSizes, graphAtSizes } from '../graph/fixed-sizes.ts';
import type { BlockPayload, RunReport, TrainingReport, WayReport } from '../protocol/messages.ts';
import { changesText } from './size-words.ts';
import { agreementSentence, dimsText, gradientAgreementSentence, gradientsHold, gradientsSentence, layerIn, midSentence, numbersLabel, sampleSentence, times, trainingStep, ways } from './run-words.ts';

export function markdownReport(block: BlockPayload, report: RunReport): string {
  const graph = graphAtSizes(block.graph, report.chosenDims);
  const { counting } = block;
  const source = changeSizes(block.graph, report.chosenDims);
  const totals = countedTotals(graph.nodes, counting);
  const note = conventionNote(counting);
  const measured = new Map(report.layers.map(layer => [layer.node, layer]));
  const header = ['Line', 'Layer', 'Name', 'Output', parametersUnit(counting, 'Params'), operationsUnit(counting), 'Time', 'Limit', 'Kernels'];
  const alignment = ['---:', '---', '---', '---', '---:', '---:', '---:', '---', '---'];
  const rows = graph.nodes.map(node => {
    const layer = measured.get(node.id);
    const counted = countedNode(node, graph.nodes, counting);
    return [
      String(block.lines[node.id] ?? '?'), node.layer, node.name ?? '', shapeLabel(source.nodes[node.id]!.output), exactCount(counted.params), exactCount(counted.operations.count),
      ...(layer ? [milliseconds(layer.timing.medianMs, layer.timing.quality), limitText(rooflineOf(node, graph, layer, report.peak)), kernelsText(layer.kernels ?? [])] : ['', '', '']),
    ];
  });
  const total = ['', '**total**', '', '', exactCount(totals.params), exactCount(totals.operations), milliseconds(report.whole.medianMs, report.whole.quality), report.peak ? limitText(rooflineOfBlock(graph, report)) : '', ''];
  const table = [header, alignment, ...rows, total].map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return [`### ${block.name} (${block.fileLabel})`, '', ...resultLines(report, block), ...deviceLines(report), '', ...table, '', ...(note === undefined ? [] : [`Counted: ${note}.`, ''])].join('\n');
}

function resultLines(report: RunReport, block: BlockPayload): string[] {
  const { whole } = report;
  const dims = dimsText(report.chosenDims);
  const changes = changedSizes(block.graph, report.chosenDims);
  return [
    `${milliseconds(whole.medianMs, whole.quality)} median of ${whole.samples} samples of ${whole.runsPerSample} runs (25–75 %: ${milliseconds(whole.p25Ms)} – ${milliseconds(whole.p75Ms)}, 95 %: ${milliseconds(whole.p95Ms)}, min ${milliseconds(whole.minMs)}; ${whole.quality}), first run ${milliseconds(report.firstRunMs)}; ${sampleSentence(report)}`,
    `on ${report.backend}${report.software ? ' (software renderer: says nothing about a GPU)' : ''}: ${report.renderer}${dims === '' ? '' : `, with ${dims}`}`,
    `output ${report.measuredShapes.map(numbersLabel).join(', ')} ${report.shapesAgree ? 'as inferred' : '**not as inferred**'}, ${report.measuredParams.toLocaleString('en-US')} parameters ${report.paramsAgree ? 'as inferred' : '**not as inferred**'}; layers measured one at a time`,
    ...(changes.length > 0 ? [`not as in the source: ${changesText(changes, report.chosenDims)}`] : []),
    ...report.ways.map(wayLine),
    ...(report.training ? trainingLines(report.training, node => layerIn(block, node)) : []),
    ...report.agreements.map(agreement => `${agreement.agrees ? '' : '**wrong:** '}${agreementSentence(agreement, node => layerIn(block, node))}`),
    ...report.notes,
  ];
}

function trainingLines(training: TrainingReport, nameOf: (node: number) => string): string[] {
  const name = trainingStep.name.toLowerCase();
  if ('obstacle' in training) return [`${name}: not possible: ${training.obstacle}`];
  const { timing, overForward, agreement } = training;
  return [
    `${name} (forward and backward): ${milliseconds(timing.medianMs, timing.quality)}, ${times(overForward.median)} the time forward`,
    `${gradientsHold(training) ? '' : '**wrong:** '}${gradientsSentence(training, nameOf)}`,
    ...(agreement ? [`${agreement.agrees ? '' : '**wrong:** '}${gradientAgreementSentence(agreement, nameOf)}`] : []),
  ];
}

/** What the limits are compared with, and what else the machine did. */
const deviceLines = ({ layers, peak, noise }: RunReport): string[] => [
  ...(layers.some(({ timedBy }) => timedBy === 'gpuTimer') ? [`${layers.filter(({ timedBy }) => timedBy === 'gpuTimer').length} of ${layers.length} layers timed ${timedByText({ timedBy: 'gpuTimer' })}`] : []),
  ...(peak ? [peakSentence(peak)] : []), ...(noise ? noiseSentences(noise) : []),
];

function wayLine({ way, timing, obstacle, speedUp, overPredict }: WayReport): string {
  const name = midSentence(ways[way].name);
  if (!timing) return `${name}: not possible: ${obstacle}`;
  const ratios = [speedUp && `${times(speedUp.median)} as written`, overPredict && `${times(overPredict.median)} predict`].filter(ratio => ratio !== undefined);
  return `${name}: ${milliseconds(timing.medianMs, timing.quality)}, ${ratios.join(', ')}`;
}
