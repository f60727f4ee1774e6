// Starts the VS Code server of vscode-host.ts with a data folder and an extensions folder of its own, and ends it,
// together with everything that it started.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { projectRoot, type VSCodeHost } from './vscode-host.ts';

export interface ServerOptions {
  readonly host: VSCodeHost;
  /** An empty or new folder for everything that the server writes: settings, extensions, logs. */
  readonly dataFolder: string;
  /** Lets the page load an extension in development and run its tests, and tells when the workbench is up. */
  readonly testDriver: boolean;
  /** An extension that is there from the start: its folder or its packaged `.vsix`. */
  readonly extension?: { readonly folder: string } | { readonly vsix: string };
  /**
   * Whether VS Code's own TypeScript works, as it does for people. Without it only Blockscope answers, which the suites
   * in the extension host want: text that breaks TypeScript's server would make them wait for its return.
   */
  readonly typescript: boolean;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Added to the environment of the server and its extension host. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface VSCodeServer {
  readonly port: number;
  /** The address of the workbench on a folder; `payload` holds VS Code's own start options. */
  address(folder: string, payload?: readonly (readonly [string, string])[]): string;
  /** How VS Code names a file of this machine in the payload. */
  uri(file: string): string;
  /** Settles when the server has ended, for whatever reason. */
  readonly exited: Promise<void>;
  stop(): Promise<void>;
}

export async function startVSCodeServer(options: ServerOptions): Promise<VSCodeServer> {
  const { host, dataFolder, testDriver } = options;
  const settingsFile = path.join(dataFolder, 'data/User/settings.json');
  const extensionsFolder = path.join(dataFolder, 'extensions');
  mkdirSync(path.dirname(settingsFile), { recursive: true });
  mkdirSync(extensionsFolder, { recursive: true });
  writeFileSync(settingsFile, JSON.stringify({ ...quietSettings, ...(options.typescript ? ownTypeScript : {}), ...options.settings }, null, 2));
  const folders = ['--server-data-dir', dataFolder, '--extensions-dir', extensionsFolder];
  const env = serverEnvironment(options.env ?? {});
  installExtension(options, extensionsFolder, folders, env);

  // Any web page could otherwise talk to the server, and through it to this machine.
  const token = randomBytes(16).toString('hex');
  const child = spawn(host.node, [
    host.serverMain, ...folders, '--host', '127.0.0.1', '--port', '0', '--connection-token', token,
    '--accept-server-license-terms', '--disable-workspace-trust', '--telemetry-level', 'off',
    ...(testDriver ? ['--enable-smoke-test-driver'] : []),
  ], { stdio: ['ignore', 'pipe', 'pipe'], env, detached: true });
  const exited = new Promise<void>(resolve => child.once('close', () => resolve()));
  const port = await listening(child, path.join(dataFolder, 'server.log'));

  // When we end without a chance to wait, the server must not stay behind.
  const killNow = (): void => killGroup(child, 'SIGKILL');
  process.once('exit', killNow);
  for (const signal of endingSignals) process.on(signal, exitUnlessHandled);
  void exited.then(() => {
    process.off('exit', killNow);
    for (const signal of endingSignals) process.off(signal, exitUnlessHandled);
  });

  return {
    port, exited,
    uri: file => `vscode-remote://127.0.0.1:${port}${file}`,
    address(folder, payload = []) {
      const url = new URL(`http://127.0.0.1:${port}/`);
      url.searchParams.set('tkn', token);
      url.searchParams.set('folder', folder);
      if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
      // A slash may stand in a query as it is, and people can read the address then.
      return url.href.replaceAll('%2F', '/');
    },
    async stop() {
      killGroup(child, 'SIGTERM');
      const patience = setTimeout(killNow, 5000);
      await exited;
      clearTimeout(patience);
    },
  };
}

/** Nothing that asks, welcomes, updates or animates. */
const quietSettings = {
  'chat.disableAIFeatures': true,
  'editor.minimap.enabled': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.welcomePage.walkthroughs.openOnInstall': false,
};

/** The host is installed without a TypeScript, because the project has one. */
const ownTypeScript = { 'typescript.tsdk': path.join(projectRoot, 'node_modules/typescript/lib') };

function installExtension({ host, extension }: ServerOptions, extensionsFolder: string, folders: readonly string[], env: NodeJS.ProcessEnv): void {
  if (extension === undefined) return;
  if ('folder' in extension) {
    // VS Code reads the folder once, when there is no list of extensions yet; the name has to look like this.
    symlinkSync(extension.folder, path.join(extensionsFolder, 'blockscope.blockscope-0.0.0'), 'junction');
    return;
  }
  const install = spawnSync(host.node, [host.serverMain, ...folders, '--install-extension', extension.vsix, '--force'], { env, encoding: 'utf8' });
  if (install.status !== 0) throw new Error(`VS Code did not install ${extension.vsix}:\n${install.stdout}${install.stderr}`);
}

/**
 * Our environment without what would make VS Code believe that it runs inside another VS Code or inside npm. An empty
 * gallery keeps it from asking a marketplace.
 */
function serverEnvironment(added: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|CODE_SERVER_|npm_|NODE_OPTIONS$)/.test(name));
  return { ...Object.fromEntries(inherited), EXTENSIONS_GALLERY: '{}', ...added };
}

const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** A signal that nobody else answers would end us without the `exit` event. */
function exitUnlessHandled(signal: NodeJS.Signals): void {
  if (process.listeners(signal).every(listener => listener === exitUnlessHandled)) process.exit(128 + os.constants.signals[signal]);
}

function listening(child: ChildProcess, logFile: string): Promise<number> {
  return new Promise((resolve, reject) => {
    let output = '';
    let started = false;
    const fail = (reason: string): void => {
      killGroup(child, 'SIGKILL');
      reject(new Error(`The VS Code server ${reason}:\n${output}`));
    };
    const patience = setTimeout(() => fail('did not start within a minute'), 60_000);
    const read = (chunk: Buffer): void => {
      appendFileSync(logFile, chunk);
      if (started) return;
      output += chunk.toString();
      const port = /Extension host agent listening on (\d+)/.exec(output)?.[1];
      if (port === undefined) return;
      started = true;
      clearTimeout(patience);
      resolve(Number(port));
    };
    child.stdout!.on('data', read);
    child.stderr!.on('data', read);
    child.once('error', error => fail(`could not be started (${error.message})`));
    child.once('close', code => {
      clearTimeout(patience);
      fail(`ended with code ${code}`);
    });
  });
}

/** The server leads a process group of its own: extension host, file watcher and terminal host go with it. */
function killGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
  } catch {
    // All of the group has ended already.
  }
}
