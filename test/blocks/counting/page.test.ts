// docs/counting.md: its figures are those that the library computes, and nobody types one.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { countingPage, countingPath, countingTextPath } from '../../../scripts/generate-counting.ts';

describe('docs/counting.md', () => {
  it('is current', () => {
    assert.equal(readFileSync(countingPath, 'utf8'), countingPage(), 'run npx tsx scripts/generate-counting.ts');
  });

  it('has no figure that is typed', () => {
    assert.deepEqual(readFileSync(countingTextPath, 'utf8').match(/\d{1,3}(,\d{3})+/g), null);
  });
});
