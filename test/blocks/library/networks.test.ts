// The published networks: what is inferred of each is what is published, to the digit, wherever the channels stand.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { activationElementsOf } from '../../../src/blocks/graph/activation-elements.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { convnext } from '../../../src/blocks/library/networks/convnext.ts';
import { densenet } from '../../../src/blocks/library/networks/densenet.ts';
import { efficientnet } from '../../../src/blocks/library/networks/efficientnet.ts';
import { efficientnetV2 } from '../../../src/blocks/library/networks/efficientnetV2.ts';
import { mnasnet } from '../../../src/blocks/library/networks/mnasnet.ts';
import { mobilenetV1 } from '../../../src/blocks/library/networks/mobilenetV1.ts';
import { mobilenetV2 } from '../../../src/blocks/library/networks/mobilenetV2.ts';
import { mobilenetV3 } from '../../../src/blocks/library/networks/mobilenetV3.ts';
import { networks } from '../../../src/blocks/library/networks/networks.ts';
import { everyPublishedNetwork, partlyPublishedNetworks, publishedNetworks } from '../../../src/blocks/library/networks/published.ts';
import { regnet } from '../../../src/blocks/library/networks/regnet.ts';
import { resnet, resnext, wideResnet } from '../../../src/blocks/library/networks/resnet.ts';
import { shufflenetV2 } from '../../../src/blocks/library/networks/shufflenetV2.ts';
import { squeezenet } from '../../../src/blocks/library/networks/squeezenet.ts';
import { vgg } from '../../../src/blocks/library/networks/vgg.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import type { Block, NamedBlock } from '../../../src/blocks/vocabulary/vocabulary.ts';

interface ReferenceNetwork {
  readonly input: number;
  readonly params: number;
  readonly bn_buffers: number;
  readonly macs: number;
  readonly activations: number;
  readonly torchvision_num_params?: number;
  readonly torchvision_gmacs?: number;
}

const reference = path.resolve(import.meta.dirname, '../../../../shared/reference/networks.json');

const totals = (network: Block, size: number) => totalsOf(graphOfBlock(network, { input: [1, size, size, 3] }).graph.nodes);

const elements = (shape: Shape): number => (shape as readonly number[]).slice(1).reduce((product, dim) => product * dim, 1);

describe('published networks', () => {
  it('are all there, each once', () => {
    assert.equal(publishedNetworks.length, 46);
    assert.deepEqual(everyPublishedNetwork.map(({ name }) => name), Object.keys(networks));
  });

  for (const { name, input: size, params, bnBuffers, macs, activations } of publishedNetworks) {
    for (const dataFormat of ['channelsLast', 'channelsFirst'] as const) {
      it(`${name}, ${dataFormat}`, () => {
        const input = dataFormat === 'channelsLast' ? [1, size, size, 3] : [1, 3, size, size];
        const { graph, output, problems } = graphOfBlock(networks[name](), { input, dataFormat });
        const { trainableParams, nonTrainableParams, macs: found } = totalsOf(graph.nodes);
        assert.deepEqual(
          { params: trainableParams, bnBuffers: nonTrainableParams, macs: found, activations: activationElementsOf(graph.nodes) },
          { params, bnBuffers, macs, activations },
        );
        assert.deepEqual([output, problems], [[1, 1000], []]);
      });
    }
  }

  for (const { name, input: size, params, gmacs } of partlyPublishedNetworks) {
    for (const dataFormat of ['channelsLast', 'channelsFirst'] as const) {
      it(`${name}, ${dataFormat}, as far as it is published`, () => {
        const { graph, output, problems } = graphOfBlock(networks[name](), { input: dataFormat === 'channelsLast' ? [1, size, size, 3] : [1, 3, size, size], dataFormat });
        const { trainableParams, macs } = totalsOf(graph.nodes);
        assert.deepEqual([trainableParams, Number(((macs as number) / 1e9).toFixed(3)), output, problems], [params, gmacs, [1, 1000], []]);
      });
    }
  }

  it('have the same parameters on images of any size, as many as there may be', () => {
    for (const { name, params } of everyPublishedNetwork) {
      const { graph, output, problems } = graphOfBlock(networks[name](), { input: [null, null, null, 3] });
      assert.deepEqual([name, totalsOf(graph.nodes).trainableParams, output, problems], [name, params, [null, 1000], []]);
    }
  });

  it('have the MACs of torchvision, to its three decimals', () => {
    const printed = publishedNetworks.filter(({ gmacs }) => gmacs !== undefined);
    assert.equal(printed.length, 44);
    for (const { name, macs, gmacs } of printed) assert.equal(Number((macs / 1e9).toFixed(3)), gmacs, name);
  });

  it('are the figures of the reference', function () {
    if (!existsSync(reference)) {
      console.log('      skipped: ../shared/reference/networks.json is not there');
      this.skip();
    }
    const { networks: expected } = JSON.parse(readFileSync(reference, 'utf8')) as { networks: Readonly<Record<string, ReferenceNetwork>> };
    const written = publishedNetworks.map(({ name, input, params, bnBuffers, macs, activations, gmacs }): [string, ReferenceNetwork] => [name, {
      input, params, bn_buffers: bnBuffers, macs, activations, ...(gmacs === undefined ? {} : { torchvision_num_params: params, torchvision_gmacs: gmacs }),
    }]);
    assert.deepEqual(Object.fromEntries(written), expected);
  });
});

