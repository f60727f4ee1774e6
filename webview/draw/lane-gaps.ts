// The gaps between rows, in which lines run along. Lines with something in common share a track; others get one each
// where they would meet.

/** A part of a line: it comes from above at `from`, runs along the gap, and goes on downwards at `to`. */
export interface Horizontal {
  /** The row above the gap; -1 is above the first row. */
  readonly gap: number;
  /** Parts with the same key are one line that forks or joins. */
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

interface Group {
  readonly key: string;
  readonly low: number;
  readonly high: number;
  readonly tops: readonly number[];
  readonly bottoms: readonly number[];
}

/** Pixels between two lines that share a track. */
const APART = 4;

export class Gaps {
  private readonly trackOf = new Map<string, number>();
  private readonly counts = new Map<number, number>();

  constructor(parts: readonly Horizontal[]) {
    for (const gap of new Set(parts.map(part => part.gap))) {
      const tracks = assignTracks(groupByKey(parts.filter(part => part.gap === gap)));
      for (const [key, track] of tracks) this.trackOf.set(`${gap} ${key}`, track);
      this.counts.set(gap, Math.max(...tracks.values()) + 1);
    }
  }

  /** 0 is the uppermost. */
  track(gap: number, key: string): number {
    return this.trackOf.get(`${gap} ${key}`) ?? 0;
  }

  count(gap: number): number {
    return this.counts.get(gap) ?? 0;
  }
}

function groupByKey(parts: readonly Horizontal[]): Group[] {
  return [...new Set(parts.map(part => part.key))].map(key => {
    const own = parts.filter(part => part.key === key);
    const ends = own.flatMap(part => [part.from, part.to]);
    return { key, low: Math.min(...ends), high: Math.max(...ends), tops: own.map(part => part.from), bottoms: own.map(part => part.to) };
  });
}

/**
 * A line that comes down where another one goes on down has to turn off above it, or the two would lie on each other.
 * Where that goes around in a circle one of them loses.
 */
function assignTracks(groups: readonly Group[]): Map<string, number> {
  const above = (a: Group, b: Group): boolean => a !== b && a.tops.some(x => b.bottoms.some(other => Math.abs(x - other) < 1));
  const tracks: Group[][] = [];
  const trackOf = new Map<string, number>();
  const waiting = new Set(groups);
  while (waiting.size > 0) {
    const next = [...waiting].find(group => ![...waiting].some(other => above(other, group))) ?? [...waiting][0]!;
    waiting.delete(next);
    const lowest = Math.max(-1, ...groups.filter(other => above(other, next)).map(other => trackOf.get(other.key) ?? -1)) + 1;
    let track = lowest;
    while (tracks[track]?.some(other => other.high + APART >= next.low && other.low - APART <= next.high)) track++;
    while (tracks.length <= track) tracks.push([]);
    tracks[track]!.push(next);
    trackOf.set(next.key, track);
  }
  return trackOf;
}
