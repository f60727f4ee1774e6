// What is bundled into what: TensorFlow.js belongs to the runs of the webview alone, and nothing but `vscode` is left to be found
// at run time.
import assert from 'node:assert/strict';
import path from 'node:path';
import { build, type Metafile } from 'esbuild';
import { bundledFiles } from '../../scripts/bundled-packages.ts';
import { targets } from '../../scripts/build.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';

async function filesOf(output: string): Promise<string[]> {
  const target = targets.find(({ outfile }) => outfile === output);
  assert.ok(target, `Nothing is built to ${output}.`);
  return (await bundledFiles(target)).map(file => path.relative(projectRoot, file).split(path.sep).join('/'));
}

for (const output of ['dist/editor.cjs', 'dist/cli.mjs']) {
  describe(output, () => {
    it('contains no TensorFlow.js', async () => {
      const files = await filesOf(output);
      assert.ok(files.some(file => file.startsWith('src/blocks/')), 'The core is missing.');
      assert.deepEqual(files.filter(file => file.includes('@tensorflow/')), []);
    });

    it('contains nothing of the webview', async () => {
      assert.deepEqual((await filesOf(output)).filter(file => file.startsWith('webview/')), []);
    });

    it('contains the cut-out parser, not the whole of TypeScript', async () => {
      const files = await filesOf(output);
      assert.deepEqual(files.filter(file => file.includes('node_modules/typescript/')), []);
      assert.ok(files.includes('src/blocks/syntax/typescript-parser.generated.mjs'));
    });
  });
}

for (const output of ['dist/extension.cjs', 'dist/editor.cjs']) {
  it(`${output} expects nothing but VS Code`, () => assert.deepEqual(targets.find(({ outfile }) => outfile === output)?.external, ['vscode']));
}

describe('what starts with any JSON file', () => {
  it('has neither the parser nor the interpreter, nor anything that shows figures', async () => {
    const files = await filesOf('dist/extension.cjs');
    assert.ok(files.includes('src/extension/documents.ts'));
    assert.deepEqual(files.filter(file => /^src\/blocks\/(syntax|evaluate|analyze|layers|features|library|graph)\//.test(file)), []);
  });

  it('is loaded at once', async () => {
    const { outputFiles } = await build({ ...targets.find(({ outfile }) => outfile === 'dist/extension.cjs')!, write: false, sourcemap: false });
    // The rest has a hundred times as much, which takes tens of milliseconds to compile.
    assert.ok(outputFiles[0]!.contents.length < 40_000, `${outputFiles[0]!.contents.length} bytes`);
  });
});

describe('the page', () => {
  let outputs: Metafile['outputs'];
  before(async () => {
    const target = targets.find(({ outdir }) => outdir === 'dist')!;
    ({ metafile: { outputs } } = await build({ ...target, write: false, metafile: true, sourcemap: false }));
  });

  /** A script and what it needs before it can start. */
  const startOf = (file: string, known = new Set<string>()): ReadonlySet<string> => {
    if (known.has(file)) return known;
    known.add(file);
    for (const { path: imported, kind } of outputs[file]!.imports) if (kind === 'import-statement') startOf(imported, known);
    return known;
  };
  const packagesIn = (files: Iterable<string>): string[] =>
    [...new Set([...files].flatMap(file => Object.entries(outputs[file]!.inputs)).flatMap(([input, { bytesInOutput }]) => (bytesInOutput > 0 ? /@tensorflow\/([\w-]+)/.exec(input)?.[1] ?? [] : [])))].sort();
  const scripts = (): string[] => Object.keys(outputs).filter(file => file.endsWith('.js'));

  it('is drawn without TensorFlow.js', () => assert.deepEqual(packagesIn(startOf('dist/webview.js')), []));

  it('starts a run without any backend', () => {
    const run = scripts().find(file => outputs[file]!.entryPoint === 'webview/run/run-block.ts');
    assert.deepEqual(packagesIn(startOf(run!)), ['tfjs-core', 'tfjs-layers']);
  });

  it('has a file for each backend, with nothing of the others but the code that they share with plain JavaScript', () => {
    const begun = scripts().filter(file => /tfjs-backend|wasm-backend/.test(outputs[file]!.entryPoint ?? ''));
    const backends = begun.map(file => packagesIn(startOf(file)).filter(name => name.startsWith('tfjs-backend-') && name !== 'tfjs-backend-cpu').join());
    assert.deepEqual(backends.sort(), ['', 'tfjs-backend-wasm', 'tfjs-backend-webgl', 'tfjs-backend-webgpu']);
  });

  it('has nothing of TensorFlow.js that a run does not need', () => {
    assert.deepEqual(packagesIn(scripts()).filter(name => !/^tfjs-(core|layers|backend-\w+)$/.test(name)), []);
  });

  for (const backend of ['cpu', 'wasm', 'webgl', 'webgpu']) {
    it(`registers the kernels of ${backend} that an operation of it asks for, and no others`, () => {
      const inputs = Object.values(outputs).flatMap(output => Object.entries(output.inputs)).filter(([, { bytesInOutput }]) => bytesInOutput > 0).map(([file]) => file);
      const has = (kernel: string): boolean => inputs.some(file => file.endsWith(`/tfjs-backend-${backend}/dist/kernels/${kernel}.js`));
      const [layersNeed, nothingNeeds] = [['Conv2D', 'FusedConv2D', 'MaxPool', 'ResizeBilinear', 'Softmax', 'SpaceToBatchND'], ['DepthToSpace', 'GatherNd', 'ScatterNd', 'SparseToDense']];
      assert.deepEqual([...layersNeed, ...nothingNeeds].filter(has), layersNeed);
    });
  }
});
