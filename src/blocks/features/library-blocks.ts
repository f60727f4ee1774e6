// Blocks of the library in the place of another block: on its input, with as many channels out of them, to compare it with.
import { defaultCounting, type Counting } from '../counting/counting.ts';
import { bindSymbols, freeDims } from '../graph/bind-symbols.ts';
import type { BlockGraph } from '../graph/block-graph.ts';
import { shapesOut } from '../graph/tensors.ts';
import { basicBlock } from '../library/basicBlock.ts';
import { bottleneck } from '../library/bottleneck.ts';
import { conv3x3BnReLU } from '../library/convNormAct.ts';
import { depthwiseSeparableConv } from '../library/depthwiseSeparableConv.ts';
import { fusedMbConv } from '../library/fusedMbConv.ts';
import { invertedResidual } from '../library/invertedResidual.ts';
import { linearBottleneck } from '../library/linearBottleneck.ts';
import { mbConv } from '../library/mbConv.ts';
import { mobileNetLikeBlock } from '../library/mobileNetLikeBlock.ts';
import type { BlockPayload } from '../protocol/messages.ts';
import type { Shape } from '../shapes/shape.ts';
import { graphOfBlock } from '../vocabulary/graph-of-block.ts';
import type { Block } from '../vocabulary/block.ts';

/** What a block of the library is made for: an image with channels last, and the channels that come out. */
interface Place {
  readonly input: readonly [batch: number, height: number, width: number, channels: number];
  readonly outFeatures: number;
}

interface Features {
  readonly inFeatures: number;
  readonly outFeatures: number;
}

const library: Readonly<Record<string, (features: Features) => Block>> = {
  convNormAct: ({ outFeatures }) => conv3x3BnReLU({ filters: outFeatures }),
  basicBlock, bottleneck, linearBottleneck, invertedResidual, mobileNetLikeBlock,
  depthwiseSeparableConv: features => depthwiseSeparableConv({ ...features, padding: 1 }),
  mbConv, fusedMbConv,
};

const scheme = 'blockscope-library:';

export const isLibraryId = (id: string): boolean => id.startsWith(scheme);

/** The file of the library that a block stands in, without its folder. */
export const libraryFileOf = (id: string): string => `${placeIn(id)?.name ?? ''}.ts`;

/** All that can take the place of a block; empty where it does not take one image with channels last and give another. Free dims have the sizes that a run suggests. */
export function libraryBlocksFor(graph: BlockGraph, counting: Counting = defaultCounting): readonly BlockPayload[] {
  const bound = bindSymbols(graph, Object.fromEntries(freeDims(graph).map(({ name, suggestion }) => [name, suggestion])));
  const [input, another] = bound.inputs.map(id => imageOf(bound.nodes[id]!.output));
  const [output] = shapesOut(bound).map(imageOf);
  if (!input || another || !output || bound.inputs.length !== 1 || bound.nodes.some(({ attributes }) => attributes['dataFormat'] === 'channelsFirst')) return [];
  return Object.keys(library).flatMap(name => libraryBlock(`${scheme}${name}?${input.join('x')}-${output[3]}#${name}@0`, counting) ?? []);
}

/** Undefined where the id is none of the library's. */
export function libraryBlock(id: string, counting: Counting = defaultCounting): BlockPayload | undefined {
  const found = placeIn(id);
  if (!found) return undefined;
  const { name, place: { input, outFeatures } } = found;
  const { graph } = graphOfBlock(library[name]!({ inFeatures: input[3], outFeatures }), { input });
  return { id, name, version: 1, fileLabel: `library, on ${input.join('×')}`, graph, counting, lines: [] };
}

function placeIn(id: string): { readonly name: string; readonly place: Place } | undefined {
  const [, name = '', sizes = '', outFeatures] = /^blockscope-library:(\w+)\?(\d+x\d+x\d+x\d+)-(\d+)#/.exec(id) ?? [];
  if (!Object.hasOwn(library, name)) return undefined;
  return { name, place: { input: sizes.split('x').map(Number) as unknown as Place['input'], outFeatures: Number(outFeatures) } };
}

function imageOf(shape: Shape): Place['input'] | undefined {
  if (!Array.isArray(shape) || shape.length !== 4 || !shape.every(dim => typeof dim === 'number' && dim > 0)) return undefined;
  return shape as unknown as Place['input'];
}
