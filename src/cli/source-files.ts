// Reading files for the terminal: the inspected one and what it imports.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ownModule } from '../blocks/syntax/own-modules.ts';
import { resolveModule } from '../blocks/syntax/resolve-module.ts';

/** The folder of the manifest, above the bundle as above the source. */
export const home = path.resolve(path.dirname(fileURLToPath(import.meta.url)), import.meta.url.endsWith('.ts') ? '../..' : '..');

/** A larger file is data rather than a model's source. */
const largestFile = 5_000_000;

/** A model file may be longer, and is declined by what reads it. */
const largestModel = 16_000_000;

export class SourceFiles {
  private readonly texts = new Map<string, string>();

  /** Throws with a message of one line for what cannot be read. */
  open(file: string): { file: string; text: string } {
    const absolute = path.resolve(file);
    if (!existsSync(absolute)) throw new Error(`${file}: there is no such file`);
    if (!statSync(absolute).isFile()) throw new Error(`${file}: this is not a file`);
    const largest = /\.jsonc?$/i.test(file) ? largestModel : largestFile;
    if (statSync(absolute).size > largest) throw new Error(`${file}: the file is larger than ${largest.toLocaleString('en')} bytes`);
    let text: string;
    try {
      text = readFileSync(absolute, 'utf8');
    } catch (error) {
      throw new Error(`${file}: it cannot be read (${(error as NodeJS.ErrnoException).code ?? String(error)})`, { cause: error });
    }
    if (text.includes('\0')) throw new Error(`${file}: this is not a text file`);
    this.texts.set(absolute, text);
    return { file: absolute, text };
  }

  /** What an import means; packages are not read. */
  readonly readModule = (specifier: string, fromFile: string): { file: string; text: string } | undefined => {
    const own = ownModule(specifier);
    if (own !== undefined) return this.readOwn(path.join(home, own));
    const found = resolveModule(specifier, withSlashes(fromFile), file => this.texts.get(path.normalize(file)) ?? this.tryRead(path.normalize(file)));
    return found && { file: path.normalize(found.path), text: found.text };
  };

  private readOwn(file: string): { file: string; text: string } | undefined {
    const text = this.texts.get(file) ?? this.tryRead(file);
    return text === undefined ? undefined : { file, text };
  }

  textOf(file: string): string {
    return this.texts.get(file) ?? '';
  }

  private tryRead(file: string): string | undefined {
    try {
      return statSync(file, { throwIfNoEntry: false })?.isFile() ? this.open(file).text : undefined;
    } catch {
      return undefined;
    }
  }
}

const withSlashes = (file: string): string => file.replaceAll(path.sep, '/');
