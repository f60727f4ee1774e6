// Exports to PyTorch are read back and compared with the graph: layers, settings, edges, parameters and shapes.
import assert from 'node:assert/strict';
import { pytorchCode } from '../../../../src/blocks/export/pytorch/pytorch-code.ts';
import { torchModuleTexts } from '../../../../src/blocks/export/pytorch/torch-module-texts.ts';
import { comparesExports } from './comparing.ts';
import { readPytorch } from './read-pytorch.ts';
import { torchFramework } from './torch-framework.ts';
import { Trace } from './trace.ts';

comparesExports({
  target: 'pytorch', code: pytorchCode, read: readPytorch,
  refused: /has no counterpart in PyTorch|PyTorch's|PyTorch (has|takes|keeps|gives|joins|normalizes|broadcasts)|TensorFlow\.js has softmax|is built by TensorFlow\.js in another way|its states go in|both directions|depends on a length|an activation inside/,
  mutations: [
    ['another number of groups', 'ResNeXt50_32X4D', code => code.replace('groups=32', 'groups=16')],
    ['a missing bias', 'VGG11', code => code.replace('3, padding=1)', '3, padding=1, bias=False)')],
    ['a swapped edge', 'ResNet18', code => code.replace('= self.shortcut(x)', '= self.shortcut(y)')],
    ['a padding that TensorFlow has not', 'MobileNet_V2', code => code.replace('padding=1', 'padding=0')],
    ['another momentum', 'ResNet18', code => code.replaceAll('momentum=0.01', 'momentum=0.99')],
    ['another order of the features', 'VGG11', code => code.replace('.movedim(1, -1), 1)', ', 1)')],
    ['one block less', 'ResNet50', code => code.replace(/(stage_2 = .*), 3, /, '$1, 2, ')],
    ['another activation', 'MobileNet_V3_Small', code => code.replace('nn.Hardswish()', 'nn.SiLU()')],
    ['branches in another order', 'ShuffleNet_V2_X1_0', code => code.replace('(y, x), dim=1', '(x, y), dim=1')],
  ],
});

describe('export to PyTorch', () => {
  it('brings along classes that the reader knows', () => {
    const { helpers } = torchFramework(new Trace(), { channelsFirst: false });
    assert.deepEqual(Object.keys(torchModuleTexts), Object.keys(helpers).sort());
  });
});
