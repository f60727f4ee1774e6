// A recurrent layer that reads its sequence from both ends.
import { doubtfulAttribute } from '../../problems/doubtful-attribute.ts';
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { notImplemented } from '../../problems/not-implemented.ts';
import { isUnknown, multiplyDims, unknown, type Dim } from '../../shapes/dim.ts';
import { isRanked, type Shape } from '../../shapes/shape.ts';
import { formatValue, type AttributeType } from '../attribute.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { innerLayer, trainableOfInner } from './inner-layer.ts';
import { repeated, valuesOf } from '../element-operations.ts';
import { eachAxis, whole } from '../receptive-field.ts';

type MergeMode = 'concat' | 'sum' | 'mul' | 'ave' | null;

const mergeModes: readonly MergeMode[] = ['concat', 'sum', 'mul', 'ave', null];

const mergeMode: AttributeType<MergeMode> = {
  type: "'concat' | 'sum' | 'mul' | 'ave' | null", required: false, default: 'concat', inert: false, choices: mergeModes, readsNull: true,
  doc: 'How the outputs of both directions become one; with null both come out.',
  read(raw) {
    if (isUnknown(raw)) return { unknown: raw };
    const mode = mergeModes.find(one => one === raw);
    return mode === undefined ? { expected: "'concat', 'sum', 'mul', 'ave' or null" } : { value: mode };
  },
};

const attributes = { layer: innerLayer('The recurrent layer, which is made once for each direction.'), mergeMode, trainable: trainableOfInner };

/** What one direction makes of the input, with its half of the states that the program passes. */
function directionOf(call: LayerCall<typeof attributes>, direction: 'forward' | 'backward' = 'forward') {
  const [input, ...states] = call.inputs as [readonly Dim[], ...(readonly Dim[])[]];
  const half = states.length / 2;
  return call.infer(call.attributes.layer, [input, ...(direction === 'forward' ? states.slice(0, half) : states.slice(half))]);
}

/** How many operations join two values, one of each direction. */
const joins: Readonly<Record<'sum' | 'mul' | 'ave', number>> = { sum: 1, mul: 1, ave: 2 };

function merged(output: Shape, mode: MergeMode): Shape {
  return isRanked(output) && mode === 'concat' ? [...output.slice(0, -1), multiplyDims(output.at(-1)!, 2)] : output;
}

export const bidirectional = defineLayer({
  name: 'bidirectional',
  aliases: [],
  className: 'Bidirectional',
  doc: {
    summary: 'Reads a sequence forwards and backwards, each direction with weights of its own, and joins what they give.',
    formula: 'concat: [batch, …, 2 · units]; sum, mul, ave: the shape of one direction; null: both; weights = 2 · those of the inner layer',
    source: { title: 'Schuster, Paliwal: Bidirectional Recurrent Neural Networks (1997)', url: 'https://doi.org/10.1109/78.650093' },
    oddities: [
      'The layer that it is given is copied twice and has no weights itself.',
      'It cannot copy a tf.layers.rnn and throws.',
      'trainable of the wrapper is ignored when it is made: what counts is that of the inner layer.',
    ],
  },
  needsConfig: true,
  inputs: 'one and states',
  attributes,
  check({ attributes: { layer }, report }) {
    if (layer?.layer === 'rnn') report(notImplemented, { layer: 'bidirectional', what: 'the copy of a tf.layers.rnn' }, 'layer');
  },
  shape(call): Shape {
    const { attributes: { layer, mergeMode: mode }, inputs } = call;
    const inner = call.definitionOf(layer);
    if (inner && !('returnSequences' in inner.attributes)) {
      call.report(doubtfulAttribute, { attribute: 'layer', expected: 'a recurrent layer', received: formatValue(layer) }, 'layer');
      return unknown(`what bidirectional makes of ${formatValue(layer)} is not inferred`);
    }
    if (inputs.length % 2 === 0) call.report(invalidCombination, { layer: 'bidirectional', rule: `takes as many states for either direction, not ${inputs.length - 1} in all` });
    const { output, problems } = directionOf(call);
    call.passOn(problems);
    if (problems.length === 0) call.passOn(directionOf(call, 'backward').problems);
    return merged(output, mode);
  },
  furtherOutputs(call): readonly Shape[] {
    const { output, furtherOutputs: states } = directionOf(call);
    return [...(call.attributes.mergeMode === null ? [output] : []), ...states, ...states];
  },
  weights(call) {
    const { weights } = directionOf(call);
    return ['forward', 'backward'].flatMap(direction => weights.map(weight => ({ ...weight, name: `${direction}_${weight.name}` })));
  },
  macs: call => directionOf(call).macProducts.map(product => [2, ...product]),
  workings: call => directionOf(call).workings.map(line => `each direction: ${line}`),
  // What one direction has not seen yet the other one has.
  receptiveField: {
    steps: ({ attributes: { layer, mergeMode: mode }, inputs, receptiveSteps }, place) =>
      (mode === null || inputs[0]!.length !== 3 ? receptiveSteps(layer, inputs, place) : eachAxis(inputs[place]!, () => whole)),
  },
  elementOperations: {
    formula: 'those of both directions; output values for sum and mul, 2 · output values for ave',
    count(call) {
      const { layer, mergeMode } = call.attributes;
      const [input, ...states] = call.inputs as [readonly Dim[], ...(readonly Dim[])[]];
      const directions = repeated(call.elementOperations(layer, [input, ...states.slice(0, states.length / 2)]), 2);
      return mergeMode === null || mergeMode === 'concat' ? directions : [...directions, { what: mergeMode, product: valuesOf(call.output, joins[mergeMode]) }];
    },
  },
  examples: [
    { config: { layer: { kind: 'layer', layer: 'lstm', attributes: { units: 7, returnSequences: true } } }, inputs: [[null, 10, 4]], output: [null, 10, 14], params: 672 },
    { config: { layer: { kind: 'layer', layer: 'gru', attributes: { units: 5 } }, mergeMode: 'sum' }, inputs: [[null, null, 3]], output: [null, 5], params: 270 },
  ],
});
