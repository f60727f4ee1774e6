// The layers of block definitions that TensorFlow.js does not have, run in Node: each example as it says, and random convolutions and
// pools against loops that say what they mean.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import type { Setting } from '../../src/blocks/vocabulary/block.ts';
import { graphOfBlock, type BlockOptions } from '../../src/blocks/vocabulary/graph-of-block.ts';
import { layersOfBlocks } from '../../src/blocks/layers/index.generated.ts';
import type { DataFormat } from '../../src/blocks/layers/layout.ts';
import { compareParams, compareShapes } from '../../webview/run/compare.ts';
import { RandomNumbers } from '../blocks/random-numbers.ts';
import { randomRuns, seed } from '../blocks/layers/random-seed.ts';
import { buildBlock, executable } from './built.ts';

type Settings = Readonly<Record<string, Setting>>;

/** What a layer gives for an input, with both as they were really used. */
async function run(layer: string, settings: Settings, options: BlockOptions): Promise<{ input: tf.Tensor4D; output: tf.Tensor4D; weights: tf.Tensor[] }> {
  const { graph, problems } = graphOfBlock({ [layer]: settings }, options);
  assert.deepEqual(problems, []);
  const block = await buildBlock(graph);
  const shapes = new Map<number, readonly (readonly number[])[]>();
  let output: tf.Tensor4D | undefined;
  await executable(block).walk(async ({ node }, apply) => {
    const outputs = await apply();
    shapes.set(node.id, outputs.map(({ shape }) => shape));
    output = tf.clone(outputs[0]) as tf.Tensor4D;
    return outputs;
  });
  const input = block.inputs.get(graph.inputs[0]!) as tf.Tensor4D;
  assert.deepEqual(compareShapes(graph, shapes), []);
  assert.deepEqual(compareParams(graph, block.measuredParams()), []);
  const weights = graph.nodes.filter(({ inputs }) => inputs.length > 0).flatMap(node => [...block.layerOf(node).weights] as tf.Tensor[]);
  return { input, output: output!, weights };
}

const channelsLast = (tensor: tf.Tensor4D, format: DataFormat): tf.Tensor4D => (format === 'channelsFirst' ? tf.transpose(tensor, [0, 2, 3, 1]) : tensor);

describe('layers of block definitions', () => {
  before(() => tf.setBackend('cpu'));

  for (const { name, examples } of layersOfBlocks) {
    it(`runs ${name} as its examples say`, async () => {
      assert.ok(examples.length > 0);
      for (const { config, inputs: [input], output, params } of examples) {
        const built = graphOfBlock({ [name]: config as Settings }, { input: input! });
        assert.deepEqual(built.output, output);
        assert.equal(built.graph.nodes.at(-1)!.params, params);
        const small = [1, ...input!.slice(1)] as number[];
        const { output: ran } = await run(name, config as Settings, { input: small });
        assert.deepEqual(ran.shape, [1, ...output.slice(1)]);
      }
    });
  }

  it('convolves as loops do, with groups, padding, strides and dilation (BLOCKSCOPE_SEED=' + String(seed) + ')', async () => {
    for (let i = 0; i < randomRuns; i++) {
      const random = new RandomNumbers(seed + i);
      const groups = random.pick([1, 1, 2, 3, 4]);
      const [inGroup, outGroup] = [random.integer(1, 3), random.integer(1, 3)];
      const format = random.pick<DataFormat>(['channelsLast', 'channelsFirst']);
      const [kernel, stride, margin] = [random.integer(1, 3), random.integer(1, 3), random.integer(0, 2)];
      const dilation = stride === 1 ? random.integer(1, 2) : 1;
      const [height, width, channels] = [random.integer(5, 8), random.integer(5, 8), groups * inGroup];
      const settings = { filters: groups * outGroup, kernelSize: kernel, strides: stride, padding: margin, dilationRate: dilation, groups, useBias: random.chance(0.5) };
      const input = format === 'channelsFirst' ? [2, channels, height, width] : [2, height, width, channels];
      const ran = await run('conv2d', settings, { input, dataFormat: format });
      const convolved = convolution(channelsLast(ran.input, format), ran.weights[0] as tf.Tensor4D, { stride, margin, dilation, groups });
      const expected = (settings.useBias ? tf.add(convolved, ran.weights[1]!) : convolved) as tf.Tensor4D;
      assert.ok(largestDifference(channelsLast(ran.output, format), expected) < 1e-4, `BLOCKSCOPE_SEED=${seed + i} BLOCKSCOPE_RUNS=1 ${JSON.stringify(settings)} on ${input.join('×')}`);
    }
  });

  it('pools as loops do, with padding and windows that stick out (BLOCKSCOPE_SEED=' + String(seed) + ')', async () => {
    for (let i = 0; i < randomRuns; i++) {
      const random = new RandomNumbers(seed + i);
      const format = random.pick<DataFormat>(['channelsLast', 'channelsFirst']);
      const [pool, stride] = [random.integer(1, 3), random.integer(1, 3)];
      const margin = random.integer(0, Math.floor(pool / 2));
      const [height, width] = [random.integer(4, 9), random.integer(4, 9)];
      const settings = { poolSize: pool, strides: stride, padding: margin, ceilMode: random.chance(0.5) };
      const input = format === 'channelsFirst' ? [1, 2, height, width] : [1, height, width, 2];
      const ran = await run('maxPooling2d', settings, { input, dataFormat: format });
      const expected = maxima(channelsLast(ran.input, format), { pool, stride, margin, roundsUp: settings.ceilMode });
      assert.ok(largestDifference(channelsLast(ran.output, format), expected) === 0, `BLOCKSCOPE_SEED=${seed + i} BLOCKSCOPE_RUNS=1 ${JSON.stringify(settings)} on ${input.join('×')}`);
    }
  });

  it('computes activations as their formulas say', async () => {
    const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
    const hard = (x: number): number => Math.min(Math.max(x + 3, 0), 6) / 6;
    const formulas: Readonly<Record<string, (x: number) => number>> = {
      linear: x => x, relu: x => Math.max(x, 0), relu6: x => Math.min(Math.max(x, 0), 6), sigmoid, hardSigmoid: hard, swish: x => x * sigmoid(x), silu: x => x * sigmoid(x), hardSwish: x => x * hard(x), tanh: Math.tanh,
      elu: x => (x > 0 ? x : Math.expm1(x)),
    };
    for (const [name, formula] of Object.entries(formulas)) {
      const { input, output } = await run('activation', { activation: name }, { input: [1, 4, 4, 8] });
      const [before, after] = [input.dataSync(), output.dataSync()];
      for (const [i, value] of after.entries()) assert.ok(Math.abs(value - formula(before[i]!)) < 1e-5, `${name}(${before[i]}) is ${value}`);
    }
  });

  it('deals channels of groups out anew', async () => {
    const { input, output } = await run('channelShuffle', { groups: 2 }, { input: [1, 1, 1, 6] });
    const values = [...input.dataSync()];
    assert.deepEqual([...output.dataSync()], [0, 3, 1, 4, 2, 5].map(i => values[i]));
  });

  it('takes means of windows that overlap', async () => {
    const { input, output } = await run('adaptiveAveragePooling2d', { outputSize: [2, 1] }, { input: [1, 3, 1, 1] });
    const [a, b, c] = [...input.dataSync()];
    assert.ok(Math.abs(output.dataSync()[0]! - (a! + b!) / 2) < 1e-6 && Math.abs(output.dataSync()[1]! - (b! + c!) / 2) < 1e-6);
  });
});

