// Blocks as the extension sends them, made by hand.
import { defaultCounting } from '../../src/blocks/counting/counting.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';
import { symbol, unknown, type Dim } from '../../src/blocks/shapes/dim.ts';
import { GraphBuilder, lineOf } from '../blocks/graph/build-graph.ts';

export const payload = (name: string, graph: BlockGraph, version = 1): BlockPayload =>
  ({ id: `/model.ts#${name}@0`, name, version, fileLabel: 'src/model.ts', graph, counting: defaultCounting, lines: graph.nodes.map(node => lineOf(node.id)) });

function convNorm(build: GraphBuilder, filters: number, kernelSize: number, strides: number, from: number, activation: 'relu' | 'linear'): number {
  const conv = build.layer('conv2d', { filters, kernelSize, strides, padding: 'same', useBias: false }, from);
  const norm = build.layer('batchNormalization', {}, conv);
  return activation === 'relu' ? build.layer('reLU', {}, norm) : norm;
}

/** Two convolutions and the input added to what they give. */
export function residualBlock(size: Dim = 14, filters = 16): BlockGraph {
  const build = new GraphBuilder();
  const x = build.input([null, size, size, filters]);
  const body = convNorm(build, filters, 3, 1, convNorm(build, filters, 3, 1, x, 'relu'), 'linear');
  const sum = build.layer('add', {}, [x, body]);
  return build.graph(build.layer('reLU', {}, sum, { name: 'out' }));
}

/** The network that everybody starts with. */
export function classifier(): BlockGraph {
  const build = new GraphBuilder();
  let x = build.input([null, 28, 28, 1]);
  x = build.layer('conv2d', { filters: 8, kernelSize: 5, activation: 'relu' }, x, { name: 'stem' });
  x = build.layer('maxPooling2d', { poolSize: 2, strides: 2 }, x);
  x = build.layer('conv2d', { filters: 16, kernelSize: 5, activation: 'relu' }, x);
  x = build.layer('maxPooling2d', { poolSize: 2, strides: 2 }, x);
  x = build.layer('flatten', {}, x);
  x = build.layer('dropout', { rate: 0.25 }, x);
  return build.graph(build.layer('dense', { units: 10, activation: 'softmax' }, x, { name: 'digits', assumed: ['classes = 10'] }));
}

/** A classifier of images of any size. */
export function symbolic(): BlockGraph {
  const build = new GraphBuilder();
  let x = build.input([null, symbol('H'), symbol('W'), 3]);
  x = convNorm(build, 8, 3, 2, x, 'relu');
  x = build.layer('maxPooling2d', { poolSize: 2 }, x);
  x = build.layer('globalAveragePooling2d', {}, x);
  return build.graph(build.layer('dense', { units: 4 }, x));
}

/** The number of filters comes from somewhere that is not known. */
export function unknownFilters(): BlockGraph {
  const build = new GraphBuilder();
  const x = build.input([null, 28, 28, 1]);
  const conv = build.layer('conv2d', { filters: unknown('config.filters is read from a file'), kernelSize: 3 }, x);
  return build.graph(build.layer('maxPooling2d', { poolSize: 2 }, conv));
}

/** The graph says 12 filters where the layer makes 8. */
export function wrongGraph(): BlockGraph {
  const build = new GraphBuilder();
  const x = build.input([null, 8, 8, 3]);
  return build.graph(build.layer('conv2d', { filters: 8, kernelSize: 3, padding: 'same' }, x, { output: [null, 8, 8, 12], params: 1000 }));
}

/** One layer. */
export function single(): BlockGraph {
  const build = new GraphBuilder();
  return build.graph(build.layer('dense', { units: 10 }, build.input([null, 4])));
}

/** Four branches side by side, concatenated, and one more that goes around everything. */
export function inception(): BlockGraph {
  const build = new GraphBuilder();
  const x = build.input([null, 14, 14, 32]);
  const branches = build.inGroup('inceptionModule', () => {
    const pool = build.layer('maxPooling2d', { poolSize: 3, strides: 1, padding: 'same' }, x);
    const paths = [
      convNorm(build, 8, 1, 1, x, 'relu'),
      convNorm(build, 16, 3, 1, convNorm(build, 8, 1, 1, x, 'relu'), 'relu'),
      convNorm(build, 8, 5, 1, convNorm(build, 4, 1, 1, x, 'relu'), 'relu'),
      build.layer('conv2d', { filters: 8, kernelSize: 1, activation: 'relu' }, pool),
    ];
    return build.layer('concatenate', {}, paths);
  });
  const scaled = build.layer('conv2d', { filters: 32, kernelSize: 1 }, branches);
  return build.graph(build.layer('add', {}, [x, scaled]));
}

/** ResNet-50 with its bottleneck blocks as functions in stages: 175 layers, and a tail that makes it 200 nodes. */
export function resnet(size = 224, width = 64): BlockGraph {
  const build = new GraphBuilder();
  let x = build.input([null, size, size, 3], { name: 'image' });
  x = build.layer('maxPooling2d', { poolSize: 3, strides: 2, padding: 'same' }, convNorm(build, width, 7, 2, x, 'relu'));
  [3, 4, 6, 3].forEach((count, stage) => {
    x = build.inGroup(`stage${stage + 2}`, () => {
      let y = x;
      for (let i = 0; i < count; i++) y = bottleneck(build, y, width * 2 ** stage, i > 0 ? 1 : stage > 0 ? 2 : 1, i === 0);
      return y;
    });
  });
  x = build.layer('globalAveragePooling2d', {}, x);
  for (let i = 0; i < 12; i++) x = build.layer('reLU', {}, build.layer('dense', { units: 64 }, x));
  return build.graph(build.layer('dense', { units: 1000, activation: 'softmax' }, x, { name: 'classes' }));
}

function bottleneck(build: GraphBuilder, x: number, filters: number, strides: number, project: boolean): number {
  return build.inGroup('bottleneck', () => {
    let y = convNorm(build, filters, 1, 1, x, 'relu');
    y = convNorm(build, filters, 3, strides, y, 'relu');
    y = convNorm(build, filters * 4, 1, 1, y, 'linear');
    const shortcut = project ? convNorm(build, filters * 4, 1, strides, x, 'linear') : x;
    return build.layer('reLU', {}, build.layer('add', {}, [y, shortcut]));
  });
}
