// Measures in a page what the profiler adds to what it measures. Bundled by page.ts.
import type { BackendName } from '../src/blocks/protocol/messages.ts';
import { graphOfBlock } from '../src/blocks/vocabulary/graph-of-block.ts';
import { articleBlocks } from '../test/blocks/library/article-blocks.ts';
import { asWritten } from '../webview/run/as-written.ts';
import { startBackend } from '../webview/run/backends.ts';
import { BuiltBlock } from '../webview/run/built-block.ts';
import { Executable } from '../webview/run/executable.ts';
import { PageClock } from '../webview/run/page-clock.ts';
import { Predicted } from '../webview/run/predicted.ts';
import { sampleTogether, WHOLE_BLOCK } from '../webview/run/sampling.ts';
import { rulesOn, timedOnBothStacks, timedOnce } from '../webview/run/stack-placement.ts';
import { median } from '../webview/run/statistics.ts';
import type * as tf from '../webview/run/tensorflow.ts';
import { waitFor } from '../webview/run/wait.ts';
import { disposeWays, makeWays } from '../webview/run/ways.ts';

export interface Overhead {
  readonly renderer: string;
  /** Milliseconds of one run, by rounds: as the panel reports them, and in a loop with nothing else in it. */
  readonly panel: readonly number[];
  readonly bare: readonly number[];
}

/** As a panel measures, with fewer samples in each round. */
const rules = { ...WHOLE_BLOCK, minSamples: 5, maxSamples: 5, enoughSamples: 5 };

async function measureOverhead(name: string, size: number, wanted: BackendName, rounds: number): Promise<Overhead> {
  const backend = await startBackend(wanted);
  if (backend.name !== wanted) throw new Error(backend.fallbackReason);
  const { block: described, channels } = articleBlocks.find(block => block.name === name)!;
  const block = new BuiltBlock(graphOfBlock(described, { input: [1, size, size, channels] }).graph, () => undefined);
  const clock = new PageClock(new AbortController().signal);
  await block.build(async () => {});
  const ways = await makeWays(block, new Executable(block, asWritten(block), backend.name), backend.name);
  try {
    const runs = [...ways.values()].filter(way => typeof way !== 'string');
    const place = runs.findIndex(run => run instanceof Predicted);
    const { model, inputs } = runs[place] as Predicted;
    let runsPerSample = 1;
    const panel = async (): Promise<number> => {
      const { timing } = (await sampleTogether(runs.map(way => (times: number) => way.run(times)), rulesOn(backend.name, rules), clock))[place]!;
      runsPerSample = timing.runsPerSample;
      return timing.medianMs;
    };
    const loop = async (times: number): Promise<void> => {
      for (let i = 0; i < times; i++) {
        const output = model.predict(inputs) as tf.Tensor;
        if (i === times - 1) await waitFor(output, backend.name);
        output.dispose();
      }
    };
    const bare = async (): Promise<number> => {
      // Where the stack lies would make more of a difference than anything that the panel adds.
      const timed = backend.name === 'wasm' ? timedOnBothStacks : timedOnce;
      const samples: number[] = [];
      for (let sample = 0; sample < rules.minSamples; sample++) samples.push(await timed(loop, runsPerSample, () => performance.now()));
      return median(samples);
    };
    await panel();
    await bare();
    const [reported, looped]: [number[], number[]] = [[], []];
    for (let round = 0; round < rounds; round++) {
      for (const turn of round % 2 === 0 ? ['panel', 'bare'] : ['bare', 'panel']) {
        if (turn === 'panel') reported.push(await panel());
        else looped.push(await bare());
      }
    }
    return { renderer: backend.renderer, panel: reported, bare: looped };
  } finally {
    disposeWays(ways);
    block.dispose();
  }
}

Object.assign(window, { measureOverhead });
