// Runs a block from start to report: choose a backend, check the size, build, run once, compare with what was
// inferred, compare the numbers, measure the whole in each way, measure each layer.
import * as tf from './tensorflow.ts';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName, LayerTiming, RunReport } from '../../src/blocks/protocol/messages.ts';
import { startBackend, type Backend } from './backends.ts';
import { deviceOf, estimate } from './estimate.ts';
import type { Executable } from './executable.ts';
import { failureOf, type Outcome } from './outcome.ts';
import { Stopped, type PageClock } from './page-clock.ts';
import { PreparedBlock, refuseLostContext, type BlockToRun, type Say } from './prepared-block.ts';
import type { Progress } from './progress.ts';
import type { TrainingObstacle } from './layer-without-gradient.ts';
import { ONE_LAYER, sample, sampleTogether, WHOLE_BLOCK } from './sampling.ts';
import { prepareTraining, trainingNotes, trainingReport, type Training } from './training.ts';

export interface RunRequest extends BlockToRun {
  readonly backend: BackendName;
  /** Whether a training step is measured too. */
  readonly training: boolean;
  /** True where the user was asked and wants a large run all the same. */
  readonly evenIfLarge: boolean;
}

/** Never throws. Whatever it allocates is freed when it ends. */
export async function runBlock(request: RunRequest, clock: PageClock, onProgress: (progress: Progress) => void): Promise<Outcome<RunReport>> {
  try {
    onProgress({ phase: 'backend', done: 0, of: 1 });
    const backend = await startBackend(request.backend);
    await clock.breathe();
    const graph = bindSymbols(request.graph, request.sizes);
    const size = estimate(graph, deviceOf(backend), request.training);
    if (size.verdict === 'refuse' || (size.verdict === 'ask' && !request.evenIfLarge)) return { kind: 'too-large', estimate: size };
    return { kind: 'finished', report: await runOn(backend, graph, request, clock, (phase, done, of, detail) => onProgress({ phase, done, of, ...(detail === undefined ? {} : { detail }) })) };
  } catch (error) {
    return failureOf(error);
  }
}

async function runOn(backend: Backend, graph: BlockGraph, request: RunRequest, clock: PageClock, say: Say): Promise<RunReport> {
  const block = await PreparedBlock.of(backend, graph, request, clock, say);
  let training: Training | TrainingObstacle | undefined;
  try {
    if (request.training) {
      say('training', 0, 1);
      training = await prepareTraining(block.built, backend, clock);
    }
    const step = training && 'step' in training ? training.step : undefined;
    const steady = tf.memory().numTensors;
    const runs = [...block.runs];
    const sampled = await sampleTogether([...runs.map(([, way]) => way), ...(step ? [step] : [])].map(way => async (times: number) => {
      await way.run(times);
      refuseLostContext(backend);
    }), WHOLE_BLOCK, clock, (phase, done) => say(phase, done, phase === 'warmUp' ? WHOLE_BLOCK.minWarmUps : WHOLE_BLOCK.minSamples));
    const layers = await measureLayers(block.written, backend, clock, (done, layer) => say('layers', done, graph.nodes.length, layer));
    const leakedTensors = tf.memory().numTensors - steady;
    const samples = new Map(runs.map(([way], i) => [way, sampled[i]!]));
    const report = block.report(samples);
    return {
      ...report, layers: layers.timings, layersComplete: layers.complete, leakedTensors,
      ...(training ? { training: trainingReport(training, graph, samples.get('written')!, sampled[runs.length]) } : {}),
      notes: [...report.notes, ...trainingNotes(training, graph)],
    };
  } finally {
    if (training && 'step' in training) training.step.dispose();
    block.dispose();
  }
}

/** What was measured until the user stopped it is kept: the whole block was measured before. */
async function measureLayers(
  written: Executable, backend: Backend, clock: PageClock, onLayer: (done: number, layer: string) => void,
): Promise<{ readonly timings: readonly LayerTiming[]; readonly complete: boolean }> {
  const timings: LayerTiming[] = [];
  try {
    await written.walk(async ({ node }, apply) => {
      onLayer(node.id, node.layer);
      const execute = async (times: number): Promise<void> => {
        for (let i = 0; i < times; i++) {
          const given = apply();
          const outputs = given instanceof Promise ? await given : given;
          if (i === times - 1) await written.wait(outputs[0]);
          tf.dispose([...outputs]);
        }
        refuseLostContext(backend);
      };
      const { timing } = await sample(execute, ONE_LAYER, clock);
      const outputs = await apply();
      timings.push({
        node: node.id, layer: node.layer, outputShape: outputs[0].shape, timing,
        ...(written.layersElsewhere.has(node.id) ? { backend: 'cpu' as const } : {}),
      });
      return outputs;
    });
    return { timings, complete: true };
  } catch (error) {
    if (error instanceof Stopped && !clock.isStale) return { timings, complete: false };
    throw error;
  }
}
