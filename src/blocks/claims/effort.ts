// How thorough an experiment is.
import type { Effort } from '../protocol/claim-report.ts';

interface EffortRules {
  readonly name: string;
  /** Of contenders that are timed, how many rounds there are at least and at most. */
  readonly rounds: readonly [least: number, most: number];
  /** Milliseconds after which two contenders are timed no further, as soon as there are `enoughRounds`. */
  readonly budgetMs: number;
  readonly enoughRounds: number;
  readonly gradientSeeds: number;
  readonly spiralSeeds: number;
}

/** Below seven rounds or seeds there is no interval worth the name. */
export const efforts: Readonly<Record<Effort, EffortRules>> = {
  quick: { name: 'quick', rounds: [9, 9], budgetMs: 1_000, enoughRounds: 7, gradientSeeds: 7, spiralSeeds: 20 },
  normal: { name: 'normal', rounds: [15, 40], budgetMs: 3_000, enoughRounds: 9, gradientSeeds: 10, spiralSeeds: 60 },
  thorough: { name: 'thorough', rounds: [40, 120], budgetMs: 15_000, enoughRounds: 25, gradientSeeds: 25, spiralSeeds: 200 },
};
