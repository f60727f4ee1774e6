// Runs in a real browser that end before they are done: stopped in each of their phases, refused, or without memory. Nothing is left of them, and
// the next one works.
import assert from 'node:assert/strict';
import type { Browser, Page } from 'playwright-core';
import { bindSymbols } from '../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { residualBlock } from './blocks.ts';
import type { Ended, StopAt } from './ended-runs-page.ts';
import { openBundle } from './open-bundle.ts';
import { launchBrowser } from './open-page.ts';

const images = bindSymbols(residualBlock(6, 4), { batch: 1 });

function sequences(): BlockGraph {
  const build = new GraphBuilder();
  const words = build.layer('embedding', { inputDim: 9, outputDim: 4, maskZero: true }, build.input([1, 6]));
  return build.graph(build.layer('dense', { units: 3 }, build.layer('lstm', { units: 4 }, words)));
}

/** Where something is in hands, if there is such a moment: a layer, a sample, gradients. */
const stops: readonly StopAt[] = [
  { phase: 'backend', breath: 0 }, { phase: 'building', breath: 2 }, { phase: 'firstRun', breath: 2 }, { phase: 'checking', breath: 3 }, { phase: 'training', breath: 1 },
  { phase: 'warmUp', breath: 1 }, { phase: 'measuring', breath: 2 }, { phase: 'device', breath: 1 }, { phase: 'layers', breath: 3 },
];

const nothing = [0, 0, 0];

/** Until its layers are measured a run that is stopped has no result. */
const keepsWhatWasMeasured = new Set<string>(['device', 'layers']);

const cases: readonly { readonly name: string; readonly backend: BackendName; readonly graph: BlockGraph; readonly training: boolean }[] = [
  { name: 'images on WebGL', backend: 'webgl', graph: images, training: false },
  { name: 'sequences on WebAssembly', backend: 'wasm', graph: sequences(), training: false },
  { name: 'images with a training step in plain JavaScript', backend: 'cpu', graph: images, training: true },
];

interface Refusals {
  memory: boolean;
  textures: boolean;
}

/** At the browser's own functions: what refuses is the browser and the GPU, and neither TensorFlow.js nor a run is told. */
function refuseMemoryWhenTold(): void {
  const refusals: Refusals = { memory: false, textures: false };
  Object.assign(window, { refusals });
  const { grow } = WebAssembly.Memory.prototype;
  WebAssembly.Memory.prototype.grow = function (pages) {
    if (refusals.memory) throw new RangeError('WebAssembly.Memory.grow(): Maximum memory size exceeded');
    return grow.call(this, pages);
  };
  const { prototype } = WebGL2RenderingContext;
  const { texStorage2D, getError } = prototype;
  let isOutOfMemory = false;
  prototype.texStorage2D = function (...args) {
    if (refusals.textures) isOutOfMemory = true;
    else texStorage2D.apply(this, args);
  };
  prototype.getError = function () {
    const error = isOutOfMemory ? this.OUT_OF_MEMORY : getError.call(this);
    isOutOfMemory = false;
    return error;
  };
}

function smallTextures(): void {
  const { getParameter } = WebGL2RenderingContext.prototype;
  WebGL2RenderingContext.prototype.getParameter = function (name) {
    return name === this.MAX_TEXTURE_SIZE ? 256 : getParameter.call(this, name) as unknown;
  };
}

const dense = (units: number): BlockGraph => {
  const build = new GraphBuilder();
  return build.graph(build.layer('dense', { units }, build.input([1, units])));
};

const convolution = (layer: 'conv1d' | 'conv2d', input: readonly number[]): BlockGraph => {
  const build = new GraphBuilder();
  return build.graph(build.layer(layer, { filters: 4, kernelSize: layer === 'conv1d' ? 9 : 3, padding: 'same' }, build.input(input)));
};

const soon: StopAt = { phase: 'warmUp', breath: 0 };

