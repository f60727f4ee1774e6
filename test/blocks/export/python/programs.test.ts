// Small programs whose export to Python could go wrong: names, sizes that are open, layers that have no counterpart.
import assert from 'node:assert/strict';
import { analyze } from '../../../../src/blocks/analyze.ts';
import { kerasCode } from '../../../../src/blocks/export/keras/keras-code.ts';
import { pytorchCode } from '../../../../src/blocks/export/pytorch/pytorch-code.ts';
import { bindSymbols, freeDims } from '../../../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../../../src/blocks/graph/block-graph.ts';
import { inGraph, linesOf } from './trace.ts';
import { expectedOperations } from './expected.ts';
import { shapesOut } from '../../../../src/blocks/graph/tensors.ts';
import { parsePython } from './interpreter.ts';
import { readKeras } from './read-keras.ts';
import { readPytorch } from './read-pytorch.ts';

const graphOf = (text: string): BlockGraph => analyze('/program.js', `const tf = require('@tensorflow/tfjs');\n${text}`).blocks.find(({ kind }) => kind !== 'loose')!.graph;

const sequential = (...layers: readonly string[]): BlockGraph => graphOf(`const model = tf.sequential({ layers: [${layers.map(layer => `tf.layers.${layer}`).join(', ')}] });`);

const both = [
  { target: 'keras', code: kerasCode, read: readKeras },
  { target: 'pytorch', code: pytorchCode, read: readPytorch },
] as const;

function compare(graph: BlockGraph, which = both as readonly (typeof both)[number][], name = 'model'): void {
  for (const { target, code, read } of which) {
    const bound = bindSymbols(graph, { ...Object.fromEntries(freeDims(graph).map(({ name: dim, suggestion }) => [dim, suggestion])), batch: 2, height: 15, width: 22 });
    const { trace, outputs } = read(code(graph, { name }), bound);
    assert.deepEqual(linesOf(trace.operations), linesOf(expectedOperations(bound, target).operations), target);
    assert.deepEqual(outputs.map(inGraph), shapesOut(bound), target);
  }
}

