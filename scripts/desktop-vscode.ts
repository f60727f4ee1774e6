// The desktop VS Code of this machine, where it can be used: found, new enough, and opened with the extension in it.
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from './vscode-host.ts';

/** The command that opens it; undefined, after a line that says why, where there is one that cannot be used. */
export function findDesktopVSCode(): string | undefined {
  const found = spawnSync('code', ['--version'], { encoding: 'utf8', shell: process.platform === 'win32', timeout: 20_000 });
  if (found.error) return undefined;
  const reason = whyNot(found.status === 0 ? found.stdout.split('\n')[0]!.trim() : undefined);
  if (reason === undefined) return 'code';
  console.log(`The “code” of this machine is not used: ${reason}.`);
  return undefined;
}

function whyNot(version: string | undefined): string | undefined {
  if (version === undefined || !/^\d+\.\d+\.\d+/.test(version)) return 'it does not tell its version';
  const { engines } = JSON.parse(readFileSync(path.join(projectRoot, 'package.json'), 'utf8')) as { engines: { vscode: string } };
  const needed = engines.vscode.replace('^', '');
  if (version.localeCompare(needed, 'en', { numeric: true }) < 0) return `it is VS Code ${version}, and Blockscope needs ${needed}`;
  // In a terminal inside VS Code on another machine, `code` opens files over there and cannot load extensions.
  if (process.env.VSCODE_IPC_HOOK_CLI !== undefined) return 'this terminal belongs to a remote VS Code';
  if (process.platform !== 'linux') return undefined;
  if (process.getuid?.() === 0) return 'it does not run as root';
  if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return 'there is no screen';
  return undefined;
}

/** Opens a window of its own on the folder, and resolves when it is closed. */
export function runDesktopVSCode(command: string, folder: string, file: string): Promise<void> {
  console.log('Blockscope is opened in your VS Code, on a copy of examples/: try anything. Close the window to end.');
  const child = spawn(command, [`--extensionDevelopmentPath=${projectRoot}`, '--new-window', '--wait', folder, file], {
    stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32',
  });
  return new Promise((resolve, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
    child.once('error', reject);
    child.once('exit', (code, signal) => (code === 0 || signal !== null ? resolve() : reject(new Error(`code ended with ${code}.`))));
  });
}
