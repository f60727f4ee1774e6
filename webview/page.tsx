// The page: its state, what the extension's messages and the user's actions do to it, and when it is drawn.
import { render, type JSX } from 'preact';
import { runFormats, type RunFormatName } from '../src/blocks/features/run-formats.ts';
import { freeDims } from '../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../src/blocks/graph/block-graph.ts';
import { changedSizes, graphAtSizes } from '../src/blocks/graph/fixed-sizes.ts';
import { fingerprint } from '../src/blocks/graph/fingerprint.ts';
import type { BackendName, BlockPayload, Handlers, RunReport, RunSettings, ToWebview } from '../src/blocks/protocol/messages.ts';
import { Lab } from './claims/lab.ts';
import { LabPane } from './claims/lab-pane.tsx';
import { measureInPage, type MeasureText } from './draw/text-fit.ts';
import { ComparisonPage, type ComparisonActions } from './comparison-page.ts';
import { fileNameOf } from './format.ts';
import { historyActions, type HistoryActions } from './history-actions.ts';
import { postTo, type Host, type Post } from './host.ts';
import { beginsAnew, chosenIn, initialState, keptOf, type PageState, restore, type SortColumn } from './page-state.ts';
import { BlockView } from './panels/block-view.tsx';
import { ComparisonView } from './panels/comparison-view.tsx';
import { EmptyView } from './panels/empty-view.tsx';
import { whyNotRunnable } from './panels/why-not-runnable.ts';
import { findGpu, findWebGPU } from './run/gpu.ts';
import { Runner, type Ended } from './runner.ts';

/** What the user can do; every panel gets these. */
export interface Actions extends ComparisonActions, HistoryActions {
  readonly select: (node: number, how: 'focus' | 'open') => void;
  /** Highlights a layer while the pointer is on what stands for it elsewhere; `null` ends that. */
  readonly pointAt: (node: number | null) => void;
  readonly toggleGroup: (group: number) => void;
  readonly closeGroups: (groups: readonly number[]) => void;
  readonly setSize: (name: string, size: number) => void;
  /** The size that the source has, for each of these names. */
  readonly putSizesBack: (names: readonly string[]) => void;
  readonly chooseBackend: (backend: BackendName) => void;
  readonly chooseTraining: (training: boolean) => void;
  readonly chooseQuick: (quick: boolean) => void;
  readonly profile: (evenIfLarge: boolean) => void;
  readonly cancel: () => void;
  readonly sortBy: (column: SortColumn) => void;
  readonly copyReport: () => void;
  readonly saveReport: () => void;
  readonly chooseFormat: (format: RunFormatName) => void;
}

interface Bound {
  readonly graph: BlockGraph;
  readonly chosen: PageState['sizes'];
  readonly sizes: Readonly<Record<string, number>>;
  readonly result: BlockGraph;
}

export class Page {
  private state: PageState = initialState;
  private measure: MeasureText;
  private readonly post: Post;
  private readonly runner: Runner;
  private readonly comparison: ComparisonPage;
  private readonly actions: Actions;
  private drawing = false;
  private bound: Bound | undefined;
  private readonly lab: Lab;

  constructor(private readonly root: HTMLElement, private readonly host: Host) {
    this.post = postTo(host);
    this.measure = measureInPage(document);
    this.runner = new Runner(progress => this.update({ run: { kind: 'running', progress } }));
    this.comparison = new ComparisonPage({ state: () => this.state, update: change => this.update(change), post: this.post, runner: this.runner });
    this.actions = { ...this.comparison.actions, ...historyActions(() => this.state, this.post), ...this.ownActions };
    this.lab = new Lab({
      post: this.post,
      state: () => this.state.lab,
      update: change => this.update({ lab: { ...this.state.lab, ...change } }),
      settings: () => this.state,
      choose: choice => this.update(choice),
      stopOtherRun: () => this.runner.cancel('stale'),
      showBlock: (block, claim) => this.show(block, claim),
    });
  }

  /** Draws what was kept, and tells the extension that messages can come. */
  start(): void {
    this.update(restore(this.host.getState(), findGpu()));
    void findWebGPU().then(webgpu => this.update({ webgpu }));
    // A theme can bring other fonts, and then every width is another one.
    const themes = new MutationObserver(() => this.fontsMayHaveChanged());
    for (const element of [document.documentElement, document.body]) themes.observe(element, { attributes: true, attributeFilter: ['class', 'style', 'data-vscode-theme-id'] });
    this.post('ready', {});
  }

