// A block in one line: `resNet18 · 64×64×3 → 512 · 11.2M params · 1.2G MACs`.
import { isUnknown, type Dim } from '../shapes/dim.ts';
import { exactCount, shortCount } from './figures.ts';
import type { BlockResult, OutlineEntry } from './outline.ts';
import { shapesLabel } from './shape-label.ts';

/**
 * The shapes and figures of one result. Figures that are zero, or too long an expression for one line, are left out; a
 * `*` says that something was assumed.
 */
export function resultLabel({ inputShapes, outputShapes, totals, assumed }: BlockResult): string {
  const shapes = inputShapes.length > 0 ? `${shapesLabel(inputShapes)} → ${shapesLabel(outputShapes)}` : `→ ${shapesLabel(outputShapes)}`;
  const figure = (count: Dim, what: string): string => (count === 0 || shortCount(count) === '…' ? '' : `${shortCount(count)} ${what}`);
  const figures = [figure(totals.params, 'params'), isUnknown(totals.macs) ? '' : figure(totals.macs, 'MACs')];
  return [shapes, ...figures].filter(part => part !== '').join(' · ') + (assumed.length > 0 ? '*' : '');
}

export const entryLabel = ({ name, results }: Pick<OutlineEntry, 'name' | 'results'>): string => `${name} · ${resultsLabel(results)}`;

/** All results of one place: side by side while they are two, otherwise the first and the last with a count. */
export function resultsLabel(results: readonly BlockResult[]): string {
  const labels = [...new Set(results.map(resultLabel))];
  const count = results.reduce((sum, result) => sum + result.count, 0);
  return (labels.length <= 2 ? labels.join(' | ') : `${labels[0]} … ${labels.at(-1)}`) + (count > 1 ? ` ×${count}` : '');
}

/** The same in full, for a tooltip. */
export function resultDetail({ totals, assumed, count }: BlockResult): string {
  return [
    `${exactCount(totals.params)} parameters`,
    totals.nonTrainableParams === 0 ? '' : ` (${exactCount(totals.trainableParams)} trainable, ${exactCount(totals.nonTrainableParams)} not)`,
    `, ${exactCount(totals.macs)} multiply-accumulates of one example`,
    count > 1 ? `, made ${count} times` : '',
    assumed.length > 0 ? `; assumes ${assumed.join(', ')}` : '',
  ].join('');
}
