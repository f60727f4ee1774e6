// Forward and backward: makes a training step of a block, checks its gradients, and reports what it took.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { Agreement, TrainingReport } from '../../src/blocks/protocol/messages.ts';
import { exactCount } from '../../src/blocks/features/figures.ts';
import type { Backend } from './backends.ts';
import type { BuiltBlock } from './built-block.ts';
import { checkGradients, compareGradients, type GradientCheck } from './check-gradients.ts';
import { layerWithoutGradient, type TrainingObstacle } from './layer-without-gradient.ts';
import type { PageClock } from './page-clock.ts';
import type { Sampled } from './sampling.ts';
import { TrainingStep } from './training-step.ts';
import { ratio } from './ways.ts';

export interface Training {
  readonly step: TrainingStep;
  readonly check: GradientCheck;
  /** With the numbers of plain JavaScript; a text says why they were not compared. */
  readonly agreement: Agreement | string;
}

/** `block` ran on `backend`, which is running. Whoever asks disposes the step, before the block. */
export async function prepareTraining(block: BuiltBlock, backend: Backend, clock: PageClock): Promise<Training | TrainingObstacle> {
  const step = new TrainingStep(block, backend.name);
  let isWanted = false;
  try {
    if (step.weights.length === 0) return { obstacle: 'it has no weight that is trained' };
    await clock.breathe();
    try {
      await step.run(1);
    } catch (error) {
      return await layerWithoutGradient(block, backend.name, error);
    }
    const check = await checkGradients(step, clock);
    const training = { step, check, agreement: await compareGradients(block.graph, backend, clock) };
    isWanted = true;
    return training;
  } finally {
    if (!isWanted) step.dispose();
  }
}

/** `written` and `own` are samples of the same rounds. */
export function trainingReport(training: Training | TrainingObstacle, graph: BlockGraph, written: Sampled, own: Sampled | undefined): TrainingReport {
  if ('obstacle' in training) return training;
  const { step, check, agreement } = training;
  const { trainableParams } = totalsOf(graph.nodes);
  return {
    timing: own!.timing, overForward: ratio(own!.samples, written.samples), loss: check.loss,
    weights: step.weights.length, values: check.values, inferredValues: typeof trainableParams === 'number' ? trainableParams : exactCount(trainableParams),
    faults: check.faults, ...(typeof agreement === 'string' ? {} : { agreement }),
  };
}

/** What somebody who reads the time of a step has to know. */
export function trainingNotes(training: Training | TrainingObstacle | undefined, { nodes }: BlockGraph): string[] {
  if (!training || 'obstacle' in training) return [];
  return [
    ...(typeof training.agreement === 'string' ? [`The gradients were not compared: ${training.agreement}.`] : []),
    ...(nodes.some(({ layer }) => layer === 'stochasticDepth') ? ['In the training step stochasticDepth leaves no path out.'] : []),
  ];
}
