// Other shapes of the same values, in PyTorch: the order of the values is that of the graph, so that what follows means the same.
import type { NodeFacts } from '../python/node-facts.ts';
import { paddingRules } from './torch-padding.ts';
import { call, expression, imageLayout, keyword, type Layout, type TorchLayer, type TorchRules } from './torch-layer.ts';
import { shortest } from '../python/literals.ts';

/** TensorFlow.js lays an image out with its channels last, and turns it before where they come first. */
function flatten(facts: NodeFacts, layout: Layout): TorchLayer {
  const spatial = facts.dataFormat === 'channelsFirst' ? facts.input.slice(2) : facts.input.slice(1, -1);
  const channelsBehindBatch = facts.rank > 3 && (layout === 'channelsFirst' || facts.dataFormat === 'channelsFirst');
  // With one place alone there is no order.
  if (!channelsBehindBatch || spatial.every(length => length === 1)) return { steps: [expression('torch.flatten({0}, 1)')], output: 'asGraph' };
  return {
    layout: facts.dataFormat === 'channelsFirst' ? 'asGraph' : 'channelsFirst', output: 'asGraph',
    steps: [expression('torch.flatten({0}.movedim(1, -1), 1)', 'channels last, as in the graph: the order of the features behind it')],
  };
}

export const reshapingRules: TorchRules = {
  ...paddingRules,
  flatten,
  reshape(facts) {
    const target = facts.value('targetShape') as readonly unknown[];
    const dims = target.map(dim => (dim === null ? -1 : typeof dim === 'number' ? dim : facts.refuse('the shape has no numbers')));
    if (dims.filter(dim => dim === -1).length > 1) facts.refuse('it leaves more than one dim open');
    // Only one dim can be left to PyTorch.
    const batch = dims.includes(-1) ? '{0}.shape[0]' : '-1';
    return { layout: 'asGraph', output: 'asGraph', steps: [expression(`{0}.reshape(${[batch, ...dims].join(', ')})`)] };
  },
  permute: facts => ({ layout: 'asGraph', output: 'asGraph', steps: [expression(`{0}.permute(${[0, ...facts.numbers('dims')].join(', ')})`)] }),
  repeatVector: facts => ({ steps: [expression(`{0}.unsqueeze(1).repeat(1, ${facts.number('n')}, 1)`)] }),
  upSampling2d(facts) {
    if (facts.text('interpolation') !== 'nearest') facts.refuse('PyTorch has the corners of images elsewhere when it interpolates');
    return { layout: imageLayout(facts), steps: [{ call: call('nn.Upsample', keyword('scale_factor', shortest(facts.numbers('size')))), wanted: 'upsample' }] };
  },
};

