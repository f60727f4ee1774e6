// Measures the ways to run a block, in a page. Bundled by ways.ts.
import { analyze } from '../src/blocks/analyze.ts';
import type { BlockGraph } from '../src/blocks/graph/block-graph.ts';
import type { BackendName, RunReport } from '../src/blocks/protocol/messages.ts';
import { articleBlocks } from '../test/blocks/library/article-blocks.ts';
import { networks, type NetworkName } from '../src/blocks/library/networks/networks.ts';
import { graphOfBlock } from '../src/blocks/vocabulary/graph-of-block.ts';
import { asWritten } from '../webview/run/as-written.ts';
import { startBackend } from '../webview/run/backends.ts';
import { BuiltBlock } from '../webview/run/built-block.ts';
import { Executable } from '../webview/run/executable.ts';
import { PageClock } from '../webview/run/page-clock.ts';
import { sampleTogether, WHOLE_BLOCK } from '../webview/run/sampling.ts';
import { rulesOn } from '../webview/run/stack-placement.ts';
import { disposeWays, makeWays, wayReports } from '../webview/run/ways.ts';

export interface Measurement {
  readonly written: number;
  readonly ways: RunReport['ways'];
}

/** A block of the article, or a network, by its name. */
function measureWays(name: string, size: number, wanted: BackendName): Promise<Measurement> {
  const article = articleBlocks.find(block => block.name === name);
  const { graph } = article ? graphOfBlock(article.block, { input: [1, size, size, article.channels] }) : graphOfBlock(networks[name as NetworkName](), { input: [1, size, size, 3] });
  return measure(graph, wanted);
}

/** Those of a program, each with its name and its input. */
const blocksIn = (file: string, text: string): { readonly title: string; readonly graph: BlockGraph }[] =>
  analyze(file, text).blocks.map(({ name, inputShapes, graph }) => ({ title: `${name}, ${JSON.stringify(inputShapes[0])}`, graph }));

const titlesIn = (file: string, text: string): string[] => blocksIn(file, text).map(({ title }) => title);

const measureProgram = (file: string, text: string, index: number, wanted: BackendName): Promise<Measurement> => measure(blocksIn(file, text)[index]!.graph, wanted);

async function measure(graph: BlockGraph, wanted: BackendName): Promise<Measurement> {
  const backend = await startBackend(wanted);
  if (backend.name !== wanted) throw new Error(backend.fallbackReason);
  const block = new BuiltBlock(graph, () => undefined);
  const clock = new PageClock(new AbortController().signal);
  try {
    await block.build(async () => {});
    const ways = await makeWays(block, new Executable(block, asWritten(block), backend.name), backend.name);
    const runs = [...ways].flatMap(([key, way]) => (typeof way === 'string' ? [] : [[key, way] as const]));
    const sampled = await sampleTogether(runs.map(([, way]) => (times: number) => way.run(times)), rulesOn(backend.name, WHOLE_BLOCK), clock);
    disposeWays(ways);
    return { written: sampled[0]!.timing.medianMs, ways: wayReports(ways, new Map(runs.map(([key], i) => [key, sampled[i]!]))) };
  } finally {
    block.dispose();
  }
}

Object.assign(window, { measureWays, measureProgram, titlesIn, articleNames: articleBlocks.map(({ name }) => name) });
