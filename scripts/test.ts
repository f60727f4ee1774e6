// `npm test`: every suite, one after the other but for the first checks, fast ones first. A failing suite does not keep the others from running.
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
  /** Runs at the same time as the one of this name, where that is wanted too. */
  readonly beside?: string;
}

const mocha = (...args: string[]): string[] => ['node_modules/mocha/bin/mocha.js', '--reporter', './scripts/totals-reporter.ts', ...args];
const mochaOn = (pattern: string): string[] =>
  mocha('--no-config', '--node-option', 'import=tsx', '--forbid-only', '--fail-zero', '--timeout', '120000', pattern);

/** Where files know nothing of one another: those of the last suites share an editor. */
const twoFilesAtOnce = ['--parallel', '--jobs', '2'];

const suites: readonly Suite[] = [
  { name: 'build', command: ['--import', 'tsx', 'scripts/build.ts'], counts: false, minutes: 2 },
  { name: 'types', command: ['--import', 'tsx', 'scripts/typecheck.ts'], counts: false, minutes: 6 },
  // It has one thread, and what the type check leaves of the processors is enough for it.
  { name: 'lint', command: ['node_modules/eslint/bin/eslint.js', '.'], counts: false, minutes: 6, beside: 'types' },
  { name: 'unit', command: mocha(...twoFilesAtOnce), counts: true, minutes: 12 },
  // Each file has a browser of its own. What is timed in one is disturbed by the other, as by whatever else a machine does, so no test asks for a time.
  { name: 'webview', command: [...mochaOn('test/webview/**/*.test.ts'), ...twoFilesAtOnce], counts: true, minutes: 25 },
  { name: 'extension', command: ['--import', 'tsx', 'scripts/run-in-extension-host.ts'], counts: true, minutes: 6 },
  { name: 'e2e', command: mochaOn('test/e2e/**/*.test.ts'), counts: true, minutes: 10 },
];

interface Result extends Totals {
  readonly name: string;
  readonly seconds: number;
}

/** How to end the suites that are running. */
const running = new Set<(signal: NodeJS.Signals) => void>();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const end of running) end('SIGTERM');
    process.exit(130);
  });
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
  let together: Suite[] = [];
  const runTogether = async (): Promise<void> => {
    results.push(...await Promise.all(together.map(suite => runSuite(suite, together.length === 1 ? 'as it comes' : 'at its end'))));
    together = [];
  };
  for (const suite of suites) {
    // The suites after it look at what was built.
    const isWanted = wanted.length === 0 || wanted.includes(suite.name) || suite.name === 'build';
    if (!isWanted) continue;
    if (!together.some(({ name }) => name === suite.beside)) await runTogether();
    together.push(suite);
  }
  await runTogether();
  summarize(results);
}

/** What suites say that run at the same time is kept until their end, so that it does not mix. */
type Output = 'as it comes' | 'at its end';

async function runSuite(suite: Suite, output: Output): Promise<Result> {
  const head = `\n── ${suite.name} ${'─'.repeat(100 - suite.name.length)}\n`;
  if (output === 'as it comes') process.stdout.write(head);
  const begin = performance.now();
  const said: Buffer[] = [];
  const totals = await runAndCount(suite, output === 'as it comes' ? undefined : said);
  const seconds = (performance.now() - begin) / 1000;
  if (output === 'at its end') process.stdout.write(Buffer.concat([Buffer.from(head), ...said]));
  console.log(`${suite.name}: ${sentence(totals)} (${seconds.toFixed(1)} s)`);
  return { name: suite.name, seconds, ...totals };
}

async function runAndCount(suite: Suite, said: Buffer[] | undefined): Promise<Totals> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-totals-'));
  const file = path.join(folder, 'totals.json');
  try {
    const succeeded = await runNode(suite, { ...process.env, [totalsFileVariable]: file }, said);
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

/** Runs a suite in a process group of its own, so that nothing of it outlives its time limit or our interruption. What it says goes to `said`, or else to ours. */
function runNode(suite: Suite, env: NodeJS.ProcessEnv, said: Buffer[] | undefined): Promise<boolean> {
  return new Promise(resolve => {
    const ownGroup = process.platform !== 'win32';
    const out = said ? 'pipe' : 'inherit';
    const child = spawn(process.execPath, suite.command, { cwd: projectRoot, stdio: ['ignore', out, out], env, detached: ownGroup });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => said?.push(chunk));
    const end = (signal: NodeJS.Signals): void => {
      try {
        process.kill(ownGroup ? -child.pid! : child.pid!, signal);
      } catch {
        // All of the group has ended already.
      }
    };
    running.add(end);
    const limit = setTimeout(() => {
      console.log(`The suite ${suite.name} was ended after ${suite.minutes} minutes.`);
      end('SIGTERM');
      setTimeout(() => end('SIGKILL'), 5000).unref();
    }, suite.minutes * 60_000);
    child.once('close', code => {
      clearTimeout(limit);
      running.delete(end);
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
  console.log(`${'together'.padEnd(10)} ${`${(performance.now() / 1000).toFixed(1)} s`.padStart(8)}\n`);
  console.log(sentence(totals));
}

function sentence({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}
