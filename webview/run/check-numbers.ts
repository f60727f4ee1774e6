// Whether what a block computes is right: the same in every way that it is run, and the same as in plain JavaScript.
import * as tf from './tensorflow.ts';
import type { Agreement } from '../../src/blocks/protocol/messages.ts';
import type { Backend } from './backends.ts';
import type { BuiltBlock } from './built-block.ts';
import { checkLayers } from './check-layers.ts';
import { compareNumbers, valuesOf } from './compare-numbers.ts';
import type { PageClock } from './page-clock.ts';
import type { Run, Ways } from './ways.ts';

export interface Numbers {
  readonly agreements: readonly Agreement[];
  /** False where an output has a value that is no number: then its time means little. */
  readonly finite: boolean;
  /** Why the numbers were not compared layer by layer. */
  readonly unchecked?: string;
}

/** As a share of the largest value. Textures of half precision have three digits. */
export const numbersTolerance = (backend: Backend): number => (backend.name === 'webgl' && !tf.env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') ? 1e-2 : 1e-3);

export async function checkNumbers(ways: Ways, block: BuiltBlock, backend: Backend, clock: PageClock, onProgress: (done: number) => void): Promise<Numbers> {
  const agreements: Agreement[] = [];
  const expected = await outputsOf(ways.get('written') as Run);
  for (const [done, way] of (['predict', 'deployed'] as const).entries()) {
    onProgress(done);
    await clock.breathe();
    const run = ways.get(way);
    if (run === undefined || typeof run === 'string') continue;
    const { largest, scale, agrees } = compareNumbers(expected, await outputsOf(run), numbersTolerance(backend));
    agreements.push({ with: way, inputShapes: block.inputShapes, difference: largest, scale, agrees });
  }
  onProgress(2);
  await clock.breathe();
  const finite = expected.every(values => Array.prototype.every.call(values, Number.isFinite));
  const checked = await checkLayers(block.graph, backend.name, numbersTolerance(backend), clock);
  return typeof checked === 'string' ? { agreements, finite, unchecked: checked } : { agreements: [...agreements, ...checked], finite };
}

async function outputsOf(run: Run): Promise<ArrayLike<number>[]> {
  const outputs = await run.outputs();
  try {
    return await valuesOf(outputs);
  } finally {
    tf.dispose(outputs);
  }
}
