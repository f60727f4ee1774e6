// The blocks of a comparison side by side: what the panel's table, its reports and the terminal show of each.
import type { ComparedBlock, ComparedWay, ComparisonReport } from '../protocol/comparison.ts';
import type { Ratio, Timing } from '../protocol/messages.ts';
import { failedChecks } from './failed-checks.ts';

export interface ComparisonRow {
  readonly block: ComparedBlock;
  /** Its name, with a number where several have the same. */
  readonly label: string;
  readonly isBaseline: boolean;
  readonly written?: Timing;
  readonly deployed?: Timing;
  /** Measured where the block ran, else inferred. */
  readonly params?: number;
  /** Picoseconds of the block as written for one multiply-accumulate. */
  readonly psPerMac?: number;
  /** How many times as fast as the baseline, which has none. */
  readonly ratios: Readonly<Partial<Record<ComparedWay, Ratio>>>;
  /** What TensorFlow.js did otherwise than was inferred or than the other ways; empty where all is as it should be. */
  readonly failures: readonly string[];
}

/** `baseline` is an id; where no such block ran, the first that did is the baseline. */
export function comparisonRows(report: ComparisonReport, baseline: string | null): readonly ComparisonRow[] {
  const labels = labelsOf(report.blocks);
  const base = baselineOf(report, baseline);
  return report.blocks.map((block, i): ComparisonRow => {
    const { report: measured, macs } = block;
    const params = measured?.measuredParams ?? block.params;
    const deployed = measured?.ways.find(({ way }) => way === 'deployed')?.timing;
    const ratio = (way: ComparedWay): Ratio | undefined => (i === base ? undefined : report.ratios[way][base]?.[i] ?? undefined);
    const [written, asDeployed] = [ratio('written'), ratio('deployed')];
    return {
      block, label: labels[i]!, isBaseline: i === base,
      ...(measured ? { written: measured.whole } : {}),
      ...(params === undefined ? {} : { params }),
      ...(deployed ? { deployed } : {}),
      ...(measured && macs !== undefined && macs > 0 ? { psPerMac: (measured.whole.medianMs * 1e9) / macs } : {}),
      ratios: { ...(written ? { written } : {}), ...(asDeployed ? { deployed: asDeployed } : {}) },
      failures: measured ? failedChecks(measured) : [],
    };
  });
}

/** -1 where no block ran. */
export function baselineOf({ blocks }: ComparisonReport, wanted: string | null): number {
  const chosen = blocks.findIndex(({ id, report }) => id === wanted && report !== undefined);
  return chosen >= 0 ? chosen : blocks.findIndex(({ report }) => report !== undefined);
}

/** The names of blocks, told apart by a number where they are the same. */
export function labelsOf(blocks: readonly { readonly name: string }[]): readonly string[] {
  const taken = new Map<string, number>();
  return blocks.map(({ name }) => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name} (${count})`;
  });
}
