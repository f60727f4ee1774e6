// The terminal command as people call it: a process with arguments, output and an exit status.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build, type Plugin } from 'esbuild';
import { prepare, targets } from '../../scripts/build.ts';
import type { NetworkCheck } from '../../src/blocks/library/verify.ts';
import type { Inspection } from '../../src/cli/inspection.ts';

describe('blockscope in the terminal', () => {
  let folder: string;
  let cli: string;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-cli-'));
    // As it ships, with the library's source beside the bundle.
    cli = path.join(folder, 'dist/cli.mjs');
    symlinkSync(path.resolve(import.meta.dirname, '../../src'), path.join(folder, 'src'), 'junction');
    await prepare();
    await build({ ...targets.find(({ outfile }) => outfile === 'dist/cli.mjs')!, outfile: cli, sourcemap: false });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  const blockscope = (...args: string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const inspect = (...args: string[]): Inspection => {
    const { status, stdout, stderr } = blockscope('inspect', '--json', ...args);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout) as Inspection;
  };

  it('reads a saved model', () => {
    const file = write('model.json', JSON.stringify({
      modelTopology: { class_name: 'Sequential', config: { name: 'saved', layers: [{ class_name: 'Dense', config: { name: 'hidden', units: 4, batch_input_shape: [null, 3] } }] } },
    }, null, 1));
    const { blocks, problems } = inspect(file);
    assert.deepEqual(blocks.map(({ name, line, params, outputShape, layers }) => [name, line, params, outputShape, layers.map(({ layer, name, line, params }) => [layer, name, line, params])]), [
      ['saved', 1, 16, [null, 4], [['dense', 'hidden', 8, 16]]],
    ]);
    assert.deepEqual(problems, []);
    assert.match(blockscope('export', file, '--as', 'keras').stdout, /Dense\(4/);
  });

  it('reads a block file with its presets and the file that it uses', () => {
    write('blocks/norm.block.json', '{ "parameters": { "activation": "relu" }, "layers": [{ "batchNormalization": {} }, { "activation": { "activation": "= activation" } }] }');
    const file = write('blocks/stem.block.json', [
      '{',
      '  "parameters": { "filters": 8 },',
      '  "input": [1, 8, 8, 3],',
      '  "layers": [',
      '    { "conv2d": { "filters": "= filters", "kernelSize": 1 } },',
      '    { "use": "./norm.block.json" },',
      '    { "dense": { "units": "= filtres" } }',
      '  ],',
      '  "presets": {',
      '    "small": { "filters": 4 },',
      '    "large": {}',
      '  }',
      '}',
    ].join('\n'));
    const { blocks, problems } = inspect(file);
    assert.deepEqual(blocks.map(({ name, line, layers }) => [name, line, layers.slice(0, 3).map(({ layer, line, params }) => [layer, line, params])]), [
      ['small', 10, [['conv2d', 5, 16], ['batchNormalization', 1, 16], ['activation', 1, 0]]],
      ['large', 11, [['conv2d', 5, 32], ['batchNormalization', 1, 32], ['activation', 1, 0]]],
    ]);
    assert.deepEqual(problems.map(({ line, column, message }) => [line, column, message]), [[7, 30, 'Nothing is called filtres: is filters meant?']]);
  });

  it('prints a block with its layers, lines and columns counted from one', () => {
    const file = write('model.js', [
      "const tf = require('@tensorflow/tfjs');",
      'const model = tf.sequential();',
      "model.add(tf.layers.dense({ name: 'hidden', units: 4, inputShape: [3] }));",
      'model.add(tf.layers',
      '  .batchNormalization());',
    ].join('\n'));
    assert.deepEqual(inspect(file), {
      file,
      blocks: [{
        name: 'model', kind: 'sequential', line: 2, column: 18, inputShape: [null, 3], outputShape: [null, 4],
        params: 32, trainableParams: 24, nonTrainableParams: 8, macs: 12,
        layers: [
          { line: 3, column: 21, layer: 'dense', name: 'hidden', outputShape: [null, 4], params: 16, macs: 12 },
          { line: 5, column: 4, layer: 'batchNormalization', name: null, outputShape: [null, 4], params: 16, macs: 0 },
        ],
      }],
      problems: [],
    });
  });

  it('prints what each layer sees of the input of its block, as far as it holds of all results of the line', () => {
    const file = write('sees.js', [
      "const tf = require('@tensorflow/tfjs');",
      'const input = tf.input({ shape: [32, 33, 3] });',
      'let x = tf.layers.conv2d({ filters: 4, kernelSize: [3, 5], strides: [2, 1] }).apply(input);',
      'for (let i = 0; i < 2; i++) x = tf.layers.conv2d({ filters: 4, kernelSize: [1, 3] }).apply(x);',
      'x = tf.layers.upSampling2d({ size: [2, 4] }).apply(x);',
      'x = tf.layers.flatten().apply(x);',
      'tf.model({ inputs: input, outputs: tf.layers.dense({ units: 1 }).apply(x) });',
    ].join('\n'));
    assert.deepEqual(inspect(file).blocks[0]!.layers.map(({ receptiveField }) => receptiveField), [
      undefined, { size: [3, 5], step: [2, 1] }, { size: [3, '?'], step: [2, 1] }, { size: [3, 9], step: [1, 0.25] }, { size: [3, 9], step: [null, null] },
      { size: ['all', 'all'], step: [null, null] },
    ]);
  });

  it('counts by another convention where it is told to, and says so', () => {
    const file = write('counted.js', [
      "const tf = require('@tensorflow/tfjs');",
      'const model = tf.sequential();',
      'model.add(tf.layers.dense({ units: 4, inputShape: [3] }));',
      'model.add(tf.layers.batchNormalization());',
    ].join('\n'));
    const flags = ['--count-parameters', 'pytorch', '--count-operations', 'flops', '--count-layers', 'all'];
    const { counting, blocks: [model] } = inspect(file, ...flags);
    assert.deepEqual(counting, { parameters: 'pytorch', operations: 'flops', layers: 'all' });
    assert.deepEqual([model!.params, model!.trainableParams, model!.nonTrainableParams, model!.uncountedParams, model!.macs, model!.operations], [24, 24, 0, 8, 12, 36]);
    assert.deepEqual(model!.layers.map(({ params, macs, operations }) => [params, macs, operations]), [[16, 12, 28], [8, 0, 8]]);
    const { stdout } = blockscope('inspect', file, ...flags);
    assert.match(stdout, /params \(PyTorch\) +FLOPs\n/);
    assert.match(stdout, /^ +total +24 +36$/m);
    assert.match(stdout, /^ +not counted 8 running statistics$/m);
    assert.match(stdout, /^Counted: parameters as PyTorch counts them, without running statistics; FLOPs: .+\.$/m);
    assert.match(blockscope('inspect', file, '--count-parameters', 'everybody').stderr, /Allowed choices are keras, pytorch/);
  });

  it('prints a model as code that builds it, whose figures are those of the file', () => {
    const file = write('two-models.js', [
      "const tf = require('@tensorflow/tfjs');",
      'const small = tf.sequential({ layers: [tf.layers.dense({ units: 4, inputShape: [3] })] });',
      "const large = tf.sequential({ layers: [tf.layers.dense({ name: 'hidden', units: 40, inputShape: [3] }), tf.layers.reLU()] });",
    ].join('\n'));
    const { status, stdout, stderr } = blockscope('export', file, '--block', 'large');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^export function large\(\): tf\.LayersModel \{$/m);
    const [model] = inspect(write('exported.ts', stdout)).blocks;
    assert.deepEqual([model!.inputShape, model!.outputShape, model!.params], [[null, 3], [null, 40], 160]);
  });

  it('prints a model as functions of Keras and as modules of PyTorch', () => {
    const file = write('python.js', "const model = require('@tensorflow/tfjs').sequential({ layers: [require('@tensorflow/tfjs').layers.dense({ units: 4, inputShape: [3] })] });");
    const keras = blockscope('export', file, '--as', 'keras');
    assert.deepEqual([keras.status, keras.stderr], [0, '']);
    assert.match(keras.stdout, /^def model\(\):\n[^]*^ {4}x = layers\.Dense\(4\)\(inputs\)/m);
    const pytorch = blockscope('export', file, '--as', 'pytorch');
    assert.match(pytorch.stdout, /^class Model\(nn\.Module\):\n[^]*^ {8}self\.linear = nn\.Linear\(3, 4\)$/m);
    assert.match(blockscope('export', file, '--as', 'json').stderr, /^blockscope: model: JSON has what is written in blocks and certain in all its parts/);
    assert.notEqual(blockscope('export', file, '--as', 'prolog').status, 0);
  });

  it('prints a block that a program writes as JSON', () => {
    const file = write('block.ts', "import { conv2d, input, sequential } from 'blockscope/blocks';\nexport const stem = sequential(input([1, 8, 8, 3]), conv2d({ filters: 4, kernelSize: 3, groups: undefined }));");
    const { status, stdout } = blockscope('export', file, '--as', 'json');
    assert.equal(status, 0);
    assert.deepEqual(JSON.parse(stdout), { sequential: [{ input: { shape: [1, 8, 8, 3] } }, { conv2d: { filters: 4, kernelSize: 3 } }] });
  });

  it('prints a network of the library in every form', () => {
    for (const [form, begin] of [['tf', 'import * as tf'], ['keras', 'import keras'], ['pytorch', 'import torch'], ['json', '{']] as const) {
      const { status, stdout } = blockscope('export', '--network', 'MobileNet_V2', '--as', form);
      assert.deepEqual([status, stdout.slice(0, begin.length)], [0, begin]);
    }
    assert.match(blockscope('export', '--network', 'MobileNet_V9').stderr, /^blockscope: there is no network MobileNet_V9: there are ResNet18, /);
    assert.equal(blockscope('export').status, 2);
  });

  it('says why there is no code', () => {
    const file = write('none.js', ["const tf = require('@tensorflow/tfjs');", 'const a = tf.sequential({ layers: [tf.layers.dense({ units: size, inputShape: [3] })] });', 'const b = tf.sequential();'].join('\n'));
    assert.match(blockscope('export', file, '--block', 'a').stderr, /^blockscope: a: .*size/);
    assert.match(blockscope('export', file, '--block', 'c').stderr, /^blockscope: there is no c in .*: it has a/);
    assert.equal(blockscope('export', file, '--block', 'c').status, 1);
    assert.equal(blockscope('export', path.join(folder, 'missing.js')).status, 2);
  });

  it('evaluates the calls that it is given, and lists every distinct result of a line', () => {
    const file = write('factory.ts', [
      'export function create(size: number[], width = 2) {',
      '  const input = tf.input({ shape: size });',
      '  let x = input;',
      '  for (let i = 0; i < 3; i++) x = tf.layers.conv2d({ filters: width, kernelSize: 1 }).apply(x);',
      '  return tf.model({ inputs: input, outputs: x });',
      '}',
    ].join('\n'));
    const { blocks } = inspect(file, '--call', 'create([8, 8, 3])', '--call', 'create([4, 4, 1], 5)');
    assert.deepEqual(blocks.map(({ name, inputShape, params }) => ({ name, inputShape, params })), [
      { name: 'create', inputShape: [null, 8, 8, 3], params: 8 + 6 + 6 },
      { name: 'create', inputShape: [null, 4, 4, 1], params: 10 + 30 + 30 },
    ]);
    const given = { function: 'create', line: 1, column: 1, file: 'create([8, 8, 3])' };
    assert.deepEqual(blocks[0]!.layers.find(layer => layer.layer === 'conv2d'), {
      line: 4, column: 45, layer: 'conv2d', name: null, outputShape: [null, 8, 8, 2], params: 20, macs: 64 * (6 + 4 + 4), receptiveField: { size: [1, 1], step: [1, 1] },
      variants: [
        { outputShape: [null, 8, 8, 2], params: 8, macs: 384, count: 1, callers: [{ calls: [given] }] },
        { outputShape: [null, 8, 8, 2], params: 6, macs: 256, count: 2, callers: [{ calls: [given], count: 2 }] },
      ],
    });
  });

  it('says of each result of a line which calls lead to it', () => {
    const file = write('callers.js', [
      'const head = (x, units) => tf.layers.dense({ units }).apply(x);',
      'const twice = [x => head(x, 8), x => head(x, 8)];',
      'const input = tf.input({ shape: [4] });',
      'let x = head(input, 4);',
      'for (const part of twice) x = part(x);',
      'for (let i = 0; i < 2; i++) x = head(x, 8);',
      'tf.model({ inputs: input, outputs: x });',
    ].join('\n'));
    const { variants } = inspect(file).blocks[0]!.layers.find(({ layer }) => layer === 'dense')!;
    assert.deepEqual(variants!.map(({ params, count, callers }) => [params, count, callers]), [
      [20, 1, [{ calls: [{ function: 'head', line: 4, column: 9 }] }]],
      [40, 1, [{ calls: [{ function: null, line: 5, column: 31 }, { function: 'head', line: 2, column: 21 }] }]],
      [72, 3, [
        { calls: [{ function: null, line: 5, column: 31 }, { function: 'head', line: 2, column: 38 }] },
        { calls: [{ function: 'head', line: 6, column: 33 }], count: 2 },
      ]],
    ]);
  });

  it('evaluates the example calls in comments, and the calls that it is given besides', () => {
    const file = write('example.ts', [
      '// @blockscope create([3], 4)',
      '// @blockscope make(5)',
      'export const create = (shape: number[], units: number) =>',
      '  tf.sequential({ layers: [tf.layers.dense({ units, inputShape: shape })] });',
    ].join('\n'));
    const { blocks, problems } = inspect(file, '--call', 'create([5], 2)');
    assert.deepEqual(blocks.map(({ line, inputShape, outputShape }) => [line, inputShape, outputShape]), [[4, [null, 3], [null, 4]], [4, [null, 5], [null, 2]]]);
    assert.deepEqual(problems.map(({ line, column, severity, code }) => [line, column, severity, code]), [[2, 16, 'warning', 'example-call-not-evaluated']]);
  });

  it('says what is symbolic, what is assumed and what is unknown', () => {
    const file = write('symbolic.js', [
      'export function head(x, classes = 10) {',
      "  x = tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }).apply(x);",
      '  x = tf.layers.globalAveragePooling2d({}).apply(x);',
      '  return tf.layers.dense({ units: classes }).apply(x);',
      '}',
      'const model = tf.sequential({ layers: makeLayers() });',
    ].join('\n'));
    const { blocks } = inspect(file);
    const [head, model] = blocks;
    assert.deepEqual(head!.layers.map(({ outputShape, params, assumed }) => ({ outputShape, params, assumed })), [
      { outputShape: [null, 'H/2', 'W/2', 'C'], params: 0, assumed: undefined },
      { outputShape: [null, 'C'], params: 0, assumed: undefined },
      { outputShape: [null, 10], params: '10·C+10', assumed: ['classes = 10'] },
    ]);
    assert.equal(model!.outputShape, '?');
    assert.equal(model!.params, '?');
  });

  it('follows imports and names the file of a layer that lies in another', () => {
    write('parts/block.ts', "import * as tf from '@tensorflow/tfjs';\nexport const block = x => tf.layers.dense({ units: 7 }).apply(x);\n");
    const file = write('main.js', "import * as tf from '@tensorflow/tfjs';\nimport { block } from './parts/block.js';\nconst input = tf.input({ shape: [2] });\ntf.model({ inputs: input, outputs: block(input) });\n");
    const { blocks } = inspect(file);
    const dense = blocks[0]!.layers.find(layer => layer.layer === 'dense')!;
    assert.equal(path.resolve(dense.file!), path.join(folder, 'parts/block.ts'));
    assert.deepEqual([dense.line, dense.column, dense.outputShape, dense.params], [2, 37, [null, 7], 21]);
  });

  it('checks files: status 1 and a line for each problem where one is an error', () => {
    const bad = write('bad.js', "const a = tf.input({ shape: [4] });\nconst b = tf.input({ shape: [5] });\ntf.layers.add().apply([a, b]);\n");
    const good = write('good.js', 'tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });\n');
    const found = blockscope('check', good, bad);
    assert.equal(found.status, 1);
    assert.match(found.stdout, /^.*bad\.js:3:11 error shape-mismatch: .*4.*5.*\n$/);
    assert.deepEqual(blockscope('check', good), { status: 0, stdout: '', stderr: '' });
    assert.equal(blockscope('inspect', bad).status, 0);
  });

  it('says in one line what cannot be read, with status 2', () => {
    const binary = write('image.ts', 'a\0b');
    for (const file of [path.join(folder, 'nothing.ts'), folder, binary]) {
      const { status, stdout, stderr } = blockscope('inspect', file);
      assert.equal(status, 2);
      assert.equal(stdout, '');
      assert.match(stderr, /^blockscope: .+\n$/);
    }
  });

  it('prints tables for people, and says when there is nothing to print', () => {
    const file = write('table.js', "const model = tf.sequential({ layers: [tf.layers.conv2d({ filters: 64, kernelSize: 3, inputShape: [28, 28, 3] })] });\n");
    const { stdout } = blockscope('inspect', file);
    assert.match(stdout, /^model {2}\(line 1\) {2}\[null, 28, 28, 3\] → \[null, 26, 26, 64\]\n/);
    assert.match(stdout, /^ +1 {2}conv2d {2}\[null, 26, 26, 64\] {3}1,792 {2}1,168,128$/m);
    assert.match(stdout, /^ +total +1,792 {2}1,168,128$/m);
    assert.match(blockscope('inspect', write('empty.js', '')).stdout, /builds no layers/);
  });

  it('reads a file with syntax errors as far as it goes', () => {
    const file = write('broken.js', 'const m = tf.sequential();\nm.add(tf.layers.dense({ units: 3, inputShape: [2] }));\nm.add(tf.layers.dense({ units: \n');
    const { blocks, problems } = inspect(file);
    assert.equal(blocks[0]!.layers[0]!.params, 9);
    assert.ok(problems.some(problem => problem.code === 'syntax-error'));
  });

  it('verifies the published networks', () => {
    const { status, stdout, stderr } = blockscope('verify');
    assert.deepEqual([status, stderr], [0, '']);
    assert.match(stdout, /^ResNet50 +224×224 +25,557,032 +53,120 +4,089,184,256 +11,114,984 {2}exact$/m);
    assert.ok(stdout.endsWith('\n46 of 46 exact\n'));
  });

  it('prints what it verifies as JSON', () => {
    const { status, stdout } = blockscope('verify', '--json');
    const checks = JSON.parse(stdout) as NetworkCheck[];
    assert.deepEqual([status, checks.length, checks.every(({ exact, differences }) => exact && differences.length === 0)], [0, 46 + 15, true]);
    // Only of the others all figures are published.
    assert.equal(checks.filter(({ expected }) => 'macs' in expected).length, 46);
    assert.deepEqual(checks.find(({ name }) => name === 'RegNet_X_8GF')!.expected, { params: 39_572_648, gmacs: 7.995 });
    assert.deepEqual(checks.find(({ name }) => name === 'VGG16')!.expected, { params: 138_357_544, bnBuffers: 0, macs: 15_470_264_320, activations: 13_556_712 });
  });

  it('has status 1 where a network differs', async () => {
    // The same command with another figure written down.
    const wrong = path.join(folder, 'wrong.mjs');
    const target = targets.find(({ outfile }) => outfile === 'dist/cli.mjs')!;
    const otherFigure: Plugin = {
      name: 'other-figure',
      setup: ({ onLoad }) => onLoad({ filter: /published\.ts$/ }, ({ path: file }) => ({ contents: readFileSync(file, 'utf8').replace('25_557_032', '25_557_033'), loader: 'ts' })),
    };
    await build({ ...target, outfile: wrong, sourcemap: false, plugins: [otherFigure] });
    const { status, stdout } = spawnSync(process.execPath, [wrong, 'verify'], { encoding: 'utf8' });
    assert.equal(status, 1);
    assert.match(stdout, /^ResNet50, channelsLast: 25,557,032 parameters, published 25,557,033$/m);
    assert.ok(stdout.endsWith('\n45 of 46 exact\n'));
  });
});
