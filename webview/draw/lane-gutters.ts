// Where shortcuts run: the gutters between lanes.

/** Tracks in the gutter right of each lane. Positions count half rows: 2·r is row r, 2·r + 1 the gap below it. */
export class Gutters {
  private readonly lanes = new Map<number, { from: number; to: number; tensor: string }[][]>();

  take(lane: number, from: number, to: number, tensor: string): number {
    const tracks = this.lanes.get(lane) ?? [];
    this.lanes.set(lane, tracks);
    const fits = (track: (typeof tracks)[number]): boolean =>
      track.every(line => line.tensor === tensor || line.to < from || line.from > to);
    let index = tracks.findIndex(fits);
    if (index < 0) index = tracks.push([]) - 1;
    tracks[index]!.push({ from, to, tensor });
    return index;
  }

  tracks(lane: number): number {
    return this.lanes.get(lane)?.length ?? 0;
  }

  lanesUsed(): number[] {
    return [...this.lanes.keys()];
  }
}
