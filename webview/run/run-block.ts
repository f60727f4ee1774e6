// Runs a block from start to report: choose a backend, check the size, build, run once, compare with what was
// inferred, compare the numbers, measure the whole in each way, measure each layer.
import * as tf from '@tensorflow/tfjs';
import { shapeLabel } from '../../src/blocks/features/shape-label.ts';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { shapesOut, tensorsOut } from '../../src/blocks/graph/tensors.ts';
import type { BackendName, LayerTiming, RunReport } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from './as-written.ts';
import { startBackend, type Backend } from './backends.ts';
import { BuiltBlock } from './built-block.ts';
import { checkNumbers, type Numbers } from './check-numbers.ts';
import { compareParams, compareShapes, shapeAsNumbers, totalParams } from './compare.ts';
import { estimate, type Estimate } from './estimate.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import { Executable } from './executable.ts';
import { Stopped, type PageClock } from './page-clock.ts';
import type { Phase, Progress } from './progress.ts';
import { ONE_LAYER, sample, sampleTogether, WHOLE_BLOCK, type Sampled } from './sampling.ts';
import { disposeWays, makeWays, wayReports, type Ways } from './ways.ts';
import { isContextLost } from './webgl.ts';

export interface RunRequest {
  readonly graph: BlockGraph;
  /** 1-based source line per node. */
  readonly lines: readonly number[];
  /** Numbers for the free dims of the graph, by name. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly backend: BackendName;
  /** True where the user was asked and wants a large run all the same. */
  readonly evenIfLarge: boolean;
}

export type Outcome =
  | { readonly kind: 'finished'; readonly report: RunReport }
  | { readonly kind: 'too-large'; readonly estimate: Estimate }
  | { readonly kind: 'failed'; readonly message: string; readonly node?: number }
  | { readonly kind: 'cancelled' };

/** Never throws. Whatever it allocates is freed when it ends. */
export async function runBlock(request: RunRequest, clock: PageClock, onProgress: (progress: Progress) => void): Promise<Outcome> {
  try {
    onProgress({ phase: 'backend', done: 0, of: 1 });
    const backend = await startBackend(request.backend);
    await clock.breathe();
    const graph = bindSymbols(request.graph, request.sizes);
    const size = estimate(graph, { backend: backend.name, software: backend.software, ...(backend.maxTextureSize ? { maxTextureSize: backend.maxTextureSize } : {}) });
    if (size.verdict === 'refuse' || (size.verdict === 'ask' && !request.evenIfLarge)) return { kind: 'too-large', estimate: size };
    return await runOn(backend, graph, request, clock, onProgress);
  } catch (error) {
    if (error instanceof Stopped) return { kind: 'cancelled' };
    if (error instanceof CannotRun) return { kind: 'failed', message: error.message, ...(error.node === undefined ? {} : { node: error.node }) };
    return { kind: 'failed', message: isContextLost() ? CONTEXT_LOST : messageOf(error) };
  }
}

const CONTEXT_LOST =
  'The GPU took its WebGL context away during the run, so that the results are void. The next run starts with a new context.';

async function runOn(
  backend: Backend, graph: BlockGraph, request: RunRequest, clock: PageClock, onProgress: (progress: Progress) => void,
): Promise<Outcome> {
  const block = new BuiltBlock(graph, node => request.lines[node]);
  const total = graph.nodes.length;
  const say = (phase: Phase, done: number, of: number, detail?: string): void => onProgress({ phase, done, of, ...(detail === undefined ? {} : { detail }) });
  let ways: Ways | undefined;
  try {
    await block.build(async (done, layer) => {
      say('building', done, total, layer);
      await clock.breatheNowAndThen();
    });
    const written = new Executable(block, asWritten(block), backend.name);
    const first = await firstRun(written, clock, (done, layer) => say('firstRun', done, total, layer));
    ways = makeWays(block, written, backend.name);
    const numbers = await checkNumbers(ways, block, backend, clock, done => say('checking', done, 3));
    const steady = tf.memory().numTensors;
    const runs = [...ways.values()].flatMap(way => (typeof way === 'string' ? [] : [way]));
    const sampled = await sampleTogether(runs.map(way => (times: number) => {
      way.run(times);
      refuseLostContext(backend);
    }), WHOLE_BLOCK, clock, (phase, done) => say(phase, done, phase === 'warmUp' ? WHOLE_BLOCK.minWarmUps : WHOLE_BLOCK.minSamples));
    const layers = await measureLayers(written, backend, clock, (done, layer) => say('layers', done, total, layer));
    const leakedTensors = tf.memory().numTensors - steady;
    return { kind: 'finished', report: makeReport({ backend, graph, request, block, written, first, ways, sampled, layers, leakedTensors, numbers }) };
  } finally {
    disposeWays(ways);
    block.dispose();
  }
}

