// The GPU's timer in a real browser: what it answers, and that it does not answer where the GPU was disturbed.
import assert from 'node:assert/strict';
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { browserFlags, launchBrowser } from '../../scripts/browser.ts';
import type { GpuTimer } from '../../webview/run/kernels/gpu-timer.ts';

interface TimerWindow { readonly timer: { readonly GpuTimer: typeof GpuTimer } }

/** Times two clears, in a context that is new; `disjoint` is what the GPU says of disturbances in the end, and `lost` whether its context goes. */
const measure = (page: Page, { disjoint, lost }: { readonly disjoint: boolean; readonly lost: boolean }): Promise<readonly number[] | 'no timer' | 'no answer'> => page.evaluate(async told => {
  const gl = document.createElement('canvas').getContext('webgl2')!;
  const timer = (window as unknown as TimerWindow).timer.GpuTimer.on(gl);
  if (!timer) return 'no timer';
  const { GPU_DISJOINT_EXT } = gl.getExtension('EXT_disjoint_timer_query_webgl2') as { GPU_DISJOINT_EXT: number };
  for (let i = 0; i < 2; i++) {
    timer.begin();
    for (let j = 0; j < 50; j++) gl.clear(gl.COLOR_BUFFER_BIT);
    timer.end();
  }
  const getParameter = gl.getParameter.bind(gl);
  gl.getParameter = name => (name === GPU_DISJOINT_EXT ? told.disjoint : getParameter(name) as unknown);
  if (told.lost) gl.getExtension('WEBGL_lose_context')!.loseContext();
  return await timer.results() ?? 'no answer';
}, { disjoint, lost });

describe('the timer of the GPU', () => {
  let script: string;
  let browser: Browser | undefined;
  const open = async (flags: readonly string[]): Promise<Page> => {
    browser = await launchBrowser(flags);
    const page = await browser.newPage();
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto('about:blank');
    await page.addScriptTag({ content: script });
    return page;
  };
  before(async () => {
    const { outputFiles: [file] } = await build({
      entryPoints: [path.join(import.meta.dirname, '../../webview/run/kernels/gpu-timer.ts')], bundle: true, write: false, format: 'iife', globalName: 'timer', target: 'chrome120', footer: { js: 'window.timer = timer' },
    });
    script = file!.text;
  });
  afterEach(async () => {
    await browser?.close();
    browser = undefined;
  });

  it('answers for each measurement, but not where the GPU was disturbed or is gone', async () => {
    const page = await open(browserFlags);
    const times = await measure(page, { disjoint: false, lost: false });
    assert.ok(Array.isArray(times) && times.length === 2 && times.every(ms => ms >= 0 && ms < 60_000), String(times));
    assert.equal(await measure(page, { disjoint: true, lost: false }), 'no answer');
    assert.equal(await measure(page, { disjoint: false, lost: true }), 'no answer');
  });

  it('is not there where the browser has none', async () => {
    const page = await open(browserFlags.filter(flag => !/swiftshader|use-gl/.test(flag)));
    assert.equal(await measure(page, { disjoint: false, lost: false }), 'no timer');
  });
});
