// Runs the page of the editor's panel in a browser of this machine that nobody sees, until it has a result.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Message, ToWebview } from '../blocks/protocol/messages.ts';
import { servePage, type Answers } from './page-server.ts';

export interface BrowserRun {
  /** The path of a Chromium-based browser. */
  readonly browser: string;
  /** Where the built page lies. */
  readonly page: string;
  /** Milliseconds until a run without an answer is given up. */
  readonly limit: number;
  /** Whether the browser has to have WebGPU. */
  readonly webgpu: boolean;
}

/** `first` is what the page is told when it is up. Throws with one sentence where there is no result. Whatever it started has ended when it returns. */
export async function runInBrowser<Report>(first: Message<ToWebview>, answers: Answers<Report>, { browser, page, limit, webgpu }: BrowserRun): Promise<Report> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-profile-'));
  const server = await servePage(page, first, answers);
  // In a group of its own, because a browser is many processes.
  const child = spawn(browser, [...flags, ...(webgpu ? webgpuFlags : []), `--user-data-dir=${folder}`, server.address], { stdio: 'ignore', detached: hasGroups });
  let timer: NodeJS.Timeout | undefined;
  let interrupt!: () => void;
  try {
    const ended = new Promise<never>((_, reject) => {
      child.once('error', error => reject(new Error(`${browser} could not be started: ${error.message}`)));
      child.once('exit', status => reject(new Error(`${path.basename(browser)} ended before the run did (exit status ${status ?? 'none'})`)));
      // The browser is in a group of its own, and would go on computing.
      interrupt = () => reject(new Error('it was interrupted'));
      for (const name of interrupts) process.once(name, interrupt);
      timer = setTimeout(() => reject(new Error(`the run gave no answer within ${limit / 1000} s`)), limit);
    });
    return await Promise.race([server.report, ended]);
  } finally {
    clearTimeout(timer);
    for (const name of interrupts) process.removeListener(name, interrupt);
    await end(child);
    server.close();
    removeFolder(folder);
  }
}

const interrupts: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM'];

const hasGroups = process.platform !== 'win32';

/** A software renderer is permitted, because a run says when it was one. Chromium has no sandbox for the superuser. */
const flags: readonly string[] = [
  '--headless=new', '--no-first-run', '--no-default-browser-check', '--disable-extensions', '--disable-sync', '--disable-background-networking', '--disable-component-update',
  '--enable-unsafe-swiftshader', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** On Linux Chromium has WebGPU only for those who ask for it. */
const webgpuFlags: readonly string[] = ['--enable-unsafe-webgpu', '--enable-features=Vulkan'];

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise<void>(resolve => child.once('exit', () => resolve()));
  signal(child.pid, 'SIGTERM');
  const late = setTimeout(() => signal(child.pid!, 'SIGKILL'), 3_000);
  await ended;
  clearTimeout(late);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(hasGroups ? -pid : pid, name);
  } catch {
    // It has ended by itself.
  }
}

/** A process of the browser that is still ending may write there; the system empties its temporary folder by itself. */
function removeFolder(folder: string): void {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  } catch {
    // Nothing depends on it.
  }
}
