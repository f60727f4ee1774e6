// What kind of GPU the window has, found out without TensorFlow.js, so that the page knows it at once, or soon where only WebGPU knows it.
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

/** `google swiftshader`. */
export const nameOfAdapter = ({ vendor, architecture, device, description }: GPUAdapterInfo): string =>
  [...new Set([vendor, architecture, device, description])].filter(part => part !== '').join(' ') || 'a GPU that does not say its name';

export const isSoftwareAdapter = (info: GPUAdapterInfo): boolean => info.isFallbackAdapter || isSoftware(nameOfAdapter(info));

/** By what WebGPU would use. */
export async function findWebGPU(): Promise<Gpu> {
  // It is missing in older windows, whatever the types say.
  const gpu = navigator.gpu as GPU | undefined;
  const adapter = await gpu?.requestAdapter().catch(() => null);
  if (!adapter) return 'none';
  return isSoftwareAdapter(adapter.info) ? 'software' : 'hardware';
}
