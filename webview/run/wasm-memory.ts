// The memory of WebAssembly, which the browser may refuse to let grow. TensorFlow.js does not look: it would write the tensor to the beginning of the
// memory, over what its own code keeps there, and every run after that would fail.
import * as tf from './tensorflow.ts';

/** The parts of TensorFlow.js' WebAssembly backend that are used here; it has no types for them. */
interface WasmBackend {
  readonly wasm: { _malloc(bytes: number): number; readonly asm: Readonly<Record<string, unknown>> };
}

const backend = (): WasmBackend | null => tf.findBackend('wasm') as unknown as WasmBackend | null;

const failures = new WeakMap<WasmBackend, string>();
const attended = new WeakSet<WasmBackend>();

/** Once for each backend that has started. Allocations that fail are errors from then on. */
export function attendToWasm(): void {
  const started = backend()!;
  if (attended.has(started)) return;
  attended.add(started);
  const { wasm } = started;
  const memory = Object.values(wasm.asm).find(one => one instanceof WebAssembly.Memory)!;
  const fail = (): string => {
    const message = `WebAssembly has no memory left, because the browser gives it no more than ${Math.round(memory.buffer.byteLength / 1e6)} MB. Choose smaller sizes. The next run starts with a new memory.`;
    failures.set(started, message);
    return message;
  };
  // What kernels allocate for themselves is not told to anybody, but the memory has to grow for it. It is tried again with less than was refused.
  memory.grow = pages => {
    try {
      const before = WebAssembly.Memory.prototype.grow.call(memory, pages);
      failures.delete(started);
      return before;
    } catch (error) {
      fail();
      throw error;
    }
  };
  // It is replaced by itself when it is first called.
  let allocate = wasm._malloc;
  Object.defineProperty(wasm, '_malloc', {
    set: (other: typeof allocate) => { allocate = other; },
    get: () => (bytes: number) => {
      const place = allocate(bytes);
      if (place === 0 && bytes > 0) throw new Error(fail());
      return place;
    },
  });
}

/** Undefined where nothing was refused. */
export function wasmFailure(): string | undefined {
  const started = backend();
  return started ? failures.get(started) : undefined;
}

/** A memory never becomes smaller, so that one which was full goes with its backend. */
export function replaceFullWasm(): void {
  if (wasmFailure() === undefined) return;
  const factory = tf.findBackendFactory('wasm');
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', factory, 2);
}
