// Until the device has computed a tensor: each backend has another way to say so.
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type * as tf from './tensorflow.ts';
import { waitForTexture } from './webgl.ts';
import { waitForQueue } from './webgpu.ts';

/** Returns when it is there; of WebGPU alone that can only be awaited. */
export function waitFor(tensor: tf.Tensor, backend: BackendName): void | Promise<void> {
  if (backend === 'webgl') waitForTexture(tensor);
  if (backend === 'webgpu') return waitForQueue();
}
