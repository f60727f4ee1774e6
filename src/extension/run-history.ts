// Earlier runs of blocks, in the storage of the workspace, which no account synchronizes.
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { keptRun, withoutRun, withoutRunsOf, withRun, type RunHistories } from '../blocks/features/run-history.ts';
import { fingerprint } from '../blocks/graph/fingerprint.ts';
import type { BlockPayload, RunReport } from '../blocks/protocol/messages.ts';
import type { KeptRun } from '../blocks/protocol/run-history.ts';
import type { Log } from './log.ts';

const KEY = 'runHistory';
const SCHEMA = 1;

interface Stored {
  readonly schema: typeof SCHEMA;
  readonly blocks: readonly (readonly [string, readonly KeptRun[]])[];
}

export class RunHistory implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<string>();
  /** Fires with the id of the block whose runs are others now. */
  readonly onDidChange = this.changed.event;

  constructor(private readonly storage: vscode.Memento, private readonly log: Pick<Log, 'guardAsync'>) {}

  /** The runs of a block that are kept, in the order of time. */
  of(id: string): readonly KeptRun[] {
    return this.read().get(id) ?? [];
  }

  keep(block: BlockPayload, report: RunReport): void {
    const digest = createHash('sha256').update(fingerprint(block.graph)).digest('base64url').slice(0, 22);
    this.write(block.id, withRun(this.read(), block.id, keptRun(block, report, Date.now(), digest)));
  }

  forget(id: string, at: number): void {
    this.write(id, withoutRun(this.read(), id, at));
  }

  /** Asks first, because nothing brings them back. */
  async clear(id: string, name: string): Promise<void> {
    const count = this.of(id).length;
    const clear = 'Remove';
    const answer = await vscode.window.showWarningMessage(`Remove ${count === 1 ? 'the kept run' : `all ${count} kept runs`} of “${name}”?`, { modal: true }, clear);
    if (answer === clear) this.write(id, withoutRunsOf(this.read(), id));
  }

  dispose(): void {
    this.changed.dispose();
  }

  private read(): RunHistories {
    const stored = this.storage.get<Partial<Stored>>(KEY);
    return new Map(stored?.schema === SCHEMA ? stored.blocks : []);
  }

  private write(id: string, histories: RunHistories): void {
    const stored: Stored = { schema: SCHEMA, blocks: [...histories] };
    void this.log.guardAsync('keeping the history of runs', undefined, async () => this.storage.update(KEY, stored));
    this.changed.fire(id);
  }
}
