// What TensorFlow's padding 'same' amounts to in numbers.

export type Margin = readonly [before: number, after: number];

export interface Window {
  readonly size: number;
  readonly stride: number;
  readonly dilation: number;
}

/** What stands at both ends of an axis; undefined where that depends on a length that is left open. */
export function sameMargin(length: number | null, { size, stride, dilation }: Window): Margin | undefined {
  const reach = (size - 1) * dilation + 1;
  if (stride === 1) return halved(reach - 1);
  if (length !== null) return halved(Math.max(0, (Math.ceil(length / stride) - 1) * stride + reach - length));
  return reach <= 1 ? [0, 0] : undefined;
}

/** Of an odd number one more stands behind than before. */
const halved = (total: number): Margin => [Math.floor(total / 2), Math.ceil(total / 2)];

export const isEven = (margins: readonly Margin[]): boolean => margins.every(([before, after]) => before === after);

export const isNothing = (margins: readonly Margin[]): boolean => margins.every(([before, after]) => before === 0 && after === 0);
