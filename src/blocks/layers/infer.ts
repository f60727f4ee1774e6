// What a layer makes of its configuration and its inputs: shape, weights, cost, problems. It never throws.
import { addDims, formatDim, isUnknown, productOfDims, sameDim, unknown, type Dim, type Unknown } from '../shapes/dim.ts';
import { formatShape, isRanked, joinShapes, sameShape, type Shape } from '../shapes/shape.ts';
import { configMissing } from '../problems/config-missing.ts';
import { invalidCombination } from '../problems/invalid-combination.ts';
import { overwritesInput } from '../problems/overwrites-input.ts';
import type { ProblemDefinition } from '../problems/problem.ts';
import { unknownAttribute } from '../problems/unknown-attribute.ts';
import { wrongNumberOfInputs } from '../problems/wrong-number-of-inputs.ts';
import { wrongRank } from '../problems/wrong-rank.ts';
import { formatValue, type AttributeSchema, type Attributes, type AttributeValue, type InnerLayer, type InnerModel, type ReadAttributes } from './attribute.ts';
import { unmetDemand } from './core/weight-settings.ts';
import type { LayerCall, LayerConfig, LayerDefinition, WeightShape } from './define-layer.ts';
import { initializersOf, modelInput, readDim, schemaOf } from './every-layer.ts';
import { inferModel } from './inner-model.ts';
import { commonProblems, describe, readAttributes, type Case, type LayerProblem } from './read-attributes.ts';
import { fitsRank, rankText } from './input-rank.ts';
import { findLayer } from './registry.ts';
import { similarName } from './similar-name.ts';

export type { LayerProblem } from './read-attributes.ts';

export interface Inference {
  readonly output: Shape;
  /** What a cell of a recurrent layer keeps from step to step; empty for everything else. */
  readonly states?: readonly Shape[];
  /** The tensors that `apply` gives after the first; almost every layer gives one alone. */
  readonly furtherOutputs: readonly Shape[];
  readonly weights: readonly WeightShape[];
  readonly params: Dim;
  readonly trainableParams: Dim;
  /** Of one example. */
  readonly macs: Dim;
  /** The products that `macs` is the sum of. */
  readonly macProducts: readonly (readonly Dim[])[];
  /** The shape rule worked out with the call's own numbers. */
  readonly workings: readonly string[];
  /** What the inputs bring to light; `checkConfig` has what is wrong with the configuration by itself. */
  readonly problems: readonly LayerProblem[];
}

/**
 * What TensorFlow.js throws when the layer is made, before any input is known, and what it swallows: misspelt
 * attributes. `undefined` stands for a call without any argument.
 */
export function checkConfig(definition: LayerDefinition, attributes: Attributes | undefined): readonly LayerProblem[] {
  return guarded(() => [], () => {
    if (attributes === undefined && definition.needsConfig) return [describe(configMissing, { layer: definition.name })];
    const { cases, problems } = readAttributes(definition, attributes ?? {});
    const together = cases.map(known => {
      const found: LayerProblem[] = [];
      definition.check?.({ attributes: known as ReadAttributes<AttributeSchema>, report: reporter(found) });
      return found;
    });
    return [...problems, ...commonProblems(together), ...misspelt(definition, attributes ?? {})];
  });
}

/** Output, weights and cost of a layer applied to inputs, the batch first. */
export function inferLayer(definition: LayerDefinition, attributes: Attributes, inputs: readonly Shape[]): Inference {
  return guarded(failure => nothingKnown(unknown(failure)), () => inferCases(definition, attributes, inputs));
}

/** The rank that a layer demands of its input, the batch counted; undefined where it takes several or any. */
export const rankOf = (definition: LayerDefinition): number | undefined =>
  typeof definition.rank === 'number' ? definition.rank : undefined;

