// `blockscope profile` as people call it: a process that runs a block in a browser of this machine.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findOrInstallChromium } from '../../scripts/browser.ts';
import { backendNames, type RunReport } from '../../src/blocks/protocol/messages.ts';

const root = path.resolve(import.meta.dirname, '../..');
const cli = path.join(root, 'dist/cli.mjs');

describe('blockscope profile', function () {
  this.timeout(180_000);
  let folder: string;
  let file: string;
  before(() => {
    if (!existsSync(cli)) throw new Error(`${cli} is missing: run "npm run build" first.`);
    folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-profile-test-'));
    file = path.join(folder, 'model.js');
    writeFileSync(file, [
      "const tf = require('@tensorflow/tfjs');",
      'const small = tf.sequential();',
      'small.add(tf.layers.conv2d({ filters: 4, kernelSize: 3, inputShape: [8, 8, 3], useBias: false }));',
      'small.add(tf.layers.batchNormalization());',
      'small.add(tf.layers.reLU());',
      "const other = tf.sequential({ layers: [tf.layers.dense({ units: 2, inputShape: [3] })], name: 'other' });",
      'const flat = tf.sequential();',
      'flat.add(tf.layers.flatten({ inputShape: [4, 4, 2] }));',
      'flat.add(tf.layers.dense({ units: 2 }));',
    ].join('\n'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const profile = (...args: string[]) => spawnSync(process.execPath, [cli, 'profile', ...args], { encoding: 'utf8', env: { ...process.env, CHROMIUM: findOrInstallChromium() } });
  const reportOf = (...args: string[]): RunReport & { block: string } => {
    const { status, stdout, stderr } = profile(...args, '--json');
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as RunReport & { block: string };
  };

  for (const backend of backendNames) {
    it(`runs a block on ${backend}, and leaves nothing behind`, () => {
      const left = (): string[] => readdirSync(os.tmpdir()).filter(name => name.startsWith('blockscope-profile-') && !name.startsWith('blockscope-profile-test-'));
      const before = left();
      const report = reportOf(file, '--block', 'small', '--backend', backend, '--size', 'batch=2');
      assert.equal(report.block, 'small');
      assert.equal(report.backend, backend);
      assert.deepEqual([report.inputShapes, report.measuredShapes, report.measuredParams], [[[2, 8, 8, 3]], [[2, 6, 6, 4]], 124]);
      assert.ok(report.shapesAgree && report.paramsAgree && report.whole.medianMs > 0);
      assert.deepEqual(report.agreements.map(({ with: other, agrees, layers }) => [other, agrees, layers]), [
        ['predict', true, undefined], ['deployed', true, undefined], ['deployed', true, 1], ...(backend === 'cpu' ? [] : [['cpu', true, 3]]),
      ]);
      assert.deepEqual(report.ways.map(({ way, steps }) => [way, steps?.deployed]), [['predict', undefined], ['deployed', 1]]);
      assert.deepEqual(left().filter(name => !before.includes(name)), []);
    });
  }

  it('runs a training step, and another height than the source has', () => {
    const report = reportOf(file, '--block', 'small', '--backend', 'cpu', '--training', '--batch', '2', '--size', 'height=12');
    assert.deepEqual([report.chosenDims, report.inputShapes, report.measuredShapes], [{ batch: 2, height: 12 }, [[2, 12, 8, 3]], [[2, 10, 6, 4]]]);
    const { training } = report;
    assert.ok(training && !('obstacle' in training), JSON.stringify(training));
    assert.deepEqual([training.values, training.inferredValues, training.faults], [116, 116, []]);
  });

  it('prints a report to read', () => {
    const { status, stdout } = profile(file, '--block', 'other', '--quick');
    assert.equal(status, 0);
    assert.match(stdout, /^### other \(.*model\.js\)/);
    assert.match(stdout, /as deployed: .* as written/);
    assert.match(stdout, /\| dense \|/);
    assert.match(stdout, /median of 6 samples of [^]*This was a quick run: it took fewer samples than usual/);
  });

  it('says in one line what is wrong, and fails', () => {
    for (const [args, message] of [
      [[file], /say with --block which of model\.js: small, other, flat/],
      [[file, '--block', 'nothing'], /there is no nothing in model\.js: it has small, other, flat/],
      [[file, '--block', 'small', '--size', 'H=0'], /--size H=0: a size is a name and a positive integer/],
      [[file, '--block', 'small', '--size', 'H=7'], /--size H=7: there is no H in small: it has batch, height, width/],
      [[file, '--block', 'flat', '--size', 'height=9'], /--size height=9: height is fixed: the weights of dense in line 9 have it in their shape, because flatten in line 8/],
      [[file, '--block', 'small', '--size', 'batch=999999'], /Choose smaller sizes|One run takes ≈/],
      [[path.join(folder, 'absent.js')], /there is no such file/],
    ] as const) {
      const { status, stderr } = profile(...args);
      assert.ok(status === 1 || status === 2, String(status));
      assert.match(stderr, message);
      assert.equal(stderr.trim().split('\n').length, 1);
    }
  });
});
