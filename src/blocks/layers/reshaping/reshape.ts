// The values of an example in another shape.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { invalidCombination } from '../../problems/invalid-combination.ts';
import { sizeChanges, sizeChangesWhenRun } from '../../problems/size-changes.ts';
import { divideExactly, isKnown, isSymbolic, isUnknown, productOfDims, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import { formatValue, isList, type AttributeType, type AttributeValue, type Reading } from '../attribute.ts';
import { defineLayer, type LayerCall } from '../define-layer.ts';
import { none } from '../element-operations.ts';
import { regrouped } from '../receptive-field.ts';

/** The dims to reshape to; `null` is the one that takes what is left. */
type Target = readonly Dim[];

const targetShape: AttributeType<Target> = {
  type: '[number | null, …]', required: true, inert: false,
  doc: 'The shape of one example, without the batch. One dim may be -1 or null: it takes what is left.',
  read(raw): Reading<Target> {
    if (isUnknown(raw)) return { unknown: raw };
    const expected = 'a list of positive integers, one of which may be -1 or null';
    if (!isList(raw)) return { expected };
    const dims = raw.map(readTarget);
    return dims.includes(undefined) ? { expected } : { value: dims as Target };
  },
};

function readTarget(value: AttributeValue): Dim | undefined {
  if (value === undefined || value === null || (typeof value === 'number' && value < 0)) return null;
  if (isSymbolic(value) || isUnknown(value)) return value;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : undefined;
}

const attributes = { targetShape };

export const reshape = defineLayer({
  name: 'reshape',
  aliases: [],
  className: 'Reshape',
  doc: {
    summary: 'Gives the values of each example another shape; their number stays.',
    formula: '[batch, …] → [batch, …targetShape]; -1 = number of values / product of the other dims',
    source: { title: 'TensorFlow.js: tf.layers.reshape', url: 'https://js.tensorflow.org/api/latest/#layers.reshape' },
    oddities: [
      'With an open batch TensorFlow.js works nothing out: -1 stays null, so that a dense layer behind it throws, and a wrong size is only noticed when the layer runs.',
    ],
  },
  needsConfig: true,
  inputs: 'one',
  attributes,
  shape: call => [call.inputs[0]![0]!, ...reshaped(call)] as Shape,
  outputOfAnyRank: ({ targetShape: target }, dim) => [dim, ...target.map(size => size ?? dim)],
  workings: ({ attributes: { targetShape: target }, inputs: [input], output }) => {
    const open = target.indexOf(null);
    const result = output[open + 1];
    if (open < 0 || result === undefined || result === null) return [];
    const others = target.filter(dim => dim !== null).map(spellDim).join(' · ');
    return [`-1: ${input!.slice(1).map(spellDim).join(' · ')}${others && ` / (${others})`} = ${spellDim(result)}`];
  },
  receptiveField: { steps: ({ inputs: [input], output }) => regrouped(input!.slice(1), output.slice(1), unknown('reshape lays the values out in other rows')) },
  elementOperations: none('values are only moved'),
  examples: [
    { config: { targetShape: [2, 3, 4] }, inputs: [[null, 24]], output: [null, 2, 3, 4], params: 0 },
    { config: { targetShape: [-1, 16] }, inputs: [[8, 7, 7, 32]], output: [8, 98, 16], params: 0 },
    { config: { targetShape: [-1] }, inputs: [[null, 4, 6]], output: [null, null], params: 0 },
  ],
});

function reshaped(call: LayerCall<typeof attributes>): Target {
  const { attributes: { targetShape: target }, inputs: [input] } = call;
  const open = input!.some(dim => dim === null || (isKnown(dim) && dim < 0));
  const from = productOfDims(input!.slice(1));
  const rest = productOfDims(target.filter(dim => dim !== null));
  const spare = target.filter(dim => dim === null).length;
  if (spare > 1) {
    const rule = `can work out only one dim, but ${formatValue(target)} leaves ${spare} open`;
    if (open) call.report(failsWhenRun, { layer: 'reshape', what: `it ${rule}` }, 'targetShape');
    else call.report(invalidCombination, { layer: 'reshape', rule }, 'targetShape');
  } else if (isKnown(from) && isKnown(rest) && (spare ? from % rest !== 0 : from !== rest)) {
    const sizes = { from: input!, fromSize: from, to: formatValue(target), toSize: rest };
    call.report(open ? sizeChangesWhenRun : sizeChanges, sizes, 'targetShape');
  } else if (!open && spare === 1) {
    return target.map(dim => dim ?? leftOver(from, rest));
  }
  return target;
}

/** What one open dim amounts to; unknown where the division does not work out whatever the names stand for. */
const leftOver = (from: Dim, rest: Dim): Dim =>
  divideExactly(from, rest) ?? [from, rest].find(isUnknown) ?? unknown(`${spellDim(from)} divided by ${spellDim(rest)} has no simple form`);
