// Every message between the extension and the webview, declared once. Each side implements a handler for every message
// that it can receive; one that is missing does not compile.
import type { Counting } from '../counting/counting.ts';
import type { BlockGraph } from '../graph/block-graph.ts';
import type { ClaimReport, Effort } from './claim-report.ts';
import type { Location } from '../text/location.ts';
import type { ComparisonReport } from './comparison.ts';
import type { KeptRun } from './run-history.ts';

/** What the webview draws and runs. Plain data: the webview keeps it in its state over being hidden. */
export interface BlockPayload {
  /** Stable over edits of the same document, so that the webview can keep its selection: `file#name@index`. */
  readonly id: string;
  readonly name: string;
  /** The document version that the graph was made from; answers that carry an older one are dropped. */
  readonly version: number;
  /** The file's name as people know it (relative to the workspace). */
  readonly fileLabel: string;
  readonly graph: BlockGraph;
  /** By which convention its figures are shown. What is measured and the rate of a run do not depend on it. */
  readonly counting: Counting;
  /** 1-based source line per node, in the order of `graph.nodes`. */
  readonly lines: readonly number[];
}

/** From the extension to the webview. */
export interface ToWebview {
  /** Show this block; `profile` also starts a run. */
  show: { readonly block: BlockPayload; readonly profile: boolean; readonly settings?: RunSettings };
  /** The source holds no such block any more, or nothing was ever chosen: show the empty state with this sentence. */
  empty: { readonly message: string };
  /** Show the claim lab, or the experiment of the one claim that is named; `run` also runs those that are named, or else all. */
  claims: { readonly ids: readonly string[]; readonly run: boolean; readonly backend?: BackendName; readonly effort?: Effort };
  /** Highlight the nodes that come from this place in the source. */
  reveal: { readonly at: Location };
  /** The runs of this block that are kept, in the order of time: after it is shown, and whenever they change. */
  history: { readonly id: string; readonly runs: readonly KeptRun[] };
  /** Show these blocks side by side; `start` also measures them against each other. */
  compare: { readonly blocks: readonly BlockPayload[]; readonly start: boolean; readonly settings?: RunSettings };
}

/** What a run is started with where nobody sits at the page; what is left out is as the page has it. */
export interface RunSettings {
  readonly backend?: BackendName;
  /** Numbers for free dims, by their names. */
  readonly sizes?: Readonly<Record<string, number>>;
  /** Whether a training step is measured too. */
  readonly training?: boolean;
  /** Whether a large run needs no asking. */
  readonly evenIfLarge?: boolean;
  /** Whether as few samples as support a confidence interval are enough; the report says so. */
  readonly quick?: boolean;
}

/** From the webview to the extension. */
export interface ToExtension {
  /** The page is up and can take messages. */
  ready: Record<string, never>;
  /** Put the caret at the place that a node comes from. */
  openSource: { readonly at: Location };
  /** A run has begun, which may be one that the panel was hidden in and that begins anew. */
  runStarted: { readonly id: string; readonly version: number };
  /** A run ended: for the status bar, the log and whoever asked for it. */
  runFinished: { readonly id: string; readonly version: number; readonly report: RunReport };
  runFailed: { readonly id: string; readonly version: number; readonly message: string };
  /** A run ended without a result because the user stopped it or the block changed under it. */
  runCancelled: { readonly id: string; readonly version: number; readonly reason: 'user' | 'stale' };
  /** Ask which blocks to compare; these are chosen already. */
  chooseCompared: { readonly ids: readonly string[] };
  /** Compare just these blocks from now on. */
  compareOnly: { readonly ids: readonly string[] };
  /** Show this block of the comparison by itself. */
  showBlock: { readonly id: string };
  compareFinished: { readonly report: ComparisonReport };
  compareFailed: { readonly message: string };
  compareCancelled: { readonly reason: 'user' | 'stale' };
  /** The page went to the claim lab by itself: no block is on show any more. */
  claimsOpened: Record<string, never>;
  claimFinished: { readonly report: ClaimReport };
  claimFailed: { readonly claim: string; readonly message: string };
  /** There are no more experiments to run, or the user stopped them. */
  claimsEnded: { readonly stopped: boolean };
  /** Keep the run of this block that ended then no longer. */
  forgetRun: { readonly id: string; readonly at: number };
  /** Ask whether to keep none of the runs of this block. */
  clearHistory: { readonly id: string };
  copy: { readonly text: string };
  /** Ask where, and write it there; `name` is a suggestion. */
  save: { readonly name: string; readonly text: string };
}

