// The memory that a run is said to take, before it runs, beside what it really takes, in a real browser: an estimate that is far too small takes the
// GPU down, and one that is far too high refuses what would run.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { graphOfBlock } from '../../src/blocks/vocabulary/graph-of-block.ts';
import { articleBlocks } from '../blocks/library/article-blocks.ts';
import { GraphBuilder, type Config } from '../blocks/graph/build-graph.ts';
import { classifier, inception, residualBlock } from './blocks.ts';
import { openBundle } from './open-bundle.ts';
import { launchBrowser, webgpuFlags } from '../../scripts/browser.ts';
import type { Memory } from './real-memory-page.ts';

const chain = (input: readonly number[], ...layers: readonly (readonly [string, Config])[]): BlockGraph => {
  const build = new GraphBuilder();
  return build.graph(layers.reduce((x, [layer, config]) => build.layer(layer, config, x), build.input(input)));
};

const article = (name: string): BlockGraph => {
  const { block, channels } = articleBlocks.find(one => one.name.startsWith(name))!;
  return graphOfBlock(block, { input: [1, 28, 28, channels] }).graph;
};

const blocks: Readonly<Record<string, BlockGraph>> = {
  'a residual block': bindSymbols(residualBlock(32, 32), { batch: 1 }),
  'a classifier': bindSymbols(classifier(), { batch: 4 }),
  'an inception module': bindSymbols(inception(), { batch: 2 }),
  'a bottleneck': article('BottleNeck(64'),
  'an inverted residual': article('InvertedResidual(32, 64), depthwise'),
  'an MBConv': article('MBConv(32, 64)'),
  'a depthwise separable convolution': article('DepthWiseSeparableConv'),
  'dense layers': chain([8, 512], ['dense', { units: 1024, activation: 'relu' }], ['dense', { units: 256 }]),
  'a convolution of sequences': chain([1, 1024, 32], ['conv1d', { filters: 32, kernelSize: 5, padding: 'same' }], ['conv1d', { filters: 32, kernelSize: 5 }]),
  'a separable convolution': chain([1, 32, 32, 32], ['separableConv2d', { filters: 64, kernelSize: 3, padding: 'same' }]),
  'a transposed convolution': chain([1, 16, 16, 32], ['conv2dTranspose', { filters: 32, kernelSize: 3, strides: 2, padding: 'same' }]),
  'a convolution of volumes': chain([1, 8, 16, 16, 8], ['conv3d', { filters: 8, kernelSize: 3, padding: 'same' }]),
  'a recurrent layer': chain([4, 16, 64], ['lstm', { units: 64, returnSequences: true }]),
  'normalization and activation': chain([2, 32, 32, 32], ['batchNormalization', {}], ['reLU', {}], ['batchNormalization', {}], ['activation', { activation: 'swish' }]),
  'larger images': chain([1, 32, 32, 16], ['upSampling2d', { size: [2, 2] }], ['conv2d', { filters: 16, kernelSize: 3, padding: 'same' }]),
};

/** Of these the rest is compared: emulated GPUs take long to train. */
const few = ['a residual block', 'a classifier', 'an MBConv', 'a depthwise separable convolution', 'dense layers', 'a recurrent layer'];

/**
 * What is real as a share of what is estimated. On a GPU TensorFlow.js keeps textures and buffers that are free, and on WebGL a tensor in several forms: how many is known on
 * the whole alone, and small tensors take more.
 */
const tolerances = [
  { backend: 'webgl', training: false, names: Object.keys(blocks), least: 0.6, most: 1.9 }, { backend: 'wasm', training: false, names: Object.keys(blocks), least: 0.8, most: 1.15 },
  { backend: 'webgpu', training: false, names: few, least: 0.5, most: 2.1 }, { backend: 'webgl', training: true, names: few, least: 0.5, most: 2 },
  { backend: 'webgpu', training: true, names: few, least: 0.7, most: 1.6 }, { backend: 'cpu', training: true, names: Object.keys(blocks), least: 0.6, most: 1.9 },
] as const;

describe('the memory of a run', function () {
  this.timeout(240_000);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await launchBrowser(webgpuFlags);
    page = await openBundle(browser, 'real-memory-page.ts');
  });
  after(() => browser?.close());

  for (const { backend, training, names, least, most } of tolerances) {
    it(`is what was estimated ${training ? 'of a training step ' : ''}on ${backend}`, async () => {
      const rows: string[] = [];
      const wrong: string[] = [];
      for (const name of names) {
        const { backend: ran, estimated, real } = await page.evaluate(args => (window as unknown as { memoryOf(...args: unknown[]): Promise<Memory> }).memoryOf(...args), [blocks[name], backend, training] as unknown[]);
        assert.equal(ran, backend);
        const row = `${name.padEnd(34)} ${kilobytes(estimated)} estimated ${kilobytes(real)} real  ${(real / estimated).toFixed(2)}`;
        rows.push(row);
        if (real > most * estimated || real < least * estimated) wrong.push(row);
      }
      console.log(rows.join('\n'));
      assert.deepEqual(wrong, []);
    });
  }
});

const kilobytes = (bytes: number): string => `${Math.round(bytes / 1000)} kB`.padStart(9);
