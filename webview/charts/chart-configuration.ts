// What a chart shows and the theme's colours, as Chart.js wants to be told.
import type { ChartConfiguration, ChartDataset, ChartTypeRegistry, Plugin, PointStyle, ScaleOptions, ScriptableContext, TooltipItem } from 'chart.js';
import { formatOn, valueOn, type ChartAxis, type ChartPoint, type ChartSeries, type ChartSpec } from './chart-spec.ts';
import type { Palette } from './palette.ts';

export interface ChartEvents {
  /** The point that is set off from the others. */
  active(): number | null;
  hovered(id: number | null): void;
  selected(id: number): void;
}

/** Series are told apart by form as well as by colour. */
const forms: readonly PointStyle[] = ['circle', 'triangle', 'rectRot', 'rect', 'crossRot', 'star'];

export function chartConfiguration(spec: ChartSpec, palette: Palette, events: ChartEvents): ChartConfiguration {
  const font = { family: palette.fontFamily, size: 11 };
  const idAt = (elements: readonly { readonly datasetIndex: number; readonly index: number }[]): number | null => {
    const [first] = elements;
    return (first && spec.series[first.datasetIndex]?.points[first.index]?.id) ?? null;
  };
  return {
    type: 'scatter',
    plugins: [leaving(() => events.hovered(null))],
    data: { datasets: spec.series.map((series, i) => dataset(series, forms[i % forms.length]!, palette, events)) },
    options: {
      // Nothing moves: what a chart says is there at once, also for those who asked for reduced motion.
      animation: false,
      responsive: true, maintainAspectRatio: false,
      font, color: palette.text,
      interaction: { mode: 'nearest', intersect: true },
      scales: { x: scale(spec.x, extentOf(spec, 'x'), palette), y: scale(spec.y, extentOf(spec, 'y'), palette) },
      onHover: (_event, elements) => events.hovered(idAt(elements)),
      onClick: (_event, elements) => {
        const id = idAt(elements);
        if (id !== null) events.selected(id);
      },
      plugins: {
        legend: { display: spec.series.length > 1, position: 'bottom', labels: { usePointStyle: true, boxHeight: 6, padding: 8, color: palette.text, font } },
        tooltip: {
          backgroundColor: palette.surface, borderColor: palette.line, borderWidth: 1, titleColor: palette.text, bodyColor: palette.text, titleFont: font, bodyFont: font, displayColors: false,
          filter: item => pointOf(item) !== undefined,
          callbacks: { title: ([item]) => (item && pointOf(item)?.name) ?? '', label: item => tooltipLines(spec, item) },
        },
      },
    },
  };
}

/** Chart.js calls `onHover` only while the pointer is between the axes. */
const leaving = (left: () => void): Plugin => ({
  id: 'leaving',
  afterEvent: (_chart, { event, inChartArea }) => { if (!inChartArea || event.type === 'mouseout') left(); },
});

const pointOf = (item: TooltipItem<keyof ChartTypeRegistry>): ChartPoint | undefined => item.raw as ChartPoint | undefined;

function tooltipLines(spec: ChartSpec, item: TooltipItem<keyof ChartTypeRegistry>): string[] {
  const point = pointOf(item)!;
  const { x, y, series } = spec;
  return [
    ...(series.length > 1 ? [series[item.datasetIndex]!.name] : []),
    `${x.title}: ${formatOn(x, point.x)}`, `${y.title}: ${valueOn(y, point)}`, ...point.notes ?? [],
  ];
}

function dataset({ name, as, color, dashed = false, points }: ChartSeries, form: PointStyle, { colors, page, selection }: Palette, events: ChartEvents): ChartDataset {
  const own = colors[color];
  const isHollow = ({ raw }: ScriptableContext<'line'>): boolean => (raw as ChartPoint | undefined)?.hollow === true;
  const fill = (context: ScriptableContext<'line'>): string => (isHollow(context) ? page : own);
  const isActive = ({ raw }: ScriptableContext<'line'>): boolean => {
    const id = (raw as ChartPoint | undefined)?.id;
    return id !== undefined && id === events.active();
  };
  const common = { label: name, data: points as unknown as { x: number; y: number }[], borderColor: own, backgroundColor: as === 'line' ? 'transparent' : own };
  if (as === 'bars') return { ...common, type: 'bar' };
  const line = { ...common, type: 'line', showLine: as === 'line', borderWidth: 1.5, tension: 0 } as const;
  if (dashed) return { ...line, borderDash: [5, 4], pointStyle: 'line', pointRadius: 0, pointHitRadius: 0 };
  const radius = form === 'circle' ? 4 : 5;
  const radiusOf = (context: ScriptableContext<'line'>): number => (isActive(context) ? radius + 4 : radius);
  return {
    ...line, pointStyle: form, pointHitRadius: 6, pointRadius: radiusOf, pointHoverRadius: (context: ScriptableContext<'line'>) => radiusOf(context) + 1,
    pointBackgroundColor: fill, pointHoverBackgroundColor: fill,
    pointBorderColor: (context: ScriptableContext<'line'>) => (isActive(context) ? selection : isHollow(context) ? own : page), pointHoverBorderColor: selection,
    pointBorderWidth: (context: ScriptableContext<'line'>) => (isActive(context) || isHollow(context) ? 2 : 1),
  };
}

function scale({ title, scale: type, format, whole }: ChartAxis, [from, to]: readonly [number | undefined, number | undefined], { text, quiet, line, fontFamily }: Palette): ScaleOptions<'linear' | 'logarithmic' | 'category'> {
  const font = { family: fontFamily, size: 11 };
  const common = { title: { display: true, text: title, color: text, font }, grid: { color: line }, border: { color: quiet } };
  if (type === 'category') return { ...common, type, ticks: { color: text, font, autoSkip: true } };
  // A decade has nine lines on a logarithmic axis; only some of their numbers have room.
  const written = (value: number | string): string | null =>
    type === 'logarithmic' && !/^[125]e/.test(Number(value).toExponential()) ? null : format ? format(Number(value)) : formatOn({ title, scale: type }, Number(value));
  const ends = { ...(from === undefined ? {} : { suggestedMin: from }), ...(to === undefined ? {} : { suggestedMax: to }) };
  return { ...common, ...ends, ...(whole ? { offset: true } : {}), type, ticks: { color: text, font, autoSkip: true, maxRotation: 0, autoSkipPadding: 8, callback: written, ...(whole ? { precision: 0 } : {}) } };
}

/** So that error bars are not cut: Chart.js looks only at the points. */
function extentOf({ series, ...axes }: ChartSpec, which: 'x' | 'y'): readonly [number | undefined, number | undefined] {
  const { from, to } = axes[which];
  const bars = which === 'x' ? [] : series.flatMap(({ points }) => points.flatMap(({ interval }) => interval ?? []));
  // A little more than the highest, for the stroke at its end.
  const [lows, highs] = [from === undefined ? bars : [from, ...bars], [...bars.map(end => end * 1.03), ...(to === undefined ? [] : [to])]];
  return [lows.length > 0 ? Math.min(...lows) : undefined, highs.length > 0 ? Math.max(...highs) : undefined];
}
