// What is said of configurations: sentences with the values received, and nothing where TensorFlow.js says nothing.
import assert from 'node:assert/strict';
import { checkConfig, inferLayer, inputDimNames, inputOfFirstLayer, rankOf } from '../../../src/blocks/layers/infer.ts';
import { findLayer } from '../../../src/blocks/layers/registry.ts';
import { symbol, unknown } from '../../../src/blocks/shapes/dim.ts';
import { formatShape } from '../../../src/blocks/shapes/shape.ts';
import { attributesOf, infer } from './inferred.ts';
import type { Config, Dims } from './tensorflow.ts';

const said = (layer: string, config: Config | undefined, ...inputs: Dims[]): string[] =>
  infer(findLayer(layer)!, config, inputs).problems.map(({ id, severity, message }) => `${severity} ${id}: ${message}`);

const configSaid = (layer: string, config: Config | undefined): string[] =>
  checkConfig(findLayer(layer)!, config && attributesOf(config)).map(({ id, severity, message }) => `${severity} ${id}: ${message}`);

const image: Dims = [null, 32, 32, 3];

describe('the configuration of a layer', () => {
  it('lacks an attribute', () => {
    assert.deepEqual(configSaid('dense', {}), ['error missing-attribute: dense needs units (integer), but it is not given.']);
    assert.deepEqual(configSaid('conv2d', { filters: 8 }), ['error missing-attribute: conv2d needs kernelSize (integer or [height, width]), but it is not given.']);
  });

  it('is missing altogether', () => {
    assert.deepEqual(configSaid('maxPooling2d', undefined), ['error config-missing: maxPooling2d() needs a configuration object, even an empty one: TensorFlow.js throws without it.']);
    assert.deepEqual(configSaid('maxPooling2d', {}), []);
    assert.deepEqual(configSaid('batchNormalization', undefined), []);
  });

  it('has a value that TensorFlow.js refuses', () => {
    assert.deepEqual(configSaid('dense', { units: '3' }), ['error invalid-attribute: units must be a positive integer, but it is "3".']);
    assert.deepEqual(configSaid('dense', { units: NaN }), ['error invalid-attribute: units must be a positive integer, but it is NaN.']);
    assert.deepEqual(configSaid('conv2d', { filters: 8, kernelSize: 3, padding: 'SAME' }), ["error invalid-attribute: padding must be 'valid', 'same' or 'causal', but it is \"SAME\"; did you mean 'same'?"]);
    assert.deepEqual(configSaid('conv2d', { filters: 8, kernelSize: [3, 3, 3] }), ['error invalid-attribute: kernelSize must be a positive integer or 2 of them, [height, width], but it is [3, 3, 3].']);
    assert.deepEqual(configSaid('activation', { activation: 'rellu' }), ['error invalid-attribute: activation must be the name of an activation, but it is "rellu"; did you mean \'relu\'?']);
    assert.match(configSaid('activation', { activation: 'sine' })[0]!, /^error invalid-attribute: activation must be one of elu, .*, but it is "sine"\.$/);
    assert.match(configSaid('dense', { units: 1, kernelInitializer: 'he_normal' })[0]!, /did you mean 'heNormal'\?$/);
    assert.deepEqual(configSaid('reLU', { name: 'my layer' }), ['error invalid-attribute: name must be made of letters, digits and - . _ /, the first a letter or digit, but it is "my layer".']);
  });

  it('has a value that TensorFlow.js does not check', () => {
    assert.deepEqual(configSaid('upSampling2d', { size: 2 }), ['warning doubtful-attribute: size should be positive integers, 2 of them, [height, width], but it is 2; TensorFlow.js does not check it and calculates on.']);
    assert.equal(formatShape(infer(findLayer('upSampling2d')!, { size: 2 }, [image]).output), '[?, ?, ?, 3]');
  });

  it('has a misspelt attribute', () => {
    assert.deepEqual(configSaid('conv2d', { filters: 8, kernelSize: 3, stride: 2 }), ['warning unknown-attribute: conv2d has no attribute stride, and TensorFlow.js ignores it without a word; did you mean strides?']);
    assert.match(configSaid('conv2d', { filters: 8, kernelSize: 3, use_bias: false })[0]!, /did you mean useBias\?$/);
    assert.match(configSaid('dense', { units: 8, actvation: 'relu' })[0]!, /did you mean activation\?$/);
    assert.match(configSaid('conv2d', { filters: 8, kernalSize: 3 })[1]!, /did you mean kernelSize\?$/);
    assert.match(configSaid('dropout', { rte: 0.5 })[0]!, /did you mean rate\?$/);
  });

  it('has an attribute that only resembles nothing, or one that is given as well', () => {
    assert.deepEqual(configSaid('conv2d', { filters: 8, kernelSize: 3, colour: 'red' }), []);
    assert.deepEqual(configSaid('depthwiseConv2d', { filters: 8, kernelSize: 3 }), []);
    assert.deepEqual(configSaid('conv2d', { filters: 8, kernelSize: 3, strides: 2, stride: 2 }), []);
  });

  it('has an attribute that TensorFlow.js ignores', () => {
    assert.deepEqual(configSaid('conv2d', { filters: 8, kernelSize: 3, groups: 2 }), ['information ignored-attribute: TensorFlow.js ignores groups of conv2d: 2 has no effect.']);
    assert.deepEqual(configSaid('depthwiseConv2d', { kernelSize: 3, dilationRate: 2 }), ['information ignored-attribute: TensorFlow.js ignores dilationRate of depthwiseConv2d: [2, 2] has no effect.']);
  });

  it('blames the attribute', () => {
    assert.equal(checkConfig(findLayer('dense')!, attributesOf({ units: 0 }))[0]!.attribute, 'units');
    assert.equal(infer(findLayer('conv2d')!, { filters: 8, kernelSize: 5 }, [[null, 4, 4, 3]]).problems[0]!.attribute, 'kernelSize');
  });
});