  readonly handlers: Handlers<ToWebview> = {
    show: ({ block, profile, settings = {} }) => {
      this.show(block);
      const { backend, sizes, training, quick } = settings;
      if (backend) this.update({ backend });
      if (training !== undefined) this.update({ training });
      if (quick !== undefined) this.update({ quick });
      if (sizes) this.update({ sizes: { ...this.state.sizes, ...sizes } });
      if (profile) this.profile(settings);
      else if (beginsAnew(this.state)) this.profile({}, 1);
    },
    history: ({ id, runs }) => {
      if (this.state.content.kind === 'block' && this.state.content.block.id === id) this.update({ history: runs });
    },
    compare: ({ blocks, start, settings = {} }) => {
      this.lab.stop('stale');
      this.comparison.show(blocks, start, settings);
    },
    empty: ({ message }) => {
      this.runner.cancel('stale');
      this.lab.stop('stale');
      this.update({ ...initialState, ...chosenIn(this.state), content: { kind: 'empty', message } });
    },
    claims: ({ ids, run, backend, effort }) => {
      if (backend) this.update({ backend });
      if (effort) this.lab.actions.chooseEffort(effort);
      if (ids.length === 1) this.lab.actions.open(ids[0]!);
      this.showLab();
      if (run) void this.lab.runAll(ids);
    },
    reveal: ({ at }) => {
      if (this.state.content.kind !== 'block') return;
      const { nodes } = this.state.content.block.graph;
      const touches = (place: typeof at): boolean => place.file === at.file && place.start <= at.end && at.start <= place.end;
      const own = nodes.filter(node => touches(node.at));
      const found = own.length > 0 ? own : nodes.filter(node => node.callPath.some(step => touches(step.at)));
      this.update({ revealed: found.map(node => node.id) });
    },
  };

  private readonly ownActions: Omit<Actions, keyof ComparisonActions | keyof HistoryActions> = {
    select: (node, how) => {
      if (this.state.content.kind !== 'block') return;
      this.update({ selected: node, revealed: [] });
      if (how === 'open') this.post('openSource', { at: this.state.content.block.graph.nodes[node]!.at });
    },
    pointAt: node => this.update({ revealed: node === null ? [] : [node] }),
    toggleGroup: group => {
      const { closed } = this.state;
      this.update({ closed: closed.includes(group) ? closed.filter(id => id !== group) : [...closed, group] });
    },
    closeGroups: groups => this.update({ closed: groups }),
    setSize: (name, size) => this.update({ sizes: { ...this.state.sizes, [name]: size } }),
    putSizesBack: names => this.update({ sizes: Object.fromEntries(Object.entries(this.state.sizes).filter(([name]) => !names.includes(name))) }),
    chooseBackend: backend => this.update({ backend }),
    chooseTraining: training => this.update({ training }),
    chooseQuick: quick => this.update({ quick }),
    profile: evenIfLarge => this.profile({ evenIfLarge }),
    cancel: () => this.runner.cancel('user'),
    sortBy: column => {
      const { sort } = this.state;
      const numeric = column === 'params' || column === 'macs' || column === 'time';
      if (sort?.column !== column) this.update({ sort: { column, descending: numeric } });
      else this.update({ sort: sort.descending === numeric ? { column, descending: !numeric } : null });
    },
    copyReport: () => {
      const text = this.reportText();
      if (text !== undefined) this.post('copy', { text });
    },
    saveReport: () => {
      const text = this.reportText();
      if (text === undefined || this.state.content.kind !== 'block') return;
      this.post('save', { name: `${fileNameOf(this.state.content.block.name)}.${runFormats[this.state.format].extension}`, text });
    },
    chooseFormat: format => this.update({ format }),
  };

  /** A contender that is on show belongs to the lab, too. */
  private showLab(): void {
    const { content } = this.state;
    if (content.kind === 'claims' || (content.kind === 'block' && content.ofClaim !== undefined)) return;
    this.runner.cancel('stale');
    this.update({ content: { kind: 'claims' }, run: { kind: 'idle' } });
  }

  private show(block: BlockPayload, ofClaim?: string): void {
    if (ofClaim === undefined) this.lab.stop('stale');
    const content = { kind: 'block', block, ...(ofClaim === undefined ? {} : { ofClaim }) } as const;
    const before = this.state.content.kind === 'block' ? this.state.content.block : undefined;
    const sameBlock = before?.id === block.id;
    const same = sameBlock && fingerprint(before.graph) === fingerprint(block.graph);
    if (!same) this.runner.cancel('stale');
    this.runner.renumber(block.version);
    if (sameBlock) {
      const { selected, run } = this.state;
      this.update({
        content, revealed: [],
        selected: selected !== null && selected < block.graph.nodes.length ? selected : null,
        run: same || run.kind === 'cancelled' ? run : { kind: 'idle' },
      });
    } else {
      this.update({ ...initialState, ...chosenIn(this.state), sort: this.state.sort, content });
    }
  }

