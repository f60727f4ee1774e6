// What the charts of a claim show: the figures of this machine with their intervals, beside those of the authors.
import { stackId, stacks, type AuthorsFigures, type Claim } from '../../src/blocks/claims/claim.ts';
import { quantities } from '../../src/blocks/claims/quantities.ts';
import { measureOf } from '../../src/blocks/claims/verdict.ts';
import type { ClaimReport, Quantity } from '../../src/blocks/protocol/claim-report.ts';
import type { ChartPoint, ChartSeries, ChartSpec } from '../charts/chart-spec.ts';

export interface ClaimChart {
  readonly caption: string;
  readonly spec: ChartSpec;
}

export function authorsChart({ figures, unit, hardware }: AuthorsFigures): ChartSpec {
  return {
    x: { title: '', scale: 'category' }, y: { title: unit, scale: 'linear', from: 0 },
    series: [{ name: hardware, as: 'bars', color: 'orange', points: figures.map(({ name, value }) => ({ x: name, y: value, name })) }],
  };
}

export function chartsOf(claim: Claim, report: ClaimReport): ClaimChart[] {
  const { experiment } = claim;
  switch (experiment.kind) {
    case 'time': return timedQuantities(claim).map(quantity => relativeChart(claim, report, quantity, experiment.groups));
    case 'memory': return [memoryChart(report, experiment.contenders)];
    case 'gradient': return [gradientChart(report, experiment.depths)];
    case 'spiral': return [];
  }
}

/** Those that are compared, where they are measured. */
const timedQuantities = ({ predictions, alsoCompared = [] }: Claim): Quantity[] =>
  [...new Set([...predictions, ...alsoCompared].map(({ quantity }) => quantity))].filter(quantity => quantities[quantity].varies);

interface Named {
  readonly id: string;
  readonly name: string;
}

/** Each relative to the first of its group; of several groups that one is left out, because it is 1 each time. */
function relativeChart(claim: Claim, { measures }: ClaimReport, quantity: Quantity, groups: readonly (readonly Named[])[]): ClaimChart {
  const shown = groups.flatMap(group => (groups.length > 1 ? group.slice(1) : group));
  const own = shown.flatMap((contender): ChartPoint[] => {
    const relative = measureOf(measures, contender.id, quantity)?.relative;
    const isFirst = groups.some(([first]) => first!.id === contender.id);
    return relative ? [{ x: contender.name, y: relative.median, name: contender.name, ...(relative.interval && !isFirst ? { interval: relative.interval } : {}) }] : [];
  });
  const authors = claim.authors.flatMap((figures): ChartSeries[] => {
    const points = figures.quantity === quantity ? authorsRelative(figures, groups, shown) : [];
    return points.length > 0 ? [{ name: `authors, ${figures.hardware}`, as: 'bars', color: 'orange', points }] : [];
  });
  const { name } = quantities[quantity];
  const of = groups.length > 1 ? 'the first of its pair' : groups[0]![0]!.name;
  return {
    caption: `${name.replace(/^t/, 'T')}, relative to ${of}: less is faster`,
    spec: {
      x: { title: '', scale: 'category' }, y: { title: `relative ${name}`, scale: 'linear', from: 0 },
      series: [{ name: 'this machine', as: 'bars', color: 'blue', points: own }, ...authors],
    },
  };
}

/** Each relative to the first of its group. A rate is turned around, so that it can stand beside a time. */
function authorsRelative({ figures, isRate }: AuthorsFigures, groups: readonly (readonly Named[])[], shown: readonly Named[]): ChartPoint[] {
  const valueOf = (id: string): number | undefined => figures.find(({ contender }) => contender === id)?.value;
  return shown.flatMap(({ id, name }): ChartPoint[] => {
    const value = valueOf(id);
    const first = valueOf(groups.find(group => group.some(named => named.id === id))![0]!.id);
    return value === undefined || first === undefined ? [] : [{ x: name, y: isRate ? first / value : value / first, name }];
  });
}

function memoryChart({ measures }: ClaimReport, contenders: readonly Named[]): ClaimChart {
  const series = ([['heldMemory', 'green'], ['inferredMemory', 'purple'], ['measuredMemory', 'blue']] as const).map(([quantity, color]): ChartSeries => ({
    name: quantities[quantity].unit, as: 'bars', color,
    points: contenders.map(({ id, name }) => ({ x: name, y: measureOf(measures, id, quantity)!.value / 1e6, name })),
  }));
  return { caption: 'Memory without weights', spec: { x: { title: '', scale: 'category' }, y: { title: 'MB', scale: 'linear', from: 0 }, series } };
}

function gradientChart({ measures }: ClaimReport, depths: readonly number[]): ClaimChart {
  const series = stacks.map((stack): ChartSeries => ({
    name: stack === 'plain' ? 'without the addition' : 'with the addition', as: 'line', color: stack === 'plain' ? 'orange' : 'blue',
    points: depths.map(depth => {
      const { value, interval } = measureOf(measures, stackId(stack, depth), 'gradient')!;
      return { x: depth, y: value, name: `${depth} layers`, ...(interval ? { interval } : {}) };
    }),
  }));
  return {
    caption: 'How many times apart the gradients of the first and the last layer are, by depth',
    spec: { x: { title: 'layers', scale: 'linear', from: 0 }, y: { title: 'times apart', scale: 'logarithmic', from: 1, format: quantityNumber }, series },
  };
}

const quantityNumber = (value: number): string => quantities.gradient.text({ value }).replace(' ×', '');
