import assert from 'node:assert/strict';
import { moduleCandidates } from '../../../src/blocks/syntax/module-candidates.ts';

describe('the files that an import can mean', () => {
  it('are TypeScript sources first where the import names their output', () => {
    assert.deepEqual(moduleCandidates('./blocks.js'), ['./blocks.ts', './blocks.tsx', './blocks.js', './blocks.jsx']);
    assert.deepEqual(moduleCandidates('../a/b.mjs'), ['../a/b.mts', '../a/b.mjs']);
    assert.deepEqual(moduleCandidates('./blocks.ts'), ['./blocks.ts']);
  });

  it('are tried with every extension, and as folders, where it has none', () => {
    const tried = moduleCandidates('./blocks');
    assert.deepEqual(tried.slice(0, 3), ['./blocks.ts', './blocks.tsx', './blocks.js']);
    assert.ok(tried.includes('./blocks/index.ts'));
    assert.ok(moduleCandidates('./resnet.v2').includes('./resnet.v2.ts'));
  });

  it('are index files for a folder', () => {
    assert.deepEqual(moduleCandidates('..')[0], '../index.ts');
    assert.deepEqual(moduleCandidates('./layers/')[0], './layers/index.ts');
  });

  it('are the file itself for data', () => {
    assert.deepEqual(moduleCandidates('./config.json'), ['./config.json']);
  });

  it('are none for a package', () => {
    assert.deepEqual(moduleCandidates('@tensorflow/tfjs'), []);
    assert.deepEqual(moduleCandidates('/etc/passwd'), []);
    assert.deepEqual(moduleCandidates('.hidden'), []);
  });
});
