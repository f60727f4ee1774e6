// How large a run will be, and whether it is run, asked or refused.
import assert from 'node:assert/strict';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import { estimate, type Device } from '../../webview/run/estimate.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { classifier, residualBlock, resnet } from './blocks.ts';

const gpu: Device = { backend: 'webgl', software: false, maxTextureSize: 16384 };
const software: Device = { backend: 'webgl', software: true, maxTextureSize: 8192 };
const wasm: Device = { backend: 'wasm', software: false };
const bound = (graph: ReturnType<typeof classifier>, batch = 1) => bindSymbols(graph, { batch });

describe('the estimate of a run', () => {
  it('counts what is alive at once, not the sum of all tensors', () => {
    const build = new GraphBuilder();
    let x = build.input([1, 1000]);
    for (let i = 0; i < 50; i++) x = build.layer('reLU', {}, x);
    // Input and output of one layer at a time; the input of the block stays.
    assert.equal(estimate(build.graph(x), wasm).bytes, 3 * 4000);
  });

  it('counts a shortcut as alive until it is added', () => {
    const values = 14 * 14 * 16;
    const { bytes, largestTensor } = estimate(bound(residualBlock()), wasm);
    // Weights, the input that waits for the addition, the two tensors of the normalization that runs, and two within it.
    assert.equal(bytes, 4736 * 4 + 5 * values * 4);
    assert.equal(largestTensor, values);
  });

  it('counts the work space of convolutions on WebGL only', () => {
    const values = 14 * 14 * 16;
    const onWebGL = estimate(bound(residualBlock()), gpu).bytes;
    // The second convolution runs while the shortcut waits: nine places of the kernel over an input of this size. Elsewhere the normalization takes most, with
    // two tensors more than the convolution.
    assert.equal(onWebGL, estimate(bound(residualBlock()), wasm).bytes + (9 - 2) * values * 4);
  });

  it('multiplies MACs by the batch', () => {
    assert.equal(estimate(bound(classifier(), 8), wasm).macs, 8 * estimate(bound(classifier()), wasm).macs);
  });

  it('runs small blocks, asks for slow ones and refuses what is far too much', () => {
    assert.equal(estimate(bound(classifier()), software).verdict, 'run');
    assert.equal(estimate(bound(resnet()), gpu).verdict, 'run');
    const slow = estimate(bound(resnet()), { backend: 'cpu', software: false });
    assert.equal(slow.verdict, 'ask');
    assert.match(slow.sentence, /4\.1G MACs.*cpu.*10 s/);
    const huge = estimate(bound(resnet(), 64), software);
    assert.equal(huge.verdict, 'refuse');
    assert.match(huge.sentence, /262G MACs.*over the limit of 30 s/);
  });

  it('asks earlier for a training step', () => {
    assert.equal(estimate(bound(resnet(64)), gpu, true).verdict, 'run');
    assert.equal(estimate(bound(resnet(224)), gpu).verdict, 'run');
    const large = estimate(bound(resnet(224)), gpu, true);
    assert.equal(large.verdict, 'ask');
    assert.match(large.sentence, /^A training step takes ≈ 4\.1G MACs forward and ≈ 1\.\d GB of textures/);
  });

  it('counts all that comes out of layers in training, and gradients', () => {
    const build = new GraphBuilder();
    let x = build.input([1, 1000]);
    for (let i = 0; i < 50; i++) x = build.layer('reLU', {}, x);
    // The input, what fifty layers keep, and the loss; `real-memory.test.ts` compares such numbers with what is taken.
    assert.equal(estimate(build.graph(x), wasm, true).bytes, (1 + 50 * 3 + 9) * 4000);
    const weights = estimate(bound(classifier()), wasm, true).bytes - estimate(bound(classifier()), wasm).bytes;
    assert.ok(weights > 5994 * 4, String(weights));
    const wide = new GraphBuilder();
    const dense = wide.graph(wide.layer('dense', { units: 8000 }, wide.input([1, 8000])));
    // The weights have 256 MB.
    assert.match(estimate(dense, gpu).sentence, /^One run takes ≈ 64M MACs and ≈ 1\.3 GB of textures\.$/);
    assert.match(estimate(dense, wasm, true).sentence, /^A training step takes ≈ 64M MACs forward and ≈ 513 MB of memory\.$/);
  });

  it('refuses by memory and by the size of one tensor', () => {
    const build = new GraphBuilder();
    const dense = build.layer('dense', { units: 30_000 }, build.input([1, 30_000]));
    const memory = estimate(build.graph(dense), wasm);
    assert.equal(memory.verdict, 'refuse');
    assert.match(memory.sentence, /3\.6 GB.*over the limit of 1\.0 GB/);
    const texture = estimate(build.graph(dense), { ...gpu, maxTextureSize: 4096 });
    assert.match(texture.sentence, /900M values.*4096×4096/);
  });

  it('asks for very many layers', () => {
    const build = new GraphBuilder();
    let x = build.input([1, 4]);
    for (let i = 0; i < 1200; i++) x = build.layer('reLU', {}, x);
    assert.equal(estimate(build.graph(x), wasm).verdict, 'ask');
  });
});