  private profile({ evenIfLarge = false }: Pick<RunSettings, 'evenIfLarge'>, restarts = 0): void {
    if (this.state.content.kind !== 'block') return;
    const { id, version, graph, lines } = this.state.content.block;
    const obstacle = whyNotRunnable(this.bind(graph).result, lines);
    if (obstacle !== undefined) return this.post('runFailed', { id, version, message: obstacle });
    this.lab.stop('stale');
    this.update({ restarts });
    const request = { graph, lines, sizes: this.sizes(), backend: this.state.backend, training: this.state.training, evenIfLarge, quick: this.state.quick };
    this.runner.start<RunReport>(
      { id, version },
      async () => {
        const { runBlock } = await import('./run/run-block.ts');
        return (clock, onProgress) => runBlock(request, clock, onProgress);
      },
      ended => this.runEnded(ended),
    );
    this.post('runStarted', { id, version });
  }

  /** Times of another graph belong to other layers: there is nothing to report then. */
  private reportText(): string | undefined {
    const { content, result, format } = this.state;
    if (content.kind !== 'block' || result?.fingerprint !== fingerprint(content.block.graph)) return undefined;
    return runFormats[format].text(content.block, result.report);
  }

  /** A number for each free dim of the block on show, and for those that the source fixes and the user has otherwise. */
  private sizes(): Readonly<Record<string, number>> {
    return this.state.content.kind === 'block' ? this.bind(this.state.content.block.graph).sizes : {};
  }

  /** Worked out once for each graph and each choice of sizes, and then the same objects, so that panels can skip work. */
  private bind(graph: BlockGraph): Bound {
    if (this.bound?.graph !== graph || this.bound.chosen !== this.state.sizes) {
      const sizes = Object.fromEntries([
        ...freeDims(graph).map(dim => [dim.name, this.state.sizes[dim.name] ?? dim.suggestion]), ...changedSizes(graph, this.state.sizes).map(({ name }) => [name, this.state.sizes[name]]),
      ]) as Record<string, number>;
      this.bound = { graph, chosen: this.state.sizes, sizes, result: graphAtSizes(graph, sizes) };
    }
    return this.bound;
  }

  private runEnded({ of, outcome }: Ended<RunReport>): void {
    switch (outcome.kind) {
      case 'finished':
        if (this.state.content.kind === 'block') {
          this.update({ run: { kind: 'idle' }, result: { report: outcome.report, fingerprint: fingerprint(this.state.content.block.graph) } });
        }
        return this.post('runFinished', { ...of, report: outcome.report });
      case 'too-large':
        this.update({ run: { kind: 'asking', estimate: outcome.estimate } });
        return this.post('runFailed', { ...of, message: outcome.estimate.sentence });
      case 'failed':
        this.update({ run: { kind: 'failed', message: outcome.message, ...(outcome.node === undefined ? {} : { node: outcome.node }) } });
        return this.post('runFailed', { ...of, message: outcome.message });
      case 'cancelled':
        this.update({ run: { kind: 'cancelled', reason: outcome.reason } });
        return this.post('runCancelled', { ...of, reason: outcome.reason });
    }
  }

  private fontsMayHaveChanged(): void {
    this.measure = measureInPage(document);
    this.draw();
  }

  private update(change: Partial<PageState>): void {
    const { run: before, lab: { reports } } = this.state;
    this.state = { ...this.state, ...change };
    this.draw();
    const { run, content, lab } = this.state;
    // Progress is not kept, but that a run has begun, and keeping takes time from what is measured.
    const inProgress = (run.kind === 'running' && before.kind === 'running') || (lab.running !== null && lab.reports === reports);
    if (!inProgress && content.kind !== 'loading') this.host.setState(keptOf(this.state));
  }

  private view(): JSX.Element {
    const { state, actions, measure } = this;
    const { content, lab, backend, format } = state;
    if (content.kind === 'claims') return <LabPane lab={lab} backend={backend} gpus={state} format={format} actions={this.lab.actions} />;
    if (content.kind === 'comparison') return <ComparisonView state={state} blocks={content.blocks} actions={actions} />;
    if (content.kind !== 'block') return <EmptyView message={content.kind === 'empty' ? content.message : undefined} openLab={() => this.openLab()} />;
    const { sizes, result } = this.bind(content.block.graph);
    const view = <BlockView state={state} block={content.block} sizes={sizes} bound={result} actions={actions} measure={measure} />;
    if (content.ofClaim === undefined) return view;
    return <div class="of-claim"><nav><button type="button" class="link" onClick={() => this.backToClaim()}>‹ Back to the claim</button></nav>{view}</div>;
  }

  /** A run of the contender would go on unseen, and its end would have no block to belong to. */
  private backToClaim(): void {
    this.runner.cancel('stale');
    this.update({ content: { kind: 'claims' }, run: { kind: 'idle' } });
  }

  private openLab(): void {
    this.showLab();
    this.post('claimsOpened', {});
  }

  /** At most once in a turn: several updates in a row are drawn together. */
  private draw(): void {
    if (this.drawing) return;
    this.drawing = true;
    queueMicrotask(() => {
      this.drawing = false;
      render(this.view(), this.root);
    });
  }
}
