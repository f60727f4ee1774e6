// Applies blocks to tensors: their layers are made and applied one by one, in the order in which they are written. `graphOfBlock` does
// the same for data that is fully known.
import type { Attribute } from '../../layers/attribute.ts';
import type { DataFormat } from '../../layers/layout.ts';
import { configuredLayer } from '../../layers/memo.ts';
import { findLayerOfBlocks, namesOfLayersOfBlocks } from '../../layers/registry.ts';
import { similarName } from '../../layers/similar-name.ts';
import { blockTooLarge } from '../../problems/block-too-large.ts';
import { inputMismatch } from '../../problems/input-mismatch.ts';
import { notABlock } from '../../problems/not-a-block.ts';
import type { ProblemDefinition } from '../../problems/problem.ts';
import { unknownLayer } from '../../problems/unknown-layer.ts';
import { formatDim, isKnown, isSymbolic, isUnknown, sameDim, unknown, type Dim, type Unknown } from '../../shapes/dim.ts';
import { contradicts, isRanked, type Shape } from '../../shapes/shape.ts';
import { mostLayers, mostNested } from '../../vocabulary/block.ts';
import { layoutAttributes } from '../../vocabulary/layout.ts';
import { together } from '../extent.ts';
import { forkValues } from '../fork.ts';
import { describe, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { applyLayer, applyUnknown } from '../tensorflow/apply-layer.ts';
import { attributesOf } from '../tensorflow/attributes.ts';
import { reportConfig } from '../tensorflow/layer-factory.ts';
import { ArrayValue, LayerValue, ObjectValue, TensorValue, UnionValue, UnknownValue, type PropertyValue, type Value } from '../values.ts';
import { BlockValue, isNothing, type Origin } from './block-value.ts';
import { declaredShape } from './declared-input.ts';

/** What a block is told by those around it. */
export interface Around {
  readonly dataFormat: DataFormat;
  readonly depth: number;
  /** How many layers the part had applied before the whole. */
  readonly first: number;
  /** What was taken for granted without which it would not be there. */
  readonly notes: readonly string[] | undefined;
  /** Of the innermost block that has a place: data has none that is made otherwise than by words and literals. */
  readonly origin: Origin;
}

/** Gives what comes out. What is no block is a problem, and what follows from it unknown. */
export function applyBlock(run: Run, value: Value, input: TensorValue, around: Around): TensorValue {
  const block = plain(value);
  const { at, call } = around.origin;
  if (around.depth > mostNested || run.part.applications.length - around.first > mostLayers) {
    return refused(run, blockTooLarge, { nested: mostNested, layers: mostLayers }, input, around.origin);
  }
  // One of the ways of a condition: what goes in comes out.
  if (isNothing(block)) return input;
  if (block instanceof ObjectValue) return applyObject(run, block, input, around);
  if (block instanceof UnknownValue) {
    return block.oneOf ? fork(run, block.oneOf, block.reason, one => applyBlock(run, one, input, around)) : applyUnknown(run, block.reason, [input], at, call);
  }
  if (block instanceof UnionValue) return applyUnknown(run, unknown('which block this is depends on a condition that is not known', call), [input], at, call);
  return refused(run, notABlock, { what: describe(block) }, input, around.origin);
}

function refused<P>(run: Run, problem: ProblemDefinition<P>, parameters: P, input: TensorValue, { call, at, frame }: Origin, blamed = at): TensorValue {
  const message = problem.message(parameters);
  run.report({ id: problem.id, severity: problem.severity, message, at: blamed, related: [] });
  return withinFrame(run, frame, at.file, () => applyUnknown(run, unknown(message, at), [input], at, call));
}

/** Each of a few, between which a condition decides. */
const fork = (run: Run, values: readonly Value[], reason: Unknown, apply: (one: Value) => TensorValue): TensorValue =>
  forkValues(run, values.map(one => () => apply(one)), reason) as TensorValue;

function applyObject(run: Run, object: ObjectValue, input: TensorValue, outside: Around): TensorValue {
  const origin = object instanceof BlockValue ? object.origin : outside.origin;
  const around: Around = { ...outside, origin, depth: outside.depth + 1, notes: together(together(outside.notes, object.assumedExtent), origin.assumed) };
  if (object instanceof BlockValue && outside.depth > 0) object.isInside = true;
  if (origin.part !== run.part) run.part.usesOtherBlocks = true;
  const { properties } = object;
  const doubt = object.open ?? doubtIn(properties);
  if (doubt) return applyUnknown(run, doubt, [input], origin.at, origin.call);
  const own = (name: string): PropertyValue | undefined => properties.get(name);
  if (own('input')) return checkInput(run, own('input')!.value, input, origin);
  const from = run.part.applications.length;
  const output = own('sequential') ? applyList(run, own('sequential')!.value, input, around)
    : own('residual') ? applyResidual(run, own('residual')!, own('shortcut'), input, around)
    : own('branches') ? applyBranches(run, object, input, around)
    : own('block') ? applyList(run, own('layers')?.value, input, around)
    : undefined;
  if (!output) return applyNamedLayer(run, object, input, around);
  if (object instanceof BlockValue) noteUse(run, object, input, output, from);
  return output;
}

/** Why a property may not be there, which then decides what the object means. */
function doubtIn(properties: ObjectValue['properties']): Unknown | undefined {
  for (const { uncertain } of properties.values()) if (uncertain) return uncertain;
  return undefined;
}

/** What a block says of its input has to agree with what goes in. */
function checkInput(run: Run, settings: Value, input: TensorValue, { at }: Origin): TensorValue {
  const expected = declaredShape(run, settings, at);
  if (contradicts(input.shape, expected)) {
    const { id, severity, message } = inputMismatch;
    run.report({ id, severity, message: message({ given: input.shape, expected }), at, related: [] });
  }
  return input;
}

/** One after the other. Behind those of which nobody knows how many there are, nothing is known of what goes in. */
function applyList(run: Run, value: Value, input: TensorValue, around: Around): TensorValue {
  const list = plain(value);
  if (list instanceof UnknownValue && list.oneOf) return fork(run, list.oneOf, list.reason, one => applyList(run, one, input, around));
  if (!(list instanceof ArrayValue)) return applyBlock(run, list, input, around);
  const inside = { ...around, notes: together(around.notes, list.assumedExtent) };
  const { elements, open } = list;
  let tensor = input;
  for (let i = 0; i < elements.length; i++) {
    if (open && i === list.placedSoFar) tensor = applyUnknown(run, open, [tensor], around.origin.at, around.origin.call);
    tensor = applyBlock(run, elements[i], tensor, inside);
  }
  return open && list.placedSoFar === elements.length ? applyUnknown(run, open, [tensor], around.origin.at, around.origin.call) : tensor;
}

function applyResidual(run: Run, body: PropertyValue, shortcut: PropertyValue | undefined, input: TensorValue, around: Around): TensorValue {
  const output = applyList(run, body.value, input, around);
  const beside = shortcut ? applyList(run, shortcut.value, input, around) : input;
  const agreed = agreedShape(output.shape, beside.shape);
  if (!agreed) return merge(run, 'add', [output, beside], around);
  const inputs = [output, beside].map(({ application, output: port }) => new TensorValue(agreed.shape, application, port));
  return merge(run, 'add', inputs, { ...around, notes: together(around.notes, agreed.notes) });
}

/**
 * A residual connection is meant for what comes out and what goes beside to have one shape. Where only names of dims differ, that
 * is taken for granted; undefined where there is nothing to take for granted.
 */
function agreedShape(a: Shape, b: Shape): { readonly shape: Shape; readonly notes: readonly string[] } | undefined {
  if (!isRanked(a) || !isRanked(b) || a.length !== b.length) return undefined;
  const notes: string[] = [];
  const shape: Dim[] = [];
  for (const [i, dim] of a.entries()) {
    const other = b[i]!;
    shape.push(isUnknown(dim) ? other : dim);
    if (sameDim(dim, other)) continue;
    if (isUnknown(dim) || isUnknown(other)) notes.push('both sides of the residual connection have one shape');
    else if (!isNamed(dim) || !isNamed(other) || (isKnown(dim) && isKnown(other))) return undefined;
    else notes.push(`${formatDim(dim)} = ${formatDim(other)}`);
  }
  return notes.length > 0 ? { shape, notes } : undefined;
}

/** A number, or made of names without rounding: sizes that are rounded are those of strides, and no others. */
const isNamed = (dim: Dim): boolean => isKnown(dim) || (isSymbolic(dim) && dim.terms.every(({ atoms }) => atoms.every(({ kind }) => kind === 'name')));

function applyBranches(run: Run, object: ObjectValue, input: TensorValue, around: Around): TensorValue {
  const { at, call } = around.origin;
  const [ways, mergeBy, split] = ['branches', 'merge', 'split'].map(name => plain(object.properties.get(name)?.value));
  if (!(ways instanceof ArrayValue) || ways.open || typeof mergeBy !== 'string') {
    const reason = ways instanceof UnknownValue ? ways.reason : unknown('which branches there are, or how they are joined, is not known', call);
    return applyUnknown(run, reason, [input], at, call);
  }
  const ends = ways.elements.map((way, index) => {
    const start = split === true ? merge(run, 'sliceChannels', [input], around, { shares: { value: ways.elements.length, at }, index: { value: index, at } }) : input;
    return applyList(run, way, start, around);
  });
  // One that has none to join refuses what goes in, as it does a single one.
  return merge(run, mergeBy, ends.length > 0 ? ends : [input], around);
}

/** A layer that the word itself brings along: it has no line of its own. */
function merge(run: Run, name: string, inputs: readonly TensorValue[], around: Around, settings: Readonly<Record<string, Attribute>> = {}): TensorValue {
  const { origin } = around;
  const definition = findLayerOfBlocks(name);
  if (!definition) return refused(run, unknownLayer, { layer: name, suggestion: similarName(name, namesOfLayersOfBlocks) }, inputs[0]!, origin);
  const layer = makeLayerOfBlock({ definition, given: settings, inputs }, around);
  reportConfig(run, layer.configured!, settings, origin);
  return applied(run, layer, inputs, origin);
}

function applyNamedLayer(run: Run, object: ObjectValue, input: TensorValue, around: Around): TensorValue {
  const { origin } = around;
  const [entry] = object.properties;
  if (!entry || object.properties.size > 1) return refused(run, notABlock, { what: 'an object that names no layer' }, input, origin);
  const [name, { value, at = origin.at }] = entry;
  const definition = findLayerOfBlocks(name);
  if (!definition) return refused(run, unknownLayer, { layer: name, suggestion: similarName(name, namesOfLayersOfBlocks) }, input, origin, at);
  const given = attributesOf(run, definition, value, at) ?? {};
  const layer = makeLayerOfBlock({ definition, given, inputs: [input] }, around);
  if (run.mutedDepth === 0) run.part.addLayer(layer);
  reportConfig(run, layer.configured!, given, origin);
  return applied(run, layer, [input], origin);
}

interface Made {
  readonly definition: NonNullable<ReturnType<typeof findLayerOfBlocks>>;
  readonly given: Readonly<Record<string, Attribute>>;
  readonly inputs: readonly TensorValue[];
}

function makeLayerOfBlock({ definition, given, inputs }: Made, { origin, dataFormat, notes }: Around): LayerValue {
  const layout = Object.entries(layoutAttributes(definition, inputs[0]!.shape, dataFormat)).map(([attribute, value]): [string, Attribute] => [attribute, { value, at: origin.at }]);
  const attributes = layout.length === 0 ? given : { ...Object.fromEntries(layout), ...given };
  const layer = new LayerValue(definition.name, definition, attributes, origin.at, origin.call, origin.frame, configuredLayer(definition, attributes));
  if (notes && notes.length > 0) layer.assumed = notes;
  return layer;
}

const applied = (run: Run, layer: LayerValue, inputs: readonly TensorValue[], { frame, at }: Origin): TensorValue =>
  withinFrame(run, frame, at.file, () => applyLayer(run, layer, inputs)[0]);

/** A layer belongs to the call that made it, whenever it is applied. */
export function withinFrame<T>(run: Run, frame: Origin['frame'], file: string, work: () => T): T {
  const outer = { frame: run.frame, file: run.file };
  run.frame = frame;
  run.file = file;
  try {
    return work();
  } finally {
    Object.assign(run, outer);
  }
}

function noteUse(run: Run, block: BlockValue, input: TensorValue, output: TensorValue, from: number): void {
  if (run.mutedDepth > 0) return;
  const { builtBy } = block.origin;
  const applications = run.part.applications.slice(from);
  const conditions = run.optionalDepth;
  run.part.blockUses.push({ block, input, output, conditions, applications });
  if (builtBy) run.part.functionCalls.push({ function: builtBy.function, frame: builtBy.frame, inputs: [input], outputs: [output], conditions, applications });
}
