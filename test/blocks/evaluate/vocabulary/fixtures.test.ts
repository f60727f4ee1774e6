// The block fixtures are run as well: what they export is what was read.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { hintFixtures } from '../../../hint-fixtures.ts';
import type { Block } from '../../../../src/blocks/vocabulary/block.ts';
import { assertReadAsRun } from './same-as-run.ts';

const root = path.resolve(import.meta.dirname, '../../../..');

describe('block fixtures', () => {
  for (const { name, path: file } of hintFixtures(root).filter(fixture => fixture.name.startsWith('blocks/'))) {
    it(`${name} exports what was read`, async function () {
      const { default: block } = (await import(file)) as { default?: Block };
      if (!block || !('sequential' in block)) return this.skip();
      assertReadAsRun(file, readFileSync(file, 'utf8'), block);
    });
  }
});
