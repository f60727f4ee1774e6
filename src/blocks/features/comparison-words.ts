// What a comparison says, in sentences.
import type { ComparedWay, ComparisonReport } from '../protocol/comparison.ts';
import type { BackendName, BlockReport, Ratio } from '../protocol/messages.ts';
import { comparisonRows, type ComparisonRow } from './comparison-rows.ts';
import { midSentence, numbersLabel, ratioText, ways } from './run-words.ts';

/** One for each block but the baseline. */
export function comparisonSentences(report: ComparisonReport, baseline: string | null, way: ComparedWay = 'written'): readonly string[] {
  const rows = comparisonRows(report, baseline);
  const base = rows.find(({ isBaseline }) => isBaseline);
  return base ? rows.filter(row => row !== base && row.block.report).map(row => sentence(row, base, way)) : [];
}

function sentence(row: ComparisonRow, base: ComparisonRow, way: ComparedWay): string {
  const ratio = row.ratios[way];
  const how = way === 'written' ? '' : `, ${midSentence(ways[way].name)}`;
  if (!ratio) return `${row.label} and ${base.label} were not both measured${how}.`;
  return `${ratioSentence(ratio, row.label, `${base.label}${how} ${whereItRan(base.block.report!)}`, `${row.label} and ${base.label}`)}${macsClause(row, base)}.`;
}

/**
 * An interval that ends nearer to 1 tells of no difference. Rounds beside other work are not independent of each other, as an interval supposes: while one or both of two
 * cores were busy, 10 of 108 intervals between blocks and copies of them lay beside 1 (2 of 72 without), all of them by less than 1.4 percent.
 */
const leastTold = 1.02;

/** `A is 1.8 times as fast as B (95 %: 1.7 to 1.9)`; `both` names the two where no difference can be told. */
export function ratioSentence({ median, interval }: Ratio, subject: string, object: string, both: string): string {
  if (!interval) return `Too few rounds to tell ${both} apart`;
  const [low, high] = interval;
  if (low < leastTold && high > 1 / leastTold && (low > 1 || high < 1)) return `${both}: hardly a difference beyond the noise of this run (${rangeText('times as fast', [low, high], median)})`;
  if (low <= 1 && high >= 1) return `${both}: no difference beyond the noise of this run (${rangeText('times as fast', [low, high], median)})`;
  return median > 1
    ? `${subject} is ${timesText([median, low, high])[0]} times as fast as ${object} (95 %: ${toText([low, high], median)})`
    : `${subject} takes ${timesText([1 / median, 1 / high, 1 / low])[0]} times as long as ${object} (95 %: ${toText([1 / high, 1 / low], 1 / median)})`;
}

const rangeText = (what: string, interval: readonly [number, number], median: number): string => `95 %: ${toText(interval, median)} ${what}`;

const toText = ([low, high]: readonly [number, number], median: number): string => {
  const [, from, to] = timesText([median, low, high]);
  return `${from} to ${to}`;
};

/** As many decimals as tell the smallest of them from 1. */
export function timesText(ratios: readonly number[]): readonly string[] {
  const least = Math.min(...ratios.map(ratio => Math.max(ratio, 1 / ratio)));
  return ratios.map(ratio => (least < 1.15 || ratio < 0.95 ? ratioText(ratio) : ratio >= 9.95 ? ratio.toFixed(0) : ratio.toFixed(1)));
}

function macsClause({ block: { macs } }: ComparisonRow, { block: { macs: baseMacs } }: ComparisonRow): string {
  if (macs === undefined || baseMacs === undefined || macs === 0 || baseMacs === 0) return '';
  return macs === baseMacs ? ', with as many MACs' : `, with ${timesText([macs / baseMacs])[0]} times the MACs`;
}

const onBackend: Readonly<Record<BackendName, string>> = { webgl: 'on this GPU', webgpu: 'on this GPU with WebGPU', wasm: 'in WebAssembly on this machine', cpu: 'in plain JavaScript on this machine' };

/** `on this GPU`. */
export const whereItRan = ({ backend, software }: Pick<BlockReport, 'backend' | 'software'>): string =>
  (software ? 'on this software renderer, which says nothing about a GPU' : onBackend[backend]);

/** Why the times are not of the same task; undefined where all take and give the same shapes. */
export function differingShapes(blocks: readonly { readonly label: string; readonly inputs: readonly (readonly number[])[]; readonly outputs: readonly (readonly number[])[] }[]): string | undefined {
  const differ = (which: 'inputs' | 'outputs'): boolean => new Set(blocks.map(block => JSON.stringify(block[which]))).size > 1;
  const each = (which: 'inputs' | 'outputs'): string => blocks.map(block => `${block.label} ${block[which].map(numbersLabel).join(', ')}`).join('; ');
  if (differ('inputs')) return `The blocks do not take the same input: ${each('inputs')}.`;
  return differ('outputs') ? `The blocks take the same input and do not give the same output: ${each('outputs')}.` : undefined;
}

/** `12 ps`: the time for one multiply-accumulate. */
export function perMac(picoseconds: number): string {
  const rounded = Number(picoseconds.toPrecision(2));
  return rounded < 1000 ? `${rounded} ps` : rounded < 1e6 ? `${rounded / 1000} ns` : `${rounded / 1e6} µs`;
}
