// Works out what a layer computes value by value. Not a part of what is inferred at every keystroke: it is done where somebody asks for it.
import { isUnknown, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import { isAlternatives, withoutPlaces, type AttributeSchema, type Attributes, type AttributeValue, type InnerLayer, type InnerModel, type ReadAttributes } from './attribute.ts';
import type { LayerDefinition } from './define-layer.ts';
import type { ElementOperation } from './element-operations.ts';
import { adoptRanks, callOf, guarded, inferInner, sumOfProducts } from './infer.ts';
import { readAttributes, type Case } from './read-attributes.ts';
import { findLayer } from './registry.ts';

/** What a layer computes value by value, kind by kind; an unknown where that is not known. `output` is the shape that was inferred. */
export function elementOperationsOf(definition: LayerDefinition, attributes: Attributes, inputs: readonly Shape[], output: Shape): readonly ElementOperation[] | Unknown {
  const { count, decidedBy = [] } = definition.elementOperations;
  if (!count) return [];
  if (!isRanked(output)) return output;
  const undecided = decidedBy.find(name => unknownIn(attributes[name]?.value));
  if (undecided !== undefined) return unknown(`${undecided} of ${definition.name} is not known`);
  return guarded<readonly ElementOperation[] | Unknown>(unknown, () => {
    const { cases, uncertain = unknown('the configuration is one of several') } = readAttributes(definition, attributes);
    const ranked = adoptRanks(definition, inputs).filter(isRanked);
    const [first, ...others] = cases.map(known => ofCase(definition, known, ranked));
    if (first === undefined) return uncertain;
    return others.every(other => sameOperations(first, other)) ? first : uncertain;
  });
}

function ofCase(definition: LayerDefinition, known: Case, inputs: readonly (readonly Dim[])[]): readonly ElementOperation[] | Unknown {
  const call = callOf(known as ReadAttributes<AttributeSchema>, inputs, []);
  const output = definition.shape(call);
  if (!isRanked(output)) return output;
  return definition.elementOperations.count!({ ...call, output, elementOperations: ofInner });
}

/** Also where they are not known: then what comes of it is not known either. */
function ofInner(inner: InnerLayer | InnerModel, inputs: readonly Shape[]): readonly ElementOperation[] {
  if (inner.kind === 'model') return ofModel(inner, inputs);
  const definition = findLayer(inner.layer);
  const found = definition
    ? elementOperationsOf(definition, withoutPlaces(inner.attributes), inputs, inferInner(inner, inputs).output)
    : unknown(`the layer ${inner.layer} is not known to Blockscope`);
  return isUnknown(found) ? [{ what: inner.layer, product: [found] }] : (found as readonly ElementOperation[]);
}

/** Those of each application, on the tensors that the applications before it give. */
function ofModel(model: InnerModel, inputs: readonly Shape[]): readonly ElementOperation[] {
  const tensors: Shape[] = [...inputs];
  return model.applications.flatMap(({ layer: place, inputs: from, outputs }) => {
    const { layer } = model.layers[place]!;
    const into = from.map(i => tensors[i]!);
    const { output, furtherOutputs } = inferInner(layer, into);
    tensors.push(...[output, ...furtherOutputs].slice(0, outputs));
    return ofInner(layer, into);
  });
}

const unknownIn = (value: AttributeValue): boolean => isUnknown(value) || (isAlternatives(value) && value.values.some(unknownIn));

/** Whether two cases come to the same number, of which alone it matters. */
function sameOperations(a: readonly ElementOperation[] | Unknown, b: readonly ElementOperation[] | Unknown): boolean {
  if (isUnknown(a) || isUnknown(b)) return false;
  const text = (operations: readonly ElementOperation[]): string => JSON.stringify([
    sumOfProducts(operations.map(({ product }) => product)), sumOfProducts(operations.filter(({ fvcore }) => fvcore).map(({ product }) => product)),
  ]);
  return text(a as readonly ElementOperation[]) === text(b as readonly ElementOperation[]);
}
