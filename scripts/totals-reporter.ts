// Mocha's own `spec` report, which also tells its numbers to scripts/test.ts, and to whoever runs a suite by hand what takes its time.
import path from 'node:path';
import Mocha from 'mocha';
import { recordTotals } from './test-totals.ts';

/** How many of the slowest tests are listed. */
const LISTED = 15;
/** What takes less is not worth a line. */
const SLOW_MS = 1000;

export default class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const ran: { readonly ms: number; readonly name: string }[] = [];
    runner.on('test end', test => ran.push({ ms: test.duration ?? 0, name: `${path.basename(test.file ?? '')}: ${test.title}` }));
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      recordTotals({ passed: passes, failed: failures, skipped: pending });
      const slowest = ran.filter(({ ms }) => ms >= SLOW_MS).sort((a, b) => b.ms - a.ms).slice(0, LISTED);
      if (process.env['CI'] !== undefined || slowest.length === 0) return;
      Mocha.reporters.Base.consoleLog('  The slowest:');
      for (const { ms, name } of slowest) Mocha.reporters.Base.consoleLog(`${(ms / 1000).toFixed(1).padStart(8)} s  ${name}`);
    });
  }
}
