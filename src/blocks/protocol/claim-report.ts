// What comes of the experiment of a claim, as the page tells it.
import type { BackendName, Ratio, Timing } from './messages.ts';

/**
 * What is compared. Parameters (those that are trained) and MACs are inferred, and exact; all others are measured. `heldMemory` is what a block hands on to the next,
 * `inferredMemory` what is alive at once at its worst moment, both without weights; `gradient` is how many times apart the gradients of the first
 * and the last layer are, either way, and `error` what is lost on the way there and back.
 */
export type Quantity = 'time' | 'timePerMac' | 'params' | 'macs' | 'heldMemory' | 'inferredMemory' | 'measuredMemory' | 'gradient' | 'error';

/** How thorough an experiment is: how many rounds, or how many seeds. */
export type Effort = 'quick' | 'normal' | 'thorough';

export interface Measure {
  /** The id of the contender. */
  readonly contender: string;
  readonly quantity: Quantity;
  /** Milliseconds of one execution, nanoseconds per MAC, a count, bytes, or a ratio; of what is measured several times the median. */
  readonly value: number;
  /** The 95 % confidence interval of the median. Absent for what is exact, and below six samples. */
  readonly interval?: readonly [number, number];
  /** How often it was measured; absent for what is exact. */
  readonly samples?: number;
  readonly quality?: Timing['quality'];
  /** How many times as much as the first of those that it took turns with. */
  readonly relative?: Ratio;
}

export interface Comparison {
  readonly quantity: Quantity;
  /** The contenders by their ids: which of them the claim expects to have less. */
  readonly smaller: string;
  readonly larger: string;
  /** How many times as much the larger one has, by rounds or seeds. What is exact has an interval of one value. */
  readonly ratio: Ratio;
  /** What the ratio has to exceed; absent where nothing is predicted. */
  readonly factor?: number;
  /** Absent where nothing is predicted. */
  readonly outcome?: 'holds' | 'contradicted' | 'undecided';
}

export type Verdict = 'reproduced' | 'notHere' | 'undecided';

/** Points in a plane, in order, for a picture. */
export interface Spiral {
  /** Into how many dimensions it was embedded; undefined for the spiral that goes in. */
  readonly dimensions?: number;
  readonly points: readonly (readonly [number, number])[];
}

export interface ClaimReport {
  /** The id of the claim. */
  readonly claim: string;
  readonly backend: BackendName;
  readonly renderer: string;
  /** A CPU that emulates a GPU. */
  readonly software: boolean;
  readonly machine: { readonly tensorflowjs: string; readonly browser: string; readonly cores: number };
  /** Why it did not run on the backend that was asked for. */
  readonly fallbackReason?: string;
  readonly effort: Effort;
  /** How long the experiment took. */
  readonly seconds: number;
  readonly measures: readonly Measure[];
  /** Those that are predicted first, in the order of the claim. */
  readonly comparisons: readonly Comparison[];
  readonly verdict: Verdict;
  /** The verdict with the figures that it was made from. */
  readonly sentence: string;
  readonly spirals?: readonly Spiral[];
  /** Tensors that were left behind; anything but 0 is an error of Blockscope's. */
  readonly leakedTensors: number;
  /** Sentences that somebody who reads the figures has to know. */
  readonly notes: readonly string[];
}
