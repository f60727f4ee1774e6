// Works out what one value of a layer's output sees of an input. Not a part of what is inferred at every keystroke: it is done where somebody asks for it.
import { isUnknown, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import { joinSights } from '../shapes/sight.ts';
import { isAlternatives, withoutPlaces, type AttributeSchema, type Attributes, type AttributeValue, type InnerLayer, type InnerModel, type ReadAttributes } from './attribute.ts';
import type { LayerDefinition } from './define-layer.ts';
import { adoptRanks, callOf, guarded, inferInner } from './infer.ts';
import { readAttributes, type Case } from './read-attributes.ts';
import type { AxisStep } from './receptive-field.ts';
import { findLayer } from './registry.ts';

/** For each axis of the input at this place, the batch left out; an unknown where nothing is known of any. `output` is the shape that was inferred. */
export function receptiveStepsOf(definition: LayerDefinition, attributes: Attributes, inputs: readonly Shape[], output: Shape, place: number): readonly AxisStep[] | Unknown {
  if (!isRanked(output)) return output;
  return guarded<readonly AxisStep[] | Unknown>(unknown, () => {
    const { cases, uncertain = unknown('the configuration is one of several') } = readAttributes(definition, attributes);
    const adopted = adoptRanks(definition, inputs);
    const unranked = adopted.find((shape): shape is Unknown => !isRanked(shape));
    if (unranked) return unranked;
    const undecided = (name: string): Unknown | undefined => (unknownIn(attributes[name]?.value) ? unknown(`${name} of ${definition.name} is not known`) : undefined);
    const all = cases.map(known => ofCase(definition, known, adopted.filter(isRanked), place, undecided));
    return all.length === 0 ? uncertain : all.reduce((a, b) => joinSteps(a, b, uncertain));
  });
}

function ofCase(definition: LayerDefinition, known: Case, inputs: readonly (readonly Dim[])[], place: number, undecided: (name: string) => Unknown | undefined): readonly AxisStep[] | Unknown {
  const call = callOf(known as ReadAttributes<AttributeSchema>, inputs, []);
  const output = definition.shape(call);
  return isRanked(output) ? definition.receptiveField.steps({ ...call, output, undecided, receptiveSteps: ofInner }, place) : output;
}

function ofInner(inner: InnerLayer | InnerModel, inputs: readonly Shape[], place: number): readonly AxisStep[] | Unknown {
  if (inner.kind === 'model') return unknown('what a model inside of a layer sees is not followed');
  const definition = findLayer(inner.layer);
  if (!definition) return unknown(`the layer ${inner.layer} is not known to Blockscope`);
  return receptiveStepsOf(definition, withoutPlaces(inner.attributes), inputs, inferInner(inner, inputs).output, place);
}

const unknownIn = (value: AttributeValue): boolean => isUnknown(value) || (isAlternatives(value) && value.values.some(unknownIn));

type Steps = readonly AxisStep[] | Unknown;

/** What holds in both cases. */
function joinSteps(a: Steps, b: Steps, uncertain: Unknown): Steps {
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  const [x, y] = [a as readonly AxisStep[], b as readonly AxisStep[]];
  return x.map((step, i) => joinStep(step, y[i]!, uncertain));
}

function joinStep(a: AxisStep, b: AxisStep, uncertain: Unknown): AxisStep {
  if (isUnknown(a)) return a;
  if (isUnknown(b)) return b;
  if (a.kind === 'along' && b.kind === 'along' && a.to === b.to) {
    const joined = joinSights(a.sight, b.sight);
    return joined ? { ...a, sight: joined } : uncertain;
  }
  if (a.kind === 'row' && b.kind === 'row') return a.to === b.to ? a : uncertain;
  return a.kind === b.kind && a.kind !== 'along' ? a : uncertain;
}
