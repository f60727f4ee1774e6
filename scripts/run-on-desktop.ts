// Runs the suites of test/extension in a desktop VS Code, which @vscode/test-electron downloads once into .vscode-test/.
// `npm run test:desktop`, on Linux without a screen `xvfb-run -a npm run test:desktop`. VSCODE_VERSION chooses a
// version, VSCODE_EXECUTABLE one that is already on the machine.
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { bundledTests, bundleExtensionTests } from './bundle-extension-tests.ts';
import { copyExamples } from './copy-examples.ts';
import { projectRoot } from './vscode-host.ts';

await bundleExtensionTests();
const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-desktop-'));
const workspace = copyExamples(folder);
try {
  const executable = process.env.VSCODE_EXECUTABLE;
  await runTests({
    ...(executable === undefined ? { version: process.env.VSCODE_VERSION ?? 'stable' } : { vscodeExecutablePath: executable }),
    extensionDevelopmentPath: projectRoot,
    extensionTestsPath: path.join(bundledTests, 'index.cjs'),
    // Other extensions would add hints of their own; the data folder is thrown away with the workspace.
    launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', `--user-data-dir=${path.join(folder, 'data')}`],
  });
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