describe('a run that ends early', function () {
  this.timeout(240_000);
  let browser: Browser;
  let page: Page;
  const run = (backend: BackendName, graph: BlockGraph, training = false, at?: StopAt): Promise<Ended> =>
    page.evaluate(args => (window as unknown as { runUntil(...args: unknown[]): Promise<Ended> }).runUntil(...args), [graph, backend, training, at] as unknown[]);

  before(async () => {
    browser = await launchBrowser();
    page = await openBundle(browser, 'ended-runs-page.ts', refuseMemoryWhenTold);
  });
  after(() => browser?.close());

  const refuse = (what: Partial<Refusals>): Promise<void> => page.evaluate(refusals => { Object.assign((window as unknown as { refusals: Refusals }).refusals, refusals); }, what);

  it('says that WebAssembly has no memory left, and the next one has a new one', async () => {
    await refuse({ memory: true });
    try {
      // By the input and the weights, and by what a run needs beside them.
      for (const [units, phase] of [[3000, 'building'], [1500, 'firstRun']] as const) {
        const { kind, message, phases, left } = await run('wasm', dense(units));
        assert.match(message ?? '', /WebAssembly has no memory left, because the browser gives it no more than \d+ MB\. Choose smaller sizes\. The next run starts with a new memory\.$/);
        assert.deepEqual([kind, phases.at(-1), left], ['failed', phase, nothing]);
      }
      // What is small enough runs all the same.
      assert.equal((await run('wasm', dense(100), false, soon)).kind, 'cancelled');
    } finally {
      await refuse({ memory: false });
    }
    const { kind, phases, left } = await run('wasm', dense(1500), false, soon);
    assert.deepEqual([kind, phases.at(-1), left], ['cancelled', 'warmUp', nothing]);
  });

  it('says that the GPU has no memory left for textures, and the next one begins without any', async () => {
    assert.equal((await run('webgl', images, false, soon)).kind, 'cancelled');
    await refuse({ textures: true });
    try {
      const { kind, message, phases, left } = await run('webgl', dense(100));
      assert.match(message ?? '', /^The GPU has no memory left for the textures of this run, so that the results are void\. Choose smaller sizes\./);
      assert.deepEqual([kind, phases.at(-1), left], ['failed', 'firstRun', nothing]);
      const claim = await page.evaluate(() => (window as unknown as { tryClaim(id: string, backend: string): Promise<string | undefined> }).tryClaim('depthwise-saves', 'webgl'));
      assert.match(claim ?? '', /^The GPU has no memory left for the textures of this run/);
    } finally {
      await refuse({ textures: false });
    }
    const { kind, phases, left } = await run('webgl', dense(100), false, soon);
    assert.deepEqual([kind, phases.at(-1), left], ['cancelled', 'warmUp', nothing]);
  });

  it('is refused where a texture would be too large, and a smaller one runs after it', async () => {
    const [before, small] = [page, await openBundle(browser, 'ended-runs-page.ts', smallTextures)];
    page = small;
    try {
      for (const [graph, sentence] of [
        [dense(300), /^A tensor of 90k values does not fit into a texture of this GPU \(256×256\)\. Choose smaller sizes\.$/],
        [convolution('conv2d', [1, 64, 64, 16]), /^A convolution unfolds its input into a matrix of 590k values, which does not fit into a texture of this GPU \(256×256\)\./],
        [convolution('conv1d', [1, 4096, 16]), /^A convolution unfolds its input into a matrix of 590k values/],
      ] as const) {
        const ended = await run('webgl', graph);
        assert.deepEqual([ended.kind, ended.left], ['too-large', nothing], JSON.stringify(ended));
        assert.match(ended.message ?? '', sentence);
        const { kind, phases, left } = await run('webgl', convolution('conv2d', [1, 32, 32, 16]), false, soon);
        assert.deepEqual([kind, phases.at(-1), left], ['cancelled', 'warmUp', nothing]);
      }
    } finally {
      page = before;
      await small.close();
    }
  });

  for (const { name, backend, graph, training } of cases) {
    it(`leaves nothing behind wherever it is stopped, and the next one works: ${name}`, async () => {
      const own = stops.filter(({ phase }) => training || phase !== 'training');
      for (const at of own) {
        const { kind, complete, left } = await run(backend, graph, training, at);
        const expected = keepsWhatWasMeasured.has(at.phase) ? ['finished', false] : ['cancelled', undefined];
        assert.deepEqual([kind, complete, left], [...expected, nothing], JSON.stringify(at));
      }
      const next = await run(backend, graph, training);
      assert.deepEqual([next.kind, next.backend, next.complete, next.left], ['finished', backend, true, nothing]);
      assert.deepEqual([...new Set(next.phases)].sort(), own.map(({ phase }) => phase).sort(), 'there are other phases, in which it was not stopped');
    });
  }
});