describe('RegNet', () => {
  it('has the widths and depths of the figures 15 and 16 of its paper', () => {
    const stagesOf = (network: Block): readonly (readonly unknown[])[] =>
      (network as NamedBlock).layers.flatMap(block => ('block' in block && block.block === 'stage' ? [[(block as NamedBlock).parameters['outFeatures'], (block as NamedBlock).parameters['depth']]] : []));
    // Its second width is rounded from half way between two: 176, and then to groups of 24.
    assert.deepEqual(stagesOf(regnet({ variant: 'x', size: '1.6gf' })), [[72, 2], [168, 4], [408, 10], [912, 2]]);
    assert.deepEqual(stagesOf(regnet({ variant: 'y', size: '400mf' })), [[48, 1], [104, 3], [208, 6], [440, 6]]);
    assert.deepEqual(stagesOf(regnet({ variant: 'x', size: '32gf' })), [[336, 2], [672, 7], [1344, 13], [2520, 1]]);
    assert.deepEqual(stagesOf(regnet({ variant: 'y', size: '32gf' })), [[232, 2], [696, 5], [1392, 12], [3712, 1]]);
    // Half a group rounded down would be 384 in the place of 400: the published parameters are those with 400.
    assert.deepEqual(stagesOf(regnet({ variant: 'x', size: '400mf' })), [[32, 1], [64, 2], [160, 7], [400, 12]]);
  });

  // The weights for larger images that torchvision has (IMAGENET1K_SWAG_E2E_V1).
  for (const [size, gmacs] of [['16gf', 46.735], ['32gf', 94.826], ['128gf', 374.57]] as const) {
    it(`Y of ${size} does on images of 384×384 what is published`, () => {
      assert.equal(Number(((totals(regnet({ variant: 'y', size }), 384).macs as number) / 1e9).toFixed(3)), gmacs);
    });
  }
});

