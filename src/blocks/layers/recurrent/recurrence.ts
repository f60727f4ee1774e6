// What recurrent layers over sequences have in common: one cell that is applied step by step, with the same weights in
// every step. They differ in how many gates a cell has, each with a kernel of its own, and in how many states it keeps.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import { openDim } from '../../problems/open-dim.ts';
import { shapeMismatch } from '../../problems/shape-mismatch.ts';
import { isKnown, multiplyDims, spellDim, unknown, type Dim } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import { activationAttribute } from '../activation/activation-names.ts';
import type { AttributeSchema } from '../attribute.ts';
import { flag, inert, number, requiredCount } from '../attribute-types.ts';
import { constraint, initializer, regularizer } from '../core/weight-settings.ts';
import type { LayerCall, WeightShape } from '../define-layer.ts';
import { repeated } from '../element-operations.ts';
import { decidersOf, stepFormula, stepOperations, type StepOperations } from './step-operations.ts';
import { eachAxis, notInWindows, whole, type AxisStep } from '../receptive-field.ts';

/** How the weights of a cell start and what holds them; also of cells that convolve. */
export const cellSettings = {
  activation: { ...activationAttribute('Applied to what a step gives.'), default: 'tanh' },
  useBias: flag({ default: true, doc: 'Whether each gate has a bias.' }),
  kernelInitializer: initializer('kernel', 'glorotNormal'),
  recurrentInitializer: initializer('recurrent_kernel', 'orthogonal'),
  biasInitializer: initializer('bias', 'zeros'),
  kernelRegularizer: regularizer('kernel'),
  recurrentRegularizer: regularizer('recurrent kernel'),
  biasRegularizer: regularizer('bias'),
  activityRegularizer: inert({ type: 'the name of a regularizer or one of tf.regularizers', doc: 'TensorFlow.js ignores it in recurrent layers.' }),
  kernelConstraint: constraint('kernel'),
  recurrentConstraint: constraint('recurrent kernel'),
  biasConstraint: constraint('bias'),
  dropout: number({ default: 0, doc: 'The share of the input that is left out in training.' }),
  recurrentDropout: number({ default: 0, doc: 'The share of the state that is left out in training.' }),
  implementation: inert({ type: '1 | 2', doc: 'How the products are grouped; TensorFlow.js always takes 2.' }),
} satisfies AttributeSchema;

export const unitsAttribute = requiredCount({ doc: 'The length of the output and of each state.' });

/** Of cells with gates. */
export const recurrentActivation = { ...activationAttribute('Applied to the gates.'), default: 'hardSigmoid' };

export const unitForgetBias = flag({ default: false, inert: true, doc: 'Whether the bias of the forget gate starts at 1.' });

/** What a layer does with a cell's steps. */
export const sequenceSettings = {
  returnSequences: flag({ default: false, doc: 'Whether the output of every step comes out, or only that of the last one.' }),
  returnState: flag({ default: false, doc: 'Whether the last states come out as well, as further tensors.' }),
  goBackwards: flag({ default: false, inert: true, doc: 'Whether the sequence is read from its end.' }),
  stateful: flag({ default: false, doc: 'Whether the states of one batch are those that the next one starts with.' }),
  unroll: flag({ default: false, inert: true, doc: 'TensorFlow.js ignores it.' }),
} satisfies AttributeSchema;

/** A cell of dense products. */
export interface Cell {
  /** Each has a kernel, a recurrent kernel and a bias of its own. */
  readonly gates: number;
  readonly states: number;
  readonly step: StepOperations;
}

interface CellAttributes {
  readonly units: Dim;
  readonly useBias: boolean;
}

/** The weights of a cell for inputs of so many features. */
export function cellWeights({ gates }: Cell, { units, useBias }: CellAttributes, features: Dim): readonly WeightShape[] {
  const all = multiplyDims(units, gates);
  return [
    { name: 'kernel', shape: [features ?? unknown('the last dim of the input is left open'), all], trainable: true },
    { name: 'recurrent_kernel', shape: [units, all], trainable: true },
    ...(useBias ? [{ name: 'bias', shape: [all], trainable: true }] : []),
  ];
}

/** The matrix products of one step. */
export const cellMacs = ({ gates }: Cell, { units }: CellAttributes, features: Dim): readonly (readonly Dim[])[] =>
  [[features, multiplyDims(units, gates)], [units, multiplyDims(units, gates)]];

type SequenceCall = LayerCall<typeof sequenceSettings>;

/** The last step has seen all steps; what comes out of each has seen those before it, which are more and more. */
export const seesSteps = {
  steps: ({ attributes: { returnSequences }, inputs }: { readonly attributes: { readonly returnSequences: boolean }; readonly inputs: readonly (readonly Dim[])[] }, place: number): readonly AxisStep[] => {
    const ofSteps = returnSequences ? unknown('each step sees all steps before it, which are more and more') : whole;
    return eachAxis(inputs[place]!, axis => (place === 0 && axis === 1 ? ofSteps : whole));
  },
};

