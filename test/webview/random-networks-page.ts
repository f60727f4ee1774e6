// Runs random networks, random blocks of all layers and the blocks of the article in a page and says what does not agree, and one network on a
// backend that lacks a kernel. Bundled by random-networks.test.ts.
import { asWritten } from '../../webview/run/as-written.ts';
import { startBackend } from '../../webview/run/backends.ts';
import { BuiltBlock } from '../../webview/run/built-block.ts';
import { CannotRun, messageOf } from '../../webview/run/cannot-run.ts';
import { checkNumbers } from '../../webview/run/check-numbers.ts';
import { compareNumbers, valuesOf } from '../../webview/run/compare-numbers.ts';
import { compareParams, compareShapes } from '../../webview/run/compare.ts';
import { Executable } from '../../webview/run/executable.ts';
import { PageClock } from '../../webview/run/page-clock.ts';
import { Predicted } from '../../webview/run/predicted.ts';
import { shapesOf } from '../../webview/run/step.ts';
import * as tf from '../../webview/run/tensorflow.ts';
import { disposeWays, makeWays } from '../../webview/run/ways.ts';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { graphOfBlock } from '../../src/blocks/vocabulary/graph-of-block.ts';
import { articleBlocks } from '../blocks/library/article-blocks.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { RandomNumbers } from '../blocks/random-numbers.ts';
import { classifier } from './blocks.ts';
import { makesMask, normalizesFirstChannels, randomBlock, textOf } from './random-block.ts';
import { randomNetwork } from './random-network.ts';

export interface Findings {
  readonly backend: string;
  /** A sentence for each network with something that is not as it should be. */
  readonly wrong: readonly string[];
  readonly compared: Readonly<Record<string, number>>;
  /** How many blocks TensorFlow.js refuses to run, as a model of layers too, because of masks that do not fit what they are applied to. */
  readonly refused: number;
  /** How many times each layer was run. */
  readonly layers: Readonly<Record<string, number>>;
}

const runNetworks = (seed: number, count: number, wanted: BackendName): Promise<Findings> =>
  runAll(Array.from({ length: count }, (_, i) => [`BLOCKSCOPE_SEED=${seed + i}`, randomNetwork(new RandomNumbers(seed + i))]), wanted);

/** TensorFlow.js has no model of some: there are layers that overwrite the shape of what goes in. */
const runBlocks = (seed: number, count: number, wanted: BackendName): Promise<Findings> =>
  runAll(Array.from({ length: count }, (_, i) => [`BLOCKSCOPE_SEED=${seed + i}`, randomBlock(new RandomNumbers(seed + i), seed + i, wanted)]), wanted, ['predict']);

const runArticleBlocks = (size: number, wanted: BackendName): Promise<Findings> =>
  runAll(articleBlocks.map(({ name, block, channels }) => [name, graphOfBlock(block, { input: [1, size, size, channels] }).graph]), wanted);

/** `dispensable` are ways that need not be possible. */
async function runAll(graphs: readonly (readonly [string, BlockGraph])[], wanted: BackendName, dispensable: readonly string[] = []): Promise<Findings> {
  const backend = await startBackend(wanted);
  const wrong: string[] = [];
  const compared: Record<string, number> = {};
  const layers: Record<string, number> = {};
  let refused = 0;
  const clock = new PageClock(new AbortController().signal);
  for (const [name, graph] of graphs) {
    const before = tf.memory().numTensors;
    const block = new BuiltBlock(graph, () => undefined);
    try {
      await block.build(() => clock.breatheNowAndThen());
      const written = new Executable(block, asWritten(block), backend.name);
      const shapes = new Map<number, readonly (readonly number[])[]>();
      await written.walk(async (step, apply) => {
        const outputs = await apply();
        shapes.set(step.node.id, shapesOf(step, outputs));
        return outputs;
      });
      const ways = await makeWays(block, written, backend.name);
      const { agreements, finite } = await checkNumbers(ways, block, backend, clock, () => {});
      disposeWays(ways);
      const comparable = !normalizesFirstChannels(graph);
      for (const { layer } of graph.nodes) layers[layer] = (layers[layer] ?? 0) + 1;
      for (const agreement of agreements) compared[agreement.with] = (compared[agreement.with] ?? 0) + 1;
      const problems = [
        ...compareShapes(graph, shapes), ...compareParams(graph, block.measuredParams()), ...agreements.filter(({ agrees, with: other }) => !agrees && (comparable || other !== 'cpu')), ...(finite ? [] : ['not finite']),
        ...[...ways].flatMap(([way, run]) => (typeof run === 'string' && (!dispensable.includes(way) || run.startsWith('Cannot read')) ? [`${way}: ${run}`] : [])),
      ];
      if (problems.length > 0) wrong.push(`${name}: ${JSON.stringify(problems)} in ${textOf(graph)}`);
    } catch (error) {
      if (await isRefusedAsModel(block, backend.name, error)) refused++;
      else wrong.push(`${name}: ${String(error)} in ${textOf(graph)}`);
    } finally {
      block.dispose();
    }
    if (tf.memory().numTensors !== before) wrong.push(`${name}: ${tf.memory().numTensors - before} tensors are left of ${textOf(graph)}`);
  }
  return { backend: backend.name, wrong, compared, refused, layers };
}

/** Whether the model of a block with masks fails with the same error, or TensorFlow.js does not even take its inputs. */
async function isRefusedAsModel(block: BuiltBlock, backend: BackendName, error: unknown): Promise<boolean> {
  if (!(error instanceof CannotRun) || !block.graph.nodes.some(({ layer, attributes }) => makesMask(layer, attributes))) return false;
  const model = Predicted.of(block, backend);
  try {
    await model.run(1);
    return false;
  } catch (asModel) {
    return error.message.endsWith(messageOf(asModel)) || messageOf(asModel).startsWith('Error when checking');
  } finally {
    model.dispose();
  }
}

export interface Elsewhere {
  readonly backend: string;
  /** What keeps a layer from the backend, by layer. */
  readonly layers: readonly (readonly [string, string])[];
  readonly agrees: boolean;
  readonly leakedTensors: number;
}

/** A network on a backend that lacks a kernel, and the same with it. */
async function runWithout(kernelName: string, wanted: BackendName): Promise<Elsewhere> {
  const backend = await startBackend(wanted);
  const block = new BuiltBlock(bindSymbols(classifier(), { batch: 1 }), () => undefined);
  await block.build(async () => {});
  const before = tf.memory().numTensors;
  const valuesNow = async (run: Executable): Promise<ArrayLike<number>[]> => {
    const outputs = await run.outputs();
    const values = await valuesOf(outputs);
    tf.dispose(outputs);
    return values;
  };
  const executable = (): Executable => new Executable(block, asWritten(block), backend.name);
  const expected = await valuesNow(executable());
  const kernel = tf.getKernelsForBackend(wanted).find(candidate => candidate.kernelName === kernelName)!;
  tf.unregisterKernel(kernelName, wanted);
  try {
    const without = executable();
    const { agrees } = compareNumbers(expected, await valuesNow(without), 1e-4);
    await without.run(2);
    return { backend: backend.name, layers: [...without.layersElsewhere].map(([node, why]) => [block.graph.nodes[node]!.layer, why]), agrees, leakedTensors: tf.memory().numTensors - before };
  } finally {
    tf.registerKernel(kernel);
    block.dispose();
  }
}

Object.assign(window, { runNetworks, runBlocks, runArticleBlocks, runWithout });
