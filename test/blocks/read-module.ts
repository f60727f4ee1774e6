// Reads the modules that a fixture imports, with the notation of hints taken out.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { moduleCandidates } from '../../src/blocks/syntax/module-candidates.ts';
import { bareText } from '../hint-notation.ts';

export function readModule(specifier: string, fromFile: string): { file: string; text: string } | undefined {
  const files = moduleCandidates(specifier).map(candidate => path.resolve(path.dirname(fromFile), candidate));
  const file = files.find(candidate => existsSync(candidate) && statSync(candidate).isFile());
  return file === undefined ? undefined : { file, text: bareText(readFileSync(file, 'utf8')).text };
}
