// The conventions on the networks of the library: what they must agree in, and the figures that other tools publish.
import assert from 'node:assert/strict';
import { countingOf, defaultCounting, layerCountings, type Counting } from '../../../src/blocks/counting/counting.ts';
import { countedTotals } from '../../../src/blocks/counting/totals.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { networks, type NetworkName } from '../../../src/blocks/library/networks/networks.ts';
import { publishedNetworks } from '../../../src/blocks/library/networks/published.ts';
import { resnet } from '../../../src/blocks/library/networks/resnet.ts';
import { elementsPerExample } from '../../../src/blocks/shapes/shape.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import type { Block } from '../../../src/blocks/vocabulary/vocabulary.ts';

const nodesOf = (network: Block, size: number) => graphOfBlock(network, { input: [1, size, size, 3] }).graph.nodes;
const count = (network: Block, size: number, counting: Partial<Counting>) => countedTotals(nodesOf(network, size), { ...defaultCounting, ...counting });

describe('conventions of counting', () => {
  for (const { name, input, params, bnBuffers, macs } of publishedNetworks) {
    it(`agree where they must on ${name}`, () => {
      const nodes = nodesOf(networks[name](), input);
      const by = (counting: Partial<Counting>) => countedTotals(nodes, { ...defaultCounting, ...counting });
      assert.deepEqual([by({ parameters: 'pytorch' }).params, by({ parameters: 'pytorch' }).uncountedParams, by({}).params], [params, bnBuffers, params + bnBuffers]);
      assert.equal(by({}).operations, macs);
      assert.equal(by({ operations: 'flops' }).operations, 2 * macs);
      const elements = layerCountings.map(layers => (by({ layers }).operations as number) - macs);
      const [none, ofFvcore, all] = elements as [number, number, number];
      assert.ok(none === 0 && ofFvcore > 0 && all > ofFvcore, String(elements));
      assert.deepEqual(layerCountings.map(layers => by({ layers, operations: 'flops' }).operations), elements.map(more => 2 * macs + more));
    });
  }

  it('count a network with channels first as one with channels last', () => {
    for (const layers of layerCountings) {
      const [last, first] = (['channelsLast', 'channelsFirst'] as const).map(dataFormat =>
        countedTotals(graphOfBlock(networks.EfficientNet_B0(), { input: dataFormat === 'channelsLast' ? [1, 224, 224, 3] : [1, 3, 224, 224], dataFormat }).graph.nodes, countingOf({ layers })).operations);
      assert.equal(first, last);
    }
  });

  it('give the same totals as ever by default', () => {
    const nodes = nodesOf(networks.MobileNet_V2(), 224);
    const { params, trainableParams, nonTrainableParams, macs } = totalsOf(nodes);
    assert.deepEqual(countedTotals(nodes, countingOf({ parameters: 'nonsense', layers: 3 })), { params, trainableParams, nonTrainableParams, uncountedParams: 0, operations: macs });
  });
});

describe('figures of other tools', () => {
  it('are those of fvcore: 2 for each value of a batch normalization, 1 for each that the last pool takes', () => {
    const nodes = nodesOf(resnet({ depth: 50 }), 224);
    const values = (layer: string): number => nodes.filter(node => node.layer === layer).reduce((sum, { output }) => sum + (elementsPerExample(output) as number), 0);
    const { operations } = countedTotals(nodes, { ...defaultCounting, layers: 'fvcore' });
    assert.equal(operations, (totalsOf(nodes).macs as number) + 2 * values('batchNormalization') + 7 * 7 * 2048);
    assert.equal(operations, 4_111_512_576);
  });

  it('are those of Keras and PyTorch', () => {
    const v1 = resnet({ depth: 50, version: 'v1', useBias: true });
    assert.equal(count(v1, 224, {}).params, 25_636_712);
    assert.equal(count(resnet({ depth: 50 }), 224, { parameters: 'pytorch' }).params, 25_557_032);
    // With its biases it has more parameters in PyTorch as well, and the same running statistics fewer.
    assert.deepEqual([count(v1, 224, { parameters: 'pytorch' }).params, count(v1, 224, { parameters: 'pytorch' }).uncountedParams], [25_583_592, 53_120]);
  });

  /**
   * The README of ptflops 0.6, https://github.com/sovrasov/flops-counter.pytorch/blob/015ad15ee44eb62c71da8fbe274aa1357fcb42e3/README.md, has the
   * MACs of torchvision's networks in billions, with two decimals. It counts modules alone, so that a sum written as `+` counts nothing.
   */
  const ptflops: Partial<Record<NetworkName, number>> = {
    VGG11: 7.63, VGG13: 11.34, VGG16: 15.5, VGG19: 19.67, VGG16_BN: 15.53, ResNet18: 1.82, ResNet34: 3.68, ResNet50: 4.12, ResNet101: 7.85, ResNet152: 11.58,
    SqueezeNet1_0: 0.83, SqueezeNet1_1: 0.36, DenseNet121: 2.88, DenseNet169: 3.42, DenseNet201: 4.37, DenseNet161: 7.82,
  };
  for (const [name, published] of Object.entries(ptflops)) {
    it(`are those of ptflops for ${name}, without its sums`, () => {
      const nodes = nodesOf(networks[name as NetworkName](), 224);
      const sums = nodes.filter(({ layer }) => layer === 'add').reduce((sum, { output }) => sum + (elementsPerExample(output) as number), 0);
      const found = (countedTotals(nodes, { ...defaultCounting, layers: 'all' }).operations as number) - sums;
      assert.ok(Math.abs(found / 1e9 - published) < 0.0051, `${(found / 1e9).toFixed(4)}, published ${published}`);
    });
  }
});
