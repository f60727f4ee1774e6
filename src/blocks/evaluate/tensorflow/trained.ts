// Whether the weights of a layer are trained: what the program sets `trainable` to, of the layer and of models that have it. As in
// TensorFlow.js a layer has a setting of its own besides the one of its weights, which a model sets as well.
import { truth } from '../primitives.ts';
import type { Run } from '../run.ts';
import { CustomLayerValue, LayerValue, ModelValue, UnionValue, UnknownValue, type Value } from '../values.ts';
import { unknown, type Dim } from '../../shapes/dim.ts';
import type { Inference } from '../../layers/infer.ts';
import { applicationsOf } from './applications-of.ts';

/** Whether the layer is trained as far as the program says; undefined where nobody can tell. */
export function isTrained({ trainable, weightsTrained, attributes }: LayerValue): boolean | undefined {
  if (trainable === undefined && weightsTrained === undefined) return true;
  const [own, ofWeights] = [settingOf(trainable), settingOf(weightsTrained)];
  if (own === false || ofWeights === false) return false;
  // What it was made with no longer counts, but its rule has counted with it.
  return own && ofWeights && attributes['trainable']?.value !== false ? true : undefined;
}

/** What a place holds that is set to something or not; it is trained where it is not. */
function settingOf(value: Value): boolean | undefined {
  if (value === undefined) return true;
  if (!(value instanceof UnionValue)) return truth(value);
  const settings = value.alternatives.map(settingOf);
  return settings.every(setting => setting === settings[0]) ? settings[0] : undefined;
}

/** What is trained of an inference's parameters. */
export function trainedParams(layer: LayerValue, { params, trainableParams }: Pick<Inference, 'params' | 'trainableParams'>): Dim {
  const trained = isTrained(layer);
  if (trained || params === 0) return trainableParams;
  return trained === false ? 0 : unknown(`whether ${layer.layer} is trained is not known`, layer.at);
}

/** `layer.trainable = value`. */
export function setLayerTrainable(run: Run, layer: LayerValue, value: Value): void {
  const given = value === undefined ? false : value;
  run.trail.write(layer, 'trainable', given);
  // A model that has frozen it stays frozen itself, whatever its layers are.
  if (layer.weightsTrained !== undefined && truth(given) !== false) run.trail.write(layer, 'weightsTrained', notKnown(layer));
}

/** `model.trainable = value`: of the layers that it has. */
export function setModelTrainable(run: Run, model: ModelValue, value: Value): void {
  const given = value === undefined ? false : value;
  run.trail.write(model, 'trainable', given);
  const replayed = new Set(applicationsOf(model).filter(application => application.replayed).map(({ layer }) => layer));
  for (const part of model.layers) freeze(run, part, given, replayed);
}

/** What is added to a model that is frozen becomes so when the model is built, which may be later than anybody asks. */
export function addToFrozen(run: Run, part: ModelValue['layers'][number]): void {
  freeze(run, part, notKnown(undefined), new Set());
}

function freeze(run: Run, part: ModelValue['layers'][number], value: Value, replayed: ReadonlySet<LayerValue>): void {
  if (part instanceof ModelValue) for (const inner of part.layers) freeze(run, inner, notKnown(part), replayed);
  if (!(part instanceof LayerValue) || (part.weightsTrained === undefined && truth(value) === true)) return;
  // The weights of these belong to something inside of them, which a model leaves as it is, or are still to be made.
  const isNested = part.weights === undefined || part instanceof CustomLayerValue || holdWeightsInside.has(part.layer) || replayed.has(part);
  run.trail.write(part, 'weightsTrained', isNested || part.weightsTrained instanceof UnknownValue ? notKnown(part) : value);
}

const holdWeightsInside: ReadonlySet<string> = new Set(['timeDistributed', 'bidirectional', 'rnn', 'simpleRNN', 'gru', 'lstm', 'convLstm2d']);

const notKnown = (of: LayerValue | ModelValue | undefined): UnknownValue => new UnknownValue(unknown('whether its weights are trained is not followed', of?.at));
