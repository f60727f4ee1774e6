// A claim of a paper as an experiment: what is compared, what its authors measured, and what has to come out.
import type { Quantity } from '../protocol/claim-report.ts';
import type { Block } from '../vocabulary/block.ts';

export interface Claim {
  /** The name of its file. */
  readonly id: string;
  /** In one sentence. */
  readonly claim: string;
  readonly sources: readonly Source[];
  /** What is compared, and how, for somebody who knows the blocks by name. */
  readonly compared: string;
  readonly authors: readonly AuthorsFigures[];
  readonly experiment: Experiment;
  /** What has to hold for the claim to be reproduced. */
  readonly predictions: readonly Prediction[];
  /** What is compared without anything being predicted. */
  readonly alsoCompared?: readonly Omit<Prediction, 'factor'>[];
}

export interface Source {
  readonly name: string;
  /** Absent where there is none. */
  readonly url?: string;
}

/** What the authors published, on their hardware: for comparison, not to be reached. */
export interface AuthorsFigures {
  readonly caption: string;
  /** What was measured, with its unit: “batches per second”. */
  readonly unit: string;
  readonly hardware: string;
  /** Where in the paper. */
  readonly source: string;
  /** A rate of work: its inverse is a time. */
  readonly isRate: boolean;
  /** What it is called here, where figures are of contenders. */
  readonly quantity?: Quantity;
  readonly figures: readonly AuthorsFigure[];
}

export interface AuthorsFigure {
  readonly name: string;
  readonly value: number;
  /** Which contender it is of; absent where there is none that is the same. */
  readonly contender?: string;
}

export type Experiment =
  /** The contenders of a group are run in turns, and compared round by round. */
  | { readonly kind: 'time'; readonly groups: readonly (readonly Contender[])[] }
  /** What is alive at once while a block runs. */
  | { readonly kind: 'memory'; readonly contenders: readonly Contender[] }
  /** Stacks of convolution, normalization and ReLU, plain and with the input added to each: one backward pass for each seed. */
  | { readonly kind: 'gradient'; readonly depths: readonly number[]; readonly batch: number; readonly size: number; readonly channels: number }
  /** A spiral in two dimensions is embedded into more, goes through ReLU, and comes back. */
  | { readonly kind: 'spiral'; readonly dimensions: readonly number[]; readonly points: number; readonly turns: number };

/** A block on an input. */
export interface Contender {
  readonly id: string;
  readonly name: string;
  readonly block: Block;
  /** The batch first. */
  readonly input: readonly number[];
  /** What has to be counted: parameters that are trained, and MACs of one example. */
  readonly expected?: { readonly params: number; readonly macs: number };
}

/** The second has more than `factor` times as much as the first; `factor` is 1 where it is absent. */
export interface Prediction {
  readonly quantity: Quantity;
  readonly smaller: string;
  readonly larger: string;
  readonly factor?: number;
}

export const defineClaim = (claim: Claim): Claim => claim;

export const arxiv = (number: string, name: string): Source => ({ name: `${name} (arXiv ${number})`, url: `https://arxiv.org/abs/${number}` });

export const article: Source = { name: 'the article “Residual, BottleNeck, Linear BottleNeck, MBConv explained”' };

/** The blocks of an experiment; none where it has no blocks. */
export const blocksOf = (experiment: Experiment): readonly Contender[] =>
  experiment.kind === 'time' ? experiment.groups.flat() : experiment.kind === 'memory' ? experiment.contenders : [];

/** The two kinds of stacks. */
export const stacks = ['plain', 'residual'] as const;

/** How a measure names a stack of so many layers. */
export const stackId = (stack: (typeof stacks)[number], depth: number): string => `${stack}-${depth}`;

export const spiralId = (dimensions: number): string => `n-${dimensions}`;

/** The name of each contender by its id, in the order in which they are shown. */
export function contenderNames({ experiment }: Claim): ReadonlyMap<string, string> {
  switch (experiment.kind) {
    case 'time':
    case 'memory': return new Map(blocksOf(experiment).map(({ id, name }) => [id, name]));
    case 'gradient': return new Map(experiment.depths.flatMap(depth => stacks.map(stack => [stackId(stack, depth), `${depth} layers ${stack === 'plain' ? 'without' : 'with'} the addition`] as const)));
    case 'spiral': return new Map(experiment.dimensions.map(n => [spiralId(n), `n = ${n}`]));
  }
}
