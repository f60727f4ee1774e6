// `npm test`: every suite, one after the other, fast ones first. A failing suite does not keep the others from running.
// `npm test -- unit webview` runs only those. The last line is the sum over all suites: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { readTotals, totalsFileVariable, type Totals } from './test-totals.ts';
import { projectRoot } from './vscode-host.ts';

interface Suite {
  readonly name: string;
  /** Arguments for Node. */
  readonly command: readonly string[];
  /** A check that does not count by itself counts as one test. */
  readonly counts: boolean;
  readonly minutes: number;
}

const mocha = (...args: string[]): string[] => ['node_modules/mocha/bin/mocha.js', '--reporter', './scripts/totals-reporter.ts', ...args];
const mochaOn = (pattern: string): string[] =>
  mocha('--no-config', '--node-option', 'import=tsx', '--forbid-only', '--fail-zero', '--timeout', '120000', pattern);

const suites: readonly Suite[] = [
  { name: 'build', command: ['--import', 'tsx', 'scripts/build.ts'], counts: false, minutes: 2 },
  { name: 'types', command: ['--import', 'tsx', 'scripts/typecheck.ts'], counts: false, minutes: 6 },
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.'], counts: false, minutes: 6 },
  // Its files know nothing of one another; those of the other suites share a browser or an editor.
  { name: 'unit', command: mocha('--parallel', '--jobs', '2'), counts: true, minutes: 12 },
  { name: 'webview', command: mochaOn('test/webview/**/*.test.ts'), counts: true, minutes: 25 },
  { name: 'extension', command: ['--import', 'tsx', 'scripts/run-in-extension-host.ts'], counts: true, minutes: 6 },
  { name: 'e2e', command: mochaOn('test/e2e/**/*.test.ts'), counts: true, minutes: 10 },
];

interface Result extends Totals {
  readonly name: string;
  readonly seconds: number;
}

await main();

async function main(): Promise<void> {
  const wanted = process.argv.slice(2);
  const unknown = wanted.filter(name => !suites.some(suite => suite.name === name));
  if (unknown.length > 0) {
    console.error(`There is no suite ${unknown.join(', ')}; there are ${suites.map(({ name }) => name).join(', ')}.`);
    process.exitCode = 2;
    return;
  }
  const results: Result[] = [];
  for (const suite of suites) {
    // The suites after it look at what was built.
    const isWanted = wanted.length === 0 || wanted.includes(suite.name) || suite.name === 'build';
    if (isWanted) results.push(await runSuite(suite));
  }
  summarize(results);
}

async function runSuite(suite: Suite): Promise<Result> {
  console.log(`\n── ${suite.name} ${'─'.repeat(100 - suite.name.length)}`);
  const begin = performance.now();
  const totals = await runAndCount(suite);
  const seconds = (performance.now() - begin) / 1000;
  console.log(`${suite.name}: ${sentence(totals)} (${seconds.toFixed(1)} s)`);
  return { name: suite.name, seconds, ...totals };
}

async function runAndCount(suite: Suite): Promise<Totals> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-totals-'));
  const file = path.join(folder, 'totals.json');
  try {
    const succeeded = await runNode(suite, { ...process.env, [totalsFileVariable]: file });
    if (!suite.counts) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1, skipped: 0 };
    const totals = readTotals(file);
    if (!totals) return broken(suite, 'ended without its numbers');
    if (totals.passed + totals.failed === 0) return broken(suite, 'ran no test', totals);
    if (!succeeded && totals.failed === 0) return broken(suite, 'ended with an error after its tests', totals);
    return totals;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A suite that did not do its work is a failure, whatever else it says. */
function broken(suite: Suite, what: string, { passed, skipped }: Totals = { passed: 0, failed: 0, skipped: 0 }): Totals {
  console.log(`The suite ${suite.name} ${what}: that counts as one failed test.`);
  return { passed, failed: 1, skipped };
}

/** Runs a suite in a process group of its own, so that nothing of it outlives its time limit or our interruption. */
function runNode(suite: Suite, env: NodeJS.ProcessEnv): Promise<boolean> {
  return new Promise(resolve => {
    const ownGroup = process.platform !== 'win32';
    const child = spawn(process.execPath, suite.command, { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'], env, detached: ownGroup });
    const end = (signal: NodeJS.Signals): void => {
      try {
        process.kill(ownGroup ? -child.pid! : child.pid!, signal);
      } catch {
        // All of the group has ended already.
      }
    };
    const interrupt = (): void => {
      end('SIGTERM');
      process.exit(130);
    };
    process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
    const limit = setTimeout(() => {
      console.log(`The suite ${suite.name} was ended after ${suite.minutes} minutes.`);
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5000).unref();
    }, suite.minutes * 60_000);
    child.once('close', code => {
      clearTimeout(limit);
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve(code === 0);
    });
  });
}

function summarize(results: readonly Result[]): void {
  const sum = (count: (result: Result) => number): number => results.reduce((total, result) => total + count(result), 0);
  console.log(`\n── all ${'─'.repeat(97)}`);
  for (const result of results) console.log(`${result.name.padEnd(10)} ${`${result.seconds.toFixed(1)} s`.padStart(8)}   ${sentence(result)}`);
  const totals = { passed: sum(result => result.passed), failed: sum(result => result.failed), skipped: sum(result => result.skipped) };
  if (totals.failed > 0 || totals.passed === 0) process.exitCode = 1;
  console.log(`${'together'.padEnd(10)} ${`${sum(result => result.seconds).toFixed(1)} s`.padStart(8)}\n`);
  console.log(sentence(totals));
}

function sentence({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