/** What the dims of an input are called, by the rank that the layer demands: `batch`, `height`, `width`, `channels`. */
export function inputDimNames(definition: LayerDefinition, attributes: Attributes, place = 0): readonly string[] | undefined {
  const rank = rankOf(definition);
  if (rank === undefined || !isRankDemanded(definition, place)) return undefined;
  if (rank === 2) return ['batch', 'features'];
  const spatial = ['depth', 'height', 'width'].slice(5 - rank);
  const axes = rank === 3 ? ['length'] : spatial;
  const first = 'dataFormat' in definition.attributes && attributes['dataFormat']?.value === 'channelsFirst';
  return first ? ['batch', 'channels', ...axes] : ['batch', ...axes, 'channels'];
}

/** The shape of a model's input as the configuration of its first layer describes it; undefined where it does not. */
export function inputOfFirstLayer(definition: LayerDefinition, attributes: Attributes): Shape | undefined {
  const given = modelInput(attributes);
  if (given !== undefined || !definition.impliedInput) return given;
  return guarded<Shape | undefined>(unknown, () => {
    const { cases, uncertain } = readAttributes(definition, attributes);
    const batch = readDim(attributes['batchSize']?.value);
    const shapes = cases.map(known => definition.impliedInput!(known as ReadAttributes<AttributeSchema>, batch));
    return shapes.reduce((a, b) => (a && b ? joinShapes(a, b, uncertain ?? severalCases) : undefined));
  });
}

const severalCases = unknown('the configuration is one of several');

function inferCases(definition: LayerDefinition, attributes: Attributes, given: readonly Shape[]): Inference {
  const adopted = adoptRanks(definition, given);
  // What comes out does not depend on states: they are only looked at where they can contradict the layer.
  const inputs = adopted.some((shape, i) => !isRanked(shape) && !isRankDemanded(definition, i)) ? adopted.slice(0, 1) : adopted;
  const misfit = checkInputs(definition, inputs);
  if (misfit) return { ...nothingKnown(unknown(misfit.message)), problems: [misfit] };
  const ranked = inputs.filter(isRanked);
  const unranked = inputs.find((shape): shape is Unknown => !isRanked(shape));
  const { cases, uncertain = severalCases } = readAttributes(definition, attributes);
  if (unranked) {
    const [only, another] = cases;
    const output = only && !another ? definition.outputOfAnyRank?.(only as ReadAttributes<AttributeSchema>, unranked) : undefined;
    return { ...nothingKnown(unranked, definition), output: output ?? unranked };
  }
  if (cases.length === 0) return nothingKnown(uncertain, definition);
  return cases.map(known => inferCase(definition, known, ranked)).reduce((a, b) => join(a, b, uncertain));
}

/** What the rules of a layer are given of one case; what they report is added to `problems`. */
export const callOf = (attributes: ReadAttributes<AttributeSchema>, inputs: readonly (readonly Dim[])[], problems: LayerProblem[]): LayerCall<AttributeSchema> => ({
  attributes, inputs, report: reporter(problems),
  definitionOf: inner => (inner.kind === 'layer' ? findLayer(inner.layer) : undefined),
  infer: inferInner,
  passOn: inner => problems.push(...inner.map(({ id, severity, message }) => ({ id, severity, message }))),
});

function inferCase(definition: LayerDefinition, known: Case, inputs: readonly (readonly Dim[])[]): Inference {
  const problems: LayerProblem[] = [];
  const call = callOf(known as ReadAttributes<AttributeSchema>, inputs, problems);
  const output = definition.shape(call);
  const made = definition.weights?.(call) ?? [];
  reportInitializers(definition, call, made);
  if (definition.overwritesInput && !sameShape(output, inputs[0]!)) call.report(overwritesInput, { layer: definition.name, input: inputs[0]!, output });
  const weights = known['trainable'] === false ? made.map(weight => ({ ...weight, trainable: false })) : made;
  const dims = isRanked(output) ? output : undefined;
  const macProducts = dims ? definition.macs?.({ ...call, output: dims }) ?? [] : [];
  return {
    output, weights, macProducts, problems,
    furtherOutputs: definition.furtherOutputs?.({ ...call, output }) ?? [],
    states: definition.states?.(call) ?? [],
    params: sizeOf(weights),
    trainableParams: sizeOf(weights.filter(weight => weight.trainable)),
    macs: dims || !definition.macs ? sumOfProducts(macProducts) : output as Unknown,
    workings: dims ? definition.workings?.({ ...call, output: dims }) ?? [] : [],
  };
}

