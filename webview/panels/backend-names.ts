// How backends are called where one of them is chosen.
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { Gpu } from '../run/gpu.ts';

export const BACKENDS: Readonly<Record<BackendName, string>> = { webgl: 'WebGL', webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'JavaScript' };

/** What is known of the GPU behind WebGL, and of the one behind WebGPU. */
export interface Gpus {
  readonly gpu: Gpu;
  readonly webgpu: Gpu | 'unasked';
}

const notes: Readonly<Record<Gpu | 'unasked', string>> = { unasked: '', hardware: '', software: ' (software)', none: ' (not available)' };

export const gpuNote = (backend: BackendName, { gpu, webgpu }: Gpus): string => (backend === 'webgl' ? notes[gpu] : backend === 'webgpu' ? notes[webgpu] : '');

export const isEmulated = (backend: BackendName, { gpu, webgpu }: Gpus): boolean => (backend === 'webgl' ? gpu : backend === 'webgpu' ? webgpu : 'hardware') !== 'hardware';
