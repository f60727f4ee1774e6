// How it is said why a layer takes the time that it takes, in the panel, in reports and in the terminal.
import type { DevicePeak, KernelUse, LayerTiming, Noise } from '../protocol/messages.ts';
import { shortCount } from './figures.ts';
import { milliseconds } from './milliseconds.ts';
import type { Limit, Roofline } from './roofline.ts';

export const limits: Readonly<Record<Limit, { readonly name: string; readonly doc: string }>> = {
  arithmetic: { name: 'arithmetic', doc: 'its multiply-accumulates need the most time, at the rate of the best matrix product' },
  memory: { name: 'memory', doc: 'reading what goes in and its weights and writing what comes out need the most time, at the rate of the best copy' },
  dispatch: { name: 'dispatch', doc: 'starting its operations needs the most time: it is made of many, or they are small' },
};

/** `arithmetic 61 %`; `?` where it is not known. */
export const limitText = (roofline: Roofline | string): string =>
  typeof roofline === 'string' ? '?' : `${limits[roofline.limit].name} ${ofBest(roofline.share)}`;

/** `ms` is the time that was measured. */
export function limitSentence(roofline: Roofline | string, ms: number): string {
  if (typeof roofline === 'string') return `What limits it is not known: ${roofline}.`;
  const { floors, limit, share } = roofline;
  const least = (Object.keys(floors) as Limit[]).map(name => `${shortTime(floors[name])} for ${limits[name].name}`).join(', ');
  const reached = share > ABOVE_BEST ? 'which is faster than this best: it is no limit here' : `so that it reaches ${shareText(share)} of the best`;
  return `Limited by ${limits[limit].name}: ${limits[limit].doc}. At best ${least}; ${milliseconds(ms)} were measured, ${reached}.`;
}

/** What is above it is more than the scatter of two measurements. */
const ABOVE_BEST = 1.1;

/** `61 %`: above the best there is no share of it. */
export const ofBest = (share: number): string => (share > ABOVE_BEST ? '>100 %' : shareText(share));

/** `1.2 GMAC/s and 3.4 GB/s, with 115k MACs and 0.8 MB moved (inferred) in 2 operations (measured)`. */
export const ratesText = ({ macs, bytes, operations, macsPerSecond, bytesPerSecond }: Roofline): string =>
  `${gigas(macsPerSecond)} GMAC/s and ${gigas(bytesPerSecond)} GB/s, with ${shortCount(macs)} MACs and ${shortCount(bytes)} bytes moved (inferred) in ${operations} operation${operations === 1 ? '' : 's'} (measured)`;

export const peakSentence = ({ macsPerSecond, bytesPerSecond, operationMs, contention }: DevicePeak): string =>
  `Best of TensorFlow.js on this device: matrix product ${gigas(macsPerSecond)} GMAC/s, copy ${gigas(bytesPerSecond)} GB/s, ${Math.max(1, Math.round(operationMs * 1000))} µs for an operation on a few values.${contention > 1.3 ? ` Other work slowed the device by about ${contention.toFixed(1)} times while this was measured: shares are too high, and the next run measures it again.` : ''}`;

/** `FusedConv2D 92 % (Im2ColPackedProgram, MatMulPackedProgram), Relu 2 times 8 %`. */
export function kernelsText(kernels: readonly KernelUse[]): string {
  return kernels.map(({ name, count, programs, share }) => [
    name, count > 1 ? `${count} times` : '', share === undefined ? '' : shareText(share),
    programs ? `(${programs.map(program => (program.count > 1 ? `${program.count} × ${program.name}` : program.name)).join(', ')})` : '',
  ].filter(part => part !== '').join(' ')).join(', ');
}

export const timedByText = ({ timedBy }: Pick<LayerTiming, 'timedBy'>): string =>
  timedBy === 'gpuTimer' ? 'by the timer of the GPU, which agrees with the clock' : 'by the clock, until the device has finished';

/** Below it nothing is said of other work, and from it on it is said loudly. */
export const isBusy = ({ contention }: Pick<Noise, 'contention'>): boolean => contention >= 1.2;

export function noiseSentences(noise: Noise): readonly string[] {
  const { contention, trend } = noise;
  return [
    isBusy(noise)
      ? `Other work slowed this run by about ${contention.toFixed(1)} times, by a fixed operation that was measured between the samples.`
      : 'No other work was noticed during the run, by a fixed operation that was measured between the samples and its fastest moment since the page was opened.',
    ...(trend !== undefined && trend >= 1.15 ? [`The samples became slower during the run, by ${trend.toFixed(2)} times: the device got warm, or other work began.`] : []),
    ...(trend !== undefined && trend <= 1 / 1.15 ? [`The samples became faster during the run, by ${(1 / trend).toFixed(2)} times: other work ended, or it was not warmed up.`] : []),
  ];
}

/** Computed and not measured, so that it may be less than a clock can tell. */
const shortTime = (ms: number): string => (ms >= 0.1 || ms === 0 ? milliseconds(ms) : `${Number((ms * 1000).toPrecision(2))} µs`).replace('<0.01 ms', '0');

/** Three digits. */
export const gigas = (perSecond: number): string => String(Number((perSecond / 1e9).toPrecision(3)));

export const shareText = (share: number): string => (share > 0 && share < 0.005 ? '<1 %' : `${Math.round(share * 100)} %`);
