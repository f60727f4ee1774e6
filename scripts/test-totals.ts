// How a suite tells its numbers to scripts/test.ts: as JSON in the file that the environment names. A suite that ends
// without having written it has failed.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface Totals {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

export const totalsFileVariable = 'BLOCKSCOPE_TEST_TOTALS';

export function recordTotals(totals: Totals): void {
  const file = process.env[totalsFileVariable];
  if (file !== undefined) writeFileSync(file, JSON.stringify(totals));
}

/** Undefined when the suite did not come to its end. */
export function readTotals(file: string): Totals | undefined {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Totals) : undefined;
}

/** Runs a suite that is a script of its own; what it throws is printed and counts as one failed test. */
export async function reportTotals(run: () => Promise<Totals>): Promise<void> {
  let totals: Totals;
  try {
    totals = await run();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    totals = { passed: 0, failed: 1, skipped: 0 };
  }
  recordTotals(totals);
  if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;
}
