// The page of the panel in figures: what ships, how long until there is a first timing, and what the profiler adds to what it measures:
// `npm run bench -- page`.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Browser } from 'playwright-core';
import { launchBrowser } from '../scripts/browser.ts';
import { targets } from '../scripts/build.ts';
import { servePage } from '../src/cli/page-server.ts';
import { answersOfRun } from '../src/cli/profile.ts';
import type { BackendName, BlockPayload } from '../src/blocks/protocol/messages.ts';
import { graphOfBlock } from '../src/blocks/vocabulary/graph-of-block.ts';
import { defaultCounting } from '../src/blocks/counting/counting.ts';
import { articleBlocks } from '../test/blocks/library/article-blocks.ts';
import { quantile } from './cpu-time.ts';
import type { Overhead } from './overhead-page.ts';

const opened = 5;
const rounds = 12;

export async function reportPage(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'blockscope-bench-page-'));
  try {
    await reportSizes(folder);
    const browser = await launchBrowser();
    try {
      for (const backend of ['wasm', 'webgl'] as const) await reportStart(browser, folder, backend);
      await reportOverhead(browser);
    } finally {
      await browser.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Built into `dist` of the folder, minified as it ships. */
async function reportSizes(folder: string): Promise<void> {
  const target = targets.find(({ outdir }) => outdir === 'dist')!;
  const { outputFiles, metafile } = await build({ ...target, minify: true, sourcemap: false, metafile: true, write: false });
  const sizes = new Map<string, readonly [number, number]>();
  for (const { path: absolute, contents } of outputFiles) {
    const file = path.relative(target.absWorkingDir!, absolute).split(path.sep).join('/');
    sizes.set(file, [contents.length, gzipSync(contents, { level: 9 }).length]);
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), contents);
  }
  const startOf = (file: string, known = new Set<string>()): Set<string> => {
    known.add(file);
    for (const { path: imported, kind } of metafile.outputs[file]!.imports) if (kind === 'import-statement' && !known.has(imported)) startOf(imported, known);
    return known;
  };
  const line = (what: string, files: readonly string[]): string => {
    const [raw, zipped] = [0, 1].map(i => files.reduce((sum, file) => sum + sizes.get(file)![i]!, 0));
    return `  ${kB(raw!)} ${kB(zipped!)}  ${what}`;
  };
  const first = [...startOf('dist/webview.js')];
  console.log('What ships of the page, minified, and with gzip -9:');
  console.log(line('in all', [...sizes.keys()]));
  console.log(line(`before the picture is drawn (${first.length} scripts)`, first));
  console.log(line('the style sheet', [...sizes.keys()].filter(file => file.endsWith('.css'))));
  const begun = [...sizes.keys()].filter(file => metafile.outputs[file]!.entryPoint && !first.includes(file) && file.endsWith('.js'));
  const run = [...startOf(begun.find(file => metafile.outputs[file]!.entryPoint === 'webview/run/run-block.ts')!)];
  console.log(line('with the first run', run.filter(file => !first.includes(file))));
  for (const file of begun) {
    const own = [...startOf(file)].filter(needed => !first.includes(needed) && !run.includes(needed));
    if (own.length > 0) console.log(line(`with ${metafile.outputs[file]!.entryPoint!.replace('node_modules/', '')}`, own));
  }
}

const kB = (bytes: number): string => `${(bytes / 1000).toFixed(0)} kB`.padStart(9);

/** When each phase of a run began, as the page showed it. */
async function reportStart(browser: Browser, folder: string, backend: BackendName): Promise<void> {
  const { name, block, channels } = articleBlocks[0]!;
  const { graph } = graphOfBlock(block, { input: [1, 28, 28, channels] });
  const shown: BlockPayload = { id: name, name, version: 1, fileLabel: 'model.ts', graph, counting: defaultCounting, lines: graph.nodes.map(() => 1) };
  const moments: Record<string, number[]> = {};
  for (let time = 0; time < opened; time++) {
    const server = await servePage(path.join(folder, 'dist'), { type: 'show', data: { block: shown, profile: true, settings: { backend } } }, answersOfRun);
    // Nothing is left of the time before: neither files nor compiled code.
    const context = await browser.newContext({ viewport: { width: 460, height: 900 } });
    try {
      const page = await context.newPage();
      await page.addInitScript('globalThis.__name = value => value');
      await page.addInitScript(() => {
        const marks: Record<string, number> = {};
        Object.assign(window, { marks });
        const look = (): void => {
          const mark = (what: string): void => { marks[what] ??= performance.now(); };
          if (document.querySelector('.box')) mark('the picture is drawn');
          if (document.querySelector('.progress-text')?.textContent?.startsWith('Building')) mark('TensorFlow.js and the backend have started');
          if (document.querySelector('.progress-text')?.textContent?.startsWith('Comparing')) mark('the block has run once in each way');
          if (document.querySelector('.progress-text')?.textContent?.startsWith('Measuring layer')) mark('the whole block is measured');
          if (document.querySelector('.result-time')) mark('its time is shown, with that of each layer');
        };
        new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
      });
      await page.goto(server.address);
      await server.report;
      await page.locator('.result-time').waitFor();
      const marks = await page.evaluate(() => (window as unknown as { marks: Record<string, number> }).marks);
      for (const [what, at] of Object.entries(marks)) (moments[what] ??= []).push(at);
    } finally {
      await context.close();
      server.close();
    }
  }
  console.log(`From opening the page with a command to profile ${name} on 28×28 (${backend}, median of ${opened} with the least and the most):`);
  for (const [what, times] of Object.entries(moments).sort(([, a], [, b]) => a[0]! - b[0]!)) {
    console.log(`  ${[0.5, 0, 1].map(share => (quantile(times, share) / 1000).toFixed(2)).join(' s, ').replace(' s, ', ' s (').replace(' s, ', '–')})  ${what}`);
  }
}

async function reportOverhead(browser: Browser): Promise<void> {
  const { outputFiles: [script] } = await build({
    entryPoints: [path.join(import.meta.dirname, 'overhead-page.ts')], bundle: true, write: false, minify: true, platform: 'browser', format: 'iife', target: 'chrome120',
    loader: { '.wasm': 'binary' }, logLevel: 'warning',
  });
  const page = await browser.newPage();
  await page.addInitScript('globalThis.__name = value => value');
  await page.goto('about:blank');
  await page.addScriptTag({ content: script!.text });
  const bySize = [...articleBlocks].sort((a, b) => a.macs - b.macs);
  const three = [bySize[0]!, bySize[Math.floor(bySize.length / 2)]!, bySize.at(-1)!];
  console.log(`What the profiler adds: the time of predict that a panel reports, over that of a loop of model.predict of the same model (${rounds} rounds in turns, middle half):`);
  for (const [backend, size] of [['wasm', 56], ['webgl', 14]] as const) {
    for (const { name } of three) {
      const { panel, bare } = await page.evaluate(([block, pixels, on, times]) => (window as unknown as { measureOverhead(...args: unknown[]): Promise<Overhead> }).measureOverhead(block, pixels, on, times), [name, size, backend, rounds] as const);
      const ratios = panel.map((time, i) => time / bare[i]!);
      console.log(`  ${quantile(ratios, 0.5).toFixed(3)} (${quantile(ratios, 0.25).toFixed(3)}–${quantile(ratios, 0.75).toFixed(3)})  ${quantile(panel, 0.5).toFixed(3)} over ${quantile(bare, 0.5).toFixed(3)} ms   ${name}, ${size}×${size}, ${backend}`);
    }
  }
  await page.close();
}
