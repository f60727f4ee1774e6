// The files in test/fixtures/hints: found, never listed.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { annotate, bareText, type Mark } from './hint-notation.ts';

export interface HintFixture {
  /** Relative to the folder of the fixtures, with `/`. */
  readonly name: string;
  readonly path: string;
  /** The file as it is, with the notation. */
  readonly source: string;
  /** What the editor opens. */
  readonly text: string;
  readonly marks: number;
}

const code = /\.(ts|js|cjs|tsx|jsx)$/;
const blockFiles = /\.block\.json$/;

/** All programs among the fixtures under the project's root, in the order of their names. */
export const hintFixtures = (projectRoot: string): HintFixture[] => fixturesOf(projectRoot, code);

/** All block files among them. */
export const blockFileFixtures = (projectRoot: string): HintFixture[] => fixturesOf(projectRoot, blockFiles);

function fixturesOf(projectRoot: string, pattern: RegExp): HintFixture[] {
  const folder = path.join(projectRoot, 'test/fixtures/hints');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => pattern.test(file)).sort();
  assert.ok(files.length > 0, `there are no fixtures in ${folder}`);
  return files.map(file => {
    const source = readFileSync(path.join(folder, file), 'utf8');
    return { name: file.replaceAll('\\', '/'), path: path.join(folder, file), source, ...bareText(source) };
  });
}

/** Compares all that is shown with all that is expected; UPDATE_FIXTURES=1 rewrites the expectation instead. */
export function compareWithFixture(fixture: HintFixture, shown: readonly Mark[], update: boolean): void {
  const annotated = annotate(fixture.text, shown);
  if (update) {
    if (annotated !== fixture.source) writeFileSync(fixture.path, annotated);
    return;
  }
  assert.ok(fixture.marks > 0, `${fixture.name} expects nothing`);
  assert.equal(annotated, fixture.source);
}
