// How counts are printed: short beside a line (`18.5k`), exact with thousands separators in a hover (`18,496`).
import { formatDim, isSymbolic, type Dim } from '../shapes/dim.ts';

const UNITS = ['', 'k', 'M', 'G', 'T', 'P'];

/** A symbolic count longer than this is not printed beside a line: the hover has it. */
const LONGEST_SYMBOLIC = 24;

/**
 * A count for a narrow place: `320`, `18.5k`, `1.2M`, `590k`. Three digits at most, rounded half up; a symbolic count is
 * printed while it is short and as `…` otherwise; an unknown or open one is `?`.
 */
export function shortCount(count: Dim): string {
  if (typeof count !== 'number') {
    const text = formatDim(count);
    return text.length <= LONGEST_SYMBOLIC ? text : '…';
  }
  if (!Number.isFinite(count)) return '?';
  if (Math.abs(count) < 1000) return String(Math.round(count));
  let unit = 0;
  let scaled = count;
  // 999,950 is already 1M: the unit is chosen by what would be printed.
  while (Math.abs(roundToThree(scaled)) >= 1000 && unit < UNITS.length - 1) {
    scaled /= 1000;
    unit++;
  }
  return `${roundToThree(scaled)}${UNITS[unit]}`;
}

/** A count in full: `1,180,160`; symbolic ones in their exact form, `?` where it is not known. */
export function exactCount(count: Dim): string {
  if (typeof count !== 'number') return formatDim(count, { exact: true });
  return Number.isFinite(count) ? separateThousands(count) : '?';
}

/** A product as people write it by hand: `3·3·64·128`; sums inside it get parentheses. */
export const product = (factors: readonly Dim[]): string =>
  factors.length === 0 ? '1' : factors.map(factor => factorText(factor, factors.length > 1)).join('·');

/** A sum of products: `3·3·64·128 + 128`. */
export const sumOfProducts = (products: readonly (readonly Dim[])[]): string => products.map(product).join(' + ');

const factorText = (factor: Dim, inProduct: boolean): string => {
  const text = formatDim(factor, { exact: true });
  const sum = isSymbolic(factor) && factor.terms.length + (factor.constant === 0 ? 0 : 1) > 1;
  return sum && inProduct ? `(${text})` : text;
};

/** One decimal below 100, none from there on. */
const roundToThree = (value: number): number => (Math.abs(value) < 99.95 ? Math.round(value * 10) / 10 : Math.round(value));

const separateThousands = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ',');
