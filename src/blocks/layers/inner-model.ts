// What a model inside of a wrapper makes of inputs: each of its layers, with the weights that it already has.
import { unknown, type Dim } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { InnerLayer, InnerModel } from './attribute.ts';
import type { WeightShape } from './define-layer.ts';
import { sizeOf, sumOfProducts, type Inference } from './infer.ts';
import type { LayerProblem } from './read-attributes.ts';
import { findLayer } from './registry.ts';
import { checkReuse } from './reuse.ts';

/** `infer` is what a layer of the model makes of inputs. The problems are those that the model has with these inputs. */
export function inferModel(model: InnerModel, inputs: readonly Shape[], infer: (layer: InnerLayer, inputs: readonly Shape[]) => Inference): Inference {
  const tensors: Shape[] = [...inputs];
  const macProducts: (readonly Dim[])[] = [];
  const problems: LayerProblem[] = [];
  for (const application of model.applications) {
    const { layer, weights: built } = model.layers[application.layer]!;
    const made = infer(layer, application.inputs.map(i => tensors[i]!));
    const [misfit] = [...made.problems.filter(({ severity }) => severity === 'error'), ...checkReuse(findLayer(layer.layer)!, built, made)];
    if (misfit) problems.push(misfit);
    const further = Array.from({ length: application.outputs - 1 }, (_, i) => made.furtherOutputs[i] ?? unknown(`what ${layer.layer} gives is not known`));
    tensors.push(misfit ? unknown(misfit.message) : made.output, ...further);
    macProducts.push(...made.macProducts);
  }
  const weights = model.layers.flatMap((layer, i) => layer.weights.map((weight): WeightShape => ({ ...weight, name: `${i}_${weight.name}` })));
  const [output, ...furtherOutputs] = model.outputs.map(i => tensors[i]!);
  return {
    output: output!, furtherOutputs, weights, macProducts, problems, workings: [],
    params: sizeOf(weights), trainableParams: sizeOf(weights.filter(weight => weight.trainable)), macs: sumOfProducts(macProducts),
  };
}
