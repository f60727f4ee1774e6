// How long the experiment of a claim is going to take, roughly.
import type { Effort } from '../protocol/claim-report.ts';
import { stacks, type Claim, type Contender } from './claim.ts';
import { efforts } from './effort.ts';
import { figuresOf } from './figures.ts';

/** Milliseconds for building a block, running it for the first time and comparing its numbers, beside what it computes. */
const PREPARE_MS = 800;
const LAYER_MS = 0.05;
const WARM_UPS = 5;
const SAMPLE_MS = 30;
/** Of a layer of a stack forwards and backwards, in plain JavaScript, and of a way there and back of the spiral. */
const GRADIENT_LAYER_MS = 12;
const TRIP_MS = 3;

/** In seconds. `macsPerMs` is what the backend manages at the least. */
export function expectedSeconds({ experiment }: Claim, effort: Effort, macsPerMs: number): number {
  const { gradientSeeds, spiralSeeds } = efforts[effort];
  switch (experiment.kind) {
    case 'time': return experiment.groups.reduce((sum, group) => sum + groupMs(group, effort, macsPerMs), 0) / 1000;
    case 'memory': return (experiment.contenders.length * PREPARE_MS) / 1000;
    case 'gradient': return (experiment.depths.reduce((a, b) => a + b, 0) * stacks.length * gradientSeeds * GRADIENT_LAYER_MS) / 1000;
    case 'spiral': return (experiment.dimensions.length * spiralSeeds * TRIP_MS) / 1000;
  }
}

function groupMs(group: readonly Contender[], effort: Effort, macsPerMs: number): number {
  const { rounds: [, most], budgetMs, enoughRounds } = efforts[effort];
  const runs = group.map(contender => {
    const { graph, macs } = figuresOf(contender);
    return macs / macsPerMs + graph.nodes.length * LAYER_MS;
  });
  const prepared = runs.reduce((sum, ms) => sum + PREPARE_MS + WARM_UPS * ms, 0);
  const round = runs.reduce((sum, ms) => sum + Math.max(SAMPLE_MS, ms), 0);
  return prepared + Math.min(most * round, Math.max(enoughRounds * round, (budgetMs * (group.length + 1)) / 2));
}
