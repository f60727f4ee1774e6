// Which npm packages, and which of their files, really end up in what ships, as esbuild sees it.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions } from 'esbuild';
import { prepare, targets } from './build.ts';
import { projectRoot } from './vscode-host.ts';
import { slicePath } from './slice-typescript.ts';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** As its package.json says, an SPDX expression. */
  readonly license: string;
  readonly author: string | undefined;
  readonly folder: string;
  /** Absolute paths of the files of which something remains in the bundle. */
  readonly files: readonly string[];
}

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly author?: string | { readonly name: string };
}

/** Bundles without writing, and returns the inputs of which at least a byte remains, as absolute paths. */
export async function bundledFiles(target: BuildOptions): Promise<string[]> {
  await prepare();
  const { metafile } = await build({ ...target, write: false, metafile: true, minify: true, sourcemap: false });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs)
    // “(disabled):…” is a module that its package switches off for browsers: nothing of it is in the bundle.
    .filter(([file, { bytesInOutput }]) => bytesInOutput > 0 && !file.startsWith('(disabled):'))
    .map(([file]) => path.resolve(projectRoot, file)));
  return [...new Set(files)].sort();
}

/** Of everything that ships, in the order of their names. The parser of TypeScript counts as the package it was cut out of. */
export async function bundledPackages(): Promise<BundledPackage[]> {
  const files = new Set<string>();
  for (const target of targets) for (const file of await bundledFiles(target)) files.add(file);
  const byFolder = new Map<string, string[]>();
  for (const file of files) {
    const folder = file === slicePath ? path.join(projectRoot, 'node_modules/typescript') : packageFolder(file);
    if (folder !== undefined) byFolder.set(folder, [...(byFolder.get(folder) ?? []), file]);
  }
  return [...byFolder]
    .map(([folder, ownFiles]) => {
      const { name, version, license, author } = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')) as Manifest;
      return { name, version, license, author: typeof author === 'object' ? author.name : author, folder, files: ownFiles };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** `…/node_modules/@scope/name` of a file in it; the last one, because packages may hold packages. */
function packageFolder(file: string): string | undefined {
  return /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/.exec(file)?.[1];
}
