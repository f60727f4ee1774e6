// When two evaluations of the same code are one and the same to whoever reads them. Compared before their graphs are
// made, because a helper that is called a hundred times gives few results that differ.
import { sameDim } from '../shapes/dim.ts';
import { sameShape, type Shape } from '../shapes/shape.ts';
import type { Application } from '../evaluate/application.ts';
import type { TensorValue } from '../evaluate/values.ts';

export interface Evaluation {
  readonly applications: readonly Application[];
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
}

export const sameResults = (a: Evaluation, b: Evaluation): boolean =>
  sameShapes(a.inputs.map(shapeOf), b.inputs.map(shapeOf)) && sameShapes(a.outputs.map(shapeOf), b.outputs.map(shapeOf))
  && a.applications.length === b.applications.length && a.applications.every((application, i) => sameResult(application, b.applications[i]!));

export const sameResult = (a: Application, b: Application): boolean =>
  a.layer.layer === b.layer.layer && a.layer.trainable === b.layer.trainable
  && sameShape(a.inference.output, b.inference.output) && sameShapes(a.inference.furtherOutputs, b.inference.furtherOutputs)
  && sameDim(a.inference.params, b.inference.params)
  && sameDim(a.inference.trainableParams, b.inference.trainableParams) && sameDim(a.inference.macs, b.inference.macs);

export const sameInputs = (a: Application, b: Application): boolean =>
  a.inputs.length === b.inputs.length && a.inputs.every((input, i) => sameShape(input.shape, b.inputs[i]!.shape));

const shapeOf = (tensor: TensorValue): Shape => tensor.shape;

const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean =>
  a.length === b.length && a.every((shape, i) => sameShape(shape, b[i]!));
