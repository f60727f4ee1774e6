// What the article's MBConv is, and what it is meant to be.
import { mbConv } from '../../library/mbConv.ts';
import { article, defineClaim } from '../claim.ts';

const features = { inFeatures: 32, outFeatures: 64 };
const input = [1, 56, 56, 32];

export const claim = defineClaim({
  id: 'as-written-or-as-meant',
  claim: 'The article’s MBConv is depthwise.',
  sources: [{ name: `${article.name}: its ConvNormAct takes **kwargs and does not pass them on` }],
  compared: 'MBConv from 32 to 64 channels at 56×56 as the article’s code runs, where the number of groups is lost on the way, and as it is meant. As written it has 11 times the parameters and 12 times the MACs; how many times slower that is, each machine says for itself.',
  authors: [],
  experiment: {
    kind: 'time',
    groups: [[
      { id: 'meant', name: 'as meant', block: mbConv(features), input, expected: { params: 14_400, macs: 42_147_840 } },
      { id: 'written', name: 'as written', block: mbConv({ ...features, depthwise: false }), input, expected: { params: 160_704, macs: 500_957_184 } },
    ]],
  },
  predictions: [
    { quantity: 'params', smaller: 'meant', larger: 'written', factor: 11 },
    { quantity: 'macs', smaller: 'meant', larger: 'written', factor: 11.5 },
  ],
  alsoCompared: [{ quantity: 'time', smaller: 'meant', larger: 'written' }],
});
