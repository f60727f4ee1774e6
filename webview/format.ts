// How shares, ratios, sizes of memory and measured shapes are written in the page. Everything else is written as the editor writes it.

/** A share as whole per cent; what is there but rounds to nothing is `<1 %`. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return '?';
  return share > 0 && share < 0.005 ? '<1 %' : `${Math.round(share * 100)} %`;
}

/** `1.43 ×`, `12 ×`: how many times as fast something is. */
export const times = (ratio: number): string => `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(2)} ×`;

/** `3.1e-6`: a difference that should be none. */
export const tiny = (difference: number): string => (difference === 0 ? '0' : difference.toExponential(1).replace('e+0', ''));

/** `1.2 GB`, `340 MB`: what memory sizes are said in, in powers of 1000. */
export function bytes(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(1)} GB`;
  if (count >= 1e6) return `${Math.round(count / 1e6)} MB`;
  return `${Math.max(1, Math.round(count / 1e3))} kB`;
}

/** `1×56×56×64`: a shape of numbers, the batch first. */
export const numbersLabel = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join('×'));
