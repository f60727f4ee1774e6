// Confidence intervals as error bars, which Chart.js does not draw.
import type { Plugin } from 'chart.js';
import type { ChartPoint } from './chart-spec.ts';

/** Half the width of the strokes at both ends, in pixels. */
const HALF_CAP = 3;

export const errorBars: Plugin = {
  id: 'errorBars',
  afterDatasetDraw({ ctx, chartArea: { left, top, width, height }, data, options }, { index, meta }): void {
    const { yScale } = meta;
    const { data: points, borderColor } = data.datasets[index] as unknown as { readonly data: readonly ChartPoint[]; readonly borderColor: string };
    // Half of it lies on the bar, whose colour it would have.
    const color = meta.type === 'bar' ? String(options.color) : borderColor;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left - HALF_CAP, top, width + 2 * HALF_CAP, height);
    ctx.clip();
    ctx.beginPath();
    for (const [i, { interval }] of points.entries()) {
      const x = meta.data[i]?.x;
      if (!interval || x === undefined || !yScale) continue;
      const [low, high] = interval.map(value => yScale.getPixelForValue(value)) as [number, number];
      ctx.moveTo(x, low);
      ctx.lineTo(x, high);
      for (const y of [low, high]) {
        ctx.moveTo(x - HALF_CAP, y);
        ctx.lineTo(x + HALF_CAP, y);
      }
    }
    ctx.lineWidth = 1.5;
    ctx.strokeStyle = color;
    ctx.stroke();
    ctx.restore();
  },
};