function refuseLostContext(backend: Backend): void {
  if (backend.name === 'webgl' && isContextLost()) throw new CannotRun(CONTEXT_LOST);
}

interface FirstRun {
  readonly ms: number;
  /** Of each layer the shapes of all its tensors. */
  readonly shapes: ReadonlyMap<number, readonly (readonly number[])[]>;
}

/**
 * Layer by layer, each to its end, so that the page can breathe in between: compiling the shaders of a large block takes
 * seconds. The pauses are not counted.
 */
async function firstRun(written: Executable, clock: PageClock, onLayer: (done: number, layer: string) => void): Promise<FirstRun> {
  const shapes = new Map<number, readonly (readonly number[])[]>();
  let ms = 0;
  await written.walk(async ({ node }, apply) => {
    onLayer(node.id, node.layer);
    await clock.breatheNowAndThen();
    const start = clock.now();
    const outputs = apply();
    written.wait(outputs[0]);
    ms += clock.now() - start;
    shapes.set(node.id, outputs.map(output => output.shape));
    return outputs;
  });
  return { ms, shapes };
}

/** What was measured until the user stopped it is kept: the whole block was measured before. */
async function measureLayers(
  written: Executable, backend: Backend, clock: PageClock, onLayer: (done: number, layer: string) => void,
): Promise<{ readonly timings: readonly LayerTiming[]; readonly complete: boolean }> {
  const timings: LayerTiming[] = [];
  try {
    await written.walk(async ({ node }, apply) => {
      onLayer(node.id, node.layer);
      const execute = (times: number): void => {
        for (let i = 0; i < times; i++) {
          const outputs = apply();
          if (i === times - 1) written.wait(outputs[0]);
          tf.dispose([...outputs]);
        }
        refuseLostContext(backend);
      };
      const { timing } = await sample(execute, ONE_LAYER, clock);
      const outputs = apply();
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

function makeReport(run: {
  readonly backend: Backend; readonly graph: BlockGraph; readonly request: RunRequest; readonly block: BuiltBlock; readonly written: Executable; readonly first: FirstRun;
  readonly ways: Ways; readonly sampled: readonly Sampled[]; readonly layers: { readonly timings: readonly LayerTiming[]; readonly complete: boolean };
  readonly leakedTensors: number; readonly numbers: Numbers;
}): RunReport {
  const { backend, graph, block, first, sampled: [whole] } = run;
  const wrongShapes = compareShapes(graph, first.shapes);
  const measuredParams = block.measuredParams();
  const wrongParams = compareParams(graph, measuredParams);
  const inferredParams = totalParams(graph);
  const measured = [...measuredParams.values()].reduce((a, b) => a + b, 0);
  return {
    backend: backend.name, renderer: backend.renderer, software: backend.software,
    machine: { tensorflowjs: tf.version.tfjs, browser: navigator.userAgent, cores: navigator.hardwareConcurrency },
    ...(backend.fallbackReason === undefined ? {} : { fallbackReason: backend.fallbackReason }),
    chosenDims: run.request.sizes,
    inputShapes: block.inputShapes,
    measuredShapes: tensorsOut(graph).map(({ node, port }) => first.shapes.get(node)?.[port] ?? block.inputShapes[graph.inputs.indexOf(node)] ?? []),
    inferredShapes: shapesOut(graph).map(shapeAsNumbers),
    shapesAgree: wrongShapes.length === 0,
    measuredParams: measured, inferredParams, paramsAgree: wrongParams.length === 0,
    mismatches: [...wrongShapes, ...wrongParams],
    firstRunMs: first.ms, warmUpRuns: whole!.warmUpRuns, whole: whole!.timing,
    ways: wayReports(run.ways, run.sampled), agreements: run.numbers.agreements,
    layers: run.layers.timings, layersComplete: run.layers.complete, leakedTensors: run.leakedTensors,
    notes: notesOf(block, run.written, backend, run.numbers),
  };
}

function notesOf({ graph, replaced }: BuiltBlock, { layersElsewhere }: Executable, backend: Backend, { finite, unchecked }: Numbers): string[] {
  const elsewhere = [...layersElsewhere].map(([id, kernel]) =>
    `${describe(graph.nodes[id]!)} ran on the CPU, because ${backend.name} has no ${kernel} kernel; moving its tensors is part of its time.`);
  return [
    ...elsewhere,
    ...(finite ? [] : ['The output has values that are not finite numbers (NaN or infinite).']),
    ...(unchecked === undefined ? [] : [`The numbers were not compared layer by layer: ${unchecked}.`]),
    ...[...replaced].map(sentence => `${sentence}.`),
  ];
}

const describe = (node: GraphNode): string => `${node.layer} (${shapeLabel(node.output)})`;
