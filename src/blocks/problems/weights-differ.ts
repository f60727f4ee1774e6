// The weights that a saved model lists are not those that its layers have.
import { defineProblem } from './problem.ts';

interface Weights {
  /** What the layers have, and what the file lists, in the same words. */
  readonly layers: string;
  readonly listed: string;
  /** Of which layer; absent where it is the whole. */
  readonly of?: string;
}

export const weightsDiffer = defineProblem<Weights>({
  id: 'weights-differ',
  severity: 'warning',
  message: ({ layers, listed, of }) => `${of === undefined ? 'The layers have' : `${of} has`} ${layers}, and weightsManifest lists ${listed}.`,
  doc: 'Either the topology or the list of weights was changed after the model was saved. TensorFlow.js refuses to load the model, or loads weights of other shapes.',
});