describe('the inputs of a layer', () => {
  it('are smaller than the kernel', () => {
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 5 }, [null, 4, 32, 3]), ['error kernel-too-large: The kernel is larger than its input: height 5 against 4, without padding.']);
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3, dilationRate: 2 }, [null, 32, 4, 3]), ['error kernel-too-large: The kernel is larger than its input: width 5 (3 dilated by 2) against 4, without padding.']);
    assert.deepEqual(said('maxPooling2d', { poolSize: 3 }, [null, 2, 2, 3]), ['error kernel-too-large: The pool is larger than its input: height 3 against 2, without padding.']);
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 5, padding: 'same' }, [null, 4, 4, 3]), []);
  });

  it('are smaller than the kernel once, not at every layer behind it', () => {
    const first = infer(findLayer('conv2d')!, { filters: 4, kernelSize: 5 }, [[null, 4, 4, 3]]);
    assert.equal(formatShape(first.output), '[?, 0, 0, 4]');
    assert.deepEqual(inferLayer(findLayer('conv2d')!, attributesOf({ filters: 4, kernelSize: 3 }), [first.output]).problems, []);
  });

  it('contradict each other', () => {
    assert.deepEqual(said('add', {}, [null, 56, 56, 64], [null, 56, 56, 128]), ['error shape-mismatch: add cannot join [?, 56, 56, 64] and [?, 56, 56, 128]: dims that differ must be 1.']);
    assert.deepEqual(said('concatenate', {}, [null, 28, 28, 64], [null, 14, 14, 64]), ['error shape-mismatch: concatenate cannot join [?, 28, 28, 64] and [?, 14, 14, 64]: all dims but that at axis -1 must be the same.']);
    assert.deepEqual(said('add', {}, [2, 8], [3, 8]), ['error shape-mismatch: add cannot join [2, 8] and [3, 8]: the batches differ.']);
  });

  it('have the wrong rank or number', () => {
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3 }, [null, 28, 28]), ['error wrong-rank: conv2d expects an input of rank 4, the batch counted, but received [?, 28, 28] of rank 3.']);
    assert.deepEqual(said('flatten', {}, [null, 10]), ['error wrong-rank: flatten expects an input of rank 3 or more, the batch counted, but received [?, 10] of rank 2.']);
    assert.deepEqual(said('add', {}, image), ['error wrong-number-of-inputs: add is applied to a list of at least two tensors, but received one tensor.']);
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3 }, image, image), ['error wrong-number-of-inputs: conv2d is applied to one tensor, but received 2 tensors.']);
  });

  it('leave open what the weights follow from', () => {
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3 }, [null, 28, 28, null]), ['error open-dim: conv2d needs to know the channels of its input, but it is left open in [?, 28, 28, ?].']);
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3 }, [null, null, null, 3]), []);
  });

  it('do not fit a new shape', () => {
    assert.deepEqual(said('reshape', { targetShape: [5, 5] }, [null, 4, 6]), ['warning size-changes: reshape cannot make [5, 5] of [?, 4, 6]: 24 values per example do not fit 25.']);
    assert.deepEqual(said('reshape', { targetShape: [5, 5] }, [2, 4, 6]), ['error size-changes: reshape cannot make [5, 5] of [2, 4, 6]: 24 values per example do not fit 25.']);
  });

  it('fail only when the layer runs', () => {
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3, strides: 2, dilationRate: 2 }, image), ['warning fails-when-run: TensorFlow.js builds this conv2d but throws when it runs: strides [2, 2] and dilationRate [2, 2] are both larger than 1.']);
    assert.deepEqual(said('softmax', {}, image), ['warning fails-when-run: TensorFlow.js builds this softmax but throws when it runs: axis 1 is not the last of 4, and others are not implemented.']);
  });
});

