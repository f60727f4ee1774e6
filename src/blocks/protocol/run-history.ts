// What is told between extension and webview of earlier runs of a block.
import type { BackendName, BlockReport, OtherWay, Timing } from './messages.ts';

/** What is kept of a run that ended with a result. */
export interface KeptRun {
  /** When it ended, in milliseconds since 1970; no two runs of a block have the same. */
  readonly at: number;
  readonly backend: BackendName;
  readonly renderer: string;
  readonly software: boolean;
  readonly machine: BlockReport['machine'];
  readonly inputShapes: readonly (readonly number[])[];
  readonly chosenDims: Readonly<Record<string, number>>;
  /** Of the ways that were measured; that of the block as written is always there. */
  readonly times: { readonly written: KeptTime } & Readonly<Partial<Record<KeptWay, KeptTime>>>;
  /** Measured. */
  readonly params: number;
  /** Multiply-accumulates of one run with the whole batch, inferred; absent where they are not known. */
  readonly macs?: number;
  /** How many times as long it took because of other work; absent where there were too few samples to tell. */
  readonly contention?: number;
  /** A digest of the graph: another one means that the block was changed in what decides its shapes and times. */
  readonly graph: string;
}

export type KeptWay = 'written' | OtherWay | 'training';

export type KeptTime = Pick<Timing, 'medianMs' | 'intervalMs' | 'samples' | 'quality'>;