/** TensorFlow.js refuses to keep states for a batch of unknown size. */
export function refuseOpenBatch(layer: string, call: SequenceCall): void {
  const [input] = call.inputs;
  if (call.attributes.stateful && input![0] === null) call.report(openDim, { layer, dim: 'batch', input: input! }, 'stateful');
}

/** Whether the states that are passed are those that the layer starts from. */
export function checkStates(layer: string, call: SequenceCall, states: readonly (readonly Dim[])[]): void {
  const [input, ...given] = call.inputs;
  if (given.length === 0) return;
  const differs = given.length !== states.length || given.some((state, i) => {
    const expected = states[i]!;
    // The length of a state must not be left open either.
    return state.length !== expected.length || state.at(-1) === null || state.some((dim, k) => isKnown(dim) && isKnown(expected[k]!) && dim !== expected[k]);
  });
  const rule = states.length === 1 ? 'the state to start from has the shape of the output' : `it starts from ${states.length} states of the shape of its output`;
  if (differs) call.report(shapeMismatch, { layer, shapes: [input!, ...given], rule });
}

export const cellAttributes = { units: unitsAttribute, ...cellSettings } satisfies AttributeSchema;

/** It does not run. */
export const cellByItself = notInWindows('a cell only works inside of a recurrent layer');

/** The rules of a cell of dense products by itself: the building block of `rnn` and `stackedRNNCells`. */
export function cellRules(layer: string, cell: Cell) {
  type Call = LayerCall<typeof cellAttributes>;
  return {
    aliases: [], needsConfig: true, inputs: 'one', rank: { atLeast: 2 },
    shape(call: Call): Shape {
      const [input] = call.inputs;
      if (input!.at(-1) === null) call.report(openDim, { layer, dim: 'last dim', input: input! });
      call.report(failsWhenRun, { layer, what: 'a cell only works inside of a recurrent layer, which gives it its states' });
      return input!;
    },
    states: ({ attributes: { units }, inputs: [input] }: Call) => new Array<Shape>(cell.states).fill([input![0]!, units]),
    weights: ({ attributes, inputs: [input] }: Call) => cellWeights(cell, attributes, input!.at(-1)!),
    macs: ({ attributes, inputs: [input] }: Call) => cellMacs(cell, attributes, input!.at(-1)!),
    receptiveField: cellByItself,
    elementOperations: {
      formula: stepFormula(cell.step), decidedBy: decidersOf(cell.step),
      count: ({ attributes }: Call) => stepOperations(cell.step, attributes, [attributes.units]),
    },
  } as const;
}

/** The attributes of every layer over a cell of dense products. */
export const recurrentAttributes = { ...cellAttributes, ...sequenceSettings } satisfies AttributeSchema;

/** The rules of a layer over a cell of dense products. */
export function recurrence(layer: string, cell: Cell) {
  type Call = LayerCall<typeof recurrentAttributes>;
  const states = ({ attributes: { units }, inputs: [input] }: Call): readonly (readonly Dim[])[] =>
    new Array<readonly Dim[]>(cell.states).fill([input![0]!, units]);
  return {
    aliases: [], needsConfig: true, inputs: 'one and states', rank: 3,
    shape(call: Call): Shape {
      const { attributes: { units, returnSequences }, inputs: [input] } = call;
      const [batch, steps, features] = input as [Dim, Dim, Dim];
      if (features === null) call.report(openDim, { layer, dim: 'last dim', input: input! });
      refuseOpenBatch(layer, call);
      checkStates(layer, call, states(call));
      return returnSequences ? [batch, steps, units] : [batch, units];
    },
    furtherOutputs: (call: Call) => (call.attributes.returnState ? states(call) : []),
    weights: ({ attributes, inputs: [input] }: Call) => cellWeights(cell, attributes, input![2]!),
    macs: ({ attributes, inputs: [input] }: Call) => cellMacs(cell, attributes, input![2]!).map(product => [input![1]!, ...product]),
    receptiveField: seesSteps,
    elementOperations: {
      formula: stepFormula(cell.step), decidedBy: decidersOf(cell.step),
      count: ({ attributes, inputs: [input] }: Call) => repeated(stepOperations(cell.step, attributes, [attributes.units]), input![1]!),
    },
    workings({ attributes, inputs: [input] }: Call) {
      const products = cellMacs(cell, attributes, input![2]!).map(product => product.map(spellDim).join(' · '));
      return [`MACs of each of ${spellDim(input![1]!)} steps: ${products.join(' + ')}`];
    },
  } as const;
}