/** What a run tells of a block as a whole. Shapes carry the batch first. */
export interface BlockReport {
  readonly backend: BackendName;
  /** The renderer of WebGL, the adapter of WebGPU, or what computes otherwise. */
  readonly renderer: string;
  /** A CPU that emulates a GPU: its times say nothing about a GPU. */
  readonly software: boolean;
  /** What it ran in. */
  readonly machine: { readonly tensorflowjs: string; readonly browser: string; readonly cores: number };
  /** Why the run is not on the backend that was asked for; absent where it is. */
  readonly fallbackReason?: string;
  /** What symbolic and open dims were set to for the run, by the name that the user sees: `{ H: 56, batch: 1 }`. */
  readonly chosenDims: Readonly<Record<string, number>>;
  readonly inputShapes: readonly (readonly number[])[];
  readonly measuredShapes: readonly (readonly number[])[];
  readonly inferredShapes: readonly (readonly (number | string | null)[])[];
  readonly shapesAgree: boolean;
  /** Counted from the tensors that TensorFlow.js really made; weights that are shared count once. */
  readonly measuredParams: number;
  readonly inferredParams: number | string;
  readonly paramsAgree: boolean;
  /** Everything in which TensorFlow.js and the inferred graph differ: each one is an error of Blockscope's. */
  readonly mismatches: readonly Mismatch[];
  /** Milliseconds. The first run, shader compilation and upload included; never part of the statistics. */
  readonly firstRunMs: number;
  readonly warmUpRuns: number;
  /** The block as it is written: layer by layer. */
  readonly whole: Timing;
  /** The other ways to run it, measured in turns with that one. */
  readonly ways: readonly WayReport[];
  /** One training step, measured in turns with these; absent where nobody asked for it. */
  readonly training?: TrainingReport;
  /** Numbers that have to be the same, with how far they are apart. */
  readonly agreements: readonly Agreement[];
  /** Sentences that somebody who reads the times has to know: replaced initializers, layers on another backend. */
  readonly notes: readonly string[];
}

/** The result of one run. */
export interface RunReport extends BlockReport {
  /** Each layer measured by itself on its real input, so that their sum is not the time of the whole. */
  readonly layers: readonly LayerTiming[];
  /** False where the run was stopped after the whole was measured and before all layers were. */
  readonly layersComplete: boolean;
  /** Tensors that the measured executions left behind; anything but 0 is an error of Blockscope's. */
  readonly leakedTensors: number;
  /** What the device managed at best; absent where the run was stopped before it was measured. */
  readonly peak?: DevicePeak;
  /** What else the machine did during the run; absent where there were too few samples to tell. */
  readonly noise?: Noise;
}

/** The best that TensorFlow.js did on this device and backend while the page was open: not what the hardware could do. */
export interface DevicePeak {
  /** Multiply-accumulates per second of the fastest of several matrix products. */
  readonly macsPerSecond: number;
  /** Bytes read and written per second by the fastest of several copies. */
  readonly bytesPerSecond: number;
  /** Milliseconds of an operation on a few values: what it costs to dispatch one. */
  readonly operationMs: number;
  /** How many times as long as at its fastest moment a fixed operation took meanwhile: far above 1 the device can do more than these figures say. */
  readonly contention: number;
}

/** From a fixed operation that was measured between the samples of the block. No time is corrected by it. */
export interface Noise {
  /** How many times as long the block took as it would have at the fastest moment of that operation since the page was opened. */
  readonly contention: number;
  /** The median of the last third of the samples over that of the first third; absent below nine samples. */
  readonly trend?: number;
}

/** Forward and backward: a loss over what comes out, and the gradient of every weight that is trained; or why there is none, and the layer in the way. */
export type TrainingReport = { readonly obstacle: string; readonly node?: number } | TrainingMeasured;

export interface TrainingMeasured {
  readonly timing: Timing;
  /** How many times as long as the block as written, forward, by rounds. */
  readonly overForward: Ratio;
  /** The mean of the squares between what comes out and seeded targets, before the step. */
  readonly loss: number;
  /** How many weights are trained, and how many values there are in their gradients. */
  readonly weights: number;
  readonly values: number;
  /** How many parameters are trained, as inferred. */
  readonly inferredValues: number | string;
  readonly faults: readonly GradientFault[];
  /** With the gradients of plain JavaScript; absent where they were not compared. */
  readonly agreement?: Agreement;
}

