// One layer applied twice, as Blockscope and as TensorFlow.js see it.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { inferLayer } from '../../../src/blocks/layers/infer.ts';
import { findLayer } from '../../../src/blocks/layers/registry.ts';
import { checkReuse } from '../../../src/blocks/layers/reuse.ts';
import { symbol, unknown } from '../../../src/blocks/shapes/dim.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';
import { attributesOf } from './inferred.ts';
import type { Config, Dims } from './tensorflow.ts';

const applyTwice = (name: string, config: Config, first: Shape, second: Shape): string[] => {
  const definition = findLayer(name)!;
  const [built, again] = [first, second].map(shape => inferLayer(definition, attributesOf(config), [shape]));
  return checkReuse(definition, built!.weights, again!).map(problem => problem.message);
};

function refusesInTensorFlow(name: string, config: Config, first: Dims, second: Dims): boolean {
  const layer = (tf.layers as unknown as Record<string, (config: Config) => tf.layers.Layer>)[name]!(config);
  layer.apply(tf.input({ batchShape: [...first] }));
  try {
    layer.apply(tf.input({ batchShape: [...second] }));
    return false;
  } catch {
    return true;
  } finally {
    tf.disposeVariables();
  }
}

describe('a layer that is applied again', () => {
  const cases: readonly (readonly [string, Config, Dims, Dims])[] = [
    ['conv2d', { filters: 8, kernelSize: 3 }, [null, 32, 32, 3], [null, 16, 16, 3]],
    ['conv2d', { filters: 8, kernelSize: 3 }, [null, 32, 32, 3], [null, 32, 32, 5]],
    ['separableConv2d', { filters: 8, kernelSize: 3 }, [null, 32, 32, 3], [null, 32, 32, 5]],
    ['conv2dTranspose', { filters: 8, kernelSize: 3 }, [null, 8, 8, 3], [null, 8, 8, 5]],
    ['dense', { units: 4 }, [null, 10], [null, 10]],
    ['dense', { units: 4 }, [null, 10], [null, 12]],
    ['batchNormalization', {}, [null, 7, 7, 64], [null, 14, 14, 64]],
    ['batchNormalization', {}, [null, 7, 7, 64], [null, 7, 7, 32]],
    ['embedding', { inputDim: 10, outputDim: 4 }, [null, 5], [null, 9]],
    ['flatten', {}, [null, 4, 4], [null, 5, 5]],
  ];

  for (const [name, config, first, second] of cases) {
    it(`${name}: ${JSON.stringify(first)}, then ${JSON.stringify(second)}`, () => {
      assert.equal(applyTwice(name, config, first, second).length > 0, refusesInTensorFlow(name, config, first, second));
    });
  }

  it('is told which weight does not fit', () => {
    assert.deepEqual(applyTwice('conv2d', { filters: 8, kernelSize: 3 }, [null, 32, 32, 3], [null, 32, 32, 5]), [
      'conv2d is applied again to an input that it does not fit: its kernel has shape [3, 3, 3, 8], but this input needs [3, 3, 5, 8].',
    ]);
  });

  it('is believed where a dim has a name or is not known', () => {
    assert.deepEqual(applyTwice('dense', { units: 4 }, [null, symbol('C')], [null, 12]), []);
    assert.deepEqual(applyTwice('dense', { units: 4 }, [null, 12], [null, unknown('x')]), []);
    assert.deepEqual(applyTwice('dense', { units: 4 }, unknown('x'), [null, 12]), []);
  });
});
