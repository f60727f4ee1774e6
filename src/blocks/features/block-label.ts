// A block in one line: `64×64×3 → 512 · 11.2M params · 1.2G MACs`.
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
export function resultLabel({ inputShapes, outputShapes, totals, assumed }: BlockResult, { inputs, params, macs }: Detail = everything): string {
  const figure = (count: Dim, what: string): string => (count === 0 || shortCount(count) === '…' ? '' : shortCount(count) + what);
  const figures = [
    params === 'none' ? '' : figure(totals.params, params === 'named' ? ' params' : ''),
    macs && !isUnknown(totals.macs) ? figure(totals.macs, ' MACs') : '',
  ];
  return [arrow(inputs ? inputShapes : [], outputShapes), ...figures].filter(part => part !== '').join(' · ') + (assumed.length > 0 ? '*' : '');
}

/**
 * All results of one place: side by side while they are two, otherwise the first and the last with a count. It says as
 * much of each as there is room for, in characters.
 */
export function resultsLabel(results: readonly BlockResult[], room: number): string {
  const count = results.reduce((sum, result) => sum + result.count, 0);
  let label = '';
  for (const detail of details) {
    const [first, ...others] = new Set(results.map(result => resultLabel(result, detail)));
    const last = others.at(-1)?.replace(/^→ /, '');
    label = (last === undefined ? first! : `${first} ${others.length === 1 ? '|' : '…'} ${last}`) + (count > 1 ? ` ×${count}` : '');
    if (label.length <= room) return label;
  }
  return `${label.slice(0, room - 1)}…`;
}

/** One result in full, for a tooltip. */
export function resultDetail({ inputShapes, outputShapes, totals, assumed, count }: BlockResult): string {
  return [
    `${arrow(inputShapes, outputShapes)}: ${exactCount(totals.params)} parameters`,
    totals.nonTrainableParams === 0 ? '' : ` (${exactCount(totals.trainableParams)} trainable, ${exactCount(totals.nonTrainableParams)} not)`,
    `, ${exactCount(totals.macs)} multiply-accumulates of one example`,
    count > 1 ? `, made ${count} times` : '',
    assumed.length > 0 ? `; assumes ${assumed.join(', ')}` : '',
  ].join('');
}

const arrow = (inputs: readonly Shape[], outputs: readonly Shape[]): string => `${inputs.length > 0 ? `${shapesLabel(inputs)} ` : ''}→ ${shapesLabel(outputs)}`;
