// Runs a block from start to report: choose a backend, check the size, build, run once, compare with what was
// inferred, compare the numbers, measure the whole in each way, measure each layer.
import * as tf from './tensorflow.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { graphAtSizes } from '../../src/blocks/graph/fixed-sizes.ts';
import type { BackendName, RunReport } from '../../src/blocks/protocol/messages.ts';
import { startBackend, type Backend } from './backends.ts';
import { deviceOf, estimate } from './estimate.ts';
import { measureLayers } from './measure-layers.ts';
import { noiseOf } from './noise/noise-of.ts';
import { Reference } from './noise/reference.ts';
import { failureOf, type Outcome } from './outcome.ts';
import type { PageClock } from './page-clock.ts';
import { PreparedBlock, type BlockToRun, type Say } from './prepared-block.ts';
import type { Progress } from './progress.ts';
import type { TrainingObstacle } from './layer-without-gradient.ts';
import { ONE_LAYER, QUICK_LAYER, QUICK_WHOLE_BLOCK, sampleTogether, WHOLE_BLOCK } from './sampling.ts';
import { rulesOn } from './stack-placement.ts';
import { prepareTraining, trainingNotes, trainingReport, type Training } from './training.ts';
import { refuseVoid, refuseVoidAfter } from './whether-void.ts';

export interface RunRequest extends BlockToRun {
  readonly backend: BackendName;
  /** Whether a training step is measured too. */
  readonly training: boolean;
  /** True where the user was asked and wants a large run all the same. */
  readonly evenIfLarge: boolean;
  /** Fewer samples: the report says so. */
  readonly quick: boolean;
}

const QUICK = 'This was a quick run: it took fewer samples than usual, so that its times are less certain.';

/** Never throws. Whatever it allocates is freed when it ends. */
export async function runBlock(request: RunRequest, clock: PageClock, onProgress: (progress: Progress) => void): Promise<Outcome<RunReport>> {
  try {
    onProgress({ phase: 'backend', done: 0, of: 1 });
    const backend = await startBackend(request.backend);
    await clock.breathe();
    const graph = graphAtSizes(request.graph, request.sizes);
    const size = estimate(graph, deviceOf(backend), request.training);
    if (size.verdict === 'refuse' || (size.verdict === 'ask' && !request.evenIfLarge)) return { kind: 'too-large', estimate: size };
    return { kind: 'finished', report: await runOn(backend, graph, request, clock, (phase, done, of, detail) => onProgress({ phase, done, of, ...(detail === undefined ? {} : { detail }) })) };
  } catch (error) {
    return failureOf(error);
  }
}

async function runOn(backend: Backend, graph: BlockGraph, request: RunRequest, clock: PageClock, say: Say): Promise<RunReport> {
  const wholeRules = rulesOn(backend.name, request.quick ? QUICK_WHOLE_BLOCK : WHOLE_BLOCK);
  const layerRules = rulesOn(backend.name, request.quick ? QUICK_LAYER : ONE_LAYER);
  const block = await PreparedBlock.of(backend, graph, request, clock, say);
  let training: Training | TrainingObstacle | undefined;
  let reference: Reference | undefined;
  try {
    if (request.training) {
      say('training', 0, 1);
      training = await prepareTraining(block.built, backend, clock);
    }
    const step = training && 'step' in training ? training.step : undefined;
    reference = await Reference.on(backend, clock);
    const steady = tf.memory().numTensors;
    const runs = [...block.runs];
    const sampled = await sampleTogether([...runs.map(([, way]) => way), ...(step ? [step] : [])].map(way => async (times: number) => {
      await way.run(times);
      refuseVoid(backend);
    }), wholeRules, clock, (phase, done) => say(phase, done, phase === 'warmUp' ? wholeRules.minWarmUps : wholeRules.minSamples), async () => void await reference!.measure());
    refuseVoidAfter(backend);
    const { timings, complete, peak } = await measureLayers(block.written, backend, reference, { layers: graph.nodes.length, rules: layerRules }, clock, say);
    refuseVoidAfter(backend);
    const leakedTensors = tf.memory().numTensors - steady;
    const samples = new Map(runs.map(([way], i) => [way, sampled[i]!]));
    const report = block.report(samples);
    const noise = noiseOf(samples.get('written')!.samples, reference.measured, reference.best);
    return {
      ...report, layers: timings, layersComplete: complete, leakedTensors, ...(peak ? { peak } : {}), ...(noise ? { noise } : {}),
      ...(training ? { training: trainingReport(training, graph, samples.get('written')!, sampled[runs.length]) } : {}),
      notes: [...(request.quick ? [QUICK] : []), ...report.notes, ...trainingNotes(training, graph)],
    };
  } finally {
    if (training && 'step' in training) training.step.dispose();
    reference?.dispose();
    block.dispose();
  }
}
