// How shares, sizes of memory, names of files and moments are written in the page. Everything else is written as the editor writes it.

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

/** A name of a block as one of a file. */
export const fileNameOf = (name: string): string => name.replace(/[^\p{L}\p{N}_.-]+/gu, '-');

/** `Nov 30, 14:05`: milliseconds since 1970 in the time of this machine. */
export const momentText = (at: number): string => new Date(at).toLocaleString('en-US', { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
