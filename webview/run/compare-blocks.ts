// Measures several blocks against each other: each is built and checked as in a run of its own, then all of them run in turns, as
// written and as they would be deployed, so that what the machine does meanwhile happens to each.
import * as tf from './tensorflow.ts';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { ComparedBlock, ComparedWay, ComparisonReport } from '../../src/blocks/protocol/comparison.ts';
import type { BackendName, BlockPayload, Ratio } from '../../src/blocks/protocol/messages.ts';
import { startBackend, type Backend } from './backends.ts';
import { messageOf } from './cannot-run.ts';
import { deviceOf, estimate } from './estimate.ts';
import { estimateTogether } from './estimate-together.ts';
import { failureOf, type Outcome } from './outcome.ts';
import { Stopped, type PageClock } from './page-clock.ts';
import { PreparedBlock, type BlockToRun } from './prepared-block.ts';
import type { Progress } from './progress.ts';
import { QUICK_WHOLE_BLOCK, sampleTogether, WHOLE_BLOCK, type Rules, type Sampled } from './sampling.ts';
import { rulesOn } from './stack-placement.ts';
import { unmeasured } from './unmeasured.ts';
import { ratio } from './ways.ts';
import { refuseVoid, refuseVoidAfter } from './whether-void.ts';

export interface BlockToCompare extends BlockToRun, Pick<BlockPayload, 'id' | 'name' | 'fileLabel'> {
  /** Why it is left out of the run. */
  readonly obstacle?: string;
}

export interface ComparisonRequest {
  readonly blocks: readonly BlockToCompare[];
  readonly backend: BackendName;
  /** True where the user was asked and wants a large run all the same. */
  readonly evenIfLarge: boolean;
  /** Six rounds and no more. */
  readonly quick: boolean;
}

/** Six rounds are the least that support a confidence interval. */
const COMPARED: Rules = { ...WHOLE_BLOCK, enoughSamples: 6 };

const comparedWays: readonly ComparedWay[] = ['written', 'deployed'];

type Told = (progress: Progress) => void;

/** A block as it is compared, with what came of preparing it. */
interface Candidate {
  readonly block: BlockToCompare;
  readonly graph: BlockGraph;
  readonly size: ReturnType<typeof estimate>;
  prepared?: PreparedBlock;
  obstacle?: string | undefined;
}

/** Never throws. Whatever it allocates is freed when it ends. */
export async function compareBlocks(request: ComparisonRequest, clock: PageClock, onProgress: Told): Promise<Outcome<ComparisonReport>> {
  const candidates: Candidate[] = [];
  try {
    onProgress({ phase: 'backend', done: 0, of: 1 });
    const backend = await startBackend(request.backend);
    await clock.breathe();
    for (const block of request.blocks) {
      const graph = bindSymbols(block.graph, block.sizes);
      candidates.push({ block, graph, size: estimate(graph, deviceOf(backend)), obstacle: block.obstacle });
    }
    const size = estimateTogether(candidates.filter(({ obstacle }) => obstacle === undefined).map(({ block: { name }, size: own }) => ({ name, estimate: own })), backend.name);
    if (size.verdict === 'refuse' || (size.verdict === 'ask' && !request.evenIfLarge)) return { kind: 'too-large', estimate: size };
    await prepare(candidates, backend, clock, onProgress);
    const ran = candidates.filter(({ prepared }) => prepared !== undefined);
    if (ran.length < 2) return { kind: 'failed', message: tooFew(candidates) };
    return { kind: 'finished', report: await measure(candidates, backend, rulesOn(backend.name, request.quick ? QUICK_WHOLE_BLOCK : COMPARED), clock, onProgress) };
  } catch (error) {
    return failureOf(error);
  } finally {
    for (const { prepared } of candidates) prepared?.dispose();
  }
}

/** A block that does not run is left out, and the others are compared. */
async function prepare(candidates: readonly Candidate[], backend: Backend, clock: PageClock, onProgress: Told): Promise<void> {
  for (const [index, candidate] of candidates.entries()) {
    if (candidate.obstacle !== undefined) continue;
    const { block, graph } = candidate;
    try {
      candidate.prepared = await PreparedBlock.of(backend, graph, block, clock, (phase, done, of, layer) =>
        onProgress({ phase, done, of, detail: layer === undefined ? block.name : `${block.name}: ${layer}`, block: { index, of: candidates.length } }));
    } catch (error) {
      if (error instanceof Stopped) throw error;
      refuseVoidAfter(backend);
      candidate.obstacle = messageOf(error);
    }
  }
}

const tooFew = (candidates: readonly Candidate[]): string =>
  `There are not two blocks that run. ${candidates.flatMap(({ block: { name }, obstacle }) => (obstacle === undefined ? [] : [`${name}: ${obstacle}`])).join(' ')}`;

async function measure(candidates: readonly Candidate[], backend: Backend, rules: Rules, clock: PageClock, onProgress: Told): Promise<ComparisonReport> {
  const steady = tf.memory().numTensors;
  const runs = candidates.flatMap(({ prepared }, index) => comparedWays.flatMap(way => {
    const run = prepared?.runs.get(way);
    return run ? [{ index, way, run }] : [];
  }));
  const all = await sampleTogether(runs.map(({ run }) => async (times: number) => {
    await run.run(times);
    refuseVoid(backend);
  }), rules, clock, (phase, done) => onProgress({ phase, done, of: phase === 'warmUp' ? rules.minWarmUps : rules.minSamples, block: { index: 0, of: candidates.length } }));
  refuseVoidAfter(backend);
  const sampled = candidates.map((_, index) => new Map(runs.flatMap((one, i) => (one.index === index ? [[one.way, all[i]!] as const] : []))));
  const leakedTensors = tf.memory().numTensors - steady;
  return {
    blocks: candidates.map((candidate, i) => compared(candidate, sampled[i]!)),
    ratios: { written: ratiosOf(sampled, 'written'), deployed: ratiosOf(sampled, 'deployed') },
    rounds: all[0]!.samples.length, leakedTensors,
  };
}

const ratiosOf = (sampled: readonly ReadonlyMap<ComparedWay, Sampled>[], way: ComparedWay): readonly (readonly (Ratio | null)[])[] =>
  sampled.map(base => sampled.map(other => {
    const [slow, fast] = [base.get(way), other.get(way)];
    return slow && fast ? ratio(slow.samples, fast.samples) : null;
  }));

function compared({ block, graph, size, prepared, obstacle }: Candidate, sampled: ReadonlyMap<ComparedWay, Sampled>): ComparedBlock {
  return {
    ...unmeasured(block, graph, size),
    ...(prepared ? { report: prepared.report(sampled) } : {}),
    ...(obstacle === undefined ? {} : { obstacle }),
  };
}