/**
 * What a layer inside of another one makes of inputs. Weights and products add up to the totals, also where these are not
 * known, so that the rules of the layer around it need nothing else.
 */
export function inferInner(inner: InnerLayer | InnerModel, inputs: readonly Shape[]): Inference {
  if (inner.kind === 'model') return inferModel(inner, inputs, inferInner);
  const { layer, attributes } = inner;
  const definition = findLayer(layer);
  const inference = definition === undefined
    ? nothingKnown(unknown(`the layer ${layer} is not known to Blockscope`))
    : inferLayer(definition, Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { value }])), inputs);
  const { params, trainableParams, macs } = inference;
  const uncertain = [params, trainableParams].find(isUnknown);
  return {
    ...inference,
    weights: uncertain ? [{ name: 'weights', shape: [uncertain], trainable: true }] : inference.weights,
    macProducts: isUnknown(macs) ? [[macs]] : inference.macProducts,
  };
}

/** Some initializers throw for weights of some shapes. */
function reportInitializers(definition: LayerDefinition, { attributes, report }: LayerConfig<AttributeSchema>, weights: readonly WeightShape[]): void {
  for (const { attribute, weight } of initializersOf(definition)) {
    const value = attributes[attribute] as AttributeValue;
    const shape = weights.find(({ name }) => name === weight)?.shape;
    const demand = shape && unmetDemand(value, shape);
    if (demand === undefined) continue;
    report(invalidCombination, { layer: definition.name, rule: `cannot start its ${weight} of shape ${formatShape(shape!)} with ${formatValue(value)}, which demands ${demand}` }, attribute);
  }
}

/** Inputs without a rank have the one that the layer demands of them. */
export const adoptRanks = (definition: LayerDefinition, inputs: readonly Shape[]): readonly Shape[] =>
  inputs.map((shape, i) => (isRankDemanded(definition, i) ? adoptRank(definition, shape) : shape));

/** An input without a rank has the one that the layer demands; its dims stay unknown. */
function adoptRank(definition: LayerDefinition, shape: Shape): Shape {
  const rank = rankOf(definition);
  return isRanked(shape) || rank === undefined ? shape : new Array<Dim>(rank).fill(shape);
}

/** The rank is demanded of all inputs but states, which have one of their own. */
const isRankDemanded = ({ inputs }: LayerDefinition, place: number): boolean => inputs !== 'one and states' || place === 0;

const inputCounts: Readonly<Record<LayerDefinition['inputs'], { readonly fits: (count: number) => boolean; readonly expected: string }>> = {
  none: { fits: count => count === 0, expected: 'nothing' },
  one: { fits: count => count === 1, expected: 'one tensor' },
  'one and states': { fits: count => count >= 1, expected: 'one tensor, with states after it or none' },
  several: { fits: count => count >= 2, expected: 'a list of at least two tensors' },
};

function checkInputs(definition: LayerDefinition, inputs: readonly Shape[]): LayerProblem | undefined {
  const { name: layer, inputs: takes, rank } = definition;
  const count = inputCounts[takes];
  // One tensor of which nothing is known may as well be a list.
  const mayBeList = takes === 'several' && inputs.length === 1 && !isRanked(inputs[0]!);
  if (!mayBeList && !count.fits(inputs.length)) return describe(wrongNumberOfInputs, { layer, expected: count.expected, received: inputs.length });
  if (rank === undefined) return undefined;
  const wrong = inputs.filter((_, i) => isRankDemanded(definition, i)).filter(isRanked).find(shape => !fitsRank(rank, shape.length));
  return wrong && describe(wrongRank, { layer, expected: rankText(rank), input: wrong });
}

