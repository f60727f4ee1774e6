// Blocks as plain data: what functions of the vocabulary return, what a block file holds, and what graphs are built from.

/** What an attribute or a parameter is set to; what is undefined is left to its default. */
export type Setting = number | string | boolean | null | undefined | readonly Setting[];
export type Settings = Readonly<Record<string, Setting>>;

/** One layer by its name: `{ conv2d: { filters: 64, kernelSize: 3 } }`. */
export interface LayerUse {
  readonly [layer: string]: Settings;
}

/** One after the other. */
export interface Sequence {
  readonly sequential: readonly Block[];
}

/** What comes out of the body is added to what goes in, or to what a shortcut makes of it. */
export interface Residual {
  readonly residual: readonly Block[];
  readonly shortcut?: readonly Block[];
}

export type Merge = 'add' | 'multiply' | 'concatenate';

/** Several ways from one tensor, joined again; an empty one passes on what goes in. */
export interface Branches {
  readonly branches: readonly (readonly Block[])[];
  readonly merge: Merge;
  /** Whether each branch gets a share of the channels of its own, all of the same size, instead of all of them. */
  readonly split?: boolean;
}

/** What goes into the block whose first word it is. Nothing is done to it. */
export interface InputUse {
  readonly input: BlockInput;
}

export interface BlockInput {
  /** The batch first. */
  readonly shape: readonly number[];
  /** Where the channels stand; last by default. */
  readonly dataFormat?: 'channelsLast' | 'channelsFirst' | undefined;
}

/** A block with a name, which the picture draws a frame around. */
export interface NamedBlock {
  readonly block: string;
  /** What it was made with. */
  readonly parameters: Settings;
  readonly layers: readonly Block[];
}

/** Blocks inside of each other are followed so deep, and so many layers of one; nobody writes more. */
export const mostNested = 200;
export const mostLayers = 20_000;

/** The field that tells each kind of block that is no layer, with the others that it can have. */
export const fieldsOfBlocks: Readonly<Record<string, readonly string[]>> = {
  sequential: [], residual: ['shortcut'], branches: ['merge', 'split'], block: ['parameters', 'layers'],
};

export const merges: readonly Merge[] = ['add', 'multiply', 'concatenate'];

export type Block = LayerUse | Sequence | Residual | Branches | NamedBlock | InputUse;

/** The same, with what it is as a field. */
export type BlockKind =
  | { readonly kind: 'layer'; readonly layer: string; readonly settings: Settings }
  | ({ readonly kind: 'sequence' } & Sequence)
  | ({ readonly kind: 'input' } & InputUse)
  | ({ readonly kind: 'residual' } & Residual)
  | ({ readonly kind: 'branches' } & Branches)
  | ({ readonly kind: 'block' } & NamedBlock);

export function kindOf(block: Block): BlockKind {
  if ('sequential' in block) return { kind: 'sequence', ...(block as Sequence) };
  if ('residual' in block) return { kind: 'residual', ...(block as Residual) };
  if ('branches' in block) return { kind: 'branches', ...(block as Branches) };
  if ('input' in block) return { kind: 'input', ...(block as InputUse) };
  if ('block' in block) return { kind: 'block', ...(block as NamedBlock) };
  const [layer = '', settings = {}] = Object.entries(block as LayerUse)[0] ?? [];
  return { kind: 'layer', layer, settings };
}

/** What a block says of its input: undefined where its first word is no `input`. */
export function inputOf(block: Block): BlockInput | undefined {
  let first: Block | undefined = block;
  for (let depth = 0; first && depth <= mostNested; depth++) {
    const what: BlockKind = kindOf(first);
    if (what.kind === 'input') return what.input;
    first = what.kind === 'sequence' ? what.sequential[0] : what.kind === 'block' ? what.layers[0] : undefined;
  }
  return undefined;
}
