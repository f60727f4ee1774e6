// Runs the Mocha suites beside this file inside a VS Code extension host. The same entry serves the VS Code server of
// `npm test` and the desktop VS Code of `npm run test:desktop`.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import type MochaType from 'mocha';
import { recordTotals } from '../../scripts/test-totals.ts';
import { lineMark, lineMarkVariable } from './line-mark.ts';

export async function run(): Promise<void> {
  const mark = process.env[lineMarkVariable] === undefined ? '' : lineMark;
  const print = (...values: unknown[]): void => {
    for (const line of format(...values).split('\n')) console.log(mark + line);
  };
  let stats: MochaType.Stats;
  try {
    stats = await runSuites(mark === '' ? undefined : print);
  } catch (error) {
    // Thrown while the suites were loaded; VS Code itself would show no more than the message.
    print(error instanceof Error ? error.stack : error);
    throw error;
  }
  // A positive proof that the run came to its end: VS Code reports success when the extension host dies half-way.
  recordTotals({ passed: stats.passes, failed: stats.failures, skipped: stats.pending });
  if (stats.failures > 0) throw new Error(`${stats.failures} tests failed.`);
  if (stats.passes === 0) throw new Error('No test was run.');
}

async function runSuites(print: ((...values: unknown[]) => void) | undefined): Promise<MochaType.Stats> {
  // Mocha is a module of its own, loaded from node_modules: bundled, it would not find its interfaces and reporters.
  const { default: Mocha } = await import('mocha');
  // All built-in reporters print with this function, which the type definitions leave out.
  if (print) (Mocha.reporters.Base as unknown as { consoleLog: typeof print }).consoleLog = print;
  const grep = process.env.MOCHA_GREP;
  const mocha = new Mocha({ ui: 'bdd', color: false, timeout: 60_000, forbidOnly: true, ...(grep === undefined ? {} : { grep }) });
  const folder = path.join(__dirname, 'suite');
  for (const file of readdirSync(folder).sort()) if (file.endsWith('.test.cjs')) mocha.addFile(path.join(folder, file));
  return new Promise((resolve, reject) => {
    try {
      const runner = mocha.run(() => resolve(runner.stats!));
    } catch (error) {
      reject(error);
    }
  });
}