describe('programs as Python', () => {
  it('whose images have any size', () => {
    compare(sequential("conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', inputShape: [null, null, 3] })", "maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' })", 'globalMaxPooling2d({})'));
  });

  it('whose sequences are convolved and pooled', () => {
    compare(sequential("conv1d({ filters: 6, kernelSize: 4, padding: 'same', activation: 'relu', inputShape: [20, 3] })", 'maxPooling1d({ poolSize: 2 })', 'batchNormalization()', 'globalAveragePooling1d()', "dense({ units: 3, activation: 'softmax' })"));
  });

  it('that turn and reshape images', () => {
    compare(sequential('conv2d({ filters: 6, kernelSize: 3, inputShape: [8, 10, 3] })', 'permute({ dims: [3, 1, 2] })', 'reshape({ targetShape: [6, 12, 4] })', 'conv2d({ filters: 2, kernelSize: 1 })', 'dense({ units: 5 })', 'flatten()'));
  });

  it('that enlarge images', () => {
    for (const [kernelSize, strides, padding] of [[3, 2, 'same'], [4, 2, 'same'], [2, 2, 'valid'], [5, 2, 'valid'], [2, 3, 'same']] as const) {
      compare(sequential(`conv2dTranspose({ filters: 4, kernelSize: ${kernelSize}, strides: ${strides}, padding: '${padding}', inputShape: [7, 9, 3] })`));
    }
  });

  it('that pad and crop', () => {
    compare(sequential('zeroPadding2d({ padding: [[0, 1], [2, 3]], inputShape: [8, 10, 3] })', 'conv2d({ filters: 4, kernelSize: 3, strides: 2 })', 'zeroPadding2d({ padding: 1 })', "activation({ activation: 'elu' })", 'cropping2D({ cropping: [[1, 0], [0, 2]] })'));
  });

  it('whose hard sigmoid is that of TensorFlow.js', () => {
    compare(sequential("dense({ units: 4, activation: 'hardSigmoid', inputShape: [3] })", "activation({ activation: 'gelu_new' })"));
  });

  it('that apply one layer twice', () => {
    compare(graphOf("const x = tf.input({ shape: [4] }); const shared = tf.layers.dense({ units: 4, name: 'shared' }); const model = tf.model({ inputs: x, outputs: tf.layers.add().apply([shared.apply(shared.apply(x)), x]) });"));
  });

  it('whose functions share a layer', () => {
    compare(graphOf("const d = tf.layers.dense({ units: 4 }); const f = x => tf.layers.reLU().apply(d.apply(x)); const x = tf.input({ shape: [4] }); const model = tf.model({ inputs: x, outputs: f(f(x)) });"));
  });

  it('whose names would be something else in Python', () => {
    const functions = ['x', 'filters', 'layers', 'torch', 'none', 'lambda', 'forward', 'units', 'hard_sigmoid'].map(name => `function ${name}_(t) { return tf.layers.reLU().apply(tf.layers.dense({ units: 3, name: '${name}' }).apply(t)); }`.replace('_(', '('));
    const calls = 'hard_sigmoid(units(forward(lambda(none(torch(layers(filters(x(input)))))))))';
    compare(graphOf(`${functions.join('\n')}\nconst input = tf.input({ shape: [3] }); const model = tf.model({ inputs: input, outputs: ${calls} });`), both, 'class');
  });

  it('keep names from becoming code', () => {
    const odd = "tf.layers.dense({ units: 4, inputShape: [3], name: 'a\"\"\"); import os\\n\\\\', ['x\"\"\"\\nimport os']: 1, kernelInitializer: 'heNormal' })";
    const graph = graphOf(`const model = tf.sequential({ layers: [${odd}] });`);
    for (const { code, read } of both) {
      const text = code(graph, { name: '"""\nimport os\n' });
      const imports = parsePython(text).getChildren('ImportStatement').map(({ from, to }) => text.slice(from, to));
      assert.ok(imports.every(line => /^(import (torch|keras)|from (torch import nn|keras import layers(, ops)?))$/.test(line)), imports.join('\n'));
      assert.equal(read(text, bindSymbols(graph, { batch: 2 })).trace.operations.length, 1);
      assert.match(text, /Not taken over from the program: kernelInitializer, x_import_os\./);
    }
  });

  it('pad with what loses against every value before a maximum', () => {
    const block = sequential("conv2d({ filters: 4, kernelSize: 3, inputShape: [9, 9, 3] })", "maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' })");
    compare(block);
    assert.match(pytorchCode(sequential("maxPooling2d({ poolSize: 2, strides: 2, padding: 'same', inputShape: [9, 9, 3] })"), { name: 'model' }), /nn\.ConstantPad2d\(\(0, 1, 0, 1\), float\("-inf"\)\)/);
  });

  const refusals: readonly (readonly [layer: string, keras: RegExp | undefined, pytorch: RegExp | undefined])[] = [
    ["upSampling2d({ size: [2, 2], interpolation: 'bilinear', inputShape: [4, 4, 3] })", /centres of pixels/, /corners of images/],
    ['gru({ units: 3, inputShape: [5, 4] })', undefined, /another unit/],
    ['lstm({ units: 3, inputShape: [5, 4] })', undefined, /tanh and sigmoid, and not tanh and hardSigmoid/],
    ["lstm({ units: 3, recurrentActivation: 'sigmoid', inputShape: [5, 4] })", undefined, undefined],
    ['batchNormalization({ scale: false, inputShape: [4] })', undefined, /center without scale/],
    ['masking({ inputShape: [5, 4] })', undefined, /no counterpart in PyTorch/],
    ['embedding({ inputDim: 10, outputDim: 4, maskZero: true, inputLength: 5 })', undefined, /no masks/],
    ["conv2d({ filters: 4, kernelSize: 3, padding: 'causal', inputShape: [8, 8, 3] })", /does not run/, /does not run/],
    ['conv2d({ filters: 4, kernelSize: 3, strides: 2, dilationRate: 2, inputShape: [9, 9, 3] })', /strides and dilation/, undefined],
    ["averagePooling2d({ poolSize: 2, strides: 1, padding: 'same', inputShape: [8, 8, 3] })", undefined, /pads both ends alike/],
    ['dropout({ rate: 0.5, noiseShape: [null, 1], inputShape: [4] })', undefined, /noise shape/],
  ];
  for (const [layer, ...expected] of refusals) {
    it(`say what is not exported of ${layer}`, () => {
      both.forEach(({ code }, i) => {
        const make = (): string => code(sequential(layer), { name: 'model' });
        if (expected[i]) assert.throws(make, expected[i]);
        else make();
      });
    });
  }
});
