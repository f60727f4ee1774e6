// Every fixture through the core alone: reader, evaluator, hints and diagnostics.
import path from 'node:path';
import { analyze } from '../../src/blocks/analyze.ts';
import { diagnostics } from '../../src/blocks/features/diagnostics.ts';
import { hintText, inlayHints } from '../../src/blocks/features/inlay-hints.ts';
import { blockFileFixtures, compareWithFixture, hintFixtures, type HintFixture } from '../hint-fixtures.ts';
import type { Mark } from '../hint-notation.ts';
import { readModule } from './read-module.ts';

const projectRoot = path.resolve(import.meta.dirname, '../..');
const update = process.env.UPDATE_FIXTURES === '1';

describe('hint fixtures', () => {
  for (const fixture of [...hintFixtures(projectRoot), ...blockFileFixtures(projectRoot)]) it(fixture.name, () => compareWithFixture(fixture, shownIn(fixture), update));
});

function shownIn(fixture: HintFixture): Mark[] {
  const analysis = analyze(fixture.path, fixture.text, { readModule });
  return [
    ...inlayHints(analysis).map((hint): Mark => ({ kind: 'hint', start: hint.offset, end: hint.offset, text: hintText(hint) })),
    ...diagnostics(analysis).map((problem): Mark => ({ kind: problem.severity, start: problem.at.start, end: problem.at.end, text: `${problem.id}: ${problem.message}` })),
  ];
}
