// Builds everything that ships: the extension, the terminal command and the webview. `--minify` for the package,
// `--watch` while developing.
import { chmodSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context, transform, type BuildOptions, type Plugin } from 'esbuild';
import { onlyNeededKernels } from './needed-kernels.ts';
import { sliceTypeScript, slicePath } from './slice-typescript.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const minify = process.argv.includes('--minify');
const watch = process.argv.includes('--watch');

const shared: BuildOptions = {
  absWorkingDir: root, bundle: true, logLevel: 'warning', minify, legalComments: 'none',
  // Names do not survive minification: esbuild would set that of each closure whenever one is made, which costs the extension an eighth of its
  // speed and more. The maps tell what a trace in an error report means; they are made with the package and do not ship in it.
  sourcemap: minify ? 'external' : 'linked',
};

/** Of packages that are there twice, the one that can be bundled: the other finds its own parts only when it runs. */
const mainFields = ['module', 'main'];

/** The programs that a kernel runs on the GPU are shown by the names of their classes. */
const withProgramNames: Plugin = {
  name: 'with program names',
  setup: ({ onLoad }) => onLoad({ filter: /tfjs-backend-web\w+[\\/]dist[\\/]\w*_(gpu|gpu_depthwise|webgpu)\.js$/ }, async ({ path: file }) =>
    ({ contents: (await transform(await readFile(file, 'utf8'), { keepNames: true, target: 'chrome120' })).code })),
};

const page: BuildOptions = {
  // What only a run needs is read with the first run, and of the backends only the one that is chosen: each `import()` begins a file of its own.
  ...shared, entryPoints: [{ in: 'webview/main.ts', out: 'webview' }], outdir: 'dist', platform: 'browser', format: 'esm', splitting: true, chunkNames: 'webview/[name]-[hash]', target: 'chrome120',
  // The WebAssembly backend travels inside a script, so that the page needs no network permission for it.
  loader: { '.wasm': 'binary' },
};

/** For all that is bundled of the page: what a test sees of a run is then what runs in the page. */
export const pagePlugins: Plugin[] = [withProgramNames, onlyNeededKernels(page)];

export const targets: BuildOptions[] = [
  {
    ...shared, entryPoints: ['src/extension/extension.ts'], outfile: 'dist/extension.cjs',
    platform: 'node', format: 'cjs', target: 'node20', mainFields, external: ['vscode'],
  },
  {
    // What extension.cjs loads when there is something to read.
    ...shared, entryPoints: ['src/extension/editor.ts'], outfile: 'dist/editor.cjs',
    platform: 'node', format: 'cjs', target: 'node20', mainFields, external: ['vscode'],
  },
  {
    ...shared, entryPoints: ['src/cli/cli.ts'], outfile: 'dist/cli.mjs', platform: 'node', format: 'esm', target: 'node20', mainFields,
    // commander is CommonJS and requires Node's own modules.
    banner: { js: "#!/usr/bin/env node\nimport { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);" },
  },
  { ...page, plugins: pagePlugins },
];

/** What every target needs to be there before it is bundled. */
export async function prepare(): Promise<void> {
  if (!existsSync(slicePath)) await sliceTypeScript();
}

/** The names of chunks change with what is in them, so that each change would leave some behind. */
const withoutStaleChunks: Plugin = {
  name: 'without stale chunks',
  setup: ({ onEnd }) => onEnd(({ metafile }) => {
    const made = Object.keys(metafile?.outputs ?? {});
    const folder = path.join(root, 'dist/webview');
    if (!made.includes('dist/webview.js') || !existsSync(folder)) return;
    for (const name of readdirSync(folder)) if (!made.includes(`dist/webview/${name}`)) rmSync(path.join(folder, name));
  }),
};

async function buildAll(): Promise<void> {
  await prepare();
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  if (watch) {
    for (const target of targets) await (await context({ ...target, metafile: true, plugins: [...target.plugins ?? [], withoutStaleChunks] })).watch();
    console.log('watching for changes');
  } else {
    await Promise.all(targets.map(target => build(target)));
    // `bin` of the manifest names it as a program.
    chmodSync(path.join(root, 'dist/cli.mjs'), 0o755);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildAll().catch((error: unknown) => {
    // esbuild has printed its own errors already.
    if (!(error instanceof Error && 'errors' in error)) console.error(error);
    process.exitCode = 1;
  });
}
