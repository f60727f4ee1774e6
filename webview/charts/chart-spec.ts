// What a chart shows, as plain data, in the words of whoever draws one.

/** One of the colours that a theme of VS Code has for charts. */
export type ChartColor = 'blue' | 'green' | 'orange' | 'purple' | 'red' | 'yellow' | 'foreground';

export interface ChartAxis {
  /** With the unit: “milliseconds”, “GMAC/s”. */
  readonly title: string;
  readonly scale: 'linear' | 'logarithmic' | 'category';
  /** How a number is written on the axis and in tooltips; as the locale `en-US` does it where it is absent. */
  readonly format?: (value: number) => string;
  /** The axis reaches at least so far. */
  readonly from?: number;
  readonly to?: number;
  /** Its numbers count something: only whole ones are written, and the first and the last stand away from the edges. */
  readonly whole?: true;
}

export interface ChartPoint {
  /** A text on an axis of categories, else a number; above 0 where the axis is logarithmic. */
  readonly x: number | string;
  readonly y: number;
  /** The confidence interval of `y`, drawn as an error bar. Absent where there is none. */
  readonly interval?: readonly [number, number];
  /** What the point is: the first line of its tooltip and its row in the text alternative. */
  readonly name?: string;
  /** Further lines of the tooltip. */
  readonly notes?: readonly string[];
  /** Drawn as an outline, to set it off; the caption says what that means, and the name of the point, too. */
  readonly hollow?: boolean;
  /** By which the point is found again: `active`, `onHover` and `onSelect` of the component use it. */
  readonly id?: number;
}

export interface ChartSeries {
  readonly name: string;
  readonly as: 'points' | 'line' | 'bars';
  readonly color: ChartColor;
  /** A line that is not measured but said: a limit, a fit. */
  readonly dashed?: boolean;
  readonly points: readonly ChartPoint[];
}

export interface ChartSpec {
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  /** In the order of the legend, which is there where there are two or more. */
  readonly series: readonly ChartSeries[];
}

export const formatOn = ({ format }: ChartAxis, value: number | string): string =>
  typeof value === 'string' ? value : format ? format(value) : value.toLocaleString('en-US', { maximumSignificantDigits: 3 });

/** `1.2 (1.1 – 1.4)`: a value with its interval. */
export const valueOn = (axis: ChartAxis, { y, interval }: ChartPoint): string =>
  interval ? `${formatOn(axis, y)} (95 % confidence ${formatOn(axis, interval[0])} – ${formatOn(axis, interval[1])})` : formatOn(axis, y);