describe('networks with other parameters', () => {
  const made: Readonly<Record<string, Block>> = {
    resnet: resnet({ depth: 18, classes: 10 }), resnext: resnext({ depth: 50, groups: 32, widthPerGroup: 4, classes: 10 }), wideResnet: wideResnet({ depth: 50, classes: 10 }),
    mobilenetV1: mobilenetV1({ classes: 10 }), mobilenetV2: mobilenetV2({ classes: 10 }), mobilenetV3: mobilenetV3({ size: 'small', classes: 10 }),
    efficientnet: efficientnet({ variant: 'b0', classes: 10 }), efficientnetV2: efficientnetV2({ variant: 's', classes: 10 }), vgg: vgg({ depth: 11, classes: 10 }),
    squeezenet: squeezenet({ classes: 10 }), densenet: densenet({ depth: 121, classes: 10 }), mnasnet: mnasnet({ classes: 10 }),
    regnet: regnet({ variant: 'y', size: '400mf', classes: 10 }), shufflenetV2: shufflenetV2({ width: 1, classes: 10 }), convnext: convnext({ size: 'tiny', classes: 10 }),
  };
  for (const [name, network] of Object.entries(made)) {
    it(`${name} of ten classes`, () => {
      const { output, problems } = graphOfBlock(network, { input: [8, 224, 224, 3] });
      assert.deepEqual([output, problems], [[8, 10], []]);
    });
  }

  it('have stochastic depth that grows from the first block to the last', () => {
    const ratesOf = (network: Block): readonly number[] => graphOfBlock(network, { input: [1, 224, 224, 3] }).graph.nodes
      .filter(({ layer }) => layer === 'stochasticDepth').map(({ attributes }) => attributes['rate'] as number);
    const rates = ratesOf(convnext({ size: 'tiny' }));
    // The first of 18 blocks has none.
    assert.equal(rates.length, 17);
    assert.ok(rates.every((rate, i) => Math.abs(rate - 0.1 * (i + 1) / 17) < 1e-12));
    assert.ok(ratesOf(efficientnet({ variant: 'b0' })).every((rate, i, all) => i === 0 || rate > all[i - 1]!));
    assert.deepEqual(ratesOf(convnext({ size: 'tiny', stochasticDepthRate: 0 })), []);
  });

  for (const network of [efficientnet({ variant: 'b0' }), efficientnetV2({ variant: 's' }), convnext({ size: 'tiny' })]) {
    it(`${network.block} drops only what is added to something that stays`, () => {
      const { nodes } = graphOfBlock(network, { input: [1, 224, 224, 3] }).graph;
      const dropped = nodes.filter(({ layer }) => layer === 'stochasticDepth').map(({ id }) => id);
      assert.ok(dropped.length > 0);
      for (const id of dropped) assert.deepEqual(nodes.filter(({ inputs }) => inputs.includes(id)).map(({ layer }) => layer), ['add']);
    });
  }
});

describe('ResNet-50 in its versions', () => {
  it('has the same parameters with the stride at the first convolution, and does less', () => {
    const [v1, later] = [totals(resnet({ depth: 50, version: 'v1' }), 224), totals(resnet({ depth: 50 }), 224)];
    assert.deepEqual([v1.trainableParams, later.trainableParams], [25_557_032, 25_557_032]);
    assert.deepEqual([v1.macs, later.macs], [3_857_973_248, 4_089_184_256]);
  });

  it('has as many more parameters with biases as convolutions have filters, which is what Keras counts', () => {
    const { params, trainableParams, nonTrainableParams } = totals(resnet({ depth: 50, version: 'v1', useBias: true }), 224);
    assert.deepEqual([params, trainableParams, nonTrainableParams], [25_636_712, 25_583_592, 53_120]);
    assert.deepEqual(([101, 152] as const).map(depth => totals(resnet({ depth, version: 'v1', useBias: true }), 224).params), [44_707_176, 60_419_944]);
  });

  it('has the figures of docs/counting.md', () => {
    const counted = (size: number) => {
      const { nodes } = graphOfBlock(resnet({ depth: 50 }), { input: [1, size, size, 3] }).graph;
      const values = (layer: string, of: 'output' | 'input'): number => nodes.filter(node => node.layer === layer)
        .reduce((sum, node) => sum + elements(of === 'output' ? node.output : nodes[node.inputs[0]!]!.output), 0);
      return { nodes, macs: totalsOf(nodes).macs as number, values };
    };
    const { nodes, macs, values } = counted(224);
    assert.equal(nodes.filter(({ layer }) => layer === 'conv2d').length, 53);
    assert.equal(values('batchNormalization', 'output'), 11_113_984);
    assert.equal(values('globalAveragePooling2d', 'input'), 100_352);
    assert.deepEqual([2, 5].map(each => macs + each * 11_113_984 + 100_352), [4_111_512_576, 4_144_854_528]);
    const small = counted(176);
    assert.deepEqual([small.macs, activationElementsOf(small.nodes)], [2_608_132_096, 6_924_008]);
    const first = graphOfBlock(resnet({ depth: 50, version: 'v1' }), { input: [1, 224, 224, 3] }).graph.nodes;
    assert.equal(activationElementsOf(first), 10_588_136);
  });
});
