// Starts what computes: what is wanted where there is one, else the next of WebGPU, WebGL 2, WebAssembly and plain JavaScript, with the
// reason for each that is left out.
import * as tf from './tensorflow.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { findGpu } from './gpu.ts';
import { attendToWasm, replaceFullWasm } from './wasm-memory.ts';
import { describeWebGL, isContextLost, prepareWebGL } from './webgl.ts';
import { attendToWebGPU, describeWebGPU, prepareWebGPU } from './webgpu.ts';

export interface Backend {
  readonly name: BackendName;
  /** The renderer of WebGL, the adapter of WebGPU, or what computes otherwise. */
  readonly renderer: string;
  /** A CPU that emulates a GPU. */
  readonly software: boolean;
  readonly maxTextureSize?: number;
  /** The most bytes that a tensor can have on WebGPU. */
  readonly maxBufferBytes?: number;
  /** Why it is not the one that was asked for; absent where it is. */
  readonly fallbackReason?: string;
}

/** Nothing can run: not even the backend in plain JavaScript started. */
export class NoBackend extends Error {}

const FASTEST_FIRST: readonly BackendName[] = ['webgpu', 'webgl', 'wasm', 'cpu'];

const START_MS = 15_000;

/** Starts the backend that is wanted, or else the next one that can be started. */
export async function startBackend(wanted: BackendName): Promise<Backend> {
  const reasons: string[] = [];
  for (const name of FASTEST_FIRST.slice(FASTEST_FIRST.indexOf(wanted))) {
    // Nobody asked for an emulated GPU, and WebAssembly is many times as fast.
    const failure = name === 'webgl' && wanted !== 'webgl' && findGpu() !== 'hardware' ? 'WebGL has no GPU either.' : await tryBackend(name);
    if (failure === undefined) {
      // Layers that it cannot run, and the numbers that it is compared with, are computed in plain JavaScript.
      await load.cpu();
      const reason = reasons.length > 0 ? { fallbackReason: reasons.join(' ') } : {};
      return { name, ...describeBackend(name), ...reason };
    }
    reasons.push(failure);
  }
  throw new NoBackend(reasons.join(' '));
}

/** Waits no longer than this for an answer: a backend that hangs must not hang the page. */
export async function withTimeout<T>(work: Promise<T>, ms: number, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} gave no answer within ${Math.round(ms / 1000)} s.`)), ms);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes a backend that has already started the current one at once; `tf.setBackend` only waits where it has not. */
export function switchBackend(name: BackendName): void {
  void tf.setBackend(name);
  if (tf.getBackend() !== name) throw new Error(`The ${name} backend is not running.`);
}

/** Why it cannot be used; undefined where it is running. */
async function tryBackend(name: BackendName): Promise<string | undefined> {
  try {
    const missing = await load[name]();
    if (missing !== undefined) return missing;
    // After a failure `tf.getBackend()` goes on to name the backend that failed: only the answer can be trusted.
    const started = await withTimeout(tf.setBackend(name), START_MS, `The ${name} backend`);
    if (!started) return `The ${name} backend could not be started.`;
    if (name === 'webgpu') attendToWebGPU();
    if (name === 'wasm') attendToWasm();
    return name === 'webgl' && isContextLost() ? 'The WebGL context was lost while it was started.' : undefined;
  } catch (error) {
    return `The ${name} backend could not be started: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Each lies in a file of its own, which is read when it is first asked for. A sentence says why it cannot be started at all. */
const load: Readonly<Record<BackendName, () => Promise<string | undefined>>> = {
  webgl: async () => {
    await import('@tensorflow/tfjs-backend-webgl');
    return prepareWebGL();
  },
  webgpu: async () => {
    await import('@tensorflow/tfjs-backend-webgpu');
    return withTimeout(prepareWebGPU(), START_MS, 'WebGPU');
  },
  wasm: async () => {
    replaceFullWasm();
    await (wasmReady ??= import('./wasm-backend.ts').then(({ prepareWasm }) => prepareWasm()));
    return undefined;
  },
  cpu: async () => {
    await import('@tensorflow/tfjs-backend-cpu');
    return undefined;
  },
};

let wasmReady: Promise<void> | undefined;

function describeBackend(name: BackendName): Omit<Backend, 'name' | 'fallbackReason'> {
  if (name === 'webgl') return describeWebGL();
  if (name === 'webgpu') return describeWebGPU();
  const cores = navigator.hardwareConcurrency;
  const renderer = name === 'wasm' ? `WebAssembly with SIMD, one thread (of ${cores} cores)` : 'plain JavaScript, one thread';
  return { renderer, software: false };
}
