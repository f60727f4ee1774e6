// Random networks of images, made of what blocks are made of, in orders that can be fused and in orders that cannot.
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { Shape } from '../../src/blocks/shapes/shape.ts';
import { GraphBuilder, type Config } from '../blocks/graph/build-graph.ts';
import type { RandomNumbers } from '../blocks/random-numbers.ts';

const activations = ['relu', 'relu6', 'elu', 'sigmoid', 'swish', 'tanh', 'softplus', 'hardSigmoid', 'linear', 'gelu', 'mish', 'selu'];

export function randomNetwork(random: RandomNumbers): BlockGraph {
  const build = new GraphBuilder();
  const channelsOf = (node: number): number => (build.outputOf(node) as readonly number[]).at(-1)!;
  const dataFormat = random.chance(0.1) ? 'channelsFirst' : 'channelsLast';
  let x = build.input(dataFormat === 'channelsFirst' ? [random.integer(1, 2), random.integer(2, 4), 8, 7] : [random.integer(1, 2), 8, 7, random.integer(2, 4)]);
  const format: Config = dataFormat === 'channelsFirst' ? { dataFormat } : {};
  const activate = (from: number): number => {
    switch (random.integer(0, 4)) {
      case 0: return build.layer('reLU', random.pick([{}, { maxValue: 6 }, { maxValue: 2 }]), from);
      case 1: return build.layer('leakyReLU', random.pick([{}, { alpha: 0.1 }]), from);
      case 2: return build.layer('elu', {}, from);
      default: return build.layer('activation', { activation: random.pick(activations) }, from);
    }
  };
  const normalize = (from: number): number => build.layer('batchNormalization', {
    ...(dataFormat === 'channelsFirst' ? { axis: 1 } : random.chance(0.3) ? { axis: 3 } : {}), ...(random.chance(0.2) ? { epsilon: 0.1 } : {}),
  }, from);
  const windows = (): Config => ({
    kernelSize: random.pick([1, 2, 3]), padding: random.chance(0.8) ? 'same' : 'valid', ...random.pick<Config>([{}, { strides: 2 }, { dilationRate: 2 }, { strides: [1, 2] }]),
    useBias: random.chance(0.5), ...(random.chance(0.4) ? { activation: random.pick(activations) } : {}), ...format,
  });
  const convolve = (from: number): number => {
    const before = random.chance(0.2) ? build.layer('zeroPadding2d', { padding: random.pick<Config['padding']>([1, [[0, 1], [0, 1]], [1, 2]]), ...format }, from) : from;
    const filters = random.integer(1, 5);
    switch (random.integer(0, dataFormat === 'channelsFirst' ? 0 : 2)) {
      case 0: return build.layer('conv2d', { filters, ...windows() }, before);
      case 1: return build.layer('depthwiseConv2d', { ...windows(), ...(random.chance(0.3) ? { depthMultiplier: 2 } : {}) }, before);
      default: {
        const settings = windows();
        // On WebGL TensorFlow.js gives wrong numbers with an even kernel that dilates.
        return build.layer('separableConv2d', { filters, ...settings, ...(settings['dilationRate'] === undefined ? {} : { kernelSize: random.pick([1, 3]) }) }, before);
      }
    }
  };
  for (let i = random.integer(1, 5); i > 0; i--) {
    const from = x;
    const dims = build.outputOf(x) as readonly number[];
    if (Math.min(...(dataFormat === 'channelsFirst' ? dims.slice(2) : dims.slice(1, 3))) < 5) break;
    x = convolve(x);
    if (random.chance(0.6)) x = normalize(x);
    if (random.chance(0.6)) x = activate(x);
    if (random.chance(0.2)) x = build.layer('dropout', { rate: 0.5 }, x);
    if (random.chance(0.3) && same(build.outputOf(from), build.outputOf(x))) {
      x = build.layer('add', {}, random.chance(0.5) ? [x, from] : [from, x]);
      if (random.chance(0.6)) x = activate(x);
    }
    // What goes into a layer may be wanted elsewhere, too.
    if (random.chance(0.15) && same(build.outputOf(from), build.outputOf(x))) x = build.layer('concatenate', {}, [x, from]);
  }
  if (dataFormat === 'channelsLast' && random.chance(0.3)) {
    const channels = channelsOf(x);
    const mean = build.layer('reshape', { targetShape: [1, 1, channels] }, build.layer('globalAveragePooling2d', {}, x));
    const squeezed = build.layer('conv2d', { filters: 2, kernelSize: 1, activation: 'swish' }, mean);
    x = build.layer('multiply', {}, [x, build.layer('conv2d', { filters: channels, kernelSize: 1, activation: 'sigmoid' }, squeezed)]);
  }
  if (random.chance(0.4)) {
    x = build.layer(random.pick(['globalAveragePooling2d', 'globalMaxPooling2d']), format, x);
    x = build.layer('dense', { units: 3, ...(random.chance(0.5) ? { activation: random.pick(activations) } : {}) }, x);
    if (random.chance(0.5)) x = build.layer('batchNormalization', {}, x);
    if (random.chance(0.5)) x = activate(x);
  }
  return build.graph(x);
}

const same = (a: Shape, b: Shape): boolean => JSON.stringify(a) === JSON.stringify(b);
