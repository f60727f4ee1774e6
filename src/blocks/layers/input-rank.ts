// The rank that a layer demands of its inputs, the batch counted.
import type { LayerDefinition } from './define-layer.ts';

type Demand = LayerDefinition['rank'];

export function fitsRank(demand: Demand, rank: number): boolean {
  if (demand === undefined) return true;
  return typeof demand === 'number' ? rank === demand : rank >= demand.atLeast;
}

export const rankText = (demand: Exclude<Demand, undefined>): string =>
  typeof demand === 'number' ? String(demand) : `${demand.atLeast} or more`;
