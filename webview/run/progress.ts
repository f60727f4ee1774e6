// How far a run is, for the progress bar.
export interface Progress {
  readonly phase: Phase;
  readonly done: number;
  readonly of: number;
  /** The layer at which it is. */
  readonly detail?: string;
  /** Which of several blocks it is that is made ready. */
  readonly block?: { readonly index: number; readonly of: number };
}

export type Phase = 'loading' | 'backend' | 'building' | 'firstRun' | 'checking' | 'training' | 'warmUp' | 'measuring' | 'device' | 'layers';

export const PHASES: Readonly<Record<Phase, string>> = {
  loading: 'Loading TensorFlow.js',
  backend: 'Starting the backend',
  building: 'Building the layers',
  firstRun: 'First run: compiling shaders, uploading weights',
  checking: 'Comparing numbers',
  training: 'Computing gradients',
  warmUp: 'Warming up',
  measuring: 'Measuring the block',
  device: 'Measuring what this device can do at best',
  layers: 'Measuring layer by layer',
};

/** Where each phase starts and ends on a bar from 0 to 1. Phases take very different times, so this is only a picture. */
const PARTS: Readonly<Record<Phase, readonly [number, number]>> = {
  loading: [0, 0.05], backend: [0.05, 0.1], building: [0.1, 0.15], firstRun: [0.15, 0.3], checking: [0.3, 0.34], training: [0.34, 0.36], warmUp: [0.36, 0.4],
  measuring: [0.4, 0.6], device: [0.6, 0.65], layers: [0.65, 1],
};

/** The same where several blocks are made ready, one after the other, and then measured in turns. */
const PARTS_OF_SEVERAL: Readonly<Partial<Record<Phase, readonly [number, number]>>> = { warmUp: [0.5, 0.6], measuring: [0.6, 1] };

export function fractionOf({ phase, done, of, block }: Progress): number {
  const share = of > 0 ? Math.min(1, done / of) : 0;
  const within = ([from, to]: readonly [number, number]): number => from + (to - from) * share;
  const [start, end] = [PARTS.building[0], PARTS.checking[1]];
  if (!block) return within(PARTS[phase]);
  return PARTS_OF_SEVERAL[phase] ? within(PARTS_OF_SEVERAL[phase]) : start + (0.5 - start) * ((block.index + (within(PARTS[phase]) - start) / (end - start)) / block.of);
}
