// A block that is ready to be measured: built, run once, with the ways to run it, whose numbers were compared. What is known of it
// without its layers being measured.
import * as tf from './tensorflow.ts';
import { shapeLabel } from '../../src/blocks/features/shape-label.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { shapesOut, tensorsOut } from '../../src/blocks/graph/tensors.ts';
import type { BlockReport } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from './as-written.ts';
import type { Backend } from './backends.ts';
import { BuiltBlock } from './built-block.ts';
import { checkNumbers, type Numbers } from './check-numbers.ts';
import { compareParams, compareShapes, shapeAsNumbers, totalParams } from './compare.ts';
import { Executable } from './executable.ts';
import type { PageClock } from './page-clock.ts';
import type { Phase } from './progress.ts';
import type { Sampled } from './sampling.ts';
import { shapesOf } from './step.ts';
import { disposeWays, makeWays, wayReports, type Run, type WayName, type Ways } from './ways.ts';
import { refuseVoidAfter } from './whether-void.ts';

export interface BlockToRun {
  readonly graph: BlockGraph;
  /** 1-based source line per node. */
  readonly lines: readonly number[];
  /** Numbers for the free dims of the graph, by name. */
  readonly sizes: Readonly<Record<string, number>>;
}

export type Say = (phase: Phase, done: number, of: number, detail?: string) => void;

interface FirstRun {
  readonly ms: number;
  /** Of each layer the shapes of all its tensors. */
  readonly shapes: ReadonlyMap<number, readonly (readonly number[])[]>;
}

export class PreparedBlock {
  private constructor(
    private readonly backend: Backend, readonly built: BuiltBlock, private readonly sizes: BlockToRun['sizes'], readonly written: Executable,
    private readonly first: FirstRun, private readonly ways: Ways, private readonly numbers: Numbers,
  ) {}

  /** `graph` is the request's with its sizes put in. Throws what keeps the block from being run, and leaves nothing behind then. */
  static async of(backend: Backend, graph: BlockGraph, { lines, sizes }: BlockToRun, clock: PageClock, say: Say): Promise<PreparedBlock> {
    const block = new BuiltBlock(graph, node => lines[node]);
    const total = graph.nodes.length;
    let ways: Ways | undefined;
    try {
      await block.build(async (done, layer) => {
        say('building', done, total, layer);
        await clock.breatheNowAndThen();
      });
      const written = new Executable(block, asWritten(block), backend.name);
      const first = await firstRun(written, backend, clock, (done, layer) => say('firstRun', done, total, layer));
      ways = await makeWays(block, written, backend.name);
      const numbers = await checkNumbers(ways, block, backend, clock, done => say('checking', done, 3));
      refuseVoidAfter(backend);
      return new PreparedBlock(backend, block, sizes, written, first, ways, numbers);
    } catch (error) {
      disposeWays(ways);
      block.dispose();
      throw error;
    }
  }

  /** The ways that there are, in their order. */
  get runs(): ReadonlyMap<WayName, Run> {
    return new Map([...this.ways].flatMap(([way, run]) => (typeof run === 'string' ? [] : [[way, run] as const])));
  }

  /** `sampled` has at least the block as written. */
  report(sampled: ReadonlyMap<WayName, Sampled>): BlockReport {
    const { backend, built: block, first } = this;
    const { graph } = block;
    const wrongShapes = compareShapes(graph, first.shapes);
    const measuredParams = block.measuredParams();
    const wrongParams = compareParams(graph, measuredParams);
    const { timing, warmUpRuns } = sampled.get('written')!;
    return {
      backend: backend.name, renderer: backend.renderer, software: backend.software,
      machine: { tensorflowjs: tf.version_core, browser: navigator.userAgent, cores: navigator.hardwareConcurrency },
      ...(backend.fallbackReason === undefined ? {} : { fallbackReason: backend.fallbackReason }),
      chosenDims: this.sizes,
      inputShapes: block.inputShapes,
      measuredShapes: tensorsOut(graph).map(({ node, port }) => first.shapes.get(node)?.[port] ?? block.inputShapes[graph.inputs.indexOf(node)] ?? []),
      inferredShapes: shapesOut(graph).map(shapeAsNumbers),
      shapesAgree: wrongShapes.length === 0,
      measuredParams: [...measuredParams.values()].reduce((a, b) => a + b, 0), inferredParams: totalParams(graph), paramsAgree: wrongParams.length === 0,
      mismatches: [...wrongShapes, ...wrongParams],
      firstRunMs: first.ms, warmUpRuns, whole: timing,
      ways: wayReports(this.ways, sampled), agreements: this.numbers.agreements,
      notes: notesOf(block, this.written, backend, this.numbers),
    };
  }

  dispose(): void {
    disposeWays(this.ways);
    this.built.dispose();
  }
}

/**
 * Layer by layer, each to its end, so that the page can breathe in between: compiling the shaders of a large block takes
 * seconds. The pauses are not counted.
 */
async function firstRun(written: Executable, backend: Backend, clock: PageClock, onLayer: (done: number, layer: string) => void): Promise<FirstRun> {
  const shapes = new Map<number, readonly (readonly number[])[]>();
  let ms = 0;
  await written.walk(async (step, apply) => {
    const { node } = step;
    onLayer(node.id, node.layer);
    await clock.breatheNowAndThen();
    const start = clock.now();
    const outputs = await apply();
    try {
      await written.wait(outputs[0]);
      ms += clock.now() - start;
      refuseVoidAfter(backend, node.id);
    } catch (error) {
      tf.dispose([...outputs]);
      throw error;
    }
    shapes.set(node.id, shapesOf(step, outputs));
    return outputs;
  });
  return { ms, shapes };
}

function notesOf({ graph, replaced }: BuiltBlock, { layersElsewhere }: Executable, backend: Backend, { finite, unchecked }: Numbers): string[] {
  const elsewhere = [...layersElsewhere].map(([id, obstacle]) =>
    `${describe(graph.nodes[id]!)} ran on the CPU, because ${backend.name} ${obstacle}; moving its tensors is part of its time.`);
  return [
    ...elsewhere,
    ...(finite ? [] : ['The output has values that are not finite numbers (NaN or infinite).']),
    ...(unchecked === undefined ? [] : [`The numbers were not compared layer by layer: ${unchecked}.`]),
    ...[...replaced].map(sentence => `${sentence}.`),
  ];
}

const describe = (node: GraphNode): string => `${node.layer} (${shapeLabel(node.output)})`;
