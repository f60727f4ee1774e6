// What blocks hold in memory: as it follows from their graphs, and as TensorFlow.js counts it while they run.
import type { Contender } from '../../../src/blocks/claims/claim.ts';
import { figuresOf } from '../../../src/blocks/claims/figures.ts';
import type { Measure } from '../../../src/blocks/protocol/claim-report.ts';
import { ContenderBlock } from './contender-block.ts';
import type { Bench, Measured } from './measured.ts';

export async function measureMemory(contenders: readonly Contender[], bench: Bench): Promise<Measured> {
  const measures: Measure[] = [];
  const notes: string[] = [];
  for (const [i, contender] of contenders.entries()) {
    bench.onProgress(i / contenders.length, `building and checking ${contender.name}`);
    const block = await ContenderBlock.of(contender, bench);
    try {
      const { heldMemory, inferredMemory } = figuresOf(contender);
      for (const [quantity, value] of Object.entries({ heldMemory, inferredMemory, measuredMemory: await block.peakBytes() }) as [Measure['quantity'], number][]) {
        measures.push({ contender: contender.id, quantity, value });
      }
      notes.push(...block.notes);
    } finally {
      block.dispose();
    }
  }
  return { measures, samples: new Map(), notes: [...notes, 'Counted are the bytes of tensors; what a backend holds besides, such as textures that it keeps for later, is not among them.'] };
}
