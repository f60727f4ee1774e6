// How figures, attributes and reasons are put into words.
import assert from 'node:assert/strict';
import { milliseconds } from '../../src/blocks/features/milliseconds.ts';
import { symbol, unknown } from '../../src/blocks/shapes/dim.ts';
import { familiesOf, familyOf } from '../../webview/draw/families.ts';
import { keyAttributes } from '../../webview/draw/key-attributes.ts';
import { fitText } from '../../webview/draw/text-fit.ts';
import { bytes, percent } from '../../webview/format.ts';
import { whyNotRunnable } from '../../webview/panels/why-not-runnable.ts';
import { layers } from '../../src/blocks/layers/index.generated.ts';
import { GraphBuilder, type Config } from '../blocks/graph/build-graph.ts';

describe('measured figures', () => {
  it('have no more digits than the measurement', () => {
    const texts = [0.004, 0.0123, 0.123, 1.234, 12.34, 123.4, 9.996, 999.6, 1234, 65_432, 123_456].map(ms => milliseconds(ms));
    assert.deepEqual(texts, ['<0.01 ms', '0.01 ms', '0.12 ms', '1.23 ms', '12.3 ms', '123 ms', '10.0 ms', '1.00 s', '1.23 s', '65.4 s', '123 s']);
    assert.equal(milliseconds(1.234, 'noisy'), '1.2 ms');
    assert.equal(milliseconds(12.34, 'unreliable'), '12 ms');
    assert.equal(milliseconds(1234, 'noisy'), '1.2 s');
    assert.equal(milliseconds(NaN), '?');
  });

  it('say shares and sizes shortly', () => {
    assert.deepEqual([0, 0.001, 0.005, 0.344, 1.26].map(percent), ['0 %', '<1 %', '1 %', '34 %', '126 %']);
    assert.deepEqual([10, 12_400, 3_400_000, 1_250_000_000].map(bytes), ['1 kB', '12 kB', '3 MB', '1.3 GB']);
  });
});

describe('the attributes on a box', () => {
  const cases: readonly (readonly [string, Config, string])[] = [
    ['conv2d', { filters: 64, kernelSize: 3, strides: 2, padding: 'same', activation: 'relu' }, '3×3, 64, /2, same, relu'],
    ['conv2d', { filters: 64, kernelSize: [3, 1], strides: [2, 1], padding: 'valid', activation: 'linear', useBias: false }, '3×1, 64, /2×1, no bias'],
    ['conv1d', { filters: 8, kernelSize: 5, dilationRate: 2 }, '5, 8, dilation 2'],
    ['conv3d', { filters: 8, kernelSize: 3, strides: [1, 1, 1] }, '3×3×3, 8'],
    ['conv2d', { filters: symbol('F'), kernelSize: unknown('it is read from a file') }, '?×?, F'],
    ['conv2d', { filters: { kind: 'alternatives', values: [4, 8] }, kernelSize: 1 }, '1×1, 4 | 8'],
    ['dense', { units: 10, activation: 'softmax', kernelInitializer: { kind: 'opaque', text: 'tf.initializers.zeros()' } }, '10, softmax'],
    ['maxPooling2d', { poolSize: 2, strides: 2 }, '2×2, /2'],
    ['dropout', { rate: 0.5 }, 'rate 0.5'],
    ['reshape', { targetShape: [7, 7, 64] }, 'to [7, 7, 64]'],
    ['upSampling2d', { size: [2, 2], interpolation: 'bilinear' }, '×2×2, bilinear'],
    ['batchNormalization', { axis: -1 }, ''],
    ['add', {}, ''],
  ];
  for (const [layer, config, text] of cases) {
    it(`of ${layer} read “${text}”`, () => {
      const build = new GraphBuilder();
      const id = build.layer(layer, config, build.input([null, 8, 8, 3]), { output: [null, 8, 8, 3] });
      assert.equal(keyAttributes(build.graph(id).nodes[id]!), text);
    });
  }
});

describe('families of layers', () => {
  it('know every layer of the registry', () => {
    const strange = layers.map(layer => layer.name).filter(name => familyOf(name) === 'other');
    assert.deepEqual(strange, []);
  });

  it('see what a custom layer is like', () => {
    assert.equal(familyOf('MyConv2DBlock'), 'convolution');
    assert.equal(familyOf('GlobalMaxPooling'), 'pooling');
    assert.equal(familyOf('SomethingElse'), 'other');
    assert.deepEqual(familiesOf(['add', 'conv2d', 'Custom', 'inputLayer', 'conv1d']), ['input', 'convolution', 'merge', 'other']);
  });
});

describe('texts in boxes', () => {
  const measure = (text: string): number => [...text].length * 10;

  it('are cut where they do not fit, and never inside a character', () => {
    assert.equal(fitText('conv2d', 60, 'title', measure), 'conv2d');
    assert.equal(fitText('conv2d', 50, 'title', measure), 'conv…');
    assert.equal(fitText('a b c d', 50, 'title', measure), 'a b…');
    assert.equal(fitText('😀😀😀', 20, 'title', measure), '😀…');
    assert.equal(fitText('conv2d', 10, 'title', measure), '');
  });
});

describe('why a block cannot be run', () => {
  const reason = (layer: string, config: Config, input = [1, 8, 8, 3], overrides = {}): string | undefined => {
    const build = new GraphBuilder();
    return whyNotRunnable(build.graph(build.layer(layer, config, build.input(input), overrides)), [1, 2]);
  };

  it('is not said where it can', () => {
    assert.equal(reason('conv2d', { filters: 4, kernelSize: 3 }), undefined);
    assert.equal(reason('dropout', { rate: unknown('it comes from the command line') }), undefined);
  });

  it('names the layer, the attribute and the reason', () => {
    assert.equal(reason('dense', { units: unknown('labels is read from a file') }), 'It cannot be run, because in dense in line 2 units is not known: labels is read from a file.');
    assert.equal(reason('conv2d', { filters: symbol('F'), kernelSize: 3 }), 'It cannot be run, because in conv2d in line 2 filters is F, and F has no number.');
    assert.match(reason('conv2d', { filters: 4, kernelSize: 9 }, [1, 8, 8, 3], { output: [1, 0, 0, 4] }) ?? '', /with these sizes: conv2d in line 2 would give a dim of 0/);
    assert.match(reason('Custom', {}, [1, 8, 8, 3], { output: unknown('Custom is a class of this file') }) ?? '', /what Custom in line 2 gives is not known: Custom is a class of this file/);
  });

  it('also is that there is nothing to run', () => {
    const build = new GraphBuilder();
    assert.equal(whyNotRunnable(build.graph(build.input([1, 8])), [1]), 'There is no layer to run.');
  });
});
