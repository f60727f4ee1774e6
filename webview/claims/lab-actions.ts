// What can be done in the claim lab, and what it is drawn from.
import type { RunFormatName } from '../../src/blocks/features/run-formats.ts';
import type { Effort } from '../../src/blocks/protocol/claim-report.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { Gpus } from '../panels/backend-names.ts';
import type { LabState } from './lab-state.ts';

export interface LabActions {
  readonly open: (claim: string | null) => void;
  /** One after the other; what is under way is stopped first. */
  readonly run: (claims: readonly string[]) => void;
  /** Results of experiments that have ended are kept. */
  readonly stop: () => void;
  readonly chooseBackend: (backend: BackendName) => void;
  readonly chooseEffort: (effort: Effort) => void;
  readonly chooseFormat: (format: RunFormatName) => void;
  /** Of the given claims, those that have a result. */
  readonly copy: (claims: readonly string[]) => void;
  readonly save: (claims: readonly string[]) => void;
  /** Draws a contender as a block. */
  readonly showBlock: (claim: string, contender: string) => void;
}

export interface LabProps {
  readonly lab: LabState;
  readonly backend: BackendName;
  readonly gpus: Gpus;
  readonly format: RunFormatName;
  readonly actions: LabActions;
}
