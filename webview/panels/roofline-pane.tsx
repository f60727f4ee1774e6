// Why the block takes the time that it takes: a point for each layer under what the device does at best.
import { useMemo, useState } from 'preact/hooks';
import type { JSX } from 'preact';
import { rooflineOfBlock, type Limit, type Roofline } from '../../src/blocks/features/roofline.ts';
import { gigas, limits, limitSentence, ofBest, peakSentence, ratesText } from '../../src/blocks/features/roofline-words.ts';
import { layerIn } from '../../src/blocks/features/run-words.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BlockPayload, DevicePeak, RunReport } from '../../src/blocks/protocol/messages.ts';
import { Chart } from '../charts/chart.tsx';
import type { ChartColor, ChartPoint, ChartSpec } from '../charts/chart-spec.ts';
import type { Actions } from '../page.tsx';

interface RooflinePaneProps {
  readonly report: RunReport;
  readonly block: BlockPayload;
  /** The graph with the sizes of the run put in. */
  readonly bound: BlockGraph;
  /** Of each node; absent where it was not measured. */
  readonly rooflines: ReadonlyMap<number, Roofline | string>;
  readonly selected: number | null;
  readonly actions: Actions;
}

export function RooflinePane({ report, block, bound, rooflines, selected, actions }: RooflinePaneProps): JSX.Element | null {
  const { peak, whole } = report;
  const [open, setOpen] = useState(false);
  const spec = useMemo(() => (peak ? chartOf(rooflines, peak, block) : undefined), [rooflines, peak, block]);
  const ofBlock = useMemo(() => rooflineOfBlock(bound, report), [bound, report]);
  if (!peak || !spec) return null;
  const without = [...rooflines.values()].filter(roofline => typeof roofline === 'string' || roofline.macs === 0).length;
  return (
    <details class="roofline" open={open} onToggle={event => setOpen(event.currentTarget.open)}>
      <summary>Why it takes this long: {typeof ofBlock === 'string' ? 'not known' : `limited mostly by ${limits[ofBlock.limit].name}, at ${ofBest(ofBlock.share)} of the best`}</summary>
      {open && (
        <>
          <p>{limitSentence(ofBlock, whole.medianMs)}{typeof ofBlock !== 'string' && ` ${ratesText(ofBlock)}.`}</p>
          {spec.series.length > 1
            ? (
              <Chart
                caption="A point is a layer. The line is the best that this device does: on its slope memory is the limit, on the flat part arithmetic." spec={spec} active={selected}
                onHover={actions.pointAt} onSelect={node => actions.select(node, 'focus')}
              />
            )
            : <p class="quiet">No layer has multiply-accumulates: there is nothing to draw.</p>}
          <p class="quiet">
            {peakSentence(peak)} It is not what the hardware could do, and a layer can be above it.
            {without > 0 && ` ${without} layer${without === 1 ? ' is' : 's are'} not drawn, which ${without === 1 ? 'has' : 'have'} no multiply-accumulates or of which something is not known; the table has all.`}
          </p>
        </>
      )}
    </details>
  );
}

const colors: Readonly<Record<Limit, ChartColor>> = { arithmetic: 'blue', memory: 'orange', dispatch: 'purple' };

function chartOf(rooflines: ReadonlyMap<number, Roofline | string>, { macsPerSecond, bytesPerSecond }: DevicePeak, block: BlockPayload): ChartSpec {
  const drawn = [...rooflines].flatMap(([node, roofline]) => (typeof roofline === 'string' || roofline.macs === 0 ? [] : [{ node, ...roofline }]));
  const ridge = macsPerSecond / bytesPerSecond;
  const intensities = drawn.map(({ macs, bytes }) => macs / bytes);
  const [from, to] = [Math.min(ridge, ...intensities) / 2, Math.max(ridge, ...intensities) * 2];
  const pointOf = ({ node, ...roofline }: Roofline & { readonly node: number }): ChartPoint => ({
    id: node, x: roofline.macs / roofline.bytes, y: roofline.macsPerSecond / 1e9, name: layerIn(block, node),
    notes: [`${ofBest(roofline.share)} of the best by ${limits[roofline.limit].name}`, `${gigas(roofline.bytesPerSecond)} GB/s`],
  });
  const best = [from, ridge, to].map(x => ({ x, y: Math.min(macsPerSecond, x * bytesPerSecond) / 1e9 }));
  const rates = [...best.map(({ y }) => y), ...drawn.map(roofline => roofline.macsPerSecond / 1e9)];
  return {
    x: { title: 'MACs per byte moved', scale: 'logarithmic' },
    // A point at the end of the axis would hang over it, where the pointer does not find it.
    y: { title: 'GMAC/s', scale: 'logarithmic', from: Math.min(...rates) / 1.5, to: Math.max(...rates) * 1.5 },
    series: [
      ...(Object.keys(colors) as Limit[]).flatMap(limit => {
        const points = drawn.filter(roofline => roofline.limit === limit).map(pointOf);
        return points.length > 0 ? [{ name: `limited by ${limits[limit].name}`, as: 'points' as const, color: colors[limit], points }] : [];
      }),
      { name: 'best of this device', as: 'line', color: 'foreground', dashed: true, points: best },
    ],
  };
}
