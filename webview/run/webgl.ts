// WebGL under TensorFlow.js: is there one, what is it, has it finished, is it still there.
import * as tf from './tensorflow.ts';
import { isSoftware, rendererOf } from './gpu.ts';

/** The parts of TensorFlow.js' WebGL backend that are used here; it has no types for them. */
interface WebGLBackend {
  readonly gpgpu: { readonly gl: WebGL2RenderingContext; readonly framebuffer: WebGLFramebuffer };
  readonly texData: { get(dataId: object): { readonly texture?: { readonly texture: WebGLTexture } | null } | undefined };
}

const backend = (): WebGLBackend | undefined => (tf.findBackend('webgl') ?? undefined) as unknown as WebGLBackend | undefined;

/**
 * Sets the flags that honest timing needs, and throws away a backend whose context was lost, because TensorFlow.js
 * would go on with it and give zeros. Answers with a sentence where there is no WebGL 2.
 */
export function prepareWebGL(): string | undefined {
  if (isContextLost() || isOutOfTextures()) replaceBackend();
  // TensorFlow.js would be content with WebGL 1.
  const offered = backend() ? contextOfWebGL() : document.createElement('canvas').getContext('webgl2');
  if (!(offered instanceof WebGL2RenderingContext)) {
    return 'WebGL 2 is not available in this window: there is no GPU, or VS Code runs without it.';
  }
  // A software renderer is used too, and labelled as what it is.
  tf.env().set('SOFTWARE_WEBGL_ENABLED', true);
  // Small tensors would otherwise be computed by the CPU, and their layers cost nothing.
  tf.env().set('WEBGL_CPU_FORWARD', false);
  return undefined;
}

export function describeWebGL(): { renderer: string; software: boolean; maxTextureSize: number } {
  const { gl } = backend()!.gpgpu;
  const renderer = rendererOf(gl);
  return {
    renderer,
    software: isSoftware(renderer),
    maxTextureSize: Number(gl.getParameter(gl.MAX_TEXTURE_SIZE)),
  };
}

/** Of the backend that has started. */
export const contextOfWebGL = (): WebGL2RenderingContext => backend()!.gpgpu.gl;

/** True where a context was there and is no more. Everything on it is gone: tensors, weights, programs. */
export const isContextLost = (): boolean => backend()?.gpgpu.gl.isContextLost() ?? false;

const outOfTextures = new WeakSet<WebGLBackend>();

/** True where the GPU was asked after it had refused memory for a texture. TensorFlow.js does not ask: it computes with a texture of zeros. */
export function isOutOfTextures(): boolean {
  const webgl = backend();
  return webgl !== undefined && outOfTextures.has(webgl);
}

/** Asks the GPU, and waits for its answer. */
export function lookForRefusedTextures(): void {
  const webgl = backend();
  if (!webgl) return;
  const { gl } = webgl.gpgpu;
  // Each kind of error is told once, and a lost context always has one.
  for (let error = gl.getError(); error !== gl.NO_ERROR && error !== gl.CONTEXT_LOST_WEBGL; error = gl.getError()) {
    if (error === gl.OUT_OF_MEMORY) outOfTextures.add(webgl);
  }
}

/**
 * Returns when the GPU has computed the tensor. Reading one pixel back waits for exactly that, whereas `gl.finish` does
 * not wait in Chromium and a download would add its own time.
 */
export function waitForTexture(tensor: tf.Tensor): void {
  const webgl = backend();
  const texture = webgl?.texData.get(tensor.dataId)?.texture?.texture;
  if (!webgl || !texture) {
    tensor.dataSync();
    return;
  }
  const { gl, framebuffer } = webgl.gpgpu;
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebufferOf(gl));
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, texture, 0);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.FLOAT, onePixel);
  gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0, gl.TEXTURE_2D, null, 0);
  gl.bindFramebuffer(gl.FRAMEBUFFER, framebuffer);
}

const onePixel = new Float32Array(4);
const framebuffers = new WeakMap<WebGL2RenderingContext, WebGLFramebuffer>();

function framebufferOf(gl: WebGL2RenderingContext): WebGLFramebuffer {
  const known = framebuffers.get(gl);
  if (known) return known;
  const made = gl.createFramebuffer();
  framebuffers.set(gl, made);
  return made;
}

/** A restored context still gives wrong results, and textures that were refused would be used again. */
function replaceBackend(): void {
  const factory = tf.findBackendFactory('webgl');
  tf.removeBackend('webgl');
  tf.registerBackend('webgl', factory, 2);
}
