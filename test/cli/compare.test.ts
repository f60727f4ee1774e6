// `blockscope compare` as people call it: a process that measures blocks against each other in a browser of this machine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findOrInstallChromium } from '../../scripts/browser.ts';
import type { ComparisonReport } from '../../src/blocks/protocol/comparison.ts';

const cli = path.resolve(import.meta.dirname, '../../dist/cli.mjs');

describe('blockscope compare', function () {
  this.timeout(180_000);
  let folder: string;
  let file: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-compare-test-'));
    file = path.join(folder, 'models.js');
    const dense = (units: number): string => `tf.sequential({ layers: [tf.layers.dense({ units: ${units}, inputShape: [3] })] })`;
    writeFileSync(file, ["const tf = require('@tensorflow/tfjs');", `const small = ${dense(2)};`, `const wide = ${dense(200)};`, `const other = ${dense(5)};`].join('\n'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const compare = (...args: string[]) => spawnSync(process.execPath, [cli, 'compare', ...args], { encoding: 'utf8', env: { ...process.env, CHROMIUM: findOrInstallChromium() } });

  it('measures the blocks that are named, in their order', () => {
    const { status, stdout, stderr } = compare(file, '--block', 'wide', '--block', 'small', '--backend', 'wasm', '--size', 'batch=4', '--json');
    assert.equal(status, 0, stderr);
    const report = JSON.parse(stdout) as ComparisonReport & { baseline: string };
    assert.deepEqual(report.blocks.map(({ name, report: own }) => [name, own?.backend, own?.measuredParams, own?.measuredShapes]), [['wide', 'wasm', 800, [[4, 200]]], ['small', 'wasm', 8, [[4, 2]]]]);
    assert.equal(report.baseline, report.blocks[0]!.id);
    assert.ok(report.rounds >= 6 && report.ratios.written[0]![1]!.interval);
  });

  it('says in one line what is wrong, and fails', () => {
    for (const [args, message] of [
      [[file, '--block', 'small'], /a comparison needs two blocks/],
      [[file, '--block', 'small', '--block', 'none'], /there is no none in .*models\.js/],
      [[file, '--size', 'batch=x'], /--size batch=x: a size is a name and a positive integer/],
    ] as const) {
      const { status, stderr } = compare(...args);
      assert.ok(status === 1 || status === 2, String(status));
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });
});
