// The numbers of a backend against those of plain JavaScript, on images that are small enough for it.
import * as tf from '@tensorflow/tfjs';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { resizeImages } from '../../src/blocks/graph/resize.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from './as-written.ts';
import { switchBackend } from './backends.ts';
import { BuiltBlock } from './built-block.ts';
import { compareNumbers, valuesOf, type Difference } from './compare-numbers.ts';
import { Executable } from './executable.ts';
import type { PageClock } from './page-clock.ts';

export interface CpuCheck extends Difference {
  readonly inputShapes: readonly (readonly number[])[];
}

/** Plain JavaScript takes some tenths of a second. */
const mostMacs = 60e6;
const sizes = [32, 16, 8, 4];

/** The block itself, or on smaller images; undefined where it has more multiplications however small they are. */
function smallEnough(graph: BlockGraph): BlockGraph | undefined {
  const isSmall = (candidate: BlockGraph): boolean => {
    const { macs } = totalsOf(candidate.nodes);
    return typeof macs === 'number' && macs <= mostMacs;
  };
  for (const size of sizes) {
    const resized = resizeImages(graph, size);
    if (resized && isSmall(resized)) return resized;
  }
  return isSmall(graph) ? graph : undefined;
}

/** `backend` is running, and still is afterwards. A text says why there was no check. */
export async function checkOnCpu(graph: BlockGraph, backend: BackendName, tolerance: number, clock: PageClock): Promise<CpuCheck | string> {
  if (backend === 'cpu') return 'it ran in plain JavaScript';
  const small = smallEnough(graph);
  if (!small) return 'it is too large for plain JavaScript, on small images too';
  const block = new BuiltBlock(small, () => undefined);
  try {
    await block.build(() => clock.breatheNowAndThen());
    const measured = await outputsOf(block, backend);
    await tf.setBackend('cpu');
    const expected = await outputsOf(block, 'cpu');
    return { ...compareNumbers(expected, measured, tolerance), inputShapes: block.inputShapes };
  } finally {
    switchBackend(backend);
    block.dispose();
  }
}

async function outputsOf(block: BuiltBlock, backend: BackendName): Promise<ArrayLike<number>[]> {
  const outputs = new Executable(block, asWritten(block), backend).outputs();
  try {
    return await valuesOf(outputs);
  } finally {
    tf.dispose(outputs);
  }
}
