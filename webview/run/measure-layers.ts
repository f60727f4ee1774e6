// Each layer of a block by itself, on the tensors that really go into it: its time, the kernels that it ran, and the best that the device
// does, to compare them with.
import * as tf from './tensorflow.ts';
import type { DevicePeak, LayerTiming } from '../../src/blocks/protocol/messages.ts';
import type { Backend } from './backends.ts';
import type { Executable } from './executable.ts';
import { GpuTimer } from './kernels/gpu-timer.ts';
import { kernelsOfLayer } from './kernels/kernels-of-layer.ts';
import { sampleByGpu } from './kernels/sample-by-gpu.ts';
import type { Reference } from './noise/reference.ts';
import { Stopped, type PageClock } from './page-clock.ts';
import type { Say } from './prepared-block.ts';
import { measurePeak } from './roofline/measure-peak.ts';
import { sample, summarize, type Rules } from './sampling.ts';
import { contextOfWebGL } from './webgl.ts';
import { refuseVoid } from './whether-void.ts';

export interface MeasuredLayers {
  readonly timings: readonly LayerTiming[];
  readonly complete: boolean;
  /** Absent where the run was stopped before. */
  readonly peak?: DevicePeak;
}

/** What was measured until the user stopped it is kept: the whole block was measured before. */
export async function measureLayers(written: Executable, backend: Backend, reference: Reference, { layers, rules }: { readonly layers: number; readonly rules: Rules }, clock: PageClock, say: Say): Promise<MeasuredLayers> {
  const timings: LayerTiming[] = [];
  const timer = backend.name === 'webgl' ? GpuTimer.on(contextOfWebGL()) : undefined;
  let peak: DevicePeak | undefined;
  try {
    say('device', 0, 1);
    peak = await measurePeak(backend, reference, clock);
    await written.walk(async ({ node }, apply) => {
      say('layers', node.id, layers, node.layer);
      const execute = async (times: number, issued?: () => void): Promise<void> => {
        for (let i = 0; i < times; i++) {
          const given = apply();
          const outputs = given instanceof Promise ? await given : given;
          if (i === times - 1) {
            issued?.();
            await written.wait(outputs[0]);
          }
          tf.dispose([...outputs]);
        }
        refuseVoid(backend);
      };
      const { timing } = await sample(execute, rules, clock);
      const elsewhere = written.layersElsewhere.has(node.id);
      const byGpu = timer && !elsewhere ? await sampleByGpu(execute, timing.runsPerSample, timer, clock) : undefined;
      const kernels = await kernelsOfLayer([elsewhere ? 'cpu' : backend.name], () => execute(1), { atOnce: elsewhere || backend.name === 'wasm' || backend.name === 'cpu', timer: byGpu && timer });
      const outputs = await apply();
      timings.push({
        node: node.id, layer: node.layer, outputShape: outputs[0].shape, timing: byGpu ? summarize(byGpu, timing.runsPerSample) : timing, kernels,
        ...(byGpu ? { timedBy: 'gpuTimer' as const } : {}), ...(elsewhere ? { backend: 'cpu' as const } : {}),
      });
      return outputs;
    });
    return { timings, complete: true, peak };
  } catch (error) {
    if (error instanceof Stopped && !clock.isStale) return { timings, complete: false, ...(peak ? { peak } : {}) };
    throw error;
  }
}
