// What a recurrent cell computes value by value in one step, besides its products: the gates are summed, get a bias and an activation, and
// are joined with the states.
import type { Dim } from '../../shapes/dim.ts';
import type { AttributeValue } from '../attribute.ts';
import type { ElementOperation } from '../element-operations.ts';

/** How the gates of a cell come to its states, counted for each value of a state. */
export interface StepOperations {
  /** Each is the sum of two products, that of the input and that of the state, and of a bias. */
  readonly gates: number;
  /** How many times `activation` is applied, and `recurrentActivation`. */
  readonly activations: number;
  readonly recurrentActivations: number;
  /** The products and sums that join gates and states. */
  readonly joins: number;
}

interface StepSettings {
  readonly useBias: boolean;
  readonly activation: AttributeValue;
  readonly recurrentActivation?: AttributeValue;
}

/** h = tanh(x · W + h · U + b). */
export const simpleStep: StepOperations = { gates: 1, activations: 1, recurrentActivations: 0, joins: 0 };
/** r · h, z · h, 1 − z, (1 − z) · candidate, and the sum of the last two products. */
export const gruStep: StepOperations = { gates: 3, activations: 1, recurrentActivations: 2, joins: 5 };
/** f · c, i · candidate, their sum, and o · tanh(c). */
export const lstmStep: StepOperations = { gates: 4, activations: 2, recurrentActivations: 3, joins: 4 };

/** Attributes that the number depends on. */
export const decidersOf = ({ recurrentActivations }: StepOperations): readonly string[] =>
  (recurrentActivations > 0 ? ['activation', 'recurrentActivation'] : ['activation']);

export function stepFormula({ gates, activations, recurrentActivations, joins }: StepOperations): string {
  const all = gates + activations + recurrentActivations + joins;
  const why = [`${gates} sum${gates === 1 ? '' : 's'}`, `${activations + recurrentActivations} activation${activations + recurrentActivations === 1 ? '' : 's'}`];
  return `${all} · values of a state in each step (${[...why, ...(joins > 0 ? [`${joins} products and sums`] : [])].join(', ')}), and ${gates} more for biases`;
}

/** `state` are the dims of a state without the batch. */
export function stepOperations(step: StepOperations, settings: StepSettings, state: readonly Dim[]): readonly ElementOperation[] {
  const times = (what: string, count: number): readonly ElementOperation[] => (count === 0 ? [] : [{ what, product: count === 1 ? state : [count, ...state] }]);
  const uses = (activation: AttributeValue, count: number): number => (activation === 'linear' ? 0 : count);
  return [
    ...times('sums', step.gates),
    ...times('bias', settings.useBias ? step.gates : 0),
    ...times('activation', uses(settings.activation, step.activations) + uses(settings.recurrentActivation, step.recurrentActivations)),
    ...times('states', step.joins),
  ];
}
