// How measured figures are written in the page. Counts and shapes are written as the editor writes them.

/**
 * Milliseconds with no more digits than a measurement carries: three significant ones, two where the samples scatter,
 * and never below 10 µs, which the clock of a webview cannot tell apart.
 */
export function milliseconds(ms: number, quality: 'good' | 'noisy' | 'unreliable' = 'good'): string {
  if (!Number.isFinite(ms)) return '?';
  if (ms < 0.01) return '<0.01 ms';
  if (ms >= 1000) return `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s`;
  const digits = quality === 'good' ? 3 : 2;
  const decimals = Math.max(0, Math.min(2, digits - 1 - Math.floor(Math.log10(ms))));
  return `${ms.toFixed(decimals)} ms`;
}

/** A share as whole per cent; what is there but rounds to nothing is `<1 %`. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '?';
  return share > 0 && share < 0.005 ? '<1 %' : `${Math.round(share * 100)} %`;
}

/** `1.2 GB`, `340 MB`: what memory sizes are said in, in powers of 1000. */
export function bytes(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} GB`;
  if (count >= 1e6) return `${Math.round(count / 1e6)} MB`;
  return `${Math.max(1, Math.round(count / 1e3))} kB`;
}

/** `1×56×56×64`: a shape of numbers, the batch first. */
export const numbersLabel = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join('×'));
