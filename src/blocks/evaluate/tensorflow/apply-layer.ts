// Making layers and applying them: where a node of the graph comes from, with its shape inferred at once, because the
// program may read `x.shape[3]` in the next line.
import type { Inference, LayerProblem } from '../../layers/infer.ts';
import type { ConfiguredLayer } from '../../layers/memo.ts';
import { modelInput } from '../../layers/every-layer.ts';
import { findLayer } from '../../layers/registry.ts';
import { checkReuse } from '../../layers/reuse.ts';
import type { Attributes } from '../../layers/attribute.ts';
import type { LayerDefinition } from '../../layers/define-layer.ts';
import { unknown, type Unknown } from '../../shapes/dim.ts';
import { isRanked, type Shape } from '../../shapes/shape.ts';
import type { Location } from '../../text/location.ts';
import type { Application } from '../application.ts';
import { birth } from '../birth.ts';
import { applicationSteps } from '../budget.ts';
import { together } from '../extent.ts';
import type { Run } from '../run.ts';
import { CustomLayerValue, LayerValue, TensorValue, UnknownValue } from '../values.ts';
import { inferCustomLayer } from './custom-layer.ts';
import { countLayer } from './default-names.ts';
import { symbolicInput } from './symbolic-input.ts';

export function makeLayer(run: Run, layer: string, definition: LayerDefinition | undefined, attributes: Attributes, configured: ConfiguredLayer | undefined, at: Location, call: Location): LayerValue {
  const made = new LayerValue(definition?.name ?? layer, definition, attributes, at, call, run.frame, configured);
  countLayer(run, made);
  const notes = run.assumptions();
  if (notes.length > 0) made.assumed = notes;
  if (run.mutedDepth === 0) run.part.addLayer(made);
  return made;
}

/** What one application gives: almost always a single tensor. */
export type Outputs = readonly [TensorValue, ...TensorValue[]];

/** Applies a layer; an unknown among the inputs becomes a tensor of the rank that the layer asks for. */
export function applyLayer(run: Run, layer: LayerValue, inputs: readonly (TensorValue | UnknownValue)[], options: { implicit?: boolean; replays?: Application } = noOptions): Outputs {
  const tensors = inputs.length === 1 ? [tensorOf(run, layer, inputs[0]!, 0)] : tensorsOf(run, layer, inputs);
  return outputsOf(applyTo(run, layer, tensors, options.implicit ?? false, options.replays));
}

/** Applies a layer to a single tensor, as nearly all are. The list of it is kept: nobody changes the arguments of a call. */
export function applyToOne(run: Run, layer: LayerValue, given: readonly [TensorValue]): Application {
  const tensor = settle(run, given[0], layer, 0);
  return applyTo(run, layer, tensor === given[0] ? given : [tensor], false, undefined);
}

/** Without closures, which would cost this function's variables at every layer. */
function applyTo(run: Run, layer: LayerValue, tensors: readonly TensorValue[], implicit: boolean, replays: Application | undefined): Application {
  const inference = layer instanceof CustomLayerValue ? inferCustomLayer(run, layer, tensors)
    : layer.configured ? inferConfigured(layer.configured, tensors)
    : notInferred(unknown(`the layer ${layer.layer} is not known to Blockscope`, layer.at));
  const misfit = layer.definition && layer.weights ? checkReuse(layer.definition, layer.weights, inference) : noProblems;
  if (inference.problems.length + misfit.length > 0) reportMisfits(run, layer, tensors, [...inference.problems, ...misfit]);
  if (layer.definition?.overwritesInput) run.trail.write(tensors[0]!, 'shape', inference.output);
  const again = layer.weights !== undefined;
  if (!again) run.trail.write(layer, 'weights', inference.weights);
  return record(run, layer, tensors, inference, implicit, again, replays);
}

const tensorOf = (run: Run, layer: LayerValue, input: TensorValue | UnknownValue, place: number): TensorValue =>
  (input instanceof UnknownValue ? adopt(run, input, layer, place) : settle(run, input, layer, place));

const tensorsOf = (run: Run, layer: LayerValue, inputs: readonly (TensorValue | UnknownValue)[]): TensorValue[] =>
  inputs.map((input, place) => tensorOf(run, layer, input, place));

const inferConfigured = (configured: ConfiguredLayer, tensors: readonly TensorValue[]): Inference =>
  (tensors.length === 1 ? configured.inferOfOne(tensors[0]!.shape) : configured.infer(tensors.map(({ shape }) => shape)));

const noOptions = {};
const noProblems: readonly LayerProblem[] = [];

function reportMisfits(run: Run, layer: LayerValue, tensors: readonly TensorValue[], problems: readonly LayerProblem[]): void {
  for (const { id, severity, message, attribute } of problems) {
    const blamed = (attribute === undefined ? undefined : layer.attributes[attribute]?.at) ?? layer.at;
    const related = id === 'shape-mismatch' ? tensors.map(tensor => ({ message: `this gives one of the shapes`, at: tensor.application.layer.at })) : [];
    run.report({ id, severity, message, at: blamed, related });
  }
}

