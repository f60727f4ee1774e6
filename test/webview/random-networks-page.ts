// Runs random networks in a page and says what does not agree. Bundled by random-networks.test.ts.
import { asWritten } from '../../webview/run/as-written.ts';
import { startBackend } from '../../webview/run/backends.ts';
import { BuiltBlock } from '../../webview/run/built-block.ts';
import { checkNumbers } from '../../webview/run/check-numbers.ts';
import { compareParams, compareShapes } from '../../webview/run/compare.ts';
import { Executable } from '../../webview/run/executable.ts';
import { PageClock } from '../../webview/run/page-clock.ts';
import { disposeWays, makeWays } from '../../webview/run/ways.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { RandomNumbers } from '../blocks/random-numbers.ts';
import { randomNetwork } from './random-network.ts';

export interface Findings {
  readonly backend: string;
  /** A sentence for each network with something that is not as it should be. */
  readonly wrong: readonly string[];
  readonly compared: Readonly<Record<string, number>>;
}

async function runNetworks(seed: number, count: number, wanted: BackendName): Promise<Findings> {
  const backend = await startBackend(wanted);
  const wrong: string[] = [];
  const compared: Record<string, number> = {};
  const clock = new PageClock(new AbortController().signal);
  for (let i = 0; i < count; i++) {
    const graph = randomNetwork(new RandomNumbers(seed + i));
    const block = new BuiltBlock(graph, () => undefined);
    try {
      await block.build(() => clock.breatheNowAndThen());
      const written = new Executable(block, asWritten(block), backend.name);
      const shapes = new Map<number, readonly (readonly number[])[]>();
      await written.walk(async ({ node }, apply) => {
        const outputs = apply();
        shapes.set(node.id, outputs.map(({ shape }) => shape));
        return outputs;
      });
      const ways = makeWays(block, written, backend.name);
      const { agreements, finite } = await checkNumbers(ways, block, backend, clock, () => {});
      disposeWays(ways);
      // Over channels that come first, plain JavaScript and WebAssembly normalize wrongly.
      const comparable = graph.nodes.every(({ attributes }) => attributes['axis'] !== 1);
      for (const agreement of agreements) compared[agreement.with] = (compared[agreement.with] ?? 0) + 1;
      const problems = [
        ...compareShapes(graph, shapes), ...compareParams(graph, block.measuredParams()), ...agreements.filter(({ agrees, with: other }) => !agrees && (comparable || other !== 'cpu')), ...(finite ? [] : ['not finite']),
        ...[...ways].flatMap(([way, run]) => (typeof run === 'string' ? [`${way}: ${run}`] : [])),
      ];
      if (problems.length > 0) wrong.push(`BLOCKSCOPE_SEED=${seed + i}: ${JSON.stringify(problems)} in ${graph.nodes.map(({ layer, attributes }) => `${layer} ${JSON.stringify(attributes)}`).join(', ')}`);
    } catch (error) {
      wrong.push(`BLOCKSCOPE_SEED=${seed + i}: ${String(error)}`);
    } finally {
      block.dispose();
    }
  }
  return { backend: backend.name, wrong, compared };
}

Object.assign(window, { runNetworks });
