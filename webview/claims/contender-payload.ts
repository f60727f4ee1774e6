// A contender of a claim as a block that the page draws and runs like any other. It has no place in a document.
import { blocksOf } from '../../src/blocks/claims/claim.ts';
import { claimOf } from '../../src/blocks/claims/claim-formats.ts';
import { figuresOf } from '../../src/blocks/claims/figures.ts';
import { defaultCounting } from '../../src/blocks/counting/counting.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';

/** Undefined where there is no such contender. */
export function contenderPayload(claimId: string, id: string): BlockPayload | undefined {
  const claim = claimOf(claimId);
  const contender = claim && blocksOf(claim.experiment).find(block => block.id === id);
  if (!claim || !contender) return undefined;
  return { id: `claim ${claimId}#${id}@0`, name: contender.name, version: 0, fileLabel: claim.claim, graph: figuresOf(contender).graph, counting: { ...defaultCounting, parameters: 'pytorch' }, lines: [] };
}