function largestDifference(a: tf.Tensor, b: tf.Tensor): number {
  assert.deepEqual(a.shape, b.shape);
  return tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
}

function convolution(image: tf.Tensor4D, kernel: tf.Tensor4D, { stride, margin, dilation, groups }: { stride: number; margin: number; dilation: number; groups: number }): tf.Tensor4D {
  const [batch, height, width] = image.shape;
  const [rows, columns, inGroup, filters] = kernel.shape;
  const length = (size: number, reach: number): number => Math.floor((size + 2 * margin - (reach - 1) * dilation - 1) / stride) + 1;
  const output = tf.buffer([batch, length(height, rows), length(width, columns), filters]);
  const [x, k] = [image.bufferSync(), kernel.bufferSync()];
  for (const [b, i, j, f] of indexesOf(output.shape)) {
    const first = Math.floor(f! / (filters / groups)) * inGroup;
    let sum = 0;
    for (const [r, c, d] of indexesOf([rows, columns, inGroup])) {
      const [row, column] = [i! * stride + r! * dilation - margin, j! * stride + c! * dilation - margin];
      if (row >= 0 && row < height && column >= 0 && column < width) sum += x.get(b!, row, column, first + d!) * k.get(r!, c!, d!, f!);
    }
    output.set(sum, b!, i!, j!, f!);
  }
  return output.toTensor() as tf.Tensor4D;
}

function maxima(image: tf.Tensor4D, { pool, stride, margin, roundsUp }: { pool: number; stride: number; margin: number; roundsUp: boolean }): tf.Tensor4D {
  const [batch, height, width, channels] = image.shape;
  const length = (size: number): number => {
    // A window that sticks out counts if the one before left something over, and if it does not begin in the zeros behind the image.
    const counts = (start: number): boolean => start + pool <= size + margin || (roundsUp && start - stride + pool < size + margin && start < size);
    let count = 0;
    while (counts(count * stride - margin)) count++;
    return count;
  };
  const output = tf.buffer([batch, length(height), length(width), channels]);
  const x = image.bufferSync();
  for (const [b, i, j, c] of indexesOf(output.shape)) {
    let most = -Infinity;
    for (const [r, s] of indexesOf([pool, pool])) {
      const [row, column] = [i! * stride + r! - margin, j! * stride + s! - margin];
      if (row >= 0 && row < height && column >= 0 && column < width) most = Math.max(most, x.get(b!, row, column, c!));
    }
    output.set(most, b!, i!, j!, c!);
  }
  return output.toTensor() as tf.Tensor4D;
}

function* indexesOf(shape: readonly number[]): Iterable<number[]> {
  const size = shape.reduce((a, b) => a * b, 1);
  for (let flat = 0; flat < size; flat++) {
    const index: number[] = [];
    for (let rest = flat, axis = shape.length - 1; axis >= 0; axis--) {
      index[axis] = rest % shape[axis]!;
      rest = Math.floor(rest / shape[axis]!);
    }
    yield index;
  }
}
