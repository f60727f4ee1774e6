// Multiply-accumulates: counted one by one by running the layer's own definition naively, and against published figures.
import assert from 'node:assert/strict';
import { findLayer } from '../../../src/blocks/layers/registry.ts';
import { productOfDims } from '../../../src/blocks/shapes/dim.ts';
import { infer } from './inferred.ts';
import type { Config, Dims } from './tensorflow.ts';

const macs = (name: string, config: Config, ...inputs: Dims[]): unknown => infer(findLayer(name)!, config, inputs).macs;

describe('multiply-accumulates', () => {
  it("of a convolution are the kernel's values at each place of each filter", () => {
    const [height, width, channels, filters, kernel, stride] = [9, 11, 3, 4, 3, 2];
    let counted = 0;
    for (let y = 0; y + kernel <= height; y += stride) {
      for (let x = 0; x + kernel <= width; x += stride) counted += kernel * kernel * channels * filters;
    }
    const input: Dims = [null, height, width, channels];
    assert.equal(macs('conv2d', { filters, kernelSize: kernel, strides: stride }, input), counted);
    assert.equal(macs('depthwiseConv2d', { kernelSize: kernel, strides: stride }, input), counted / filters);
  });

  it('of published layers are the published ones', () => {
    // The first convolution of ResNet-50 and the first of VGG-16 (He et al. 2015, Simonyan and Zisserman 2015).
    assert.equal(macs('conv2d', { filters: 64, kernelSize: 7, strides: 2, padding: 'same', useBias: false }, [null, 224, 224, 3]), 118_013_952);
    assert.equal(macs('conv2d', { filters: 64, kernelSize: 3, padding: 'same' }, [null, 224, 224, 3]), 86_704_128);
    // The first depthwise and pointwise convolution of MobileNet (Howard et al. 2017), apart and as one layer.
    const depthwise = macs('depthwiseConv2d', { kernelSize: 3, padding: 'same' }, [null, 112, 112, 32]);
    const pointwise = macs('conv2d', { filters: 64, kernelSize: 1 }, [null, 112, 112, 32]);
    assert.deepEqual([depthwise, pointwise], [3_612_672, 25_690_112]);
    assert.equal(macs('separableConv2d', { filters: 64, kernelSize: 3, padding: 'same' }, [null, 112, 112, 32]), 3_612_672 + 25_690_112);
    // The classifier of VGG-16.
    assert.equal(macs('dense', { units: 4096 }, [null, 25088]), 102_760_448);
  });

  it('of a transposed convolution are those of the convolution that it reverses', () => {
    const config = { kernelSize: 3, strides: 2, padding: 'same', useBias: false };
    assert.equal(
      macs('conv2dTranspose', { ...config, filters: 16 }, [null, 14, 14, 32]),
      macs('conv2d', { ...config, filters: 32 }, [null, 28, 28, 16]),
    );
  });

  it('of everything else are none', () => {
    assert.equal(macs('batchNormalization', {}, [null, 56, 56, 64]), 0);
    assert.equal(macs('maxPooling2d', { poolSize: 2 }, [null, 56, 56, 64]), 0);
    assert.equal(macs('activation', { activation: 'relu' }, [null, 56, 56, 64]), 0);
  });

  it('count every position of a dense layer, and pairs of a dot', () => {
    assert.equal(macs('dense', { units: 8 }, [null, 49, 64]), 49 * 64 * 8);
    assert.equal(macs('dot', { axes: [2, 2] }, [null, 10, 64], [null, 12, 64]), 10 * 12 * 64);
  });

  it('are the sum of the products that are shown', () => {
    const { macs: total, macProducts } = infer(findLayer('separableConv2d')!, { filters: 8, kernelSize: 3 }, [[null, 20, 20, 4]]);
    assert.equal(macProducts.map(product => productOfDims(product) as number).reduce((a, b) => a + b), total);
  });

  it('are left open or unknown where a size is', () => {
    assert.equal(macs('conv2d', { filters: 8, kernelSize: 3 }, [null, null, null, 3]), null);
    assert.deepEqual(macs('conv2d', { filters: 8, kernelSize: 5 }, [null, 3, 3, 3]), { kind: 'unknown', reason: '-1 is no size' });
  });
});
