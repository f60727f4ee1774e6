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
  && sameInOrder(a.applications, b.applications, sameResult);

export const sameResult = (a: Application, b: Application): boolean =>
  a.layer.layer === b.layer.layer && a.layer.trainable === b.layer.trainable && a.layer.weightsTrained === b.layer.weightsTrained && (a.inference === b.inference || sameInference(a, b));

/** Figures first, which are mostly numbers. */
const sameInference = (a: Application, b: Application): boolean =>
  sameDim(a.inference.params, b.inference.params) && sameDim(a.inference.trainableParams, b.inference.trainableParams)
  && sameShape(a.inference.output, b.inference.output) && sameShapes(a.inference.furtherOutputs, b.inference.furtherOutputs)
  && sameDim(a.inference.macs, b.inference.macs);

export const sameInputs = (a: Application, b: Application): boolean => sameTensors(a.inputs, b.inputs);

const sameTensor = (a: TensorValue, b: TensorValue): boolean => sameShape(a.shape, b.shape);

const sameTensors = (a: readonly TensorValue[], b: readonly TensorValue[]): boolean => sameInOrder(a, b, sameTensor);

const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean => sameInOrder(a, b, sameShape);

/** A loop, because `every` would need a function of its own for each of the many comparisons. */
function sameInOrder<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!same(a[i]!, b[i]!)) return false;
  return true;
}
