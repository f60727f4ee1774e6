// The times of earlier runs in their order, a chart for each backend and renderer. Only runs that can be compared are joined by a line.
import { useMemo } from 'preact/hooks';
import type { JSX } from 'preact';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { conditionsOf, sizesLabel } from '../../src/blocks/features/run-history-words.ts';
import type { KeptRun, KeptWay } from '../../src/blocks/protocol/run-history.ts';
import { Chart } from '../charts/chart.tsx';
import type { ChartColor, ChartPoint, ChartSeries, ChartSpec } from '../charts/chart-spec.ts';
import { momentText } from '../format.ts';
import { BACKEND_NAMES } from './run-result.tsx';

const COLORS: readonly ChartColor[] = ['blue', 'orange', 'green', 'purple', 'red', 'yellow'];

export function HistoryCharts({ runs, way }: { readonly runs: readonly KeptRun[]; readonly way: KeptWay }): JSX.Element {
  const charts = useMemo(() => chartsOf(runs, way), [runs, way]);
  return <>{charts.map(({ caption, spec }) => <Chart key={caption} caption={caption} spec={spec} />)}</>;
}

function chartsOf(runs: readonly KeptRun[], way: KeptWay): readonly { readonly caption: string; readonly spec: ChartSpec }[] {
  const onDevices = grouped(runs.filter(({ times }) => times[way]), ({ backend, renderer }) => (renderer.startsWith(BACKEND_NAMES[backend]) ? renderer : `${BACKEND_NAMES[backend]}, ${renderer}`));
  return [...onDevices].map(([device, own]) => {
    const places = new Map(own.map((run, i) => [run, i]));
    const machines = new Set(own.map(machineText));
    const series = [...grouped(own, conditionsOf).values()].map((alike, i): ChartSeries => ({
      name: machines.size > 1 ? `${sizesLabel(alike[0]!)}, ${machineText(alike[0]!)}` : sizesLabel(alike[0]!), as: 'line', color: COLORS[i % COLORS.length]!,
      points: alike.map((run, nth) => pointOf(run, places.get(run)!, way, nth > 0 && alike[nth - 1]!.graph !== run.graph)),
    }));
    const hasChanges = series.some(({ points }) => points.some(({ hollow }) => hollow));
    return {
      caption: `${device}${own.some(({ software }) => software) ? ' (software)' : ''}: median of each run, with its 95 % confidence interval.${hasChanges ? ' An outlined point is the first after a change of the block.' : ''}`,
      spec: {
        x: { title: 'Runs in their order', scale: 'linear', whole: true, format: place => (own[place] ? momentText(own[place].at) : '') },
        y: { title: 'Milliseconds', scale: 'linear', from: 0 },
        series,
      },
    };
  });
}

/** In the order in which the groups begin. */
function grouped(runs: readonly KeptRun[], keyOf: (run: KeptRun) => string): ReadonlyMap<string, readonly KeptRun[]> {
  const groups = new Map<string, KeptRun[]>();
  for (const run of runs) {
    const key = keyOf(run);
    const group = groups.get(key);
    if (group) group.push(run);
    else groups.set(key, [run]);
  }
  return groups;
}

function pointOf(run: KeptRun, place: number, way: KeptWay, changed: boolean): ChartPoint {
  const { medianMs, intervalMs, samples, quality } = run.times[way]!;
  return {
    x: place, y: medianMs, name: changed ? `${momentText(run.at)}, the block had changed` : momentText(run.at), hollow: changed,
    notes: [`${milliseconds(medianMs, quality)}, ${samples} samples, ${quality}`], ...(intervalMs ? { interval: intervalMs } : {}),
  };
}

function machineText({ machine: { tensorflowjs, browser, cores } }: KeptRun): string {
  const chromium = /Chrome\/\d+/.exec(browser)?.[0] ?? browser;
  return `TensorFlow.js ${tensorflowjs}, ${chromium}, ${cores} cores`;
}