function misspelt(definition: LayerDefinition, attributes: Attributes): LayerProblem[] {
  const known = Object.keys(schemaOf(definition));
  return Object.keys(attributes).filter(name => !known.includes(name)).flatMap(attribute => {
    const suggestion = similarName(attribute, known.filter(name => !(name in attributes)));
    return suggestion === undefined ? [] : [describe(unknownAttribute, { layer: definition.name, attribute, suggestion, isOfBlocks: definition.vocabulary !== undefined }, attribute)];
  });
}

const reporter = (found: LayerProblem[]) => <Data>(problem: ProblemDefinition<Data>, data: Data, attribute?: string): void => {
  found.push(describe(problem, data, attribute));
};

/** What holds of both: dims that agree stay, others become unknown for the given reason. */
function join(a: Inference, b: Inference, reason: Unknown): Inference {
  const joinDims = (x: Dim, y: Dim): Dim => (sameDim(x, y) || isUnknown(x) ? x : isUnknown(y) ? y : reason);
  const inBoth = a.weights.flatMap(weight => {
    const other = b.weights.find(one => one.name === weight.name);
    const shape = other && joinShapes(weight.shape, other.shape, reason);
    return shape && isRanked(shape) ? [{ ...weight, shape, trainable: weight.trainable && other.trainable }] : [];
  });
  const sameProducts = a.macProducts.length === b.macProducts.length
    && a.macProducts.every((product, i) => product.length === b.macProducts[i]!.length && product.every((dim, k) => sameDim(dim, b.macProducts[i]![k]!)));
  // A program takes one tensor for itself and several as a list: where that is open, nothing holds of what comes out.
  const furtherOutputs = joinAll(a.furtherOutputs, b.furtherOutputs, reason);
  return {
    output: furtherOutputs ? joinShapes(a.output, b.output, reason) : reason,
    furtherOutputs: furtherOutputs ?? [],
    states: joinAll(a.states, b.states, reason) ?? [],
    weights: inBoth,
    params: joinDims(a.params, b.params),
    trainableParams: joinDims(a.trainableParams, b.trainableParams),
    macs: joinDims(a.macs, b.macs),
    macProducts: sameProducts ? a.macProducts : [],
    workings: a.workings.filter(line => b.workings.includes(line)),
    problems: commonProblems([a.problems, b.problems]),
  };
}

/** Undefined where there are not equally many. */
const joinAll = (a: readonly Shape[] = [], b: readonly Shape[] = [], reason: Unknown): readonly Shape[] | undefined =>
  (a.length === b.length ? a.map((shape, i) => joinShapes(shape, b[i]!, reason)) : undefined);

/** Of a layer that has no weights, or no MACs, that much is known. */
function nothingKnown(reason: Unknown, definition?: LayerDefinition): Inference {
  const params = definition && !definition.weights ? 0 : reason;
  const macs = definition && !definition.macs ? 0 : reason;
  return { output: reason, furtherOutputs: [], weights: [], params, trainableParams: params, macs, macProducts: [], workings: [], problems: [] };
}

const sum = (dims: readonly Dim[]): Dim => dims.reduce<Dim>((total, dim) => addDims(total, dim), 0);

export const sumOfProducts = (products: readonly (readonly Dim[])[]): Dim => sum(products.map(productOfSizes));

/** How many numbers there are in weights. */
export const sizeOf = (weights: readonly WeightShape[]): Dim =>
  sum(weights.map(weight => productOfSizes(weight.shape) ?? unknown(`the size of ${weight.name} follows from a dim that is left open`)));

/** The product of sizes; where one is zero or less, as a kernel that does not fit makes it, there is none to name. */
function productOfSizes(dims: readonly Dim[]): Dim {
  const impossible = dims.find(dim => typeof dim === 'number' && !(dim > 0));
  return impossible === undefined ? productOfDims(dims) : unknown(`${formatDim(impossible)} is no size`);
}

/** The rules are pure and total; should one fail all the same, the editor must not. */
export function guarded<T>(otherwise: (failure: string) => T, work: () => T): T {
  try {
    return work();
  } catch (error) {
    return otherwise(`Blockscope failed here: ${String(error)}`);
  }
}
