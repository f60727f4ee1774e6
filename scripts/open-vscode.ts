// Opens a copy of examples/ in a real VS Code in a headless browser: server, browser and page as one thing that is closed as one.
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from './browser.ts';
import { copyExamples } from './copy-examples.ts';
import { installVSCodeHost, projectRoot } from './vscode-host.ts';
import { startVSCodeServer, type ServerOptions } from './vscode-server.ts';
import { Workbench } from './workbench.ts';

export interface OpenOptions {
  /** The example that is opened first. */
  readonly file: string;
  readonly extension: ServerOptions['extension'] & object;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Runs in each page and frame before anything else. */
  readonly init?: () => void;
  /** Files of the workspace besides the examples, by their paths in it. */
  readonly more?: Readonly<Record<string, string>>;
  /** Of the browser. */
  readonly flags?: readonly string[];
}

export interface OpenVSCode {
  readonly workbench: Workbench;
  readonly vscodeVersion: string;
  /** Writes shots/<name>.png and returns its path. */
  screenshot(name: string): Promise<string>;
  /** What the page wrote to its console, for the report of a failure. */
  readonly consoleLines: readonly string[];
  close(): Promise<void>;
}

export const shotsFolder = path.join(projectRoot, 'shots');

export async function openVSCode(options: OpenOptions): Promise<OpenVSCode> {
  const host = installVSCodeHost();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-vscode-'));
  const closing: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 })];
  const close = async (): Promise<void> => {
    for (let last = closing.pop(); last; last = closing.pop()) await last();
  };
  try {
    const workspace = copyExamples(folder);
    for (const [name, text] of Object.entries(options.more ?? {})) {
      mkdirSync(path.dirname(path.join(workspace, name)), { recursive: true });
      writeFileSync(path.join(workspace, name), text);
    }
    const server = await startVSCodeServer({
      host, dataFolder: path.join(folder, 'server'), testDriver: true, typescript: true, extension: options.extension, settings: { 'editor.hover.delay': 50, ...options.settings },
    });
    closing.push(() => server.stop());
    const browser = await launchBrowser(options.flags);
    closing.push(() => browser.close());
    const page = await browser.newPage({ viewport: options.viewport ?? { width: 1440, height: 900 } });
    page.setDefaultTimeout(60_000);
    if (options.init) {
      // Functions that go into the page hold calls of it, by which tsx keeps their names.
      await page.addInitScript('globalThis.__name = value => value');
      await page.addInitScript(options.init);
    }
    const consoleLines: string[] = [];
    page.on('console', message => consoleLines.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', error => consoleLines.push(`uncaught: ${error.stack ?? error.message}`));
    const opened: OpenVSCode = {
      workbench: new Workbench(page), vscodeVersion: host.vscodeVersion, consoleLines, close,
      async screenshot(name) {
        mkdirSync(shotsFolder, { recursive: true });
        const file = path.join(shotsFolder, `${name}.png`);
        await page.screenshot({ path: file });
        return file;
      },
    };
    try {
      // Never `networkidle`: a workbench always has a connection open.
      await page.goto(server.address(workspace, [
        ['skipWelcome', 'true'], ['skipReleaseNotes', 'true'], ['openFile', server.uri(path.join(workspace, options.file))],
      ]), { waitUntil: 'commit' });
      await opened.workbench.ready();
      await opened.workbench.fileIsOpen(path.basename(options.file));
    } catch (error) {
      throw await explain(error, opened, 'opening');
    }
    return opened;
  } catch (error) {
    await close();
    throw error;
  }
}

/** The error in one line, with a screenshot of the moment and the page's console beside it. */
export async function explain(error: unknown, vscode: OpenVSCode, step: string): Promise<Error> {
  const reason = (error instanceof Error ? error.message : String(error)).split('\n')[0]!;
  const name = `failed-${step}`;
  const screenshot = await vscode.screenshot(name).catch(() => undefined);
  if (screenshot === undefined) return new Error(`${step}: ${reason}`, { cause: error });
  writeFileSync(path.join(shotsFolder, `${name}.log`), vscode.consoleLines.join('\n'));
  return new Error(`${step}: ${reason} (see ${path.relative(projectRoot, screenshot)})`, { cause: error });
}
