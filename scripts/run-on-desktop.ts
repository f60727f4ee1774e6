// Runs the suites of test/extension in a desktop VS Code, which @vscode/test-electron downloads once into .vscode-test/.
// `npm run test:desktop`, on Linux without a screen `xvfb-run -a npm run test:desktop`. VSCODE_VERSION chooses a
// version, VSCODE_EXECUTABLE one that is already on the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundledTests, bundleExtensionTests } from './bundle-extension-tests.ts';
import { copyExamples } from './copy-examples.ts';
import { readTotals, totalsFileVariable } from './test-totals.ts';
import { projectRoot } from './vscode-host.ts';

await bundleExtensionTests();
const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-desktop-'));
const workspace = copyExamples(folder);
const totalsFile = path.join(folder, 'totals.json');
try {
  const executable = process.env.VSCODE_EXECUTABLE;
  await runTests({
    ...(executable === undefined ? { version: process.env.VSCODE_VERSION ?? 'stable' } : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: path.join(bundledTests, 'index.cjs'),
    extensionTestsEnv: { [totalsFileVariable]: totalsFile },
    // No other extension has a say, not even VS Code's own TypeScript (see vscode-server.ts).
    launchArgs: [
      workspace, `--user-data-dir=${path.join(folder, 'data')}`, `--extensions-dir=${path.join(folder, 'extensions')}`,
      '--disable-extension=vscode.typescript-language-features', '--disable-workspace-trust',
    ],
  });
  if (!readTotals(totalsFile)) throw new Error('VS Code ended without the numbers of the run: the suites did not come to their end.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
