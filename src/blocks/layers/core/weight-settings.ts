// How weights start, what holds them in bounds and what punishes them. No shape follows from any of it.
import { notImplemented } from '../../problems/not-implemented.ts';
import type { AttributeType, AttributeValue } from '../attribute.ts';
import { named } from '../attribute-types.ts';
import type { LayerConfig } from '../define-layer.ts';

const initializers = [
  'glorotNormal', 'glorotUniform', 'heNormal', 'heUniform', 'identity', 'leCunNormal', 'leCunUniform', 'ones', 'orthogonal',
  'randomNormal', 'randomUniform', 'truncatedNormal', 'varianceScaling', 'zeros',
];
const constraints = ['maxNorm', 'minMaxNorm', 'nonNeg', 'unitNorm'];

/** Each of them also goes by the name of its class: `GlorotNormal`. */
const withClassNames = (names: readonly string[]): readonly string[] =>
  [...names, ...names.map(name => name[0]!.toUpperCase() + name.slice(1))];

export const initializer = (weight: string, start: string): AttributeType<AttributeValue> => {
  const type = named({ type: 'name of an initializer or tf.initializers', names: withClassNames(initializers), default: start, doc: `How the ${weight} starts.` });
  // TensorFlow.js takes the default for anything falsy.
  return { ...type, read: raw => (raw === '' || raw === 0 || raw === false ? { value: start } : type.read(raw)) };
};

export const regularizer = (weight: string): AttributeType<AttributeValue> =>
  named({ type: 'name of a regularizer or tf.regularizers', names: ['l1l2', 'L1L2'], doc: `What the loss adds for the ${weight}.` });

export const constraint = (weight: string): AttributeType<AttributeValue> =>
  named({ type: 'name of a constraint or tf.constraints', names: withClassNames(constraints), doc: `What the ${weight} is held to after each step.` });

export const activityRegularizer = named({
  type: 'name of a regularizer or tf.regularizers', names: ['l1l2', 'L1L2'],
  doc: 'What the loss would add for the output; TensorFlow.js throws when it is given.',
});

/** TensorFlow.js reads this attribute, but throws when the layer is applied. */
export function refuseActivityRegularizer(layer: string, call: LayerConfig<{ activityRegularizer: AttributeType<AttributeValue> }>): void {
  if (call.attributes.activityRegularizer !== undefined) {
    call.report(notImplemented, { layer, what: 'activityRegularizer' }, 'activityRegularizer');
  }
}
