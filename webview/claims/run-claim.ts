// Runs the experiment of a claim from start to verdict.
import * as tf from '../run/tensorflow.ts';
import type { Claim } from '../../src/blocks/claims/claim.ts';
import { compare, exactRatio, isExact, measureOf, verdictOf, verdictSentence } from '../../src/blocks/claims/verdict.ts';
import type { ClaimReport, Effort } from '../../src/blocks/protocol/claim-report.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { startBackend, type Backend } from '../run/backends.ts';
import { failureOf, type Outcome } from '../run/outcome.ts';
import type { PageClock } from '../run/page-clock.ts';
import type { Progress } from '../run/progress.ts';
import { ratio } from '../run/ways.ts';
import { measureGradient } from './measure/measure-gradient.ts';
import { measureMemory } from './measure/measure-memory.ts';
import { measureSpiral } from './measure/measure-spiral.ts';
import { measureTime } from './measure/measure-time.ts';
import { sampleKey, type Bench, type Measured } from './measure/measured.ts';

export interface ClaimRequest {
  readonly claim: Claim;
  readonly backend: BackendName;
  readonly effort: Effort;
}

/** Never throws. Whatever it allocates is freed when it ends. */
export async function runClaim({ claim, backend: wanted, effort }: ClaimRequest, clock: PageClock, onProgress: (progress: Progress) => void): Promise<Outcome<ClaimReport>> {
  try {
    const start = clock.now();
    onProgress({ phase: 'backend', done: 0, of: 1 });
    const backend = await backendFor(claim, wanted);
    await clock.breathe();
    const before = tf.memory().numTensors;
    const measured = await measure(claim, { backend, effort, clock, onProgress: (done, detail) => onProgress({ phase: 'measuring', done, of: 1, detail }) });
    const comparisons = compare(claim, ({ quantity, smaller, larger }) => (isExact(quantity)
      ? exactRatio(measureOf(measured.measures, smaller, quantity)!.value, measureOf(measured.measures, larger, quantity)!.value)
      : ratio(measured.samples.get(sampleKey(quantity, larger))!, measured.samples.get(sampleKey(quantity, smaller))!)));
    return {
      kind: 'finished',
      report: {
        claim: claim.id, backend: backend.name, renderer: backend.renderer, software: backend.software,
        machine: { tensorflowjs: tf.version_core, browser: navigator.userAgent, cores: navigator.hardwareConcurrency },
        ...(backend.fallbackReason === undefined ? {} : { fallbackReason: backend.fallbackReason }),
        effort, seconds: (clock.now() - start) / 1000, measures: measured.measures, comparisons,
        verdict: verdictOf(comparisons), sentence: verdictSentence(claim, comparisons),
        ...(measured.spirals ? { spirals: measured.spirals } : {}),
        leakedTensors: tf.memory().numTensors - before, notes: measured.notes,
      },
    };
  } catch (error) {
    return failureOf(error);
  }
}

function measure({ experiment }: Claim, bench: Bench): Promise<Measured> {
  switch (experiment.kind) {
    case 'time': return measureTime(experiment.groups, bench);
    case 'memory': return measureMemory(experiment.contenders, bench);
    case 'gradient': return measureGradient(experiment, bench);
    case 'spiral': return measureSpiral(experiment, bench);
  }
}

async function backendFor({ experiment }: Claim, wanted: BackendName): Promise<Backend> {
  const hasGradients = (name: BackendName): boolean => name === 'webgl' || name === 'cpu';
  if (experiment.kind !== 'gradient' || hasGradients(wanted)) {
    const backend = await startBackend(wanted);
    // WebGL may have been asked for where there is none.
    if (experiment.kind !== 'gradient' || hasGradients(backend.name)) return backend;
  }
  return { ...await startBackend('cpu'), fallbackReason: 'It ran in plain JavaScript: TensorFlow.js has no gradients of convolutions on WebAssembly, and those on WebGPU are not used here.' };
}
