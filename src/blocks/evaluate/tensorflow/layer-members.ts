// What a program can ask of a layer.
import type { Spanned } from '../../syntax/place.ts';
import { native } from '../builtins/native.ts';
import { assumeTurns } from '../extent.ts';
import { plain, valueOfDim } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, LayerValue, TensorValue, UnionValue, UnknownValue, type NativeCall, type Value } from '../values.ts';
import { applyLayer, applyToOne, firstOutputOf, isInputLayer, outputsOf, tensorOfInputLayer } from './apply-layer.ts';
import { nameOfLayer } from './default-names.ts';
import { buildLayer, outputShapeOfLayer, weightsOfLayer } from './layer-weights.ts';
import { configMember } from './namespace.ts';
import { shapeValue } from './tensor-members.ts';

export function layerMember(run: Run, layer: LayerValue, property: string, node: Spanned): Value {
  switch (property) {
    case 'apply':
    case 'call': return apply;
    case 'name': return nameOfLayer(layer) ?? run.unknown('TensorFlow.js gives the layer its name, by what was made before, which is not certain', node);
    case 'trainable': return settingOfLayer(run, layer, node);
    case 'build': return buildLayer;
    case 'computeOutputShape': return outputShapeOfLayer;
    case 'weights': return weightsOfLayer(run, layer, 'all', node);
    case 'getWeights': return getWeights(run, layer, node);
    case 'trainableWeights': return weightsOfLayer(run, layer, 'trainable', node);
    case 'nonTrainableWeights': return weightsOfLayer(run, layer, 'others', node);
    case 'output':
    case 'outputShape': return outputOfLayer(run, layer, property, node);
    case 'input': {
      if (isInputLayer(layer)) return tensorOfInputLayer(run, layer);
      const application = run.applicationOf(layer);
      return application ? oneOrAll(application.inputs) : run.unknown('the layer has not been applied', node);
    }
    case 'countParams': return countParams(run, layer);
    default: return run.unknown(`${property} of a layer is not evaluated`, node, property);
  }
}

// Functions that make closures are apart from `layerMember`, which would have to keep its variables for them at every `apply`.
const getWeights = (run: Run, layer: LayerValue, node: Spanned): Value => native('getWeights', () => weightsOfLayer(run, layer, 'all', node));

const countParams = (run: Run, layer: LayerValue): Value => native('countParams', (_run, call) => {
  const params = run.applicationOf(layer)?.inference.params;
  return params === undefined ? run.unknown('the layer has not been applied', call.call) : valueOfDim(params);
});

function outputOfLayer(run: Run, layer: LayerValue, property: 'output' | 'outputShape', node: Spanned): Value {
  const application = isInputLayer(layer) ? tensorOfInputLayer(run, layer).application : run.applicationOf(layer);
  if (!application) return run.unknown('the layer has not been applied', node);
  const outputs = outputsOf(application);
  return property === 'output' ? oneOrAll(outputs) : oneOrAll(outputs.map(({ shape }) => shapeValue(shape)));
}

function settingOfLayer(run: Run, { trainable, attributes }: LayerValue, node: Spanned): Value {
  const made = attributes['trainable']?.value ?? true;
  if (trainable === undefined) return typeof made === 'boolean' ? made : run.unknown('whether the layer is trained is not known', node);
  // It may be one that some ways of the program have not set.
  return trainable instanceof UnionValue ? run.unknown('whether the layer is trained depends on a condition that is not known', node) : trainable;
}

/** The receiver is the layer that the method was read from. */
const apply = native('apply', (run, call) => {
  const layer = plain(call.thisValue);
  if (!(layer instanceof LayerValue)) return run.unknown('what is applied here is not known', call.call);
  const { args } = call;
  if (isOneTensor(args)) {
    const application = applyToOne(run, layer, args);
    return application.inference.furtherOutputs.length === 0 ? firstOutputOf(application) : oneOrAll(outputsOf(application));
  }
  const inputs = inputsOf(run, args[0], call);
  const states = configMember(call.args[1], 'initialState');
  const further = states === undefined || states === null ? [] : listed(inputsOf(run, states, call));
  return oneOrAll(applyLayer(run, layer, further.length === 0 ? listed(inputs) : [...listed(inputs), ...further]));
});

const isOneTensor = (args: readonly Value[]): args is readonly [TensorValue] => args.length === 1 && args[0] instanceof TensorValue;

const listed = (given: (TensorValue | UnknownValue)[] | UnknownValue): readonly (TensorValue | UnknownValue)[] => (given instanceof UnknownValue ? [given] : given);

/** As TensorFlow.js gives what it has one of by itself, and several as a list. */
const oneOrAll = (values: readonly Value[]): Value => (values.length === 1 ? values[0] : new ArrayValue(values));

/** The tensors that are passed; an unknown where the list is not known. */
export function inputsOf(run: Run, value: Value, call: NativeCall): (TensorValue | UnknownValue)[] | UnknownValue {
  const given = plain(value);
  if (given instanceof TensorValue) return [given];
  if (given instanceof UnknownValue) return [given];
  if (given instanceof ArrayValue) {
    assumeTurns(run, given);
    if (given.open) return new UnknownValue(given.open);
    return given.elements.map(element => {
      const inner = plain(element);
      return inner instanceof TensorValue || inner instanceof UnknownValue ? inner : run.unknown('this is no tensor', call.call);
    });
  }
  return [run.unknown('a layer is applied to something that is no tensor', call.call)];
}
