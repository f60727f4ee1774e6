// CPU time of this process, which other programs on the machine do not lengthen as they do the clock's. It has that of the
// garbage collector and the compiler in it.

/** Milliseconds since the process began. */
export function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

export function cpuTimeOf(work: () => void): number {
  const before = cpuTime();
  work();
  return cpuTime() - before;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
