// What a layer is in Keras: one or several steps, one behind the other.
import { readImage } from '../../layers/layout.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import type { PythonArgument, PythonCall, PythonValue } from '../python/statements.ts';

export interface KerasStep {
  readonly call?: PythonCall;
  /** `{layer}({0})` by default. */
  readonly template?: string;
  readonly remark?: string;
  /** Whether the step has the weights and the name of the layer; that of a single one has them in any case. */
  readonly main?: true;
}

/** `express` has the steps of a layer inside of this one. Throws `CannotExport`. */
export type KerasRule = (facts: NodeFacts, express: (inner: NodeFacts) => readonly KerasStep[]) => readonly KerasStep[];

export type KerasRules = Readonly<Record<string, KerasRule>>;

/** Numbers of channels that are the same everywhere are one parameter of a block. */
export const channels = (name: string, value: PythonValue): PythonArgument => ({ name, value, positional: true, family: 'channels' });

export const positional = (name: string, value: PythonValue): PythonArgument => ({ name, value, positional: true });

export const keyword = (name: string, value: PythonValue, fallback?: PythonValue): PythonArgument => ({ name, value, ...(fallback === undefined ? {} : { fallback }) });

/** One of `keras.layers`. */
export const layer = (name: string, ...given: readonly PythonArgument[]): PythonCall => ({ callee: `layers.${name}`, arguments: given });

export const step = (name: string, ...given: readonly PythonArgument[]): KerasStep => ({ call: layer(name, ...given) });

export const mainStep = (name: string, ...given: readonly PythonArgument[]): KerasStep => ({ ...step(name, ...given), main: true });

/** Said only where it is not the default. */
export const dataFormat = (facts: NodeFacts): readonly PythonArgument[] => (facts.dataFormat === 'channelsFirst' ? [keyword('data_format', 'channels_first')] : []);

export const spatialOf = (facts: NodeFacts): readonly (number | null)[] => readImage(facts.input, facts.dataFormat).spatial as readonly (number | null)[];

export const channelsOf = (facts: NodeFacts): number => facts.inputDim(facts.dataFormat === 'channelsFirst' ? 1 : -1);

/** Of tf.layers: the two kinds that run. */
export function paddingOf(facts: NodeFacts): 'same' | 'valid' {
  const padding = facts.text('padding');
  return padding === 'same' || padding === 'valid' ? padding : facts.refuse(`padding '${padding}' does not run in TensorFlow.js either`);
}
