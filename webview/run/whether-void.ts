// Whether what a backend computed is worth anything: its device may be gone, or its memory may have been refused, and TensorFlow.js goes on all the same.
import type { Backend } from './backends.ts';
import { CannotRun } from './cannot-run.ts';
import { wasmFailure } from './wasm-memory.ts';
import { isContextLost, isOutOfTextures, lookForRefusedTextures } from './webgl.ts';
import { webGPUFailure } from './webgpu.ts';

const CONTEXT_LOST =
  'The GPU took its WebGL context away during the run, so that the results are void. The next run starts with a new context.';

const OUT_OF_TEXTURES = 'The GPU has no memory left for the textures of this run, so that the results are void. Choose smaller sizes. The next run starts without any textures.';

/** Undefined where nothing is known to have happened. */
export function whyVoid(backend: string): string | undefined {
  if (backend === 'webgl') return isContextLost() ? CONTEXT_LOST : isOutOfTextures() ? OUT_OF_TEXTURES : undefined;
  return backend === 'webgpu' ? webGPUFailure() : backend === 'wasm' ? wasmFailure() : undefined;
}

/** Takes no time that a measurement would notice. */
export function refuseVoid({ name }: Pick<Backend, 'name'>, node?: number): void {
  const message = whyVoid(name);
  if (message !== undefined) throw new CannotRun(message, node);
}

/** Also asks the GPU for its errors, and waits for its answer: never within what is timed. `node` is what ran last. */
export function refuseVoidAfter(backend: Pick<Backend, 'name'>, node?: number): void {
  if (backend.name === 'webgl') lookForRefusedTextures();
  refuseVoid(backend, node);
}
