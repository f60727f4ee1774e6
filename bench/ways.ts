// What running a block as it would be deployed gains over `predict` of tf.layers, in a real browser: `npm run bench -- ways`. Without a GPU
// WebGL is emulated, and then says nothing about one.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';
import type { WayReport } from '../src/blocks/protocol/messages.ts';
import { launchBrowser } from '../scripts/browser.ts';
import type { Measurement } from './ways-page.ts';

const networkNames = ['MobileNet_V2', 'ResNet18', 'EfficientNet_B0'];

interface Window {
  readonly articleNames: readonly string[];
  measureWays(name: string, size: number, backend: string): Promise<Measurement>;
  titlesIn(file: string, text: string): readonly string[];
  measureProgram(file: string, text: string, index: number, backend: string): Promise<Measurement>;
}

const program = path.join(import.meta.dirname, 'programs/mobile-blocks.ts');

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
    const text = readFileSync(program, 'utf8');
    const titles = await page.evaluate(([file, code]) => (window as unknown as Window).titlesIn(file, code), [program, text] as const);
    for (const backend of ['wasm', 'webgl']) {
      console.log(`As deployed, times as fast as predict and as the block as written (${backend}${backend === 'webgl' ? ', emulated unless there is a GPU' : ''}; 95 % confidence):`);
      // An emulated GPU takes a minute for a network.
      const whole = backend === 'wasm' ? networkNames.map(name => [name, 224] as const) : networkNames.map(name => [name, 96] as const);
      for (const [name, size] of [...names.map(name => [name, backend === 'wasm' ? 56 : 28] as const), ...whole]) {
        const { written, ways } = await page.evaluate(([block, pixels, on]) => (window as unknown as Window).measureWays(block, pixels, on), [name, size, backend] as const);
        console.log(`  ${line(`${name}, ${size}×${size}`, written, ways)}`);
      }
      console.log(`  In tf.layers, of ${path.basename(program)}:`);
      for (const [index, title] of titles.entries()) {
        const { written, ways } = await page.evaluate(([file, code, i, on]) => (window as unknown as Window).measureProgram(file, code, i, on), [program, text, index, backend] as const);
        console.log(`  ${line(title, written, ways)}`);
      }
    }
  } finally {
    await browser.close();
  }
}

function line(name: string, written: number, ways: readonly WayReport[]): string {
  const [predict, deployed] = ['predict', 'deployed'].map(way => ways.find(report => report.way === way)!) as [WayReport, WayReport];
  const over = deployed.overPredict ? `${deployed.overPredict.median.toFixed(2)} × ${deployed.overPredict.interval ? `(${deployed.overPredict.interval.map(end => end.toFixed(2)).join('–')})` : ''}` : `? (${predict.obstacle ?? deployed.obstacle})`;
  return `${over.padEnd(20)} ${(deployed.speedUp?.median ?? NaN).toFixed(2)} × written   ${ms(predict)} → ${ms(deployed)} ms (as written ${rounded(written)})   ${name}`;
}

const ms = ({ timing }: WayReport): string => (timing === undefined ? '?' : rounded(timing.medianMs));

const rounded = (milliseconds: number): string => (milliseconds < 10 ? milliseconds.toPrecision(2) : milliseconds.toFixed(0));
