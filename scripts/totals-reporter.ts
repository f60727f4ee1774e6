// Mocha's own `spec` report, which also tells its numbers to scripts/test.ts.
import Mocha from 'mocha';
import { recordTotals } from './test-totals.ts';

export default class TotalsReporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    runner.once('end', () => {
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      recordTotals({ passed: passes, failed: failures, skipped: pending });
    });
  }
}
