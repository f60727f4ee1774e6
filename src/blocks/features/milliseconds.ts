// How a measured time is printed.
import type { Timing } from '../protocol/messages.ts';

/**
 * Milliseconds with no more digits than a measurement carries: three significant ones, two where the samples scatter,
 * and never below 10 µs, which the clock of a webview cannot tell apart.
 */
export function milliseconds(ms: number, quality: Timing['quality'] = 'good'): string {
  if (!Number.isFinite(ms)) return '?';
  if (ms < 0.01) return '<0.01 ms';
  const digits = quality === 'good' ? 3 : 2;
  const rounded = Number(ms.toPrecision(digits));
  return rounded < 1000 ? `${decimal(rounded, digits)} ms` : `${decimal(rounded / 1000, digits)} s`;
}

const decimal = (rounded: number, digits: number): string => rounded.toFixed(Math.max(0, Math.min(2, digits - 1 - Math.floor(Math.log10(rounded)))));
