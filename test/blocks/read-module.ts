// Reads the modules that a fixture imports, with the notation of hints taken out.
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { ownModule } from '../../src/blocks/syntax/own-modules.ts';
import { resolveModule } from '../../src/blocks/syntax/resolve-module.ts';
import { bareText } from '../hint-notation.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');

const isFile = (file: string): boolean => statSync(file, { throwIfNoEntry: false })?.isFile() ?? false;

export function readModule(specifier: string, fromFile: string): { file: string; text: string } | undefined {
  const own = ownModule(specifier);
  if (own !== undefined) return readModule(`./${own}`, path.join(projectRoot, 'any.ts'));
  const found = resolveModule(specifier, fromFile.replaceAll(path.sep, '/'), file => (isFile(file) ? readFileSync(file, 'utf8') : undefined));
  return found && { file: path.normalize(found.path), text: bareText(found.text).text };
}
