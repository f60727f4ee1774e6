// The words that blocks are written in. Each returns plain data; `graphOfBlock` makes a graph of it.
import type { Block, BlockInput, Branches, InputUse, LayerUse, Merge, NamedBlock, Residual, Sequence, Setting, Settings } from './block.ts';

export type { Block, NamedBlock, Setting, Settings } from './block.ts';

/** A layer of the given name; what is not set is left out. */
const layer = <S extends object>(name: string) => (settings: S): LayerUse => ({ [name]: withoutUndefined(settings) });

/** The same for one that nothing has to be said of. */
const plainLayer = <S extends object>(name: string) => (settings?: S): LayerUse => ({ [name]: withoutUndefined(settings ?? {}) });

const withoutUndefined = (settings: object): Settings =>
  Object.fromEntries(Object.entries(settings as Readonly<Record<string, Setting>>).filter(([, value]) => value !== undefined));

/** For both axes, or `[height, width]`. */
export type PerAxis = number | readonly [number, number];

export interface Conv2dSettings {
  readonly filters: number;
  readonly kernelSize: PerAxis;
  readonly strides?: PerAxis | undefined;
  /** Zeros at each end, 'same' as in TensorFlow, or 'valid'; 0 by default. */
  readonly padding?: PerAxis | 'same' | 'valid' | undefined;
  readonly dilationRate?: PerAxis | undefined;
  readonly groups?: number | undefined;
  readonly useBias?: boolean | undefined;
  readonly activation?: Activation | undefined;
}

export type Activation = 'linear' | 'relu' | 'relu6' | 'sigmoid' | 'hardSigmoid' | 'swish' | 'silu' | 'hardSwish' | 'gelu' | 'tanh' | 'elu' | 'softmax';

export interface PoolingSettings {
  readonly poolSize: PerAxis;
  /** As far as the window is long by default. */
  readonly strides?: PerAxis | undefined;
  readonly padding?: PerAxis | 'same' | 'valid' | undefined;
  /** Whether a last window counts that sticks out over the end. */
  readonly ceilMode?: boolean | undefined;
}

export const conv2d = layer<Conv2dSettings>('conv2d');
export const batchNormalization = plainLayer<{ readonly epsilon?: number; readonly momentum?: number }>('batchNormalization');
export const layerNormalization = plainLayer<{ readonly epsilon?: number }>('layerNormalization');
export const activation = (name: Activation): LayerUse => layer('activation')({ activation: name });
export const maxPooling2d = layer<PoolingSettings>('maxPooling2d');
export const averagePooling2d = layer<Omit<PoolingSettings, 'padding' | 'ceilMode'>>('averagePooling2d');
export const adaptiveAveragePooling2d = layer<{ readonly outputSize: PerAxis }>('adaptiveAveragePooling2d');
export const globalAveragePooling2d = (): LayerUse => layer('globalAveragePooling2d')({});
export const dense = layer<{ readonly units: number; readonly useBias?: boolean; readonly activation?: string }>('dense');
export const flatten = (): LayerUse => layer('flatten')({});
export const dropout = (rate: number): LayerUse => layer('dropout')({ rate });
export const stochasticDepth = (rate: number): LayerUse => layer('stochasticDepth')({ rate });
export const channelShuffle = (groups: number): LayerUse => layer('channelShuffle')({ groups });
export const layerScale = plainLayer<{ readonly initialValue?: number }>('layerScale');

/**
 * The first word of a block that says what goes into it, the batch first: `sequential(input([1, 56, 56, 32]), …)`. Where the channels
 * stand goes for the whole block.
 */
export const input = (shape: readonly number[], dataFormat?: BlockInput['dataFormat']): InputUse => ({ input: { shape, ...(dataFormat ? { dataFormat } : {}) } });

/** A block, or nothing: `strides > 1 && maxPooling2d({ poolSize: 2 })`. */
export type PerhapsBlock = Block | false | undefined;

const withoutNothing = (blocks: readonly PerhapsBlock[]): readonly Block[] => blocks.filter(block => block !== false && block !== undefined);

/** One after the other; what is false or undefined is left out. */
export const sequential = (...layers: readonly PerhapsBlock[]): Sequence => ({ sequential: withoutNothing(layers) });

/** `body(x) + x`, or `body(x) + shortcut(x)`. */
export const residual = (body: Block, shortcut?: PerhapsBlock): Residual => ({ residual: [body], ...(shortcut ? { shortcut: [shortcut] } : {}) });

/** All branches see the same tensor; an empty list passes it on. */
export const branches = (ways: readonly (readonly Block[])[], merge: Merge): Branches => ({ branches: ways, merge });

/** Each branch sees a share of the channels of its own. */
export const splitChannels = (ways: readonly (readonly Block[])[], merge: Merge): Branches => ({ branches: ways, merge, split: true });

/** A block function: called with parameters it returns the block that `build` makes of them. */
export const block = <P extends object>(name: string, build: (parameters: P) => Block | readonly PerhapsBlock[]) => (parameters: P): NamedBlock => {
  const built = build(parameters);
  return { block: name, parameters: withoutUndefined(parameters), layers: isList(built) ? withoutNothing(built) : [built] };
};

const isList = (built: Block | readonly PerhapsBlock[]): built is readonly PerhapsBlock[] => Array.isArray(built);
