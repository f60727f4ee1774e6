// Whole numbers as vectors of zeros and ones.
import { differsWhenRun } from '../../problems/differs-when-run.ts';
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { isKnown, isUnknown, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import type { AttributeType } from '../attribute.ts';
import { uncheckedCount } from '../attribute-types.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { mixesLastAxis } from '../receptive-field.ts';

const layer = 'categoryEncoding';

const modes = ['multiHot', 'oneHot', 'count', 'tfIdf', 'int'] as const;

type Mode = (typeof modes)[number];

const outputMode: AttributeType<Mode> = {
  type: modes.map(mode => `'${mode}'`).join(' | '), required: false, default: 'multiHot', inert: false, choices: modes,
  doc: "'multiHot' marks each number that an example has, 'count' counts it, 'oneHot' makes a vector of each number.",
  read(raw) {
    if (isUnknown(raw)) return { unknown: raw };
    const mode = modes.find(one => one === raw);
    return mode === undefined ? { value: 'multiHot', doubt: 'one of its modes' } : { value: mode };
  },
};

const attributes = { numTokens: uncheckedCount({ doc: 'How many different numbers there are, 0 included.' }), outputMode };

/** What is built and does not run. */
function reportWhatFailsWhenRun({ attributes: { outputMode: mode }, inputs: [input], report }: LayerCall<typeof attributes>): void {
  const last = input!.at(-1)!;
  const rank = mode === 'oneHot' && last !== 1 ? input!.length + 1 : input!.length;
  if (mode === 'int') report(differsWhenRun, { layer, what: "with outputMode 'int' the numbers come out as they are" }, 'outputMode');
  else if (rank > 2) report(failsWhenRun, { layer, what: `${mode} of an input of rank ${input!.length} would have a rank above 2` });
  else if (mode === 'tfIdf') report(failsWhenRun, { layer, what: "outputMode 'tfIdf' needs weights, for which there is no way in" }, 'outputMode');
}

export const categoryEncoding = defineLayer({
  name: layer,
  aliases: [],
  className: 'CategoryEncoding',
  doc: {
    summary: 'Turns whole numbers into vectors that say which of them an example has.',
    formula: "[batch, length] → [batch, numTokens]; with 'oneHot' [batch, 1] → [batch, numTokens]",
    source: { title: 'TensorFlow.js: tf.layers.categoryEncoding', url: 'https://js.tensorflow.org/api/latest/#layers.categoryEncoding' },
    oddities: [
      'While a model is built the shape of the tensor that goes in is overwritten with that of the output.',
      "'oneHot' of several numbers is built and does not run; 'tfIdf' never runs.",
      'A mode that does not exist counts as multiHot.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  attributes,
  overwritesInput: true,
  check({ attributes: { numTokens }, report }) {
    if (numTokens === undefined) report(failsWhenRun, { layer, what: 'numTokens is not given' });
  },
  shape(call): Shape {
    const { attributes: { numTokens, outputMode: mode }, inputs: [input] } = call;
    reportWhatFailsWhenRun(call);
    const tokens: Dim = numTokens ?? null;
    const last = input!.at(-1)!;
    if (mode !== 'oneHot' || last === 1) return [...input!.slice(0, -1), tokens];
    return last === null || isKnown(last) ? [...input!, tokens] : unknown(`whether ${spellDim(last)} is 1 is not known, which decides about the rank`);
  },
  receptiveField: mixesLastAxis,
  elementOperations: none('numbers become places in a vector'),
  examples: [
    { config: { numTokens: 6 }, inputs: [[null, 3]], output: [null, 6], params: 0 },
    { config: { numTokens: 10, outputMode: 'oneHot' }, inputs: [[null, 1]], output: [null, 10], params: 0 },
  ],
});
