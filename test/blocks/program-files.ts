// The programs that random edits begin with: found, never listed.
import { readdirSync } from 'node:fs';
import path from 'node:path';

export const root = path.resolve(import.meta.dirname, '../..');

/** Every TypeScript and JavaScript file of the fixtures, the examples and the benchmark, and of `more` folders. */
export const programFiles = (...more: readonly string[]): string[] =>
  ['test/fixtures/hints', 'examples', 'bench/programs', ...more].flatMap(folder => readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => /\.[cm]?[jt]sx?$/.test(name)).map(name => path.join(root, folder, name)));
