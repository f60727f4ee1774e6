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
  readonly run: RunState;
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
  | { readonly kind: 'cancelled'; readonly reason: 'user' | 'stale' };

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
  content: { kind: 'loading' }, sizes: {}, backend: 'webgl', gpu: 'hardware', webgpu: 'unasked', training: false, run: { kind: 'idle' }, result: null, history: null,
  selected: null, revealed: [], closed: [], sort: null, format: 'markdown', comparison: initialComparison, lab: initialLab,
};

/** Why the last result does not hold for what the page shows; undefined where it does. */
export function whyOutOfDate(result: Result, block: BlockPayload, sizes: Readonly<Record<string, number>>): string | undefined {
  if (result.fingerprint !== fingerprint(block.graph)) return 'The block has changed since.';
  const { chosenDims } = result.report;
  const changed = [...new Set([...Object.keys(sizes), ...Object.keys(chosenDims)])].filter(name => chosenDims[name] !== sizes[name]);
  return changed.length > 0 ? `It was measured with ${dimsText(result.report.chosenDims)}.` : undefined;
}

const SCHEMA = 6;

/** What the page hands to VS Code to keep while it is hidden. A run is not kept: hiding ends it. */
export const keptOf = (state: PageState): unknown => {
  const { content, sizes, backend, training, result, selected, closed, sort, format, comparison, lab } = state;
  return { schema: SCHEMA, content, sizes, backend, training, result, selected, closed, sort, format, comparison, lab: keptOfLab(lab) };
};

/** What to begin with: an emulated GPU is many times slower than WebAssembly. */
export const stateFor = (gpu: Gpu): PageState => ({ ...initialState, gpu, backend: gpu === 'hardware' ? 'webgl' : 'wasm' });

/** The state that was kept; the one to begin with where there is none, or one of another version of the extension. */
export function restore(kept: unknown, gpu: Gpu): PageState {
  const first = stateFor(gpu);
  if (typeof kept !== 'object' || kept === null || (kept as { schema?: unknown }).schema !== SCHEMA) return first;
  const { content, sizes, backend, training, result, selected, closed, sort, format, comparison, lab } = kept as PageState;
  return { ...first, content, sizes, backend, training, result, selected, closed, sort, format, comparison, lab: restoredLab(lab) };
}
