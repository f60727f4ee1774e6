// Stochastic depth that grows from block to block.

/**
 * The stochastic depth of a block at a place of a stage: nothing for the first block of the network, and more by the same for each that
 * follows. Huang et al.: Deep Networks with Stochastic Depth, section 3 (arXiv 1603.09382). A block behind `of.behind`
 * others would have `of.rate`.
 */
export function growingRate(depths: readonly number[], of: { readonly rate: number; readonly behind: number }): (stageIndex: number, index: number) => number {
  const before = depths.map((_, i) => sum(depths.slice(0, i)));
  return (stageIndex, index) => of.rate * (before[stageIndex]! + index) / of.behind;
}

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
