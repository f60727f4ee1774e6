// What the extension's messages and the user's actions do to a comparison.
import { comparisonFormats } from '../src/blocks/features/comparison-formats.ts';
import type { ComparisonReport } from '../src/blocks/protocol/comparison.ts';
import type { BlockPayload, RunSettings } from '../src/blocks/protocol/messages.ts';
import { bindAll, fingerprintOf, type BoundBlock, type ComparisonColumn } from './comparison-state.ts';
import type { Post } from './host.ts';
import { beginsAnew, chosenIn, initialState, type PageState } from './page-state.ts';
import { whyNotRunnable } from './panels/why-not-runnable.ts';
import type { ComparisonRequest } from './run/compare-blocks.ts';
import type { Ended, Runner } from './runner.ts';

export interface ComparisonActions {
  readonly compare: (evenIfLarge: boolean) => void;
  readonly chooseBaseline: (id: string) => void;
  readonly sortComparison: (column: ComparisonColumn) => void;
  /** Opens the list to choose from. */
  readonly chooseBlocks: () => void;
  readonly dropBlock: (id: string) => void;
  readonly showBlock: (id: string) => void;
  readonly copyComparison: () => void;
  readonly saveComparison: () => void;
}

/** The page around it. */
interface Around {
  state(): PageState;
  update(change: Partial<PageState>): void;
  readonly post: Post;
  readonly runner: Runner;
}

export class ComparisonPage {
  constructor(private readonly page: Around) {}

  show(blocks: readonly BlockPayload[], start: boolean, { backend, sizes, evenIfLarge, quick }: RunSettings): void {
    const { content } = this.page.state();
    const shown = content.kind === 'comparison' ? content.blocks : undefined;
    const same = shown !== undefined && fingerprintOf(shown) === fingerprintOf(blocks);
    if (!same) this.page.runner.cancel('stale');
    const { run } = this.page.state();
    if (shown) this.page.update({ content: { kind: 'comparison', blocks }, run: same || run.kind === 'cancelled' ? run : { kind: 'idle' } });
    else this.page.update({ ...initialState, ...chosenIn(this.page.state()), content: { kind: 'comparison', blocks } });
    if (backend) this.page.update({ backend });
    if (sizes) this.page.update({ sizes: { ...this.page.state().sizes, ...sizes } });
    if (quick !== undefined) this.page.update({ quick });
    if (start) this.compare(evenIfLarge);
    else if (beginsAnew(this.page.state())) this.compare(false, 1);
  }

  readonly actions: ComparisonActions = {
    compare: evenIfLarge => this.compare(evenIfLarge),
    chooseBaseline: id => this.page.update({ comparison: { ...this.page.state().comparison, baseline: id } }),
    sortComparison: column => {
      const { comparison } = this.page.state();
      const { sort } = comparison;
      const first = column !== 'block';
      const next = sort?.column !== column ? { column, descending: first } : sort.descending === first ? { column, descending: !first } : null;
      this.page.update({ comparison: { ...comparison, sort: next } });
    },
    chooseBlocks: () => this.page.post('chooseCompared', { ids: this.shownIds() }),
    dropBlock: id => this.page.post('compareOnly', { ids: this.shownIds().filter(other => other !== id) }),
    showBlock: id => this.page.post('showBlock', { id }),
    copyComparison: () => {
      const text = this.reportText();
      if (text !== undefined) this.page.post('copy', { text });
    },
    saveComparison: () => {
      const text = this.reportText();
      if (text !== undefined) this.page.post('save', { name: `comparison.${comparisonFormats[this.page.state().format].extension}`, text });
    },
  };

  private blocks(): readonly BlockPayload[] {
    const { content } = this.page.state();
    return content.kind === 'comparison' ? content.blocks : [];
  }

  /** Also of a block that is on show by itself, which a comparison begins with. */
  private shownIds(): readonly string[] {
    const { content } = this.page.state();
    return content.kind === 'block' ? [content.block.id] : this.blocks().map(({ id }) => id);
  }

  private compare(evenIfLarge = false, restarts = 0): void {
    const blocks = this.blocks();
    if (blocks.length < 2) return this.page.post('compareFailed', { message: 'A comparison needs two blocks.' });
    this.page.update({ restarts });
    const { sizes, backend, quick } = this.page.state();
    const request: ComparisonRequest = { blocks: bindAll(blocks, sizes).map(requestOf), backend, evenIfLarge, quick };
    this.page.runner.start<ComparisonReport>(
      { id: fingerprintOf(blocks), version: 0 },
      async () => {
        const { compareBlocks } = await import('./run/compare-blocks.ts');
        return (clock, onProgress) => compareBlocks(request, clock, onProgress);
      },
      ended => this.ended(ended),
    );
  }

  private ended({ of: { id }, outcome }: Ended<ComparisonReport>): void {
    const { comparison } = this.page.state();
    switch (outcome.kind) {
      case 'finished':
        this.page.update({ run: { kind: 'idle' }, comparison: { ...comparison, result: { report: outcome.report, fingerprint: id } } });
        return this.page.post('compareFinished', { report: outcome.report });
      case 'too-large':
        this.page.update({ run: { kind: 'asking', estimate: outcome.estimate } });
        return this.page.post('compareFailed', { message: outcome.estimate.sentence });
      case 'failed':
        this.page.update({ run: { kind: 'failed', message: outcome.message } });
        return this.page.post('compareFailed', { message: outcome.message });
      case 'cancelled':
        this.page.update({ run: { kind: 'cancelled', reason: outcome.reason } });
        return this.page.post('compareCancelled', { reason: outcome.reason });
    }
  }

  private reportText(): string | undefined {
    const { comparison: { result, baseline }, format } = this.page.state();
    return result ? comparisonFormats[format].text(result.report, baseline) : undefined;
  }
}

function requestOf({ block: { id, name, fileLabel, graph, lines }, sizes, graph: bound }: BoundBlock): ComparisonRequest['blocks'][number] {
  const obstacle = whyNotRunnable(bound, lines);
  return { id, name, fileLabel, graph, lines, sizes, ...(obstacle === undefined ? {} : { obstacle }) };
}
