// How weights start, what holds them in bounds and what punishes them. No shape follows from any of it.
import { isKnown, type Dim } from '../../shapes/dim.ts';
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

/** Takes the name of the weight as TensorFlow.js has it: `depthwise_kernel`. */
export const initializer = (weight: string, start: string): AttributeType<AttributeValue> => {
  const type = named({
    type: 'the name of an initializer or one of tf.initializers', names: withClassNames(initializers), default: start,
    doc: `How the ${weight.replace('_', ' ')} starts.`,
  });
  // TensorFlow.js takes the default for anything falsy.
  return { ...type, initializes: weight, read: raw => (raw === '' || raw === 0 || raw === false ? { value: start } : type.read(raw)) };
};

export const regularizer = (weight: string): AttributeType<AttributeValue> =>
  named({ type: 'the name of a regularizer or one of tf.regularizers', names: ['l1l2', 'L1L2'], doc: `What the loss adds for the ${weight}.` });

export const constraint = (weight: string): AttributeType<AttributeValue> =>
  named({ type: 'the name of a constraint or one of tf.constraints', names: withClassNames(constraints), doc: `What the ${weight} is held to after each step.` });

export const activityRegularizer = named({
  type: 'the name of a regularizer or one of tf.regularizers', names: ['l1l2', 'L1L2'],
  doc: 'What the loss would add for the output; TensorFlow.js throws when it is given.',
});

/** What an initializer demands of a weight's shape where the shape certainly lacks it; undefined otherwise. */
export function unmetDemand(value: AttributeValue, shape: readonly Dim[]): string | undefined {
  const [rows, columns] = shape;
  if (value === 'orthogonal' || value === 'Orthogonal') return shape.length < 2 ? 'two dims or more' : undefined;
  if (value !== 'identity' && value !== 'Identity') return undefined;
  const certain = shape.length !== 2 || (isKnown(rows!) && isKnown(columns!) && rows !== columns);
  return certain ? 'a square matrix' : undefined;
}

/** TensorFlow.js reads this attribute, but throws when the layer is applied. */
export function refuseActivityRegularizer(layer: string, call: LayerConfig<{ activityRegularizer: AttributeType<AttributeValue> }>): void {
  if (call.attributes.activityRegularizer !== undefined) {
    call.report(notImplemented, { layer, what: 'activityRegularizer' }, 'activityRegularizer');
  }
}
