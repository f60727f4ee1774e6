// What running a block as it would be deployed gains over `predict` of tf.layers, in a real browser: `npm run bench -- ways`. Without a GPU
// WebGL is emulated, and then says nothing about one.
import path from 'node:path';
import { build } from 'esbuild';
import type { WayReport } from '../src/blocks/protocol/messages.ts';
import { launchBrowser } from '../scripts/browser.ts';
import type { Measurement } from './ways-page.ts';

const networkNames = ['MobileNet_V2', 'ResNet18', 'EfficientNet_B0'];

interface Window {
  readonly articleNames: readonly string[];
  measureWays(name: string, size: number, backend: string): Promise<Measurement>;
}

export async function reportWays(): Promise<void> {
  const { outputFiles: [script] } = await build({
    entryPoints: [path.join(import.meta.dirname, 'ways-page.ts')], bundle: true, write: false, minify: true, platform: 'browser', format: 'iife', target: 'chrome120',
    loader: { '.wasm': 'binary' }, logLevel: 'warning',
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(600_000);
    await page.addInitScript('globalThis.__name = value => value');
    await page.goto('about:blank');
    await page.addScriptTag({ content: script!.text });
    const names = await page.evaluate(() => (window as unknown as Window).articleNames);
    for (const backend of ['wasm', 'webgl']) {
      console.log(`As deployed, times as fast as predict and as the block as written (${backend}${backend === 'webgl' ? ', emulated unless there is a GPU' : ''}; 95 % confidence):`);
      // An emulated GPU takes a minute for a network.
      const whole = backend === 'wasm' ? networkNames.map(name => [name, 224] as const) : networkNames.map(name => [name, 96] as const);
      for (const [name, size] of [...names.map(name => [name, backend === 'wasm' ? 56 : 28] as const), ...whole]) {
        const { written, ways } = await page.evaluate(([block, pixels, on]) => (window as unknown as Window).measureWays(block, pixels, on), [name, size, backend] as const);
        console.log(`  ${line(name, size, written, ways)}`);
      }
    }
  } finally {
    await browser.close();
  }
}

function line(name: string, size: number, written: number, ways: readonly WayReport[]): string {
  const [predict, deployed] = ['predict', 'deployed'].map(way => ways.find(report => report.way === way)!) as [WayReport, WayReport];
  const over = deployed.overPredict ? `${deployed.overPredict.median.toFixed(2)} × ${deployed.overPredict.interval ? `(${deployed.overPredict.interval.map(end => end.toFixed(2)).join('–')})` : ''}` : `? (${predict.obstacle ?? deployed.obstacle})`;
  return `${over.padEnd(20)} ${(deployed.speedUp?.median ?? NaN).toFixed(2)} × written   ${(predict.timing?.medianMs ?? NaN).toFixed(1)} → ${(deployed.timing?.medianMs ?? NaN).toFixed(1)} ms (as written ${written.toFixed(1)})   ${name}, ${size}×${size}`;
}
