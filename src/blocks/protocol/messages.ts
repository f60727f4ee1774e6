// Every message between the extension and the webview, declared once. Each side implements a handler for every message
// that it can receive; one that is missing does not compile.
import type { BlockGraph } from '../graph/block-graph.ts';
import type { Location } from '../text/location.ts';

/** What the webview draws and runs. */
export interface BlockPayload {
  /** Stable over edits of the same document, so that the webview can keep its selection: `file#name@index`. */
  readonly id: string;
  readonly name: string;
  /** The document version that the graph was made from; answers that carry an older one are dropped. */
  readonly version: number;
  /** The file's name as people know it (relative to the workspace). */
  readonly fileLabel: string;
  readonly graph: BlockGraph;
  /** 1-based source line per node, in the order of `graph.nodes`. */
  readonly lines: readonly number[];
}

/** From the extension to the webview. */
export interface ToWebview {
  /** Show this block; `profile` also starts a run. */
  show: { readonly block: BlockPayload; readonly profile: boolean };
  /** The source holds no such block any more, or nothing was ever chosen: show the empty state with this sentence. */
  empty: { readonly message: string };
  /** Highlight the nodes that come from this place in the source. */
  reveal: { readonly at: Location };
}

/** From the webview to the extension. */
export interface ToExtension {
  /** The page is up and can take messages. */
  ready: Record<string, never>;
  /** Put the caret at the place that a node comes from. */
  openSource: { readonly at: Location };
  /** A run ended: for the status bar, the log and whoever asked for it. */
  runFinished: { readonly id: string; readonly version: number; readonly report: RunReport };
  runFailed: { readonly id: string; readonly version: number; readonly message: string };
  copy: { readonly text: string };
}

export interface RunReport {
  readonly backend: string;
  /** The WebGL renderer string, or what computes on the fallback backend. */
  readonly renderer: string;
  /** A CPU that emulates a GPU: its times say nothing about a GPU. */
  readonly software: boolean;
  /** Why the run is not on WebGL; absent where it is. */
  readonly fallbackReason?: string;
  readonly inputShapes: readonly (readonly number[])[];
  readonly measuredShapes: readonly (readonly number[])[];
  readonly inferredShapes: readonly (readonly (number | string | null)[])[];
  readonly shapesAgree: boolean;
  readonly measuredParams: number;
  readonly inferredParams: number | string;
  /** Milliseconds. The first run, shader compilation and upload included; never part of the statistics. */
  readonly firstRunMs: number;
  readonly warmUpRuns: number;
  readonly whole: Timing;
  readonly layers: readonly LayerTiming[];
}

/** Of one execution, in milliseconds. */
export interface Timing {
  readonly medianMs: number;
  readonly p25Ms: number;
  readonly p75Ms: number;
  readonly minMs: number;
  readonly samples: number;
  /** Executions per sample: short ones are repeated, because the clock of a webview is coarse. */
  readonly runsPerSample: number;
}

export interface LayerTiming {
  readonly node: number;
  readonly layer: string;
  readonly outputShape: readonly number[];
  readonly timing: Timing;
}

export type Message<Contract> = { [K in keyof Contract]: { readonly type: K; readonly data: Contract[K] } }[keyof Contract];

export type Handlers<Contract> = { readonly [K in keyof Contract]: (data: Contract[K]) => void };

/** Calls the handler that a message is for; a message of another version, or from elsewhere, is dropped. */
export function dispatch<Contract>(message: unknown, handlers: Handlers<Contract>): void {
  if (typeof message !== 'object' || message === null || !('type' in message) || !('data' in message)) return;
  const type = message.type as keyof Contract;
  if (Object.hasOwn(handlers, type as PropertyKey)) handlers[type](message.data as Contract[keyof Contract]);
}
