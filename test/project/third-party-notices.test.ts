// Whoever adds or updates something that is bundled also updates the notices that its licence asks for.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { noticesFile, thirdPartyNotices } from '../../scripts/third-party-notices.ts';

describe('THIRD-PARTY-NOTICES.txt', () => {
  it('is what “npm run notices” writes', async () => {
    assert.equal(readFileSync(noticesFile, 'utf8'), await thirdPartyNotices(), 'Run “npm run notices”.');
  });
});
