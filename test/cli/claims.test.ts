// `blockscope claims` as people call it: a process that tries claims in a browser of this machine.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findOrInstallChromium } from '../../scripts/browser.ts';
import { claims } from '../../src/blocks/claims/index.generated.ts';
import type { ClaimReport } from '../../src/blocks/protocol/claim-report.ts';

const cli = path.resolve(import.meta.dirname, '../../dist/cli.mjs');

describe('blockscope claims', function () {
  this.timeout(180_000);
  before(() => { if (!existsSync(cli)) throw new Error(`${cli} is missing: run "npm run build" first.`); });

  const run = (...args: string[]) => spawnSync(process.execPath, [cli, 'claims', ...args], { encoding: 'utf8', env: { ...process.env, CHROMIUM: findOrInstallChromium() } });

  it('lists them', () => {
    const { status, stdout } = run('--list');
    assert.equal(status, 0);
    assert.deepEqual(stdout.trim().split('\n').map(line => line.split(/ {2,}/)), claims.map(({ id, claim }) => [id, claim]));
  });

  it('tries those that are named, in their order', () => {
    const { status, stdout, stderr } = run('relu-destroys-information', 'inverted-memory', '--backend', 'wasm', '--effort', 'quick', '--json');
    assert.equal(status, 0, stderr);
    const reports = JSON.parse(stdout) as ClaimReport[];
    assert.deepEqual(reports.map(({ claim, backend, effort, leakedTensors }) => [claim, backend, effort, leakedTensors]), [['relu-destroys-information', 'wasm', 'quick', 0], ['inverted-memory', 'wasm', 'quick', 0]]);
    assert.match(stderr, /^relu-destroys-information: .*\ninverted-memory: Reproduced \(.*\)\n$/);
  });

  it('prints a report to read', () => {
    const { status, stdout } = run('inverted-memory', '--backend', 'wasm', '--effort', 'quick');
    assert.equal(status, 0);
    assert.match(stdout, /^### An inverted residual keeps less/);
    assert.match(stdout, /\*\*Reproduced\.\*\* Each of 3 predictions holds/);
    assert.match(stdout, /\| inverted residual \| 0\.30 MB \|/);
  });

  it('ends the browser where it is interrupted', async function () {
    if (process.platform === 'win32') this.skip();
    // Of its own: other tests run commands at the same time.
    const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-interrupted-'));
    const left = (): string[] => readdirSync(folder).filter(name => name.startsWith('blockscope-profile-'));
    const child = spawn(process.execPath, [cli, 'claims', 'residual-gradient', '--backend', 'cpu'], { env: { ...process.env, TMPDIR: folder, CHROMIUM: findOrInstallChromium() } });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => { said += chunk.toString(); });
    const ended = once(child, 'exit');
    while (left().length === 0) await new Promise(resolve => setTimeout(resolve, 50));
    await new Promise(resolve => setTimeout(resolve, 1_000));
    child.kill('SIGINT');
    assert.deepEqual(await ended, [1, null]);
    assert.equal(said, 'blockscope: it was interrupted\n');
    assert.deepEqual(left(), []);
    rmSync(folder, { recursive: true, force: true });
  });

  it('says in one line what is wrong, and fails', () => {
    const { status, stderr } = run('no-such-claim');
    assert.equal(status, 2);
    assert.match(stderr, /^blockscope: there is no claim no-such-claim: there are as-written-or-as-meant, [^\n]*\n$/);
  });
});
