// The forms in which the result of a comparison leaves the panel and the terminal.
import type { ComparisonReport } from '../protocol/comparison.ts';
import type { Ratio, Timing } from '../protocol/messages.ts';
import { comparisonRows } from './comparison-rows.ts';
import { comparisonSentences, differingShapes, perMac } from './comparison-words.ts';
import { csv } from './csv.ts';
import { exactCount } from './figures.ts';
import { milliseconds } from './milliseconds.ts';
import type { RunFormatName } from './run-formats.ts';
import { dimsText, numbersLabel, ratioText, times } from './run-words.ts';

/** `baseline` is the id of the block that the others are compared with. */
type Text = (report: ComparisonReport, baseline: string | null) => string;

const header = [
  'block', 'file', 'input', 'output', 'params', 'macs', 'estimated_bytes', 'median_ms', 'p25_ms', 'p75_ms', 'samples', 'quality', 'deployed_median_ms', 'deployed_p25_ms', 'deployed_p75_ms',
  'ps_per_mac', 'ratio_to', 'times_as_fast', 'ratio_low_95', 'ratio_high_95', 'deployed_times_as_fast', 'deployed_ratio_low_95', 'deployed_ratio_high_95', 'backend', 'failed_checks', 'obstacle',
];

const csvText: Text = (report, baseline) => {
  const rows = comparisonRows(report, baseline);
  const base = rows.find(({ isBaseline }) => isBaseline)?.label;
  return csv([header, ...rows.map(({ block, label, isBaseline, written, deployed, params, psPerMac, ratios, failures }) => [
    label, block.fileLabel, block.report?.inputShapes.map(numbersLabel).join(' '), block.report?.measuredShapes.map(numbersLabel).join(' '), params, block.macs, block.memory,
    written?.medianMs, written?.p25Ms, written?.p75Ms, written?.samples, written?.quality, deployed?.medianMs, deployed?.p25Ms, deployed?.p75Ms,
    psPerMac, isBaseline ? undefined : base, ...ratioFields(ratios.written), ...ratioFields(ratios.deployed), block.report?.backend, failures.join('; ') || undefined, block.obstacle,
  ])]);
};

const ratioFields = (ratio: Ratio | undefined): (number | undefined)[] => [ratio?.median, ratio?.interval?.[0], ratio?.interval?.[1]];

const markdownText: Text = (report, baseline) => {
  const rows = comparisonRows(report, baseline);
  const ran = rows.flatMap(({ block, label }) => (block.report ? [{ label, inputs: block.report.inputShapes, outputs: block.report.measuredShapes, report: block.report }] : []));
  const shapes = differingShapes(ran);
  const [first] = ran;
  const dims = dimsText(Object.assign({}, ...ran.map(({ report: { chosenDims } }) => chosenDims)) as Readonly<Record<string, number>>);
  const time = (timing: Timing | undefined): string => (timing ? milliseconds(timing.medianMs, timing.quality) : '');
  const table = [
    ['Block', 'Time', 'As deployed', 'Ratio', 'Params', 'MACs', 'Memory, estimated', 'Time per MAC'],
    ['---', '---:', '---:', '---:', '---:', '---:', '---:', '---:'],
    ...rows.map(({ block, label, isBaseline, written, deployed, params, psPerMac, ratios }) => [
      `${label} (${block.fileLabel})`, block.obstacle ?? time(written), time(deployed), isBaseline ? 'baseline' : ratioCell(ratios.written), exactCount(params ?? NaN), exactCount(block.macs ?? NaN),
      block.memory === undefined ? '?' : megabytes(block.memory), psPerMac === undefined ? '?' : perMac(psPerMac),
    ]),
  ].map(cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`);
  return [
    `### ${rows.map(({ label }) => label).join(', ')}`, '',
    ...comparisonSentences(report, baseline).map(line => `${line}  `),
    ...(first ? [`Medians of ${report.rounds} rounds in turns on ${first.report.backend}: ${first.report.renderer}${dims === '' ? '' : `, with ${dims}`}.`] : []),
    ...(shapes === undefined ? [] : ['', shapes]),
    ...rows.flatMap(({ label, failures }) => (failures.length > 0 ? ['', `**${label}: ${failures.join('; ')}**`] : [])),
    '', ...table, '',
  ].join('\n');
};

/** `1.80 × (1.7 – 1.9)`. */
const ratioCell = (ratio: Ratio | undefined): string =>
  (ratio ? `${times(ratio.median)}${ratio.interval ? ` (${ratio.interval.map(ratioText).join(' – ')})` : ''}` : '?');

const megabytes = (bytes: number): string => `${Number((bytes / 1e6).toPrecision(2))} MB`;

const jsonText: Text = (report, baseline) => `${JSON.stringify({ baseline: comparisonRows(report, baseline).find(({ isBaseline }) => isBaseline)?.block.id, ...report }, null, 2)}\n`;

export const comparisonFormats: Readonly<Record<RunFormatName, { readonly extension: string; readonly text: Text }>> = {
  markdown: { extension: 'md', text: markdownText }, csv: { extension: 'csv', text: csvText }, json: { extension: 'json', text: jsonText },
};