export interface GradientFault {
  readonly node: number;
  readonly weight: string;
  readonly what: 'missing' | 'shape' | 'not finite';
}

/** `predict` of a model of tf.layers, or the block as it would be deployed: normalization folded, activations in the same pass. */
export type OtherWay = 'predict' | 'deployed';

export interface WayReport {
  readonly way: OtherWay;
  /** Absent where the block cannot be run so. */
  readonly timing?: Timing;
  readonly obstacle?: string;
  /** How many times as fast as the block as written, by rounds. */
  readonly speedUp?: Ratio;
  /** As deployed: how many times as fast as `predict`; absent where there is none. */
  readonly overPredict?: Ratio;
  /** As deployed: how many steps remain of how many layers. */
  readonly steps?: { readonly deployed: number; readonly written: number };
}

/** The median of the ratios of samples that were taken in the same round, with its 95 % confidence interval; absent below six rounds. */
export interface Ratio {
  readonly median: number;
  readonly interval?: readonly [number, number];
}

/** The numbers of the block as written, compared with those of another way, or of plain JavaScript on an input that is small enough for it. */
export interface Agreement {
  readonly with: OtherWay | 'cpu';
  readonly inputShapes: readonly (readonly number[])[];
  /** The largest between any two values, and the largest value. */
  readonly difference: number;
  readonly scale: number;
  readonly agrees: boolean;
  /** How many layers were compared, each by itself; absent where only what comes out was. The difference is that of the layer where it is largest. */
  readonly layers?: number;
  /** The first layer of which the numbers do not agree. */
  readonly node?: number;
}

/** In the order in which they are offered. */
export const backendNames = ['webgl', 'webgpu', 'wasm', 'cpu'] as const;

export type BackendName = (typeof backendNames)[number];

/** One difference between what was inferred and what TensorFlow.js did; `node` is absent where it is the whole block's. */
export interface Mismatch {
  readonly node?: number;
  readonly what: 'shape' | 'params';
  readonly inferred: string;
  readonly measured: string;
}

/** Of one execution, in milliseconds. */
export interface Timing {
  readonly medianMs: number;
  /** The 95 % confidence interval of the median; absent below six samples. */
  readonly intervalMs?: readonly [number, number];
  readonly p25Ms: number;
  readonly p75Ms: number;
  readonly p95Ms: number;
  readonly minMs: number;
  readonly samples: number;
  /** Executions per sample: short ones are repeated, because the clock of a webview is coarse. */
  readonly runsPerSample: number;
  /** By the spread of the samples: a relative deviation (1.4826 · MAD / median) up to 10 % is good, up to 25 % noisy. */
  readonly quality: 'good' | 'noisy' | 'unreliable';
}

export interface LayerTiming {
  readonly node: number;
  readonly layer: string;
  readonly outputShape: readonly number[];
  readonly timing: Timing;
  /** Where the layer ran on another backend than the block, because that one cannot run it. */
  readonly backend?: BackendName;
  /** Where the time is that of the GPU's own timer, which agreed with the clock; else it is the page's clock, after a wait for the device. */
  readonly timedBy?: 'gpuTimer';
  /** What TensorFlow.js ran for one execution, the slowest first where times are known. */
  readonly kernels?: readonly KernelUse[];
}

export interface KernelUse {
  /** As TensorFlow.js names it: `FusedConv2D`. */
  readonly name: string;
  /** How often in one execution. */
  readonly count: number;
  /** The programs of the GPU that it was made of; absent where there is no GPU. */
  readonly programs?: readonly { readonly name: string; readonly count: number }[];
  /** Of the time of all kernels of the layer; absent where nothing can time a kernel. */
  readonly share?: number;
}

export type Message<Contract> = { [K in keyof Contract]: { readonly type: K; readonly data: Contract[K] } }[keyof Contract];

export type Handlers<Contract> = { readonly [K in keyof Contract]: (data: Contract[K]) => void };

/** Calls the handler that a message is for, if there is one; a message of another version, or from elsewhere, is dropped. */
export function dispatch<Contract>(message: unknown, handlers: Partial<Handlers<Contract>>): void {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('data' in message)) return;
  const type = message.type as keyof Contract;
  if (Object.hasOwn(handlers, type as PropertyKey)) handlers[type]?.(message.data as Contract[keyof Contract]);
}
