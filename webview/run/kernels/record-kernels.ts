// Which kernels of TensorFlow.js run while something is computed. TensorFlow.js' own profiler waits for each of them by a download,
// and counts an operation that is made of kernels as one more; here the kernels themselves are put in the place of ones that say when they run.
import * as tf from '../tensorflow.ts';

export interface RecordedKernel {
  readonly name: string;
  /** Names of the programs that the GPU ran for it, in their order. */
  readonly programs: string[];
  /** By the page's clock, from call to return: the time of the kernel only where it computes before it returns. */
  readonly ms: number;
}

/** Called before and after each kernel. */
export interface AroundKernel {
  begin(): void;
  end(): void;
}

/** How the backends run a program; TensorFlow.js has no types for it. */
const programRunners = ['runWebGLProgram', 'runWebGPUProgram'] as const;
type Runner = (this: unknown, program: object, ...rest: unknown[]) => unknown;
type BackendWithPrograms = Partial<Record<typeof programRunners[number], Runner>>;

/** `backends` are those whose kernels are recorded; they have started. `work` is given what was recorded so far. Everything is as it was when it returns or throws. */
export async function recordKernels(backends: readonly string[], work: (recorded: readonly RecordedKernel[]) => void | Promise<void>, around?: AroundKernel): Promise<readonly RecordedKernel[]> {
  const recorded: RecordedKernel[] = [];
  let running: string[] | undefined;
  const undo: (() => void)[] = [];
  for (const name of backends) {
    for (const config of tf.getKernelsForBackend(name) ?? []) {
      const { kernelFunc, kernelName } = config;
      config.kernelFunc = given => {
        // A kernel that calls another one is one kernel.
        if (running) return kernelFunc(given);
        const programs = running = [] as string[];
        around?.begin();
        const start = performance.now();
        try {
          return kernelFunc(given);
        } finally {
          recorded.push({ name: kernelName, programs, ms: performance.now() - start });
          around?.end();
          running = undefined;
        }
      };
      undo.push(() => { config.kernelFunc = kernelFunc; });
    }
    const backend = (tf.findBackend(name) ?? {}) as unknown as BackendWithPrograms;
    for (const runner of programRunners) {
      const run = backend[runner];
      if (!run) continue;
      backend[runner] = function (program, ...rest) {
        running?.push(nameOfProgram(program));
        return run.call(this, program, ...rest);
      };
      // It is a method of the class, which shows again.
      undo.push(() => { delete backend[runner]; });
    }
  }
  try {
    await work(recorded);
    return recorded;
  } finally {
    for (const restore of undo.reverse()) restore();
  }
}

/** The bundler puts a number behind the name of a class that is there twice. */
const nameOfProgram = (program: object): string => program.constructor.name.replace(/(Program)\d+$/, '$1');
