// How the experiment of a claim is put into words, in the panel, in reports and in the terminal.
import type { ClaimReport, Comparison, Quantity } from '../protocol/claim-report.ts';
import type { BackendName } from '../protocol/messages.ts';
import type { Claim } from './claim.ts';
import { efforts } from './effort.ts';

const backendTexts: Readonly<Record<BackendName, string>> = { webgl: 'WebGL', webgpu: 'WebGPU', wasm: 'WebAssembly', cpu: 'plain JavaScript' };

export const outcomeNames: Readonly<Record<NonNullable<Comparison['outcome']>, string>> = { holds: 'holds', contradicted: 'is contradicted', undecided: 'lies within the noise' };

/** In which the figures of a claim are shown. */
export const quantitiesOf = ({ measures }: ClaimReport): Quantity[] => [...new Set(measures.map(({ quantity }) => quantity))];

/** On what it was measured, and how often. */
export function howMeasured({ experiment }: Claim, report: ClaimReport): string {
  const { backend, renderer, software, effort, seconds, machine } = report;
  return [
    !software && renderer.startsWith(backendTexts[backend]) ? renderer : `${backendTexts[backend]}${software ? ' by a software renderer, which says nothing about a GPU' : ''} (${renderer})`,
    ...(experiment.kind === 'memory' ? [] : [`${roundsOf(experiment.kind, report)}, ${efforts[effort].name}`]),
    `${duration(seconds)}`, `TensorFlow.js ${machine.tensorflowjs}, ${machine.cores} cores`,
  ].join(' · ');
}

function roundsOf(kind: Claim['experiment']['kind'], { measures }: ClaimReport): string {
  const counts = measures.flatMap(({ samples }) => samples ?? []);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return `${least === most ? least : `${least} to ${most}`} ${kind === 'time' ? 'rounds, in turns' : 'seeds'}`;
}

/** `40 s`, `3 min`. */
export function duration(seconds: number): string {
  if (seconds < 1) return 'under 1 s';
  return seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
