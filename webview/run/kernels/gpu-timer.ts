// The GPU's own timer, where WebGL has it. What it says is not taken for granted: TensorFlow.js reads the flag that tells of disturbed
// measurements only once, so it is read here each time, and whoever uses the timer compares it with the clock.
import type { AroundKernel } from './record-kernels.ts';

interface TimerExtension {
  readonly TIME_ELAPSED_EXT: number;
  readonly GPU_DISJOINT_EXT: number;
}

/** An answer that is not there by then does not come: a context that was lost has none. */
const ANSWER_MS = 2_000;

export class GpuTimer implements AroundKernel {
  private queries: WebGLQuery[] = [];

  private constructor(private readonly gl: WebGL2RenderingContext, private readonly extension: TimerExtension) {}

  /** Undefined where the context has no timer. */
  static on(gl: WebGL2RenderingContext): GpuTimer | undefined {
    const extension = gl.getExtension('EXT_disjoint_timer_query_webgl2') as TimerExtension | null;
    return extension ? new GpuTimer(gl, extension) : undefined;
  }

  /** Commands from here to `end` are timed together. One measurement at a time. */
  begin(): void {
    // Reading the flag takes it back.
    if (this.queries.length === 0) this.gl.getParameter(this.extension.GPU_DISJOINT_EXT);
    const query = this.gl.createQuery();
    this.gl.beginQuery(this.extension.TIME_ELAPSED_EXT, query);
    this.queries.push(query);
  }

  end(): void {
    this.gl.endQuery(this.extension.TIME_ELAPSED_EXT);
  }

  /** Milliseconds of each measurement since the last call; undefined where the GPU was disturbed, or gave no answer. */
  async results(): Promise<readonly number[] | undefined> {
    const { gl, queries } = this;
    this.queries = [];
    try {
      const until = performance.now() + ANSWER_MS;
      // A browser gives results only to later tasks.
      while (queries.some(query => !gl.getQueryParameter(query, gl.QUERY_RESULT_AVAILABLE))) {
        if (performance.now() > until || gl.isContextLost()) return undefined;
        await new Promise(resolve => setTimeout(resolve, 1));
      }
      if (gl.getParameter(this.extension.GPU_DISJOINT_EXT)) return undefined;
      return queries.map(query => Number(gl.getQueryParameter(query, gl.QUERY_RESULT)) / 1e6);
    } finally {
      for (const query of queries) gl.deleteQuery(query);
    }
  }
}
