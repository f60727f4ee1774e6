// Small blocks of the vocabulary, made up so that their layers fit together.
import type { BlockOptions } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import {
  activation, adaptiveAveragePooling2d, batchNormalization, branches, channelShuffle, conv2d, dense, globalAveragePooling2d, layerNormalization, layerScale, maxPooling2d, residual,
  sequential, splitChannels, stochasticDepth, type Activation, type Block,
} from '../../../src/blocks/vocabulary/vocabulary.ts';
import type { RandomNumbers } from '../random-numbers.ts';

const activations: readonly Activation[] = ['linear', 'relu', 'relu6', 'sigmoid', 'hardSigmoid', 'swish', 'silu', 'hardSwish', 'gelu', 'tanh', 'elu', 'softmax'];

/** Four channels go in, and all numbers of channels in it are multiples of four. */
export function randomBlock(random: RandomNumbers): { readonly block: Block; readonly options: BlockOptions } {
  const dataFormat = random.pick(['channelsLast', 'channelsLast', 'channelsFirst'] as const);
  const [height, width] = [random.integer(7, 11), random.integer(7, 11)];
  const input = dataFormat === 'channelsLast' ? [1, height, width, 4] : [1, 4, height, width];
  const { blocks, channels } = keepsSize(random, 4, 3);
  // What changes the size comes last, in the order in which the image is still large enough for it.
  const resizing = [...(random.chance(0.6) ? [conv(random, channels, 4, random.integer(1, 2))] : []), ...(random.chance(0.7) ? [pool(random)] : [])];
  const end = random.pick([[], [adaptiveAveragePooling2d({ outputSize: random.pick([1, 2, [2, 1] as const]) })], [globalAveragePooling2d(), dense({ units: 3 })]]);
  return { block: sequential(...blocks, ...resizing, ...end), options: { input, dataFormat } };
}

interface Part {
  readonly blocks: readonly Block[];
  readonly channels: number;
}

/** Blocks that keep height and width. */
function keepsSize(random: RandomNumbers, channels: number, depth: number): Part {
  const blocks: Block[] = [];
  let now = channels;
  for (let count = random.integer(1, 3); count > 0; count--) {
    const part = onePart(random, now, depth);
    blocks.push(...part.blocks);
    now = part.channels;
  }
  return { blocks, channels: now };
}

function onePart(random: RandomNumbers, channels: number, depth: number): Part {
  const same = (...blocks: Block[]): Part => ({ blocks, channels });
  switch (random.integer(0, depth > 0 ? 9 : 5)) {
    case 0: return same(batchNormalization());
    case 1: return same(layerNormalization({ epsilon: 1e-5 }));
    case 2: return same(activation(random.pick(activations.slice(0, -1))));
    case 3: return same(channelShuffle(random.pick([2, 4])));
    case 4: return same(layerScale({ initialValue: 0.5 }));
    case 6: {
      const body = keepsSize(random, channels, depth - 1);
      return same(residual(sequential(...body.blocks, conv(random, body.channels, channels), stochasticDepth(0.1)), random.chance(0.3) ? conv(random, channels, channels) : undefined));
    }
    case 7: {
      const ways = [keepsSize(random, channels, depth - 1), keepsSize(random, channels, depth - 1)];
      return { blocks: [branches(ways.map(({ blocks }) => blocks), 'concatenate')], channels: ways[0]!.channels + ways[1]!.channels };
    }
    case 8: return channels % 8 === 0 ? same(splitChannels([[], [activation('relu')]], 'concatenate')) : same(branches([[], [activation('sigmoid')]], 'multiply'));
    case 9: return same(branches([[], [adaptiveAveragePooling2d({ outputSize: 1 }), conv(random, channels, channels), activation('hardSigmoid')]], 'multiply'));
    default: {
      const filters = 4 * random.integer(1, 3);
      return { blocks: [conv(random, channels, filters)], channels: filters };
    }
  }
}

/** With one padding more than the size needs it keeps nothing: kernels are odd, and padded by half. */
function conv(random: RandomNumbers, channels: number, filters: number, strides = 1): Block {
  const kernelSize = random.pick([1, 3, 5]);
  const groups = random.pick([1, 2, 4, filters % channels === 0 ? channels : 1]);
  const dilationRate = strides === 1 && kernelSize === 3 ? random.integer(1, 2) : 1;
  return conv2d({
    filters, kernelSize, groups, strides, dilationRate, useBias: random.chance(0.5),
    padding: random.chance(0.2) ? 'same' : dilationRate * (kernelSize - 1) / 2,
    activation: random.chance(0.3) ? random.pick(activations) : undefined,
  });
}

function pool(random: RandomNumbers): Block {
  const poolSize = random.integer(2, 3);
  return random.chance(0.2)
    ? maxPooling2d({ poolSize, strides: 2, padding: 'same' })
    : maxPooling2d({ poolSize, strides: random.pick([undefined, 1, 2]), padding: random.integer(0, 1), ceilMode: random.chance(0.5) });
}
