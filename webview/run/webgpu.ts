// WebGPU under TensorFlow.js: is there one, what is it, has it finished, is it still there.
import * as tf from './tensorflow.ts';
import { isSoftwareAdapter, nameOfAdapter } from './gpu.ts';

/** The parts of TensorFlow.js' WebGPU backend that are used here; it has no types for them. */
interface WebGPUBackend {
  readonly device: GPUDevice;
  readonly commandEncoder: GPUCommandEncoder | null;
  readonly tensorMap: { get(dataId: object): { readonly values?: unknown; readonly dtype: string } | undefined };
  endComputePassEncoder(): void;
  submitQueue(): void;
  readSync(dataId: object): unknown;
}

const backend = (): WebGPUBackend | null => tf.findBackend('webgpu') as unknown as WebGPUBackend | null;

/** A layer, or a kernel, that wants values of the GPU at once. */
export class SynchronousRead extends Error {
  constructor() {
    super('WebGPU cannot give back values in the middle of a layer');
  }
}

const failures = new WeakMap<WebGPUBackend, string>();

/**
 * Sets the flag that honest timing needs, and throws away a backend whose device failed. Answers with a sentence where
 * there is no WebGPU. The backend is registered.
 */
export async function prepareWebGPU(): Promise<string | undefined> {
  if (webGPUFailure() !== undefined) {
    const factory = tf.findBackendFactory('webgpu');
    tf.removeBackend('webgpu');
    tf.registerBackend('webgpu', factory, 3);
  }
  // TensorFlow.js takes it for granted that there is an adapter where there is WebGPU.
  if (!backend() && !await navigator.gpu?.requestAdapter()) return 'WebGPU is not available in this window: there is no GPU that it can use, or VS Code runs without it.';
  // Small tensors would otherwise be computed by the CPU, and their layers cost nothing.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  return undefined;
}

/** Once for each backend that has started: hears of its device, and keeps TensorFlow.js from what takes the device down. */
export function attendToWebGPU(): void {
  const started = backend()!;
  if (attended.has(started)) return;
  attended.add(started);
  const { device } = started;
  void device.lost.then(({ message }) => failures.set(started, `The GPU was taken away from WebGPU during the run, so that the results are void${reason(message)}. The next run starts with a new device.`));
  device.addEventListener('uncapturederror', ({ error }) => failures.set(started, `WebGPU reported an error during the run, so that the results are void${reason(error.message)}. The next run starts with a new device.`));
  // After a few synchronous reads, which go by a canvas, Chromium takes the device away.
  const readSync = started.readSync.bind(started);
  started.readSync = dataId => {
    const { values, dtype } = started.tensorMap.get(dataId)!;
    if (values == null && dtype !== 'string') throw new SynchronousRead();
    return readSync(dataId);
  };
}

const attended = new WeakSet<WebGPUBackend>();

const reason = (message: string): string => (message === '' ? '' : ` (${message.trim().split('\n')[0]!.replace(/\.$/, '')})`);

export function describeWebGPU(): { renderer: string; software: boolean; maxBufferBytes: number } {
  const { adapterInfo, limits } = backend()!.device;
  return { renderer: nameOfAdapter(adapterInfo), software: isSoftwareAdapter(adapterInfo), maxBufferBytes: limits.maxStorageBufferBindingSize };
}

/** Why what was computed on it is void; undefined where nothing happened. Everything on a lost device is gone: tensors, weights, programs. */
export function webGPUFailure(): string | undefined {
  const started = backend();
  return started ? failures.get(started) : undefined;
}

/** Resolves when the GPU has computed everything that was asked of it. */
export async function waitForQueue(): Promise<void> {
  const webgpu = backend()!;
  webgpu.endComputePassEncoder();
  if (webgpu.commandEncoder) webgpu.submitQueue();
  await webgpu.device.queue.onSubmittedWorkDone();
}