/** The tensor that stands for what goes into a model or a function. */
export function inputTensor(run: Run, shape: Shape, attributes: Attributes, at: Location, call: Location, options: { implicit: boolean; assumed?: readonly string[] }): TensorValue {
  const layer = new LayerValue('inputLayer', findLayer('inputLayer'), attributes, at, call, run.frame);
  if (options.assumed) layer.assumed = options.assumed;
  if (run.mutedDepth === 0 && !options.implicit) run.part.addLayer(layer);
  return firstOutputOf(record(run, layer, [], { ...notInferred(unknown('')), output: shape, params: 0, trainableParams: 0, macs: 0 }, options.implicit));
}

/** A tensor that a program makes of its data. No part of a graph until a layer is applied to it. */
export function dataTensor(run: Run, shape: Shape, assumed: readonly string[], at: Location, call: Location): TensorValue {
  const layer = new LayerValue('inputLayer', findLayer('inputLayer'), {}, at, call, run.frame);
  const inference = { ...notInferred(unknown('')), output: shape, params: 0, trainableParams: 0, macs: 0 };
  return outputsOf({ born: birth(), mark: 0, layer, inputs: [], inference, frame: run.frame, assumed, implicit: true, again: false, replayed: false, conditions: run.optionalDepth })[0];
}

export const isInputLayer = ({ definition }: LayerValue): boolean => definition?.name === 'inputLayer';

/** The tensor that an input layer stands for, which it has from the beginning. */
export function tensorOfInputLayer(run: Run, layer: LayerValue): TensorValue {
  const application = run.applicationOf(layer);
  if (application) return outputsOf(application)[0];
  const output = modelInput(layer.attributes) ?? unknown('the input has no shape', layer.at);
  return firstOutputOf(record(run, layer, [], { ...notInferred(unknown('')), output, params: 0, trainableParams: 0, macs: 0 }, false));
}

/** What comes out of layers that are not known: neither its shape is, nor how many weights they have. */
export function applyUnknown(run: Run, reason: Unknown, inputs: readonly TensorValue[], at: Location, call: Location): TensorValue {
  const layer = new LayerValue('unknown', undefined, {}, at, call, run.frame);
  return firstOutputOf(record(run, layer, inputs, notInferred(reason), true));
}

/** The tensor that is one of two, depending on something unknown. */
export function eitherOf(run: Run, a: TensorValue, b: TensorValue, shape: Shape): TensorValue {
  if (a.application === b.application && a.output === b.output) return a;
  const layer = new LayerValue('either', undefined, {}, b.application.layer.at, b.application.layer.call, run.frame);
  return firstOutputOf(record(run, layer, [a, b], { ...notInferred(unknown('')), output: shape, params: 0, trainableParams: 0, macs: 0 }, true));
}

/** What the present calls, the layer's attributes and its inputs rest on; mostly nothing. */
function assumedBy(run: Run, layer: LayerValue, inputs: readonly TensorValue[]): readonly string[] {
  let notes = together(run.assumptions(), layer.assumed);
  for (const name in layer.attributes) notes = together(notes, layer.attributes[name]!.assumed);
  for (const input of inputs) notes = together(notes, input.application.assumed);
  return notes;
}

function record(run: Run, layer: LayerValue, inputs: readonly TensorValue[], inference: Inference, implicit: boolean, again = false, replays?: Application): Application {
  run.checkApplications();
  run.budget.steps(applicationSteps);
  const application: Application = {
    born: birth(), mark: 0, layer, inputs, inference, frame: run.frame, assumed: assumedBy(run, layer, inputs), implicit, again,
    replayed: replays !== undefined, conditions: run.optionalDepth + (replays && replays.conditions > 0 ? 1 : 0),
  };
  if (run.mutedDepth === 0) run.noteApplication(application);
  return application;
}

/** The tensors that an application gives. */
export const outputsOf = (application: Application): Outputs => {
  const { furtherOutputs } = application.inference;
  const first = firstOutputOf(application);
  return furtherOutputs.length === 0 ? [first] : [first, ...furtherOutputs.map((shape, i) => new TensorValue(shape, application, i + 1))];
};

export const firstOutputOf = (application: Application): TensorValue => new TensorValue(application.inference.output, application);

function notInferred(reason: Unknown): Inference {
  return { output: reason, furtherOutputs: [], weights: [], params: reason, trainableParams: reason, macs: reason, macProducts: [], workings: [], problems: [] };
}

/** What an unknown turns out to be when a layer is applied to it: a tensor of the layer's rank, with named dims. */
function adopt(run: Run, value: UnknownValue, layer: LayerValue, place: number): TensorValue {
  if (value.tensor && isRanked(value.tensor.shape)) return value.tensor;
  const shape = symbolicInput(run, layer, place, value.reason);
  const tensor = inputTensor(run, shape, {}, value.reason.at ?? layer.at, value.reason.at ?? layer.at, { implicit: true });
  run.trail.write(value, 'tensor', tensor);
  return tensor;
}

/** An input of which nothing is known has the rank that the first layer applied to it asks for. */
function settle(run: Run, tensor: TensorValue, layer: LayerValue, place: number): TensorValue {
  const { shape, application } = tensor;
  if (isRanked(shape) || application.inputs.length > 0 || application.layer.layer !== 'inputLayer') return tensor;
  const adopted = symbolicInput(run, layer, place, shape);
  if (isRanked(adopted)) {
    run.trail.write(tensor, 'shape', adopted);
    run.trail.write(application, 'inference', { ...application.inference, output: adopted });
  }
  return tensor;
}
