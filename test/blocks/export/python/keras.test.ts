// Exports to Keras are read back and compared with the graph: layers, settings, edges, parameters and shapes.
import assert from 'node:assert/strict';
import { kerasCode } from '../../../../src/blocks/export/keras/keras-code.ts';
import { kerasLayerTexts } from '../../../../src/blocks/export/keras/keras-layer-texts.ts';
import { comparesExports } from './comparing.ts';
import { kerasFramework } from './keras-framework.ts';
import { readKeras } from './read-keras.ts';
import { Trace } from './trace.ts';

comparesExports({
  target: 'keras', code: kerasCode, read: readKeras,
  refused: /has no counterpart in Keras|Keras (has no|3 has|reshapes)|TensorFlow\.js has softmax|is built by TensorFlow\.js in another way|are not exported|both directions/,
  mutations: [
    ['another number of groups', 'ResNeXt50_32X4D', code => code.replaceAll('groups=32', 'groups=16')],
    ['a missing bias', 'VGG11', code => code.replace('padding="same"', 'padding="same", use_bias=False')],
    ['a swapped edge', 'ResNet18', code => code.replace('layers.Add()([y, x])', 'layers.Add()([x, y])')],
    ['a stride that is left out', 'MobileNet_V2', code => code.replace(', strides=2', '')],
    ['another momentum', 'ResNet18', code => code.replaceAll('BatchNormalization()', 'BatchNormalization(momentum=0.01)')],
    ['zeros that are not around a convolution', 'ResNet18', code => code.replace(/.*ZeroPadding2D.*\n/, '')],
    ['another activation', 'MobileNet_V3_Small', code => code.replace('"hard_silu"', '"silu"')],
    ['another order of the channels', 'ShuffleNet_V2_X1_0', code => code.replace('Permute((1, 2, 4, 3))', 'Permute((1, 2, 3, 4))')],
  ],
});

describe('export to Keras', () => {
  it('brings along what the reader knows', () => {
    const { helpers } = kerasFramework(new Trace(), [], { inputs: [], outputs: [] });
    assert.deepEqual(Object.keys(kerasLayerTexts).sort(), Object.keys(helpers).sort());
  });
});
