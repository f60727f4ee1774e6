// The lock file pins what is installed by hash, and leaves open where it comes from: people use mirrors.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../scripts/vscode-host.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly resolved?: string; readonly integrity?: string; readonly link?: boolean; readonly inBundle?: boolean }>>;
}

describe('package-lock.json', () => {
  const lock = JSON.parse(readFileSync(path.join(projectRoot, 'package-lock.json'), 'utf8')) as Lock;
  const installed = Object.entries(lock.packages).filter(([folder, entry]) => folder !== '' && !entry.link);

  it('names no registry', () => {
    assert.ok(installed.length > 0);
    assert.deepEqual(installed.filter(([, { resolved }]) => resolved !== undefined).map(([folder]) => folder), []);
  });

  it('pins every package by its hash', () => {
    // What a package carries inside its own archive is covered by that archive's hash.
    assert.deepEqual(installed.filter(([, { integrity, inBundle }]) => integrity === undefined && !inBundle).map(([folder]) => folder), []);
  });
});
