// Receptive fields that are known: those of published networks, and of layers one by one.
import assert from 'node:assert/strict';
import { receptiveFieldText } from '../../../src/blocks/features/receptive-field-text.ts';
import { receptiveFieldsOf } from '../../../src/blocks/graph/receptive-field.ts';
import type { BlockGraph, GraphNode } from '../../../src/blocks/graph/block-graph.ts';
import { densenet } from '../../../src/blocks/library/networks/densenet.ts';
import { efficientnet } from '../../../src/blocks/library/networks/efficientnet.ts';
import { mobilenetV1 } from '../../../src/blocks/library/networks/mobilenetV1.ts';
import { resnet } from '../../../src/blocks/library/networks/resnet.ts';
import { vgg } from '../../../src/blocks/library/networks/vgg.ts';
import { symbol, unknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { graphOfBlock } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import { conv2d, type Block } from '../../../src/blocks/vocabulary/vocabulary.ts';
import { GraphBuilder, type Config } from './build-graph.ts';

/** Of the last node that is told apart, or of the last of all. */
function said(graph: BlockGraph, last: (node: GraphNode) => boolean = () => true): string | undefined {
  const { id } = graph.nodes.filter(last).at(-1)!;
  return receptiveFieldText(receptiveFieldsOf(graph)[id], graph.inputs);
}

/** What the last of layers in a row sees. */
function inARow(input: readonly Dim[], ...uses: readonly (readonly [layer: string, config: Config])[]): string | undefined {
  const build = new GraphBuilder();
  return said(build.graph(uses.reduce((x, [layer, config]) => build.layer(layer, config, x), build.input(input))));
}

const image: readonly Dim[] = [null, 64, 64, 3];
const sequence: readonly Dim[] = [null, 100, 8];
const conv = (kernelSize: number | readonly number[], more: Config = {}) => ['conv2d', { filters: 4, kernelSize, ...more }] as const;

describe('the receptive field of a network', () => {
  const beforePool = ({ layer }: GraphNode): boolean => /^(conv2d|add|concatenate|maxPooling2d)$/.test(layer);
  // Araujo, Norris, Sim (2019) have VGG-16, ResNet-50, -101 and -152 with their strides on the first convolution of a block, and MobileNet.
  const networks: Readonly<Record<string, readonly [block: Block, size: number]>> = {
    'VGG-16': [vgg({ depth: 16 }), 212],
    'ResNet-50': [resnet({ depth: 50, version: 'v1' }), 483],
    'ResNet-101': [resnet({ depth: 101, version: 'v1' }), 1027],
    'ResNet-152': [resnet({ depth: 152, version: 'v1' }), 1507],
    MobileNet: [mobilenetV1({}), 315],
    // Strides on the 3×3 convolutions, as torchvision has them: 11 behind the stem, then 3 · 8 + 8 + 3 · 16 + 16 + 5 · 32 + 32 + 2 · 64 more.
    'ResNet-50 with its strides on the second convolution': [resnet({ depth: 50 }), 427],
    'ResNet-18': [resnet({ depth: 18 }), 435],
  };
  for (const [name, [block, size]] of Object.entries(networks)) {
    for (const dataFormat of ['channelsLast', 'channelsFirst'] as const) {
      it(`${name}, ${dataFormat}: ${size}`, () => {
        const input = dataFormat === 'channelsLast' ? [1, 224, 224, 3] : [1, 3, 224, 224];
        const { graph } = graphOfBlock(block, { input, dataFormat });
        assert.equal(said(graph, beforePool), `sees ${size}×${size} of the input, one step is 32×32`);
        assert.equal(said(graph), 'sees all of the input');
      });
    }
  }

  it('does not depend on the size of the image', () => {
    for (const size of [224, 225, 230, 231]) {
      assert.equal(said(graphOfBlock(resnet({ depth: 50, version: 'v1' }), { input: [1, size, size, 3] }).graph, beforePool), 'sees 483×483 of the input, one step is 32×32');
    }
    const named = graphOfBlock(densenet({ depth: 121 }), { input: [1, symbol('H'), symbol('W'), 3] }).graph;
    const numbered = graphOfBlock(densenet({ depth: 121 }), { input: [1, 224, 224, 3] }).graph;
    assert.equal(said(named, beforePool), said(numbered, beforePool));
  });

  it('is everything from the first squeeze-and-excitation on', () => {
    const { graph } = graphOfBlock(efficientnet({ variant: 'b0' }), { input: [1, 224, 224, 3] });
    assert.equal(said(graph, beforePool), 'sees all of the input');
  });
});

describe('the receptive field of layers', () => {
  const cases: Readonly<Record<string, readonly [said: string | undefined, expected: string | undefined]>> = {
    'a convolution': [inARow(image, conv([3, 5], { strides: [1, 2] })), 'sees 3×5 of the input, one step is 1×2'],
    'two of them': [inARow(image, conv(3, { strides: 2 }), conv(3)), 'sees 7×7 of the input, one step is 2×2'],
    'a dilated one': [inARow(image, conv(3, { dilationRate: 4 })), 'sees 9×9 of the input, one step is 1×1'],
    'a depthwise one, whose dilation TensorFlow.js ignores': [inARow(image, ['depthwiseConv2d', { kernelSize: 3, dilationRate: 4 }]), 'sees 3×3 of the input, one step is 1×1'],
    'a sequence': [inARow(sequence, ['conv1d', { filters: 2, kernelSize: 5, strides: 2 }], ['maxPooling1d', { poolSize: 3 }]), 'sees 9 positions of the input, one step is 6'],
    'a volume': [inARow([null, 20, 20, 20, 1], ['conv3d', { filters: 2, kernelSize: [1, 3, 3] }], ['averagePooling3d', {}]), 'sees 2×4×4 of the input, one step is 2×2×2'],
    'an activation': [inARow(image, ['reLU', {}]), 'sees 1×1 of the input, one step is 1×1'],
    'a dense layer at each position': [inARow(image, conv(3), ['dense', { units: 5 }]), 'sees 3×3 of the input, one step is 1×1'],
    'a dense layer along the width, where the channels stand first': [inARow([null, 3, 64, 64], conv(3, { dataFormat: 'channelsFirst' }), ['dense', { units: 5 }]), 'sees 3×all of the input, one step is 1×–'],
    'softmax along the width, where the channels stand first': [inARow([null, 3, 64, 64], conv(3, { dataFormat: 'channelsFirst', activation: 'softmax' })), 'sees 3×all of the input, one step is 1×–'],
    'an activation that is not known, where the channels stand first': [inARow([null, 3, 64, 64], conv(3, { dataFormat: 'channelsFirst', activation: unknown('who knows') })), 'what it sees of the input is not known: activation of conv2d is not known'],
    'an activation that is not known, where they stand last': [inARow(image, conv(3, { activation: unknown('who knows') })), 'sees 3×3 of the input, one step is 1×1'],
    'margins': [inARow(image, ['zeroPadding2d', { padding: 3 }], conv(7, { strides: 2 }), ['cropping2D', { cropping: 1 }]), 'sees 7×7 of the input, one step is 2×2'],
    'an image that is enlarged': [inARow(image, ['upSampling2d', { size: [2, 2] }]), 'sees 1×1 of the input, one step is 1/2×1/2'],
    'a window over one, which sees two or three': [inARow(image, ['upSampling2d', { size: [2, 2] }], conv(4)), 'sees up to 3×3 of the input, one step is 1/2×1/2'],
    'an image that is interpolated': [inARow(image, ['upSampling2d', { size: [2, 1], interpolation: 'bilinear' }]), 'sees up to 2×1 of the input, one step is 1/2×1'],
    'a transposed convolution': [inARow(image, ['conv2dTranspose', { filters: 2, kernelSize: 4, strides: 2, padding: 'same' }]), 'sees 2×2 of the input, one step is 1/2×1/2'],
    'one with positions between its windows': [inARow(image, ['conv2dTranspose', { filters: 2, kernelSize: 1, strides: 2 }]), 'what it sees of the input is not known: between its windows there are positions that see nothing'],
    'an image laid out in a row': [inARow(image, conv(3), ['flatten', {}]), 'sees 3×3 of the input'],
    'a dense layer behind it': [inARow(image, conv(3), ['flatten', {}], ['dense', { units: 2 }]), 'sees all of the input'],
    'rows of an image as a sequence': [inARow(image, conv(3, { padding: 'same' }), ['reshape', { targetShape: [64, 256] }], ['lstm', { units: 3 }]), 'sees all of the input'],
    'patches as a sequence': [inARow(image, conv(16, { strides: 16 }), ['reshape', { targetShape: [16, 4] }], ['layerNormalization', {}]), 'sees 16×16 of the input'],
    'an image that is turned': [inARow(image, conv([3, 5]), ['permute', { dims: [2, 1, 3] }], conv([1, 2])), 'sees 4×5 of the input, one step is 1×1'],
    'one value of an image that is left': [inARow([null, 7, 7, 3], conv(7), ['flatten', {}], ['dense', { units: 2 }]), 'sees 7×7 of the input'],
    'a global pool': [inARow(image, ['globalMaxPooling2d', {}]), 'sees all of the input'],
    'words': [inARow([null, 20], ['embedding', { inputDim: 10, outputDim: 4 }], ['conv1d', { filters: 2, kernelSize: 3 }]), 'sees 3 positions of the input, one step is 1'],
    'a vector, which has no positions': [inARow([null, 20], ['dense', { units: 4 }]), undefined],
    'an LSTM': [inARow(sequence, ['lstm', { units: 3 }]), 'sees all of the input'],
    'an LSTM that gives each of its steps': [inARow(sequence, ['lstm', { units: 3, returnSequences: true }]), 'what it sees of the input is not known: each step sees all steps before it, which are more and more'],
    'one that reads from both ends': [inARow(sequence, ['bidirectional', { layer: { kind: 'layer', layer: 'lstm', attributes: { units: 3, returnSequences: true } } }]), 'sees all of the input'],
    'a convolution at each step': [inARow([null, 5, 9, 9, 3], ['timeDistributed', { layer: { kind: 'layer', layer: 'conv2d', attributes: { filters: 2, kernelSize: 3 } } }]), 'sees 1×3×3 of the input, one step is 1×1×1'],
    'a kernel with a name for its size': [inARow(image, conv(3, { strides: 2 }), ['conv2d', { filters: 2, kernelSize: symbol('k'), padding: 'same' }]), 'sees (2·k+1)×(2·k+1) of the input, one step is 2×2'],
    'a stride with a name': [inARow(image, ['conv2d', { filters: 2, kernelSize: 3, strides: symbol('s') }], conv(3)), 'sees (2·s+3)×(2·s+3) of the input, one step is s×s'],
    'a kernel that is not known': [inARow(image, ['conv2d', { filters: 2, kernelSize: unknown('it is read from a file') }]), 'what it sees of the input is not known: it is read from a file'],
    'padding that is not known, on which the size does not depend': [inARow([null, 65, 65, 3], conv(3, { padding: unknown('who knows'), strides: 2 }), conv(3)), 'sees 7×7 of the input, one step is 2×2'],
    'an interpolation that is not known': [inARow(image, ['upSampling2d', { interpolation: unknown('it is read from a file') }]), 'what it sees of the input is not known: interpolation of upSampling2d is not known'],
    'a layer that is not known': [inARow(image, conv(3), ['somebodysLayer', {}]), 'what it sees of the input is not known: what somebodysLayer sees is not known to Blockscope'],
  };
  for (const [what, [text, expected]] of Object.entries(cases)) it(what, () => assert.equal(text, expected));

  it('is what branches see together', () => {
    const build = new GraphBuilder();
    const x = build.input(image);
    const layer = (kernelSize: number, from: number): number => build.layer('conv2d', { filters: 3, kernelSize, padding: 'same' }, from);
    const [two, three] = [layer(2, layer(2, x)), layer(3, x)];
    // One sees 0 … 2 and the other one −1 … 1.
    const both = build.layer('add', {}, [two, three]);
    const scale = build.layer('reshape', { targetShape: [1, 1, 3] }, build.layer('globalAveragePooling2d', {}, both));
    const scaled = build.layer('multiply', {}, [both, scale]);
    const graph = build.graph(scaled);
    assert.deepEqual([two, three, both, scaled].map(id => receptiveFieldText(receptiveFieldsOf(graph)[id], graph.inputs)), [
      'sees 3×3 of the input, one step is 1×1', 'sees 3×3 of the input, one step is 1×1', 'sees 4×4 of the input, one step is 1×1', 'sees all of the input',
    ]);
  });

  it('is not guessed at where branches cannot be compared', () => {
    const build = new GraphBuilder();
    const x = build.input([null, symbol('H'), symbol('W'), 3]);
    const down = (kernelSize: number): number => build.layer('conv2d', { filters: 3, kernelSize, strides: 2, padding: 'same' }, x);
    const [two, three, seven] = [down(2), down(3), down(7)];
    const graph = build.graph(build.layer('add', {}, [two, three]), build.layer('add', {}, [two, seven]));
    const texts = receptiveFieldsOf(graph).map(field => receptiveFieldText(field, graph.inputs));
    // One sees 0 … 1, the other one 0 … 2 or −1 … 1: which depends on whether the height is even.
    assert.deepEqual(texts.slice(-2), ['sees 3×3 of the input, one step is 2×2', 'sees 7×7 of the input, one step is 2×2']);
    const apart = new GraphBuilder();
    const y = apart.input([null, symbol('H'), symbol('W'), 3]);
    const shifted = apart.layer('cropping2D', { cropping: [[2, 0], [2, 0]] }, apart.layer('zeroPadding2d', { padding: [[0, 2], [0, 2]] }, y));
    const ends = [apart.layer('conv2d', { filters: 3, kernelSize: 2, strides: 2, padding: 'same' }, shifted), apart.layer('conv2d', { filters: 3, kernelSize: 3, strides: 2, padding: 'same' }, y)];
    assert.equal(said(apart.graph(apart.layer('add', {}, ends))), 'what it sees of the input is not known: where its branches lie to one another depends on a size that is not known');
  });

  it('names the input where there are several', () => {
    const build = new GraphBuilder();
    const [a, b] = [build.input(image), build.input(image)];
    const graph = build.graph(build.layer('concatenate', {}, [build.layer('conv2d', { filters: 2, kernelSize: 3, padding: 'same' }, a), b]));
    assert.equal(said(graph), 'sees 3×3 of input 1, one step is 1×1; 1×1 of input 2, one step is 1×1');
  });

  it('is that of the layers that blocks have', () => {
    const { graph } = graphOfBlock({ sequential: [conv2d({ filters: 4, kernelSize: 3, padding: 2, dilationRate: 2, groups: 1 }), { maxPooling2d: { poolSize: 3, strides: 2, ceilMode: true } }] } as Block, { input: [1, 32, 32, 3] });
    assert.equal(said(graph), 'sees 7×7 of the input, one step is 2×2');
    const adaptive = (outputSize: number): string | undefined => said(graphOfBlock({ adaptiveAveragePooling2d: { outputSize } }, { input: [1, 8, 8, 3] }).graph);
    assert.deepEqual([adaptive(4), adaptive(3), adaptive(1)], ['sees 2×2 of the input, one step is 2×2', 'sees up to 4×4 of the input, one step is 8/3×8/3', 'sees all of the input']);
  });
});
