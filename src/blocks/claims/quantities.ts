// What claims compare: how it is called, and how its figures are written.
import { exactCount } from '../features/figures.ts';
import { milliseconds } from '../features/milliseconds.ts';
import type { Measure, Quantity } from '../protocol/claim-report.ts';
import type { Ratio } from '../protocol/messages.ts';

interface QuantityWords {
  /** Within a sentence, and with its unit as the head of a column. */
  readonly name: string;
  readonly unit: string;
  /** What stands between the one that has less and the one that has more. */
  readonly less: string;
  /** Whether it is another one each time it is measured. */
  readonly varies: boolean;
  text(measure: Pick<Measure, 'value' | 'quality'>): string;
}

const threeDigits = (value: number): string => (value >= 1e4 || value < 1e-3 ? value.toExponential(1).replace('e+', 'e') : String(Number(value.toPrecision(3))));
const megabytes = ({ value }: { readonly value: number }): string => `${(value / 1e6).toFixed(2)} MB`;

export const quantities: Readonly<Record<Quantity, QuantityWords>> = {
  time: { name: 'time', unit: 'time', less: 'takes less time than', varies: true, text: ({ value, quality }) => milliseconds(value, quality) },
  timePerMac: { name: 'time per MAC', unit: 'time per 1,000 MACs', less: 'takes less time per MAC than', varies: true, text: ({ value }) => `${threeDigits(value * 1000)} ns` },
  params: { name: 'parameters', unit: 'parameters (trained)', less: 'has fewer parameters than', varies: false, text: ({ value }) => exactCount(value) },
  macs: { name: 'MACs', unit: 'MACs', less: 'has fewer MACs than', varies: false, text: ({ value }) => exactCount(value) },
  heldMemory: { name: 'memory handed on', unit: 'handed on to the next block', less: 'hands on less memory than', varies: false, text: megabytes },
  inferredMemory: { name: 'inferred peak memory', unit: 'peak, inferred', less: 'has a lower inferred peak of memory than', varies: false, text: megabytes },
  measuredMemory: { name: 'measured peak memory', unit: 'peak, measured', less: 'has a lower measured peak of memory than', varies: false, text: megabytes },
  gradient: { name: 'gap between the first and the last gradient', unit: 'gap between first and last gradient', less: 'has a smaller gap between the first and the last gradient than', varies: true, text: ({ value }) => `${threeDigits(value)} ×` },
  error: { name: 'error', unit: 'relative error', less: 'loses less than', varies: true, text: ({ value }) => value.toFixed(3) },
};

/** `4.71 × (95 % confidence 4.60 – 4.83)`; what is exact has no interval. */
export function ratioText({ median, interval }: Ratio): string {
  const exact = interval && interval[0] === interval[1];
  return `${threeDigits(median)} ×${exact ? '' : interval ? ` (95 % confidence ${threeDigits(interval[0])} – ${threeDigits(interval[1])})` : ' (too few samples for an interval)'}`;
}
