// Random stacks of layers over a sequence or an image, as a block graph and as a model of TensorFlow.js. All weights are ones and there are no
// biases, so that what a value sees is where something above zero goes in and something above zero comes out.
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import type { BlockGraph } from '../../../src/blocks/graph/block-graph.ts';
import type { Dim } from '../../../src/blocks/shapes/dim.ts';
import { GraphBuilder, type Config } from './build-graph.ts';

/** One layer, or two branches that are joined. */
export type Piece =
  | { readonly layer: string; readonly config: Config }
  | { readonly branches: readonly [readonly Piece[], readonly Piece[]]; readonly merge: string };

export interface Stack {
  readonly rank: 1 | 2;
  readonly dataFormat: 'channelsLast' | 'channelsFirst';
  readonly pieces: readonly Piece[];
}

export const channels = 2;

const padding = fc.constantFrom('valid', 'same');

/** For each axis by itself, so that axes that are mixed up are noticed. */
function perAxis(rank: 1 | 2, most: number): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min: 1, max: most }), { minLength: rank, maxLength: rank });
}

const convolution = (rank: 1 | 2): fc.Arbitrary<Piece> =>
  fc.record({ kernelSize: perAxis(rank, 4), strides: perAxis(rank, 2), padding, dilationRate: perAxis(rank, 3), isDilated: fc.boolean() }).map(({ isDilated, strides, dilationRate, ...config }) =>
    // TensorFlow.js has one or the other.
    ({ layer: `conv${rank}d`, config: { filters: channels, ...config, ...(isDilated ? { dilationRate } : { strides }) } }));

const pool = (rank: 1 | 2): fc.Arbitrary<Piece> =>
  fc.record({ kind: fc.constantFrom('max', 'average'), poolSize: perAxis(rank, 3), strides: perAxis(rank, 2), padding })
    .map(({ kind, ...config }) => ({ layer: `${kind}Pooling${rank}d`, config }));

const margins = fc.array(fc.array(fc.nat(2), { minLength: 2, maxLength: 2 }), { minLength: 2, maxLength: 2 });

const ofImages: readonly fc.Arbitrary<Piece>[] = [
  fc.record({ kernelSize: perAxis(2, 4), strides: fc.constantFrom(1, 2), padding }).map(config => ({ layer: 'depthwiseConv2d', config })),
  fc.record({ kernelSize: perAxis(2, 4), strides: fc.constantFrom(1, 2), padding }).map(config => ({ layer: 'separableConv2d', config: { filters: channels, ...config } })),
  fc.record({ kernelSize: perAxis(2, 5), strides: perAxis(2, 2), padding }).map(config => ({ layer: 'conv2dTranspose', config: { filters: channels, ...config } })),
  fc.record({ size: perAxis(2, 3), interpolation: fc.constantFrom('nearest', 'bilinear') }).map(config => ({ layer: 'upSampling2d', config })),
  margins.map(padding => ({ layer: 'zeroPadding2d', config: { padding } })),
  margins.map(cropping => ({ layer: 'cropping2D', config: { cropping } })),
];

const pointwise = (rank: 1 | 2): Piece => ({ layer: `conv${rank}d`, config: { filters: channels, kernelSize: 1 } });

/** A layer that keeps the size, or halves it, whatever it is. */
const sameSize = (rank: 1 | 2, strides: number): fc.Arbitrary<Piece> => fc.record({ kernelSize: perAxis(rank, 5), isPool: fc.boolean() }).map(({ kernelSize, isPool }) =>
  (isPool ? { layer: `maxPooling${rank}d`, config: { poolSize: kernelSize, strides, padding: 'same' } } : { layer: `conv${rank}d`, config: { filters: channels, kernelSize, strides, padding: 'same' } }));

/** A residual connection, or a shortcut in its place: one that looks elsewhere than the body does, or halves the size as well. */
const residual = (rank: 1 | 2): fc.Arbitrary<Piece> => fc.constantFrom(1, 2).chain(strides => fc.record({
  body: fc.tuple(sameSize(rank, strides), sameSize(rank, 1)),
  shortcut: fc.oneof(...(strides === 1 ? [fc.constant<Piece[]>([])] : []), sameSize(rank, strides).map(piece => [piece])),
  merge: fc.constantFrom('add', 'maximum', 'concatenate'),
})).map(({ body, shortcut, merge }) => ({ branches: [body, shortcut], merge }));

const piece = (rank: 1 | 2): fc.Arbitrary<Piece> => fc.oneof(
  { weight: 4, arbitrary: convolution(rank) }, { weight: 2, arbitrary: pool(rank) }, { weight: 2, arbitrary: residual(rank) },
  ...(rank === 2 ? ofImages.map(arbitrary => ({ weight: 1, arbitrary })) : []),
);

export const randomStack = (rank: 1 | 2): fc.Arbitrary<Stack> => fc.record({
  rank: fc.constant(rank), dataFormat: fc.constantFrom(...(rank === 2 ? ['channelsLast', 'channelsFirst'] as const : ['channelsLast'] as const)),
  pieces: fc.array(piece(rank), { minLength: 1, maxLength: 5 }),
});

/** The batch first. */
export const inputShape = <T>({ dataFormat }: Stack, batch: T, spatial: readonly T[], depth: T): T[] =>
  (dataFormat === 'channelsFirst' ? [batch, depth, ...spatial] : [batch, ...spatial, depth]);

/** How each layer is added to whatever is built. */
type Add<T> = (layer: string, config: Config, from: readonly T[]) => T;

function assemble<T>({ rank, dataFormat }: Stack, pieces: readonly Piece[], input: T, add: Add<T>): T {
  const stack = { rank, dataFormat, pieces };
  const format = (layer: string): Config => (rank === 2 && !/^(add|maximum|concatenate)$/.test(layer) ? { dataFormat } : {});
  return pieces.reduce((x, one) => {
    if ('layer' in one) return add(one.layer, { ...one.config, ...format(one.layer) }, [x]);
    const ends = one.branches.map(branch => assemble(stack, branch, x, add));
    const joined = add(one.merge, one.merge === 'concatenate' && dataFormat === 'channelsFirst' ? { axis: 1 } : {}, ends);
    if (one.merge !== 'concatenate') return joined;
    const { layer, config } = pointwise(rank) as { layer: string; config: Config };
    return add(layer, { ...config, ...format(layer) }, [joined]);
  }, input);
}

export function graphOfStack(stack: Stack, shape: readonly Dim[]): BlockGraph {
  const build = new GraphBuilder();
  return build.graph(assemble(stack, stack.pieces, build.input(shape), (layer, config, from) => build.layer(layer, config, from)));
}

export function modelOfStack(stack: Stack, shape: readonly (number | null)[]): tf.LayersModel {
  const factories = tf.layers as unknown as Record<string, (config: unknown) => tf.layers.Layer>;
  const ones = { useBias: false, kernelInitializer: 'ones', depthwiseInitializer: 'ones' };
  const input = tf.input({ batchShape: [...shape] });
  const output = assemble<tf.SymbolicTensor>(stack, stack.pieces, input, (layer, config, from) => {
    const { kernelInitializer, ...ofSeparable } = ones;
    const settings = /^(conv|depthwise)/.test(layer) ? { kernelInitializer, ...ofSeparable } : layer === 'separableConv2d' ? ofSeparable : {};
    return factories[layer]!({ ...structuredClone(config), ...settings }).apply(from.length === 1 ? from[0]! : [...from]) as tf.SymbolicTensor;
  });
  return tf.model({ inputs: input, outputs: output });
}
