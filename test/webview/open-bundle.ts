// A script of a test in an empty page of a real browser: what a test wants to see of the parts of a run that the page does not show.
import path from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { pagePlugins } from '../../scripts/build.ts';

/** `entry` is a file beside this one, which puts functions on `window`. `init` runs before it. */
export async function openBundle(browser: Browser, entry: string, init?: () => void): Promise<Page> {
  const { outputFiles: [script] } = await build({
    entryPoints: [path.join(import.meta.dirname, entry)], bundle: true, write: false, platform: 'browser', format: 'iife', target: 'chrome120',
    mainFields: ['browser', 'module', 'main'], loader: { '.wasm': 'binary' }, plugins: pagePlugins, logLevel: 'warning',
  });
  const page = await browser.newPage();
  await page.addInitScript('globalThis.__name = value => value');
  if (init) await page.addInitScript(init);
  // WebGPU is only there for pages of this machine, and of others with a certificate.
  await page.route('**/*', route => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto('http://127.0.0.1/');
  await page.addScriptTag({ content: script!.text });
  return page;
}
