// What is told between extension and webview of several blocks that were measured against each other.
import type { BlockReport, Ratio } from './messages.ts';

/** The result of a comparison. All blocks ran on one backend, in turns. */
export interface ComparisonReport {
  /** In the order in which they were chosen. */
  readonly blocks: readonly ComparedBlock[];
  /** `written[a][b]`: how many times as fast block b is as block a, by rounds; null where one of them did not run so. */
  readonly ratios: Readonly<Record<ComparedWay, readonly (readonly (Ratio | null)[])[]>>;
  /** In how many rounds each block had its turn. */
  readonly rounds: number;
  /** Tensors that the measured executions left behind; anything but 0 is an error of Blockscope's. */
  readonly leakedTensors: number;
}

export type ComparedWay = 'written' | 'deployed';

export interface ComparedBlock {
  readonly id: string;
  readonly name: string;
  readonly fileLabel: string;
  /** Absent where the block does not run. */
  readonly report?: BlockReport;
  /** Why it does not. */
  readonly obstacle?: string;
  /** Inferred; absent where they are not known. */
  readonly params?: number;
  /** Multiply-accumulates of one run with the whole batch, inferred; absent where they are not known. */
  readonly macs?: number;
  /** Bytes of weights and of the tensors that are alive at once at the worst moment: estimated before the run; absent where a size is not known. */
  readonly memory?: number;
}
