// What runs of blocks really take of memory. Bundled by real-memory.test.ts.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from '../../webview/run/as-written.ts';
import { startBackend } from '../../webview/run/backends.ts';
import { BuiltBlock } from '../../webview/run/built-block.ts';
import { deviceOf, estimate } from '../../webview/run/estimate.ts';
import { Executable } from '../../webview/run/executable.ts';
import * as tf from '../../webview/run/tensorflow.ts';
import { TrainingStep } from '../../webview/run/training-step.ts';

export interface Memory {
  readonly backend: string;
  readonly estimated: number;
  /** On a GPU of all textures or buffers, also those that are kept to be used again; on WebAssembly of all tensors that were alive at once, also within layers. */
  readonly real: number;
}

/** On a backend that has nothing of an earlier run. */
async function memoryOf(graph: BlockGraph, wanted: BackendName, training: boolean): Promise<Memory> {
  if (tf.findBackend(wanted)) {
    const factory = tf.findBackendFactory(wanted);
    tf.removeBackend(wanted);
    tf.registerBackend(wanted, factory, 2);
  }
  const backend = await startBackend(wanted);
  const block = new BuiltBlock(graph, () => undefined);
  try {
    const most = wanted === 'wasm' ? mostOnWasm() : wanted === 'cpu' ? mostOnCpu() : allocatedOnGpu;
    await block.build(async () => {});
    const step = training ? new TrainingStep(block, backend.name) : undefined;
    await (step ?? new Executable(block, asWritten(block), backend.name)).run(1);
    const real = most();
    step?.dispose();
    return { backend: backend.name, estimated: estimate(graph, deviceOf(backend), training).taken, real };
  } finally {
    block.dispose();
  }
}

/** The most bytes that all tensors had after any operation. */
function mostOnCpu(): () => number {
  const engine = tf.engine() as unknown as { runKernelFunc(...args: unknown[]): unknown; readonly state: { readonly numBytes: number } };
  const { runKernelFunc } = engine;
  const before = engine.state.numBytes;
  let most = before;
  engine.runKernelFunc = (...args) => {
    const result = runKernelFunc.apply(engine, args);
    most = Math.max(most, engine.state.numBytes);
    return result;
  };
  return () => {
    engine.runKernelFunc = runKernelFunc;
    return most - before;
  };
}

/** Each backend has a name of its own for it. */
function allocatedOnGpu(): number {
  const memory = tf.memory() as unknown as { readonly numBytesInGPUAllocated?: number; readonly numBytesAllocatedInGPU?: number };
  return (memory.numBytesInGPUAllocated ?? memory.numBytesAllocatedInGPU)!;
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
