// The block fixtures are run as well: what they export is what was read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hintFixtures } from '../../../hint-fixtures.ts';
import type { Block } from '../../../../src/blocks/vocabulary/block.ts';
import { assertReadAsRun } from './same-as-run.ts';

const root = path.resolve(import.meta.dirname, '../../../..');

describe('block fixtures', () => {
  // Those that say what goes into them: the others are not built.
  for (const { name, path: file } of hintFixtures(root).filter(({ name: fixture, text }) => fixture.startsWith('blocks/') && /^export default (sequential\(|\{)/m.test(text))) {
    it(`${name} exports what was read`, async () => {
      const { default: block } = (await import(file)) as { default: Block };
      assertReadAsRun(file, readFileSync(file, 'utf8'), block);
    });
  }
});
