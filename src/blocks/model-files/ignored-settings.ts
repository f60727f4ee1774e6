// Settings of Keras that change shapes or weights, and that TensorFlow.js does not read: with one of them there are two answers, or
// none, and neither is given as a figure.
import { attributeValue } from './layer-attributes.ts';
import { arrayAt, field, objectAt, stringAt, type JsonObject } from '../json/json-tree.ts';
import { formatValue, isInnerLayer, type AttributeValue } from '../layers/attribute.ts';

/** Why the figures of a layer are not known, though its rule would give some. */
export interface Ignored {
  readonly output?: string;
  readonly params?: string;
}

const nothing: Ignored = {};

/** `forTensorFlowJs` says that the file was made for it, so that its answer is the one that counts where it has one. */
export function ignoredSettings(layer: string, config: JsonObject | undefined, forTensorFlowJs: boolean): Ignored {
  if (!config) return nothing;
  if (isSet(config, 'keepdims')) return { output: 'keepdims is not read by TensorFlow.js, which leaves the dims out' };
  if (isSet(config, 'output_padding') || arrayAt(config, 'output_padding')) return { output: 'output_padding is not read by TensorFlow.js' };
  // It refuses this one, and where Keras has it there are two biases for each gate.
  if (isSet(config, 'reset_after')) return { params: 'TensorFlow.js refuses reset_after, which has other weights' };
  if (isSet(config, 'renorm')) return { params: 'renorm has further weights, which TensorFlow.js does not know' };
  if (isSet(config, 'lora_rank')) return { params: 'lora_rank adds weights, which TensorFlow.js does not know' };
  if (layer === 'bidirectional') {
    const cell = innerReason(config);
    if (cell) return cell;
  }
  const groups = field(config, 'groups');
  if (!forTensorFlowJs && groups?.kind === 'value' && typeof groups.value === 'number' && groups.value > 1) {
    return { output: 'TensorFlow.js ignores groups, and Keras does not', params: 'TensorFlow.js ignores groups, and Keras does not' };
  }
  return nothing;
}

function innerReason(config: JsonObject): Ignored | undefined {
  const [forward, backward] = [objectAt(config, 'layer'), objectAt(config, 'backward_layer')];
  if (isSet(objectAt(forward, 'config'), 'reset_after')) return { params: 'TensorFlow.js refuses reset_after, which has other weights' };
  if (!forward || !backward || inShort(forward) === inShort(backward)) return undefined;
  const reason = 'the layers of both directions differ, and TensorFlow.js only reads one';
  return { output: reason, params: reason };
}

/** What of a layer inside of another one decides its shapes. */
function inShort(layer: JsonObject): string {
  const value: AttributeValue = attributeValue(layer, 'layer', () => undefined, 0);
  if (!isInnerLayer(value)) return stringAt(layer, 'class_name') ?? '';
  const decisive = Object.entries(value.attributes).filter(([name]) => name !== 'goBackwards' && name !== 'trainable');
  return formatValue({ ...value, attributes: Object.fromEntries(decisive) });
}

function isSet(config: JsonObject | undefined, name: string): boolean {
  const value = field(config, name);
  return value?.kind === 'value' && value.value !== null && value.value !== false && value.value !== 0;
}
