// The forms in which the results of claims leave the panel and the terminal.
import type { ClaimReport } from '../protocol/claim-report.ts';
import type { RunFormatName } from '../features/run-formats.ts';
import { contenderNames, type Claim } from './claim.ts';
import { howMeasured, outcomeNames, quantitiesOf } from './claim-words.ts';
import { claims } from './index.generated.ts';
import { quantities } from './quantities.ts';
import { measuredSentence, measureOf, predictionSentence, verdictNames } from './verdict.ts';

/** Of claims of this version alone: a report of a claim that is no more is left out. */
export const claimTexts: Readonly<Record<RunFormatName, (reports: readonly ClaimReport[]) => string>> = {
  markdown: reports => reports.flatMap(report => markdownOf(report) ?? []).join('\n'),
  csv: csvOf,
  json: reports => `${JSON.stringify(reports, null, 2)}\n`,
};

export const claimIds: readonly string[] = claims.map(({ id }) => id);

export const claimOf = (id: string): Claim | undefined => claims.find(claim => claim.id === id);

const row = (cells: readonly string[]): string => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;

function markdownOf(report: ClaimReport): string | undefined {
  const claim = claimOf(report.claim);
  if (!claim) return undefined;
  const shown = quantitiesOf(report);
  return [
    `### ${claim.claim}`, '',
    `**${verdictNames[report.verdict]}.** ${report.sentence}`, '',
    claim.compared, '',
    ...claim.predictions.map((prediction, i) => {
      const comparison = report.comparisons[i]!;
      return `* ${predictionSentence(claim, prediction)}: ${outcomeNames[comparison.outcome!]} (${measuredSentence(claim, comparison)})`;
    }),
    ...report.comparisons.filter(({ outcome }) => outcome === undefined).map(comparison => `* not predicted: ${measuredSentence(claim, comparison)}`), '',
    row(['', ...shown.map(quantity => quantities[quantity].unit)]), row(['---', ...shown.map(() => '---:')]),
    ...[...contenderNames(claim)].map(([id, name]) => row([name, ...shown.map(quantity => {
      const measure = measureOf(report.measures, id, quantity);
      return measure ? quantities[quantity].text(measure) : '';
    })])), '',
    ...claim.authors.flatMap(({ caption, hardware, source, unit, figures }) => [
      `${caption} (authors, ${hardware}, ${source})`, '', row(['', unit]), row(['---', '---:']),
      ...figures.map(({ name, value }) => row([name, String(Number(value.toPrecision(4)))])), '',
    ]),
    `Measured: ${howMeasured(claim, report)}.${report.fallbackReason === undefined ? '' : ` ${report.fallbackReason}`}`,
    ...report.notes, ...(report.leakedTensors === 0 ? [] : [`**${report.leakedTensors} tensors were not freed.**`]),
    '', `Sources: ${claim.sources.map(({ name, url }) => (url === undefined ? name : `[${name}](${url})`)).join('; ')}.`, '',
  ].join('\n');
}

const header = ['claim', 'verdict', 'contender', 'quantity', 'value', 'low', 'high', 'samples', 'backend', 'software', 'renderer'];

/** A row for each figure: numbers as numbers, times in milliseconds and nanoseconds per MAC, memory in bytes (RFC 4180). */
function csvOf(reports: readonly ClaimReport[]): string {
  const rows = reports.flatMap(({ claim, verdict, measures, backend, software, renderer }) => measures.map(({ contender, quantity, value, interval, samples }) =>
    [claim, verdict, contender, quantity, value, interval?.[0], interval?.[1], samples, backend, software, renderer]));
  return [header, ...rows].map(cells => cells.map(field).join(',')).join('\r\n') + '\r\n';
}

const field = (value: string | number | boolean | undefined): string => {
  const text = String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};
