// What single layers compute value by value, counted one by one, and what random calls of every layer must agree in.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { countingOf, layerCountings, type Counting } from '../../../src/blocks/counting/counting.ts';
import { countedOperations } from '../../../src/blocks/counting/operations.ts';
import { buffersOf, countedParams, countedWeights } from '../../../src/blocks/counting/parameters.ts';
import type { AttributeValue } from '../../../src/blocks/layers/attribute.ts';
import { schemaOf } from '../../../src/blocks/layers/every-layer.ts';
import { inferLayer, sizeOf } from '../../../src/blocks/layers/infer.ts';
import { findLayer, findLayerOfBlocks, layerNames, namesOfLayersOfBlocks } from '../../../src/blocks/layers/registry.ts';
import { isUnknown, productOfDims, unknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';
import { attributesOf } from '../layers/inferred.ts';
import { randomCall } from '../layers/random-calls.ts';
import { seed } from '../layers/random-seed.ts';

type Config = Readonly<Record<string, AttributeValue>>;

function applied(layer: string, config: Config, inputs: readonly Shape[], vocabulary?: 'blocks') {
  const definition = (vocabulary ? findLayerOfBlocks : findLayer)(layer)!;
  return { layer, attributes: config, ...(vocabulary ? { vocabulary } : {}), ...inferLayer(definition, attributesOf(config), inputs) };
}

const counted = (layer: string, config: Config, inputs: readonly Shape[], counting: Partial<Counting> = { layers: 'all' }, vocabulary?: 'blocks'): Dim =>
  countedOperations(applied(layer, config, inputs, vocabulary), inputs, countingOf(counting)).count;

describe('element operations', () => {
  it('are stated by every layer, and depend on attributes that it has', () => {
    for (const definition of [...layerNames.map(name => findLayer(name)!), ...namesOfLayersOfBlocks.map(name => findLayerOfBlocks(name)!)]) {
      const { formula, decidedBy = [], count } = definition.elementOperations;
      assert.match(formula, /^[^A-Z]\S*.*[^.]$/, definition.name);
      assert.equal(formula.startsWith('none:'), count === undefined, definition.name);
      assert.deepEqual(decidedBy.filter(name => !(name in schemaOf(definition))), [], definition.name);
    }
  });

  const image: Shape = [null, 8, 6, 4];
  const cases: Readonly<Record<string, readonly [layer: string, config: Config, inputs: readonly Shape[], all: number, fvcore: number]>> = {
    'a convolution without a bias': ['conv2d', { filters: 3, kernelSize: 1, useBias: false }, [image], 8 * 6 * 4 * 3, 8 * 6 * 4 * 3],
    'a convolution with a bias and an activation': ['conv2d', { filters: 3, kernelSize: 1, activation: 'relu' }, [image], 8 * 6 * (12 + 6), 8 * 6 * 12],
    'a convolution with an activation that does nothing': ['conv2d', { filters: 3, kernelSize: 1, activation: 'linear' }, [image], 8 * 6 * (12 + 3), 8 * 6 * 12],
    'a dense layer at each position': ['dense', { units: 5 }, [[null, 7, 4]], 7 * (20 + 5), 7 * 20],
    'a batch normalization': ['batchNormalization', {}, [image], 2 * 192, 2 * 192],
    'a batch normalization that learns nothing': ['batchNormalization', { scale: false, center: false }, [image], 192, 192],
    'a layer normalization': ['layerNormalization', {}, [image], 5 * 192, 5 * 192],
    'an activation': ['activation', { activation: 'tanh' }, [image], 192, 0],
    'a pool': ['maxPooling2d', { poolSize: 2 }, [image], 192, 0],
    'the mean of an image': ['globalAveragePooling2d', {}, [image], 192, 192],
    'the mean of a sequence, which fvcore does not know': ['globalAveragePooling1d', {}, [[null, 7, 4]], 28, 0],
    'three tensors that are added': ['add', {}, [image, image, image], 2 * 192, 0],
    'a sum that broadcasts': ['multiply', {}, [image, [null, 1, 1, 4]], 192, 0],
    'the mean of two tensors': ['average', {}, [image, image], 2 * 192, 0],
    'tensors side by side': ['concatenate', {}, [image, image], 0, 0],
    'an image that is enlarged': ['upSampling2d', { interpolation: 'bilinear' }, [image], 4 * 4 * 192, 4 * 4 * 192],
    'an image that is cropped': ['centerCrop', { height: 5, width: 5 }, [image], 0, 0],
    'an image that is too small to be cropped': ['centerCrop', { height: 16, width: 16 }, [image], 4 * 16 * 16 * 4, 4 * 16 * 16 * 4],
    'dropout': ['dropout', { rate: 0.5 }, [image], 0, 0],
    // Four gates of three units: sums, biases, five activations and four joins of three values each, in each of seven steps.
    'an LSTM': ['lstm', { units: 3 }, [[null, 7, 4]], 7 * (4 * 12 + 3 * 12 + 3 * (4 + 4 + 5 + 4)), 7 * (4 * 12 + 3 * 12)],
    'a recurrent layer without an activation': ['simpleRNN', { units: 3, activation: 'linear', useBias: false }, [[null, 7, 4]], 7 * (12 + 9 + 3), 7 * 21],
    'a layer in each step': ['timeDistributed', { layer: { kind: 'layer', layer: 'batchNormalization', attributes: {} } }, [[null, 5, 3]], 2 * 15, 2 * 15],
    'both directions and their mean': ['bidirectional', { layer: { kind: 'layer', layer: 'simpleRNN', attributes: { units: 3 } }, mergeMode: 'ave' }, [[null, 7, 4]], 2 * 7 * (21 + 9) + 2 * 3, 2 * 7 * 21],
    'cells on top of each other': ['rnn', { cell: [{ kind: 'layer', layer: 'simpleRNNCell', attributes: { units: 3 } }, { kind: 'layer', layer: 'simpleRNNCell', attributes: { units: 2 } }] }, [[null, 7, 4]], 7 * (21 + 9 + 10 + 6), 7 * 31],
  };
  for (const [name, [layer, config, inputs, all, fvcore]] of Object.entries(cases)) {
    it(`of ${name}`, () => {
      assert.equal(counted(layer, config, inputs), all);
      assert.equal(counted(layer, config, inputs, { layers: 'fvcore' }), fvcore);
    });
  }

  it('of a model in a wrapper are those of its layers', () => {
    const model: AttributeValue = {
      kind: 'model', inputs: [[null, 4]], outputs: [2],
      layers: [{ layer: { kind: 'layer', layer: 'dense', attributes: { units: 3 } }, weights: [] }, { layer: { kind: 'layer', layer: 'reLU', attributes: {} }, weights: [] }],
      applications: [{ layer: 0, inputs: [0], outputs: 1 }, { layer: 1, inputs: [1], outputs: 1 }],
    };
    assert.equal(counted('timeDistributed', { layer: model }, [[null, 5, 4]]), 5 * (12 + 3 + 3));
  });

  it('of blocks are theirs, not those of the layer of the same name', () => {
    assert.equal(counted('conv2d', { filters: 4, kernelSize: 1, groups: 4, activation: 'hardSwish' }, [[1, 8, 6, 4]], { layers: 'all' }, 'blocks'), 8 * 6 * (4 + 4 + 4));
  });

  it('are not known where an activation is not, and are open where a size is', () => {
    const relu = { kind: 'alternatives', values: ['relu', 'linear'] } as const;
    for (const activation of [unknown('it is read from a file'), relu]) assert.ok(isUnknown(counted('dense', { units: 5, activation }, [[null, 4]])), String(activation));
    assert.equal(counted('dense', { units: 5, activation: { kind: 'alternatives', values: ['relu', 'tanh'] } }, [[null, 4]]), 30);
    assert.equal(counted('reLU', {}, [[null, null, null, 3]]), null);
    assert.ok(isUnknown(counted('reLU', {}, [unknown('nobody knows')])));
    assert.equal(counted('flatten', {}, [unknown('nobody knows')]), 0);
  });
});

describe('parameters of a layer', () => {
  const by = (layer: string, config: Config, input: Shape) => {
    const inference = applied(layer, config, [input]);
    return [inference.params, countedParams(inference, { parameters: 'pytorch' }), inference.trainableParams];
  };

  it('are for PyTorch without running statistics', () => assert.deepEqual(by('batchNormalization', {}, [null, 8, 8, 32]), [128, 64, 64]));

  it('are for PyTorch with what is frozen', () => {
    assert.deepEqual(by('batchNormalization', { trainable: false }, [null, 8, 8, 32]), [128, 64, 0]);
    assert.deepEqual(by('dense', { units: 2, trainable: false }, [null, 3]), [8, 8, 0]);
  });

  it('are those of the layer within', () => {
    const layer: AttributeValue = { kind: 'layer', layer: 'batchNormalization', attributes: { trainable: false } };
    assert.deepEqual(by('timeDistributed', { layer }, [null, 5, 3]), [12, 6, 0]);
  });
});

describe('random calls', () => {
  for (const name of layerNames) {
    it(`of ${name} agree by all conventions`, () => fc.assert(fc.property(randomCall(findLayer(name)!), ({ config, inputs }) => {
      const node = applied(name, config as Config, inputs);
      const operations = (counting: Partial<Counting>) => countedOperations(node, inputs, countingOf(counting));
      const of = (counting: Partial<Counting>): Dim => operations(counting).count;
      assert.equal(of({}), node.macs);
      for (const layers of layerCountings) {
        const [once, twice] = [of({ layers }), of({ layers, operations: 'flops' })];
        if (typeof once === 'number' && typeof node.macs === 'number') {
          assert.ok(once >= node.macs);
          assert.equal(twice, once + node.macs);
          const { products } = operations({ layers });
          if (products.length > 0) assert.equal(products.reduce((sum, product) => sum + (productOfDims(product) as number), 0), once);
        }
      }
      const [some, all] = [of({ layers: 'fvcore' }), of({ layers: 'all' })];
      if (typeof some === 'number' && typeof all === 'number') assert.ok(some <= all);
      const [keras, pytorch, buffers] = [countedParams(node, { parameters: 'keras' }), countedParams(node, { parameters: 'pytorch' }), buffersOf(node)];
      if (typeof keras === 'number' && typeof pytorch === 'number') {
        assert.equal(pytorch + (buffers as number), keras);
        assert.equal(pytorch, sizeOf(countedWeights(node, { parameters: 'pytorch' })));
        if (typeof node.trainableParams === 'number') assert.ok(node.trainableParams <= pytorch);
      }
    }), { seed, numRuns: 60 }));
  }
});
