// Every fixture through the core alone: reader, evaluator, hints and diagnostics.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../src/blocks/analyze.ts';
import { diagnostics } from '../../src/blocks/features/diagnostics.ts';
import { hintText, inlayHints } from '../../src/blocks/features/inlay-hints.ts';
import { moduleCandidates } from '../../src/blocks/syntax/module-candidates.ts';
import { compareWithFixture, hintFixtures, type HintFixture } from '../hint-fixtures.ts';
import { bareText, type Mark } from '../hint-notation.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const update = process.env.UPDATE_FIXTURES === '1';

describe('hint fixtures', () => {
  for (const fixture of hintFixtures(projectRoot)) it(fixture.name, () => compareWithFixture(fixture, shownIn(fixture), update));
});

function shownIn(fixture: HintFixture): Mark[] {
  const analysis = analyze(fixture.path, fixture.text, { readModule });
  return [
    ...inlayHints(analysis).map((hint): Mark => ({ kind: 'hint', start: hint.offset, end: hint.offset, text: hintText(hint) })),
    ...diagnostics(analysis).map((problem): Mark => ({ kind: problem.severity, start: problem.at.start, end: problem.at.end, text: `${problem.id}: ${problem.message}` })),
  ];
}

function readModule(specifier: string, fromFile: string): { file: string; text: string } | undefined {
  const files = moduleCandidates(specifier).map(candidate => path.resolve(path.dirname(fromFile), candidate));
  const file = files.find(candidate => existsSync(candidate) && statSync(candidate).isFile());
  return file === undefined ? undefined : { file, text: bareText(readFileSync(file, 'utf8')).text };
}
