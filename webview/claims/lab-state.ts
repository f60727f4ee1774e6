// What the claim lab shows, as plain data, and the part of it that survives the page being hidden.
import type { ClaimReport, Effort } from '../../src/blocks/protocol/claim-report.ts';
import type { Progress } from '../run/progress.ts';

export interface LabState {
  /** The id of the claim whose experiment is open; null for the list. */
  readonly open: string | null;
  readonly effort: Effort;
  /** The last result of each claim, by its id. */
  readonly reports: Readonly<Record<string, ClaimReport>>;
  /** Why the last run of a claim gave no result. */
  readonly failures: Readonly<Record<string, string>>;
  readonly running: RunningClaims | null;
}

export interface RunningClaims {
  readonly claim: string;
  readonly progress: Progress;
  /** What comes after it. */
  readonly next: readonly string[];
  /** How many have ended already. */
  readonly done: number;
}

export const initialLab: LabState = { open: null, effort: 'normal', reports: {}, failures: {}, running: null };

/** A run is not kept: hiding ends it. */
export const keptOfLab = ({ open, effort, reports }: LabState): Partial<LabState> => ({ open, effort, reports });

export const restoredLab = (kept: Partial<LabState> | undefined): LabState => ({ ...initialLab, ...kept });
