// Runs code inside the real Node extension host of a VS Code server, with a real workbench connected to it: the suites of
// test/extension, by `npm run test:extension`, and what the bench measures there.
import { createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format } from 'node:util';
import { lineMark, lineMarkVariable } from '../test/extension/line-mark.ts';
import { launchBrowser } from './browser.ts';
import { bundledTests, bundleExtensionTests } from './bundle-extension-tests.ts';
import { copyExamples } from './copy-examples.ts';
import { readTotals, reportTotals, totalsFileVariable, type Totals } from './test-totals.ts';
import { installVSCodeHost, projectRoot } from './vscode-host.ts';
import { startVSCodeServer } from './vscode-server.ts';

/** VS Code's log of the run, its log files, and a picture of the workbench where the run failed. */
const logFolder = path.join(projectRoot, 'out/extension-host');
const timeLimitMs = 330_000;

interface Outcome {
  /** What VS Code itself reports; not to be believed alone, because it is 0 when the extension host dies half-way. */
  readonly exitCode: number;
  readonly logs?: readonly { readonly relativePath: string; readonly contents: string }[];
}

export async function runSuites(): Promise<Totals> {
  await bundleExtensionTests();
  return runInExtensionHost(path.join(bundledTests, 'index.cjs'));
}

/** `entry` is a bundle that exports `run` and records its totals. Lines that it marks are printed. */
export async function runInExtensionHost(entry: string): Promise<Totals> {
  const host = installVSCodeHost();
  console.log(`VS Code ${host.vscodeVersion}`);
  rmSync(logFolder, { recursive: true, force: true });
  mkdirSync(logFolder, { recursive: true });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-extension-host-'));
  const workspace = copyExamples(folder);
  const log = createWriteStream(path.join(logFolder, 'workbench.log'));
  const closing: (() => Promise<void> | void)[] = [
    () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }), () => void log.end(),
  ];
  try {
    const totalsFile = path.join(folder, 'totals.json');
    const server = await startVSCodeServer({
      host, dataFolder: path.join(folder, 'server'), testDriver: true, typescript: false,
      env: { [lineMarkVariable]: 'yes', [totalsFileVariable]: totalsFile },
    });
    closing.push(() => server.stop());
    const browser = await launchBrowser();
    closing.push(() => browser.close());
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });

    // The workbench calls these two functions when it is asked to run tests.
    await page.exposeFunction('codeAutomationLog', (kind: string, values: unknown[]) => {
      const line = format(...values);
      if (line.startsWith(lineMark)) console.log(line.slice(lineMark.length));
      else log.write(`[${kind}] ${line}\n`);
    });
    const ended = new Promise<Outcome>((resolve, reject) => {
      page.exposeFunction('codeAutomationExit', (exitCode: number, logs: Outcome['logs'] = []) => resolve({ exitCode, logs })).catch(reject);
      page.once('crash', () => reject(new Error('The page of the workbench crashed.')));
      void server.exited.then(() => reject(new Error('The VS Code server ended during the run.')));
      setTimeout(() => reject(new Error(`The run did not end within ${timeLimitMs / 1000} s: something blocks the extension host.`)), timeLimitMs).unref();
    });
    page.on('pageerror', error => log.write(`[uncaught] ${error.stack ?? error.message}\n`));
    await page.goto(server.address(workspace, [
      ['extensionDevelopmentPath', server.uri(projectRoot)], ['extensionTestsPath', server.uri(entry)],
      ['skipWelcome', 'true'], ['skipReleaseNotes', 'true'],
    ]), { waitUntil: 'commit' });
    try {
      const outcome = await ended;
      for (const { relativePath, contents } of outcome.logs ?? []) {
        const file = path.join(logFolder, relativePath);
        mkdirSync(path.dirname(file), { recursive: true });
        writeFileSync(file, contents);
      }
      return judge(outcome, readTotals(totalsFile));
    } catch (error) {
      await page.screenshot({ path: path.join(logFolder, 'failed.png'), timeout: 5000 }).catch(() => undefined);
      throw error;
    }
  } finally {
    for (let close = closing.pop(); close; close = closing.pop()) await close();
  }
}

/** Success needs three witnesses: VS Code, the suites' own numbers, and at least one test. */
function judge({ exitCode }: Outcome, totals: Totals | undefined): Totals {
  if (!totals) throw new Error(`The run ended (VS Code says ${exitCode}) without its numbers: the extension host died, or the suites did not load.`);
  if (exitCode !== 0 && totals.failed === 0) throw new Error(`VS Code reports the code ${exitCode}, though no test failed.`);
  return totals;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await reportTotals(runSuites);
