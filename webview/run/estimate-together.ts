// How large a comparison will be, before anything is allocated: the weights and inputs of all its blocks are there at once.
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { bytes } from '../format.ts';
import { MEMORY, memoryLimits, type Estimate } from './estimate.ts';

/** The first block that is too large by itself decides; after that what they take together. */
export function estimateTogether(blocks: readonly { readonly name: string; readonly estimate: Estimate }[], backend: BackendName): Estimate {
  const limits = memoryLimits(backend);
  const sum = (of: (estimate: Estimate) => number): number => blocks.reduce((total, { estimate }) => total + of(estimate), 0);
  const total = { macs: sum(({ macs }) => macs), bytes: sum(one => one.bytes), taken: sum(one => one.taken), largestTensor: Math.max(0, ...blocks.map(({ estimate }) => estimate.largestTensor)), layers: sum(({ layers }) => layers) };
  const alone = (verdict: Estimate['verdict']) => blocks.find(({ estimate }) => estimate.verdict === verdict);
  const together = `The blocks take about ${bytes(total.taken)} of ${MEMORY[backend]} together`;
  const refused = alone('refuse');
  if (refused) return { ...total, verdict: 'refuse', sentence: `${refused.name}: ${refused.estimate.sentence}` };
  if (total.taken > limits.refuse) return { ...total, verdict: 'refuse', sentence: `${together}, which is over the limit of ${bytes(limits.refuse)}. Choose smaller sizes, or fewer blocks.` };
  const asked = alone('ask');
  if (asked) return { ...total, verdict: 'ask', sentence: `${asked.name}: ${asked.estimate.sentence}` };
  return total.taken > limits.ask ? { ...total, verdict: 'ask', sentence: `${together}.` } : { ...total, verdict: 'run', sentence: '' };
}
