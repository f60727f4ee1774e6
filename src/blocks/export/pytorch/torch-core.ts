// Dense layers, dropout and what else works on values by themselves, in PyTorch.
import type { NodeFacts } from '../python/node-facts.ts';
import { activationBehind } from './torch-activations.ts';
import { call, channels, channelsOf, expression, imageLayout, keyword, onLastAxis, positional, type Layout, type TorchLayer, type TorchRules } from './torch-layer.ts';

const dropRate = (facts: NodeFacts) => positional('p', Math.min(Math.max(facts.number('rate'), 0), 1), 'drop_rate');

/** PyTorch's works on the last axis too, which is another one where the channels have been moved. */
function dense(facts: NodeFacts, layout: Layout): TorchLayer {
  const moved = facts.rank > 3 && layout === 'channelsFirst';
  const linear = {
    wanted: 'linear', ...(moved ? { template: onLastAxis(1) } : {}),
    call: call('nn.Linear', channels('in_features', facts.inputDim(-1)), channels('out_features', facts.number('units')), keyword('bias', facts.flag('useBias'), true)),
  };
  return { steps: [linear, ...activationBehind(facts, moved ? 1 : facts.rank - 1)] };
}

function dropout(facts: NodeFacts): TorchLayer {
  if (facts.has('noiseShape')) facts.refuse('a dropout with a noise shape has no counterpart in PyTorch');
  return { steps: [{ call: call('nn.Dropout', dropRate(facts)), wanted: 'dropout' }] };
}

export const coreRules: TorchRules = {
  dense,
  dropout,
  alphaDropout(facts) {
    if (facts.has('noiseShape')) facts.refuse('a dropout with a noise shape has no counterpart in PyTorch');
    return { steps: [{ call: call('nn.AlphaDropout', dropRate(facts)), wanted: 'dropout' }] };
  },
  /** Drops whole features, which PyTorch expects behind the batch. */
  spatialDropout1d: facts => ({ steps: [{ call: call('nn.Dropout1d', dropRate(facts)), wanted: 'dropout', template: '{layer}({0}.movedim(-1, 1)).movedim(1, -1)' }] }),
  gaussianNoise: facts => ({ steps: [{ call: call('GaussianNoise', positional('stddev', facts.number('stddev'))), wanted: 'noise' }] }),
  stochasticDepth: facts => ({ steps: [{ call: call('StochasticDepth', dropRate(facts)), wanted: 'drop_path' }] }),
  layerScale: facts => ({ layout: imageLayout(facts), steps: [{ call: call('LayerScale', channels('channels', channelsOf(facts)), positional('initial_value', facts.number('initialValue'))), wanted: 'scale' }] }),
  rescaling: facts => ({ steps: [expression(`{0} * ${facts.number('scale')} + ${facts.number('offset')}`)] }),
  embedding(facts) {
    if (facts.flag('maskZero')) facts.refuse('PyTorch has no masks that later layers follow');
    return { layout: 'asGraph', output: 'asGraph', steps: [{ call: call('nn.Embedding', positional('num_embeddings', facts.number('inputDim')), channels('embedding_dim', facts.number('outputDim'))), wanted: 'embedding', template: '{layer}({0}.long())' }] };
  },
  channelShuffle: facts => ({ layout: imageLayout(facts), steps: [{ call: call('nn.ChannelShuffle', positional('groups', facts.number('groups'))), wanted: 'shuffle' }] }),
  sliceChannels: facts => ({ layout: imageLayout(facts), steps: [expression(`{0}.chunk(${facts.number('shares')}, dim=1)[${facts.number('index')}]`)] }),
};

