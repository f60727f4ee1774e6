// `npm start`: builds, then opens a real VS Code on a copy of examples/ with the extension in it: the desktop VS Code of
// this machine if there is one, otherwise VS Code in the browser.
//   npm start -- --browser           VS Code in the browser in any case
//   npm start -- --headless [FILE]   without a person: shows in the terminal what VS Code shows for an example
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { copyExamples } from './copy-examples.ts';
import { findDesktopVSCode, runDesktopVSCode } from './desktop-vscode.ts';
import { firstExample, headlessTour } from './headless-tour.ts';
import { installVSCodeHost, projectRoot } from './vscode-host.ts';
import { startVSCodeServer } from './vscode-server.ts';

try {
  const { values, positionals } = parseArgs({
    options: { headless: { type: 'boolean', default: false }, browser: { type: 'boolean', default: false } }, allowPositionals: true,
  });
  build();
  if (values.headless) await headlessTour(positionals[0] ?? firstExample);
  else await open(values.browser);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function build(): void {
  const result = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: projectRoot, stdio: ['ignore', 'inherit', 'inherit'] });
  if (result.status !== 0) throw new Error('The build failed.');
}

async function open(inBrowser: boolean): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-'));
  const examples = copyExamples(folder);
  try {
    const desktop = inBrowser ? undefined : findDesktopVSCode();
    if (desktop === undefined) await serve(examples, path.join(folder, 'server'));
    else await runDesktopVSCode(desktop, examples, path.join(examples, firstExample));
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function serve(examples: string, dataFolder: string): Promise<void> {
  // More than once, because npm passes on a Ctrl-C that the terminal has sent us already.
  const stopped = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  const host = installVSCodeHost();
  // As an installed extension it needs no part in the address, and comes back when the page is reloaded.
  const server = await startVSCodeServer({ host, dataFolder, testDriver: false, typescript: true, extension: { folder: projectRoot } });
  const address = server.address(examples, [['openFile', server.uri(path.join(examples, firstExample))]]);
  console.log(`\nVS Code ${host.vscodeVersion} with Blockscope:\n\n  ${address}\n\nOpen it in a browser on this machine. It shows a copy of examples/: try anything. Ctrl-C stops it.`);
  try {
    await Promise.race([stopped, server.exited.then(() => { throw new Error('The VS Code server ended by itself.'); })]);
  } finally {
    await server.stop();
  }
}
