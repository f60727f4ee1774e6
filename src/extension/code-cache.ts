// Loads a script together with what V8 made of it in an earlier session. To read a megabyte of code, and to compile each function
// when it is first called, is half of the time to the first hints.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { Script } from 'node:vm';

export interface LoadedScript {
  /** What the script exports. */
  readonly exports: unknown;
  /** Whether V8 could use what was kept. */
  readonly fromCache: boolean;
  /** Keeps what V8 has compiled by now, in place of what is kept of other versions; does nothing if the script came from the cache. */
  keep(): Promise<void>;
}

type Wrapper = (exports: object, require: NodeJS.Require, module: { exports: unknown }, filename: string, dirname: string) => void;

const extension = '.v8-code';

/**
 * `file` is a CommonJS script, `folder` where compiled code is kept, which need not be there. What is kept holds for the very same
 * text and V8 alone: the name says so, and V8 looks at the rest itself. Throws what the script throws, and nothing of its own.
 */
export function loadScript(file: string, folder: string): LoadedScript {
  const source = readFileSync(file, 'utf8');
  const name = `${path.basename(file)}-`;
  const kept = path.join(folder, name + digestOf(`${process.versions.v8} ${process.arch}\n`, source).toString('hex').slice(0, 32) + extension);
  const cachedData = readKept(kept);
  // In one line, so that places in error reports are those of the file.
  const script = new Script(`(function (exports, require, module, __filename, __dirname) {${source}\n})`, { filename: file, ...(cachedData && { cachedData }) });
  const fromCache = cachedData !== undefined && script.cachedDataRejected !== true;
  const module: { exports: unknown } = { exports: {} };
  (script.runInThisContext() as Wrapper)(module.exports as object, createRequire(file), module, file, path.dirname(file));
  return {
    exports: module.exports, fromCache,
    keep: async () => {
      if (fromCache) return;
      await mkdir(folder, { recursive: true });
      // Another window may be doing the same: a file that is there is whole.
      const unfinished = `${kept}.${process.pid}`;
      const code = script.createCachedData();
      await writeFile(unfinished, [digestOf(code), code]);
      await rename(unfinished, kept);
      const others = (await readdir(folder)).filter(other => other.startsWith(name) && path.join(folder, other) !== kept);
      await Promise.all(others.map(other => rm(path.join(folder, other), { force: true })));
    },
  };
}

/** V8 looks at the first bytes and at the length, and takes the rest for what it wrote: what a disk made of it is ours to see. */
function readKept(file: string): Buffer | undefined {
  try {
    const content = readFileSync(file);
    const [digest, code] = [content.subarray(0, digestLength), content.subarray(digestLength)];
    return digest.equals(digestOf(code)) ? code : undefined;
  } catch {
    // Nothing was kept, or it cannot be read: then the script is compiled as any other.
    return undefined;
  }
}

const digestLength = 32;

function digestOf(...parts: readonly (string | Buffer)[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
