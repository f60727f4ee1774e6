// An SVG path along points at right angles, with rounded corners.
import type { Point } from './lanes.ts';

export function roundedPath(points: readonly Point[], radius: number): string {
  const corners = points.filter((point, i) => i === 0 || point.x !== points[i - 1]!.x || point.y !== points[i - 1]!.y);
  let path = '';
  corners.forEach((point, i) => {
    const [before, after] = [corners[i - 1], corners[i + 1]];
    if (!before) path += `M${at(point)}`;
    else if (!after) path += ` L${at(point)}`;
    else {
      const r = Math.min(radius, length(before, point) / 2, length(point, after) / 2);
      path += ` L${at(towards(point, before, r))} Q${at(point)} ${at(towards(point, after, r))}`;
    }
  });
  return path;
}

const at = ({ x, y }: Point): string => `${round(x)} ${round(y)}`;
const round = (value: number): number => Math.round(value * 10) / 10;
const length = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);

function towards(from: Point, to: Point, distance: number): Point {
  const whole = length(from, to);
  return whole === 0 ? from : { x: from.x + ((to.x - from.x) * distance) / whole, y: from.y + ((to.y - from.y) * distance) / whole };
}
