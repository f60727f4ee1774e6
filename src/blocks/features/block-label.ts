// A block in one line: `64×64×3 → 512 · 11.2M params · 1.2G MACs`.
import { defaultCounting, type Counting } from '../counting/counting.ts';
import { countedTotalsOf, type CountedTotals } from '../counting/totals.ts';
import { countedBy, operationsInFull, operationsUnit, parametersUnit } from '../counting/words.ts';
import { isUnknown, type Dim } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import { exactCount, shortCount } from './figures.ts';
import type { BlockResult } from './outline.ts';
import { shapesLabel } from './shape-label.ts';

/** How much a label says of a result. */
interface Detail {
  readonly inputs: boolean;
  readonly params: 'named' | 'bare' | 'none';
  readonly macs: boolean;
}

const everything: Detail = { inputs: true, params: 'named', macs: true };

/** From everything down to what comes out; the third is how hints say it. */
const details: readonly Detail[] = [
  everything,
  { inputs: true, params: 'named', macs: false },
  { inputs: false, params: 'bare', macs: false },
  { inputs: false, params: 'none', macs: false },
];

/**
 * The shapes and figures of one result. Figures that are zero, or too long an expression for one line, are left out; a
 * `*` says that something was assumed.
 */
export const resultLabel = (result: BlockResult, counting: Counting = defaultCounting): string => label(result, countedTotalsOf(result, counting), everything, counting);

function label({ inputShapes, outputShapes, assumed }: BlockResult, totals: CountedTotals, { inputs, params, macs }: Detail, counting: Counting): string {
  const figure = (count: Dim, what: string): string => (count === 0 || shortCount(count) === '…' ? '' : shortCount(count) + what);
  const figures = [
    params === 'none' ? '' : figure(totals.params, params === 'named' ? ` ${parametersUnit(counting)}` : ''),
    macs && !isUnknown(totals.operations) ? figure(totals.operations, ` ${operationsUnit(counting)}`) : '',
  ];
  return [arrow(inputs ? inputShapes : [], outputShapes), ...figures].filter(part => part !== '').join(' · ') + (assumed.length > 0 ? '*' : '');
}

/**
 * All results of one place: side by side while they are two, otherwise the first and the last with a count. It says as
 * much of each as there is room for, in characters.
 */
export function resultsLabel(results: readonly BlockResult[], room: number, counting: Counting = defaultCounting): string {
  const count = results.reduce((sum, result) => sum + result.count, 0);
  const totals = results.map(result => countedTotalsOf(result, counting));
  let text = '';
  for (const detail of details) {
    const [first, ...others] = new Set(results.map((result, i) => label(result, totals[i]!, detail, counting)));
    const last = others.at(-1)?.replace(/^→ /, '');
    text = (last === undefined ? first! : `${first} ${others.length === 1 ? '|' : '…'} ${last}`) + (count > 1 ? ` ×${count}` : '');
    if (text.length <= room) return text;
  }
  return `${text.slice(0, room - 1)}…`;
}

/** One result in full, for a tooltip. */
export function resultDetail(result: BlockResult, counting: Counting = defaultCounting): string {
  const { inputShapes, outputShapes, assumed, count } = result;
  const totals = countedTotalsOf(result, counting);
  return [
    `${arrow(inputShapes, outputShapes)}: ${exactCount(totals.params)} parameters ${countedBy(counting)}`,
    totals.nonTrainableParams === 0 ? '' : ` (${exactCount(totals.trainableParams)} trainable, ${exactCount(totals.nonTrainableParams)} not)`,
    totals.uncountedParams === 0 ? '' : ` without ${exactCount(totals.uncountedParams)} running statistics`,
    `, ${exactCount(totals.operations)} ${operationsInFull(counting)}`,
    count > 1 ? `, made ${count} times` : '',
    assumed.length > 0 ? `; assumes ${assumed.join(', ')}` : '',
  ].join('');
}

const arrow = (inputs: readonly Shape[], outputs: readonly Shape[]): string => `${inputs.length > 0 ? `${shapesLabel(inputs)} ` : ''}→ ${shapesLabel(outputs)}`;
