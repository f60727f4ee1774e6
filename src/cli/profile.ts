// What `blockscope profile` does: the page of the editor's panel, in a browser of this machine that nobody sees, runs the block.
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Analysis } from '../blocks/analysis.ts';
import { outline, type BlockResult } from '../blocks/features/outline.ts';
import type { BlockPayload, RunReport, RunSettings } from '../blocks/protocol/messages.ts';
import { servePage } from './page-server.ts';

/** The result of the name that is wanted; without one the only model, or the only block. A text says why there is none. */
export function chooseResult(analysis: Analysis, wanted: string | undefined): BlockResult | string {
  const entries = outline(analysis);
  const file = path.basename(analysis.file);
  const names = [...new Set(entries.map(({ name }) => name))].join(', ');
  if (names === '') return `there is no block in ${file}`;
  const models = entries.filter(({ results }) => results[0]!.kind !== 'function');
  const found = wanted === undefined ? onlyOne(models) ?? onlyOne(entries) : entries.find(({ name }) => name === wanted);
  if (found) return found.results[0]!;
  return wanted === undefined ? `say with --block which of ${file}: ${names}` : `there is no ${wanted} in ${file}: it has ${names}`;
}

const onlyOne = <T>(list: readonly T[]): T | undefined => (list.length === 1 ? list[0] : undefined);

export interface ProfileOptions {
  /** The path of a Chromium-based browser. */
  readonly browser: string;
  /** Where the built page lies. */
  readonly page: string;
  readonly settings: RunSettings;
  /** Milliseconds until a run without an answer is given up. */
  readonly limit: number;
}

/** Throws with one sentence where the block does not run. Whatever it started has ended when it returns. */
export async function profile(block: BlockPayload, { browser, page, settings, limit }: ProfileOptions): Promise<RunReport> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-profile-'));
  const server = await servePage(page, { type: 'show', data: { block, profile: true, settings } });
  // In a group of its own, because a browser is many processes.
  const child = spawn(browser, [...flags, ...(settings.backend === 'webgpu' ? webgpuFlags : []), `--user-data-dir=${folder}`, server.address], { stdio: 'ignore', detached: hasGroups });
  let timer: NodeJS.Timeout | undefined;
  try {
    const ended = new Promise<never>((_, reject) => {
      child.once('error', error => reject(new Error(`${browser} could not be started: ${error.message}`)));
      child.once('exit', status => reject(new Error(`${path.basename(browser)} ended before the run did (exit status ${status ?? 'none'})`)));
      timer = setTimeout(() => reject(new Error(`the run gave no answer within ${limit / 1000} s`)), limit);
    });
    return await Promise.race([server.report, ended]);
  } finally {
    clearTimeout(timer);
    await end(child);
    server.close();
    removeFolder(folder);
  }
}

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