describe('layers of which something is not known', () => {
  const conv2d = findLayer('conv2d')!;

  it('name the attribute that they depend on', () => {
    const where = { file: 'model.ts', start: 10, end: 20 };
    const { output } = inferLayer(conv2d, { ...attributesOf({ filters: 8, kernelSize: 3 }), padding: { value: unknown('options.padding', where) } }, [image]);
    assert.deepEqual(output, [null, ...[1, 2].map(() => unknown('padding is not known: options.padding', where)), 8]);
  });

  it('keep what does not depend on it', () => {
    const { output, params, trainableParams } = infer(conv2d, { filters: 8, kernelSize: 3, padding: 'same', useBias: unknown('flag') }, [image]);
    assert.equal(formatShape(output), '[?, 32, 32, 8]');
    assert.deepEqual(params, unknown('useBias is not known: flag'));
    assert.deepEqual(trainableParams, params);
    assert.equal(infer(conv2d, { filters: 8, kernelSize: 3, activation: unknown('x') }, [image]).params, 224);
  });

  it('are the same with each of several values, or unknown', () => {
    const strides = { kind: 'alternatives', values: [1, 2] };
    assert.equal(formatShape(infer(conv2d, { filters: 8, kernelSize: 3, padding: 'same', strides }, [image]).output), '[?, ?, ?, 8]');
    assert.equal(infer(conv2d, { filters: 8, kernelSize: 3, strides }, [image]).params, 224);
    assert.deepEqual(infer(conv2d, { filters: 8, kernelSize: 3, strides }, [[null, null, null, 3]]).output, [null, null, null, 8]);
  });

  it('take a dim that is not known for what it is', () => {
    const { output, params } = infer(conv2d, { filters: unknown('classes.length'), kernelSize: 3 }, [image]);
    assert.deepEqual(output, [null, 30, 30, unknown('classes.length')]);
    assert.deepEqual(params, unknown('classes.length'));
    assert.equal(formatShape(infer(conv2d, { filters: symbol('F'), kernelSize: 3 }, [[null, symbol('H'), 32, 3]]).output), '[?, H-2, 30, F]');
  });

  it('of an input without a rank know what the layer demands', () => {
    assert.equal(formatShape(infer(conv2d, { filters: 8, kernelSize: 3 }, [unknown('x')]).output), '[?, ?, ?, 8]');
    assert.deepEqual(infer(findLayer('dense')!, { units: 8 }, [unknown('x')]).output, unknown('x'));
    assert.equal(infer(findLayer('dropout')!, { rate: 0.5 }, [unknown('x')]).params, 0);
  });

  it('give up where there are too many combinations', () => {
    const many = { kind: 'alternatives', values: [1, 2, 3, 4] };
    const { output, params } = infer(conv2d, { filters: many, kernelSize: many, strides: many, dilationRate: many }, [image]);
    assert.equal(formatShape(output), '[…]');
    assert.ok(typeof params === 'object');
  });
});

describe('what a layer says of its input', () => {
  it('is its rank and what its dims are called', () => {
    assert.equal(rankOf(findLayer('conv2d')!), 4);
    assert.equal(rankOf(findLayer('dense')!), undefined);
    assert.deepEqual(inputDimNames(findLayer('conv2d')!, {}), ['batch', 'height', 'width', 'channels']);
    assert.deepEqual(inputDimNames(findLayer('maxPooling2d')!, attributesOf({ dataFormat: 'channelsFirst' })), ['batch', 'channels', 'height', 'width']);
    assert.equal(inputDimNames(findLayer('add')!, {}), undefined);
  });

  it('is the input of the model where it comes first', () => {
    const given = (layer: string, config: Config): unknown => inputOfFirstLayer(findLayer(layer)!, attributesOf(config));
    assert.deepEqual(given('conv2d', { inputShape: [28, 28, 1] }), [null, 28, 28, 1]);
    assert.deepEqual(given('conv2d', { inputShape: [28, undefined, 1], batchSize: 8 }), [8, 28, null, 1]);
    assert.deepEqual(given('dense', { inputShape: 4 }), [null, 4]);
    assert.deepEqual(given('dense', { batchInputShape: [2, 4], inputShape: [9] }), [2, 4]);
    assert.deepEqual(given('dense', { inputDim: 3, batchSize: 2 }), [2, 3]);
    assert.deepEqual(given('dense', { inputShape: unknown('x.shape') }), unknown('x.shape'));
    assert.equal(given('dense', { units: 3 }), undefined);
    assert.equal(formatShape(given('dense', { inputShape: { kind: 'alternatives', values: [[28, 28, 1], [28, 28, 3]] } }) as never), '[?, 28, 28, ?]');
  });
});
