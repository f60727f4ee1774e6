// Blocks that are no part of another one are applied to what they say of their input, else to one with names for its dims.
import { inputDimNames } from '../../layers/infer.ts';
import type { DataFormat } from '../../layers/layout.ts';
import { findLayerOfBlocks } from '../../layers/registry.ts';
import { isKnown, isSymbolic, unknown, type Dim, type Unknown } from '../../shapes/dim.ts';
import { mostNested } from '../../vocabulary/block.ts';
import { attempt, reportNotFollowed } from '../modules.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { Symbols } from '../symbols.ts';
import { inputTensor } from '../tensorflow/apply-layer.ts';
import { attributesOf, attributeValue } from '../tensorflow/attributes.ts';
import { symbolicInput } from '../tensorflow/symbolic-input.ts';
import { ArrayValue, ObjectValue, UnknownValue, type LayerValue, type TensorValue, type Value } from '../values.ts';
import { applyBlock, withinFrame } from './apply-block.ts';
import { BlockValue } from './block-value.ts';
import { declaredInput, described } from './declared-input.ts';

/** Those of the present part that were made in a file, or by calls from there. */
export function applyWholeBlocks(run: Run, file: string): void {
  const { blocks, applications, blockUses, functionCalls, wholeBlocks } = run.part;
  const layersBefore = run.part.layers.length;
  const layers: (readonly LayerValue[])[] = [];
  const records: readonly Record[] = [applications, blockUses, functionCalls, wholeBlocks].map(list => ({ list, before: list.length, ofBlocks: [] }));
  // What a block consists of is made before it, and is no whole any more when the block has been applied.
  for (let i = blocks.length - 1; i >= 0; i--) {
    const block = blocks[i]!;
    if (block.isInside || fileOf(block) !== file) continue;
    const followed = attempt(run, () => { applyWhole(run, block); }) !== 'not followed';
    if (!followed) reportNotFollowed(run, block.origin.at);
    layers.push(run.part.takeLayers(layersBefore));
    // What was applied of one that is not followed is no block: sums and counts of its lines would say too little.
    for (const { list, before, ofBlocks } of records) {
      const recorded = list.splice(before);
      if (followed) ofBlocks.push(recorded);
    }
  }
  // Where a line gives something to several, it is told in the order in which they were made.
  for (const made of layers.reverse()) for (const layer of made) run.part.addLayer(layer);
  for (const { list, ofBlocks } of records) for (const recorded of ofBlocks.reverse()) list.push(...recorded);
}

/** What one list of the part had before, and what each block added, the last one first. */
interface Record {
  readonly list: unknown[];
  readonly before: number;
  readonly ofBlocks: unknown[][];
}

const fileOf = ({ origin: { frame, at } }: BlockValue): string => (frame.path()[0]?.at ?? at).file;

function applyWhole(run: Run, block: BlockValue): void {
  const { origin } = block;
  const declared = declaredInput(block);
  const { symbols } = run;
  // The dims of one whole never meet those of another.
  run.symbols = new Symbols(symbols);
  try {
    withinFrame(run, origin.frame, origin.at.file, () => {
      const { input, dataFormat } = declared ? tensorOf(run, declared, block) : { input: namedInput(run, block), dataFormat: 'channelsLast' as const };
      const from = run.part.applications.length;
      const output = applyBlock(run, block, input, { dataFormat, depth: 0, first: from, notes: undefined, origin });
      run.part.wholeBlocks.push({ block, input, output, conditions: 0, applications: run.part.applications.slice(from) });
    });
  } finally {
    run.symbols = symbols;
  }
}

function tensorOf(run: Run, declared: ObjectValue, block: BlockValue): { readonly input: TensorValue; readonly dataFormat: DataFormat } {
  const { at, call } = declared instanceof BlockValue ? declared.origin : block.origin;
  const { shape, dataFormat, assumed } = described(run, declared.properties.get('input')!.value, at);
  return { input: inputTensor(run, shape, {}, at, call, { implicit: true, assumed: [...assumed, ...declared.assumedExtent ?? []] }), dataFormat };
}

/** The rank is what the first layer asks for that asks for one, the channels are what the block's parameters say. */
function namedInput(run: Run, block: BlockValue): TensorValue {
  const { at, call } = block.origin;
  const reason = unknown('nothing says what goes into the block', at);
  const features = featuresOf(run, block);
  const shape = shapeFor(run, block, reason, features?.count, 0) ?? reason;
  return inputTensor(run, shape, {}, at, call, { implicit: true, ...(features ? { assumed: [...features.notes, `channels of the input = ${features.name}`] } : {}) });
}

/** Parameters that by convention say how many channels go in. */
const namesOfFeatures = ['inFeatures', 'features'];

function featuresOf(run: Run, block: BlockValue): { readonly name: string; readonly count: Dim; readonly notes: readonly string[] } | undefined {
  const parameters = plain(block.properties.get('parameters')?.value);
  for (const name of namesOfFeatures) {
    const value = parameters instanceof ObjectValue ? parameters.properties.get(name)?.value : parameters instanceof UnknownValue ? parameters.ownMember(name) : undefined;
    const notes = new Set<string>();
    const count = attributeValue(run, value, 'integer', notes);
    if (isSymbolic(count) || (typeof count === 'number' && isKnown(count))) return { name, count, notes: [...notes] };
  }
  return undefined;
}

/** Undefined where no layer asks for a rank. */
function shapeFor(run: Run, value: Value, reason: Unknown, features: Dim | undefined, depth: number): ReturnType<typeof symbolicInput> | undefined {
  const block = plain(value);
  if (depth > mostNested) return undefined;
  if (block instanceof UnknownValue) return firstOf(block.oneOf ?? [], one => shapeFor(run, one, reason, features, depth + 1));
  if (block instanceof ArrayValue) return firstOf(block.elements, one => shapeFor(run, one, reason, features, depth + 1));
  if (!(block instanceof ObjectValue)) return undefined;
  const { properties } = block;
  for (const name of ['sequential', 'residual', 'branches', 'layers']) {
    const inner = properties.get(name);
    if (inner) return shapeFor(run, inner.value, reason, features, depth + 1);
  }
  const [name = '', property] = [...properties][0] ?? [];
  const definition = findLayerOfBlocks(name);
  if (!definition || !property) return undefined;
  const attributes = attributesOf(run, definition, property.value, property.at ?? { file: run.file, start: 0, end: 0 }) ?? {};
  return inputDimNames(definition, attributes, 0) && symbolicInput(run, { definition, attributes }, 0, reason, features);
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
