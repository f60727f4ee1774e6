// Robust statistics of repeated measurements. Times are skewed and have outliers, so that a mean says little.

/** The value below which the given part of the samples lies, interpolated linearly; 0 ≤ part ≤ 1. */
export function quantile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const position = (sorted.length - 1) * part;
  const below = Math.floor(position);
  const low = sorted[below] ?? NaN;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? NaN;
  return low + (high - low) * (position - below);
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);

/** 1.4826 · MAD / median: the standard deviation that normal samples of this scatter would have, as a share. */
export function relativeDeviation(samples: readonly number[]): number {
  const middle = median(samples);
  return middle === 0 ? 0 : (1.4826 * median(samples.map(sample => Math.abs(sample - middle)))) / middle;
}

/**
 * Half the width of the 95 % confidence interval of the median, as a share of it. It is taken from order statistics,
 * which assumes no distribution and, unlike a bootstrap, gives the same answer each time. Infinite below six samples,
 * which cannot support such an interval.
 */
export function medianUncertainty(samples: readonly number[]): number {
  const interval = medianInterval(samples);
  if (!interval) return Infinity;
  const middle = median(samples);
  return middle === 0 ? 0 : (interval[1] - interval[0]) / 2 / middle;
}

/** The 95 % confidence interval of the median, by order statistics. Undefined below six samples, which cannot support one. */
export function medianInterval(samples: readonly number[]): readonly [number, number] | undefined {
  const n = samples.length;
  if (n < 6) return undefined;
  const sorted = [...samples].sort((a, b) => a - b);
  const reach = (1.96 * Math.sqrt(n)) / 2;
  return [sorted[Math.max(0, Math.floor(n / 2 - reach))]!, sorted[Math.min(n - 1, Math.ceil(n / 2 + reach) - 1)]!];
}

export type Quality = 'good' | 'noisy' | 'unreliable';

export function qualityOf(samples: readonly number[]): Quality {
  const deviation = relativeDeviation(samples);
  return deviation <= 0.1 ? 'good' : deviation <= 0.25 ? 'noisy' : 'unreliable';
}
