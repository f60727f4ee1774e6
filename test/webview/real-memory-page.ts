// What runs of blocks really take of memory. Bundled by real-memory.test.ts.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from '../../webview/run/as-written.ts';
import { startBackend } from '../../webview/run/backends.ts';
import { BuiltBlock } from '../../webview/run/built-block.ts';
import { deviceOf, estimate } from '../../webview/run/estimate.ts';
import { Executable } from '../../webview/run/executable.ts';
import * as tf from '../../webview/run/tensorflow.ts';

export interface Memory {
  readonly backend: string;
  readonly estimated: number;
  /** On WebGL of all textures, also those that are kept to be used again; on WebAssembly of all tensors that were alive at once, also within layers. */
  readonly real: number;
}

/** On a backend that has nothing of an earlier run. */
async function memoryOf(graph: BlockGraph, wanted: BackendName): Promise<Memory> {
  if (tf.findBackend(wanted)) {
    const factory = tf.findBackendFactory(wanted);
    tf.removeBackend(wanted);
    tf.registerBackend(wanted, factory, 2);
  }
  const backend = await startBackend(wanted);
  const block = new BuiltBlock(graph, () => undefined);
  try {
    const most = wanted === 'wasm' ? mostOnWasm() : () => (tf.memory() as unknown as { readonly numBytesInGPUAllocated: number }).numBytesInGPUAllocated;
    await block.build(async () => {});
    await new Executable(block, asWritten(block), backend.name).run(1);
    return { backend: backend.name, estimated: estimate(graph, deviceOf(backend)).taken, real: most() };
  } finally {
    block.dispose();
  }
}

interface WasmBackend {
  move(dataId: object, values: unknown, shape: number[], dtype: tf.DataType, references: number): void;
  disposeData(dataId: object, force?: boolean): boolean;
  readonly dataIdMap: { has(dataId: object): boolean };
}

/** The most bytes that the backend had given to tensors at any moment; `tf.memory` counts tensors that share their values twice. */
function mostOnWasm(): () => number {
  const backend = tf.findBackend('wasm') as unknown as WasmBackend;
  const { move, disposeData } = backend;
  const sizes = new Map<object, number>();
  let [live, most] = [0, 0];
  backend.move = (dataId, values, shape, dtype, references) => {
    move.call(backend, dataId, values, shape, dtype, references);
    const bytes = tf.util.sizeFromShape(shape) * tf.util.bytesPerElement(dtype);
    sizes.set(dataId, bytes);
    live += bytes;
    most = Math.max(most, live);
  };
  backend.disposeData = (dataId, force) => {
    const isGone = disposeData.call(backend, dataId, force);
    if (!backend.dataIdMap.has(dataId)) {
      live -= sizes.get(dataId) ?? 0;
      sizes.delete(dataId);
    }
    return isGone;
  };
  return () => most;
}

Object.assign(window, { memoryOf });
