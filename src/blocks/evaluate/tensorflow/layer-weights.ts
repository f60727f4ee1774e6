// What a layer of the program's own asks of layers that it holds: to be built, for their weights, and for their shapes.
import { describedInput } from '../../layers/every-layer.ts';
import type { Inference } from '../../layers/infer.ts';
import { productOfDims, unknown } from '../../shapes/dim.ts';
import type { Spanned } from '../../syntax/place.ts';
import type { Location } from '../../text/location.ts';
import { native } from '../builtins/native.ts';
import { plain, valueOfDim } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, CustomLayerValue, LayerValue, ObjectValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { attributeOf } from './attributes.ts';
import { shapeValue } from './tensor-members.ts';
import { isTrained } from './trained.ts';

/** A weight as a program sees it. */
export function weightValue(properties: Readonly<Record<string, Value>>, at: Location): ObjectValue {
  const weight = new ObjectValue();
  weight.open = unknown('what a weight holds is not known before the program runs', at);
  for (const [key, value] of Object.entries(properties)) weight.properties.set(key, { value });
  return weight;
}

/** `layer.weights` and its two parts. */
export function weightsOfLayer(run: Run, layer: LayerValue, which: 'all' | 'trainable' | 'others', node: Spanned): Value {
  if (!layer.weights) return run.unknown('the layer has not been built', node);
  const layerIsTrained = isTrained(layer);
  if (layerIsTrained === undefined && which !== 'all') return run.unknown('whether the layer is trained is not known', node);
  const isTrainedIn = ({ trainable }: { trainable: boolean }): boolean => trainable && layerIsTrained !== false;
  const [trained, others] = [layer.weights.filter(isTrainedIn), layer.weights.filter(weight => !isTrainedIn(weight))];
  const listed = which === 'all' ? [...trained, ...others] : which === 'trainable' ? trained : others;
  return new ArrayValue(listed.map(({ name, shape, trainable }) => weightValue({ name, shape: new ArrayValue(shape.map(valueOfDim)), size: valueOfDim(productOfDims(shape)), trainable }, layer.at)));
}

const onShape = (name: string, body: (run: Run, layer: LayerValue, inference: Inference) => Value): NativeFunction =>
  native(name, (run, call) => {
    const layer = plain(call.thisValue);
    const inference = layer instanceof LayerValue ? inferOn(run, layer, call) : undefined;
    return layer instanceof LayerValue && inference ? body(run, layer, inference) : run.unknown(`what ${name} is asked for is not known`, call.call);
  });

function inferOn(run: Run, layer: LayerValue, call: NativeCall): Inference | undefined {
  if (layer instanceof CustomLayerValue || !layer.configured) return undefined;
  const shape = describedInput({ batchShape: attributeOf(run, call.args[0], call.argsAt[0] ?? call.at).value });
  return shape && layer.configured.infer([shape]);
}

/** `layer.build(inputShape)`, of a layer that takes one tensor. */
export const buildLayer = onShape('build', (run, layer, inference) => {
  if (inference.weights.length > 0 || inference.params === 0) run.trail.write(layer, 'weights', layer.weights ?? inference.weights);
  return undefined;
});

/** `layer.computeOutputShape(inputShape)`. */
export const outputShapeOfLayer = onShape('computeOutputShape', (_run, _layer, { output, furtherOutputs }) =>
  (furtherOutputs.length === 0 ? shapeValue(output) : new ArrayValue([output, ...furtherOutputs].map(shapeValue))));
