// A chart of the page: Chart.js on a canvas in the theme's colours, and the same figures as a table for those who do not see it.
import { useEffect, useRef, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import type { Chart as ChartOfLibrary } from 'chart.js';
import { chartConfiguration } from './chart-configuration.ts';
import { formatOn, valueOn, type ChartSpec } from './chart-spec.ts';
import { onThemeChange, paletteAt } from './palette.ts';

export interface ChartProps {
  /** One sentence: what it shows. It stands above the chart. */
  readonly caption: string;
  /** A new object is drawn anew: make it with `useMemo` from what it depends on. */
  readonly spec: ChartSpec;
  /** The id of the point that is set off; `null` for none. */
  readonly active?: number | null;
  /** The pointer is over the point with this id, or over none that has one. */
  readonly onHover?: (id: number | null) => void;
  readonly onSelect?: (id: number) => void;
}

/**
 * Points, lines and bars over linear and logarithmic axes or categories, with confidence intervals as error bars:
 *
 * ```tsx
 * const spec = useMemo<ChartSpec>(() => ({
 *   x: { title: 'Height and width', scale: 'linear' },
 *   y: { title: 'Milliseconds', scale: 'logarithmic', format: ms => milliseconds(ms) },
 *   series: [{ name: 'As written', as: 'line', color: 'blue', points: sizes.map(({ size, ms, interval }) => ({ x: size, y: ms, interval })) }],
 * }), [sizes]);
 * return <Chart caption="Time by the size of the image" spec={spec} />;
 * ```
 *
 * It is as wide as what it stands in, and as high as `.chart-canvas` of charts.css says. Chart.js is loaded with the first
 * chart; where that fails the table is shown in its place. It follows the theme, and frees what it holds when it leaves.
 */
export function Chart({ caption, spec, active = null, onHover, onSelect }: ChartProps): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  const chart = useRef<ChartOfLibrary | null>(null);
  // What is drawn asks for these when it is needed, so that a new one is no new chart.
  const latest = useRef({ active, onHover, onSelect });
  latest.current = { active, onHover, onSelect };
  const [failure, setFailure] = useState<string>();

  useEffect(() => {
    let left = false;
    // The reference is taken back before this effect is: a theme that changes in between finds the element all the same.
    const element = canvas.current!;
    let hovered: number | null = null;
    const configuration = (): ReturnType<typeof chartConfiguration> => chartConfiguration(spec, paletteAt(element), {
      active: () => latest.current.active,
      hovered: id => { if (id !== hovered) latest.current.onHover?.(hovered = id); },
      selected: id => latest.current.onSelect?.(id),
    });
    const draw = async (): Promise<void> => {
      const { Chart: Library } = await import('./chartjs.ts');
      if (left) return;
      chart.current = new Library(element, configuration());
    };
    draw().catch((error: unknown) => { if (!left) setFailure(String(error)); });
    const ignoreThemes = onThemeChange(() => {
      if (!chart.current || !element.isConnected) return;
      const { options, data } = configuration();
      Object.assign(chart.current, { options, data });
      chart.current.update('none');
    });
    return () => {
      left = true;
      ignoreThemes();
      chart.current?.destroy();
      chart.current = null;
    };
  }, [spec]);
  useEffect(() => chart.current?.update('none'), [active]);

  return (
    <figure class="chart" aria-label={caption}>
      <figcaption>{caption}</figcaption>
      {failure === undefined
        ? <div class="chart-canvas" aria-hidden="true"><canvas ref={canvas} /></div>
        : <p class="notice warning" role="status">The chart could not be drawn ({failure}). These are its figures:</p>}
      <ChartTable caption={caption} spec={spec} hidden={failure === undefined} />
    </figure>
  );
}

function ChartTable({ caption, spec: { x, y, series }, hidden }: Pick<ChartProps, 'caption' | 'spec'> & { readonly hidden: boolean }): JSX.Element {
  return (
    <div class={hidden ? 'chart-table unseen' : 'chart-table'}>
      <table aria-label={caption}>
        <thead><tr><th scope="col">Series</th><th scope="col">Point</th><th scope="col">{x.title}</th><th scope="col">{y.title}</th></tr></thead>
        <tbody>
          {series.flatMap(({ name, points }) => points.map((point, i) => (
            <tr key={`${name} ${i}`}><td>{name}</td><td>{point.name ?? i + 1}</td><td>{formatOn(x, point.x)}</td><td>{valueOn(y, point)}</td></tr>
          )))}
        </tbody>
      </table>
    </div>
  );
}
