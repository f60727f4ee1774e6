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
  sameTensors(a.inputs, b.inputs) && sameTensors(a.outputs, b.outputs)
  && a.applications.length === b.applications.length && a.applications.every((application, i) => sameResult(application, b.applications[i]!));

export const sameResult = (a: Application, b: Application): boolean =>
  a.layer.layer === b.layer.layer && a.layer.trainable === b.layer.trainable && (a.inference === b.inference || sameInference(a, b));

const sameInference = (a: Application, b: Application): boolean =>
  sameShape(a.inference.output, b.inference.output) && sameShapes(a.inference.furtherOutputs, b.inference.furtherOutputs)
  && sameDim(a.inference.params, b.inference.params)
  && sameDim(a.inference.trainableParams, b.inference.trainableParams) && sameDim(a.inference.macs, b.inference.macs);

export const sameInputs = (a: Application, b: Application): boolean => sameTensors(a.inputs, b.inputs);

const sameTensors = (a: readonly TensorValue[], b: readonly TensorValue[]): boolean =>
  a.length === b.length && a.every((tensor, i) => sameShape(tensor.shape, b[i]!.shape));

const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean =>
  a.length === b.length && a.every((shape, i) => sameShape(shape, b[i]!));
