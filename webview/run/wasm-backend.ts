// Sets up the WebAssembly backend without any network: its binary travels inside the script, because the page may
// fetch nothing. Loaded only when it is needed.
import * as tf from './tensorflow.ts';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import binary from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm';

const INLINE = 'inline:';

/** Once, before the backend is chosen for the first time. */
export function prepareWasm(): void {
  // Every Chromium that VS Code brings has SIMD, and without cross-origin isolation there are no threads: whichever
  // binary the backend asks for, it is given the one with SIMD.
  const names = ['tfjs-backend-wasm.wasm', 'tfjs-backend-wasm-simd.wasm', 'tfjs-backend-wasm-threaded-simd.wasm'] as const;
  setWasmPaths(Object.fromEntries(names.map(name => [name, `${INLINE}${name}`])), true);
  // A worker that the content security policy blocks would make the threaded backend wait for ever.
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  const { platform } = tf.env();
  const fetchElsewhere = platform.fetch.bind(platform);
  platform.fetch = (path, options) =>
    path.startsWith(INLINE)
      ? Promise.resolve(new Response(binary.slice().buffer, { headers: { 'Content-Type': 'application/wasm' } }))
      : fetchElsewhere(path, options);
}
