// The times of compared blocks as bars, with the confidence intervals of their medians.
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { comparisonRows, type ComparisonRow } from '../../src/blocks/features/comparison-rows.ts';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { ways } from '../../src/blocks/features/run-words.ts';
import type { ComparedWay, ComparisonReport } from '../../src/blocks/protocol/comparison.ts';
import { Chart } from '../charts/chart.tsx';
import type { ChartColor, ChartPoint, ChartSpec } from '../charts/chart-spec.ts';

const COLORS: Readonly<Record<ComparedWay, ChartColor>> = { written: 'blue', deployed: 'green' };

export function ComparisonChart({ report }: { readonly report: ComparisonReport }): JSX.Element {
  const spec = useMemo<ChartSpec>(() => {
    const rows = comparisonRows(report, null);
    return {
      x: { title: 'Block', scale: 'category' },
      y: { title: 'Milliseconds', scale: 'linear', from: 0 },
      series: (['written', 'deployed'] as const).map(way => ({ name: ways[way].name, as: 'bars' as const, color: COLORS[way], points: rows.flatMap(row => pointOf(row, way)) })).filter(({ points }) => points.length > 0),
    };
  }, [report]);
  return <Chart caption="Median time of each block, with the 95 % confidence interval of the median" spec={spec} />;
}

function pointOf(row: ComparisonRow, way: ComparedWay): ChartPoint[] {
  const timing = row[way];
  if (!timing) return [];
  const { medianMs, intervalMs, p25Ms, p75Ms, quality } = timing;
  return [{ x: row.label, y: medianMs, name: row.label, notes: [`25 to 75 %: ${milliseconds(p25Ms, quality)} – ${milliseconds(p75Ms, quality)}`], ...(intervalMs ? { interval: intervalMs } : {}) }];
}
