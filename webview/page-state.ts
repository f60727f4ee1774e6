// Everything the page shows, as plain data, and the part of it that survives being hidden.
import type { BackendName, BlockPayload, RunReport } from '../src/blocks/protocol/messages.ts';
import type { KeptRun } from '../src/blocks/protocol/run-history.ts';
import type { RunFormatName } from '../src/blocks/features/run-formats.ts';
import { dimsText } from '../src/blocks/features/run-words.ts';
import { fingerprint } from '../src/blocks/graph/fingerprint.ts';
import { initialLab, keptOfLab, restoredLab, type LabState } from './claims/lab-state.ts';
import { initialComparison, type ComparisonState } from './comparison-state.ts';
import type { Estimate } from './run/estimate.ts';
import type { Gpu } from './run/gpu.ts';
import type { Progress } from './run/progress.ts';

export interface PageState {
  readonly content: Content;
  /** What free dims are set to, by name, and sizes that the source fixes; what is not in it has its suggestion, or is as in the source. */
  readonly sizes: Readonly<Record<string, number>>;
  readonly backend: BackendName;
  /** What WebGL computes on. */
  readonly gpu: Gpu;
  /** What WebGPU computes on: the window answers only after a while. */
  readonly webgpu: Gpu | 'unasked';
  /** Whether a run measures a training step as well. */
  readonly training: boolean;
  /** Whether a run takes as few samples as support a confidence interval. */
  readonly quick: boolean;
  readonly run: RunState;
  /** How often the present run was begun anew, because the page was gone while it ran. */
  readonly restarts: number;
  /** The last result of this block, with the graph that it was measured for. */
  readonly result: Result | null;
  /** Earlier runs of this block, in the order of time; null where nobody keeps any. */
  readonly history: readonly KeptRun[] | null;
  readonly selected: number | null;
  /** Nodes that come from the place in the source where the caret is. */
  readonly revealed: readonly number[];
  /** Ids of the groups whose frames are closed. */
  readonly closed: readonly number[];
  readonly sort: Sort | null;
  /** In which form a result is copied and saved. */
  readonly format: RunFormatName;
  readonly comparison: ComparisonState;
  readonly lab: LabState;
}

export type Content =
  | { readonly kind: 'loading' }
  | { readonly kind: 'empty'; readonly message: string }
  /** `ofClaim` is set where it is a contender of a claim, and comes from no document. */
  | { readonly kind: 'block'; readonly block: BlockPayload; readonly ofClaim?: string }
  | { readonly kind: 'comparison'; readonly blocks: readonly BlockPayload[] }
  | { readonly kind: 'claims' };

export type RunState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'running'; readonly progress: Progress }
  /** Larger than what is run without asking. */
  | { readonly kind: 'asking'; readonly estimate: Estimate }
  | { readonly kind: 'failed'; readonly message: string; readonly node?: number }
  | { readonly kind: 'cancelled'; readonly reason: 'user' | 'stale' }
  /** The page was gone while it ran. */
  | { readonly kind: 'cut-off' };

export interface Result {
  readonly report: RunReport;
  /** Of the graph that was measured: a result for another one is out of date. */
  readonly fingerprint: string;
}

export interface Sort {
  readonly column: SortColumn;
  readonly descending: boolean;
}

export type SortColumn = 'line' | 'layer' | 'output' | 'params' | 'macs' | 'time' | 'limit';

export const initialState: PageState = {
  content: { kind: 'loading' }, sizes: {}, backend: 'webgl', gpu: 'hardware', webgpu: 'unasked', training: false, quick: false, run: { kind: 'idle' }, restarts: 0, result: null, history: null,
  selected: null, revealed: [], closed: [], sort: null, format: 'markdown', comparison: initialComparison, lab: initialLab,
};

/** Why the last result does not hold for what the page shows; undefined where it does. */
export function whyOutOfDate(result: Result, block: BlockPayload, sizes: Readonly<Record<string, number>>): string | undefined {
  if (result.fingerprint !== fingerprint(block.graph)) return 'The block has changed since.';
  const { chosenDims } = result.report;
  const changed = [...new Set([...Object.keys(sizes), ...Object.keys(chosenDims)])].filter(name => chosenDims[name] !== sizes[name]);
  if (changed.length === 0) return undefined;
  return `It was measured with ${Object.keys(chosenDims).length === 0 ? 'the sizes that the source has' : dimsText(chosenDims)}.`;
}

/** What stays as it is chosen where another block, or another page, comes to be shown. */
export const chosenIn = ({ backend, gpu, webgpu, training, quick, format, lab }: PageState): Pick<PageState, 'backend' | 'gpu' | 'webgpu' | 'training' | 'quick' | 'format' | 'lab'> =>
  ({ backend, gpu, webgpu, training, quick, format, lab });

const SCHEMA = 8;

/** What the page hands to VS Code to keep while it is hidden. Of a run that is all: hiding ends it, as VS Code takes the page away. */
export const keptOf = (state: PageState): unknown => {
  const { content, sizes, backend, training, quick, run, restarts, result, selected, closed, sort, format, comparison, lab } = state;
  return { schema: SCHEMA, content, sizes, backend, training, quick, isRunning: run.kind === 'running', restarts, result, selected, closed, sort, format, comparison, lab: keptOfLab(lab) };
};

/** Whether what was cut off is to begin anew: once, because it may be the run itself that ends the page. */
export const beginsAnew = ({ run, restarts }: PageState): boolean => run.kind === 'cut-off' && restarts === 0;

/** What to begin with: an emulated GPU is many times slower than WebAssembly. */
export const stateFor = (gpu: Gpu): PageState => ({ ...initialState, gpu, backend: gpu === 'hardware' ? 'webgl' : 'wasm' });

/** The state that was kept; the one to begin with where there is none, or one of another version of the extension. */
export function restore(kept: unknown, gpu: Gpu): PageState {
  const first = stateFor(gpu);
  if (typeof kept !== 'object' || kept === null || (kept as { schema?: unknown }).schema !== SCHEMA) return first;
  const { content, sizes, backend, training, quick, isRunning, restarts, result, selected, closed, sort, format, comparison, lab } = kept as PageState & { readonly isRunning: boolean };
  return { ...first, content, sizes, backend, training, quick, run: { kind: isRunning ? 'cut-off' : 'idle' }, restarts, result, selected, closed, sort, format, comparison, lab: restoredLab(lab) };
}
