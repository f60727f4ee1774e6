// What kind of GPU the window has, found out without TensorFlow.js, so that the page knows it at once.
export type Gpu = 'hardware' | 'software' | 'none';

/** By what the renderer calls itself. */
export const isSoftware = (renderer: string): boolean => /swiftshader|llvmpipe|softpipe|software|basic render|\bwarp\b/i.test(renderer);

export function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(info ? info.UNMASKED_RENDERER_WEBGL : gl.RENDERER));
}

export function findGpu(): Gpu {
  const gl = document.createElement('canvas').getContext('webgl2');
  if (!gl) return 'none';
  const kind = isSoftware(rendererOf(gl)) ? 'software' : 'hardware';
  // A window has few contexts.
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return kind;
}
