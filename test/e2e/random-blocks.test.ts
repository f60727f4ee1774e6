// Random blocks of all layers of tf.layers in the panel of a real VS Code, on every backend: as code and as saved models, from the text of a file to
// the checks of a run.
import * as tf from '@tensorflow/tfjs';
import type { FrameLocator } from 'playwright-core';
import { BlockPane } from '../../scripts/block-pane.ts';
import { webgpuFlags } from '../../scripts/browser.ts';
import { explain, openVSCode, type OpenVSCode } from '../../scripts/open-vscode.ts';
import { projectRoot } from '../../scripts/vscode-host.ts';
import { CannotExport } from '../../src/blocks/export/cannot-export.ts';
import { tfLayersCode } from '../../src/blocks/export/tf-layers-code.ts';
import { toLayersModel } from '../../src/blocks/export/to-layers-model.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { seed } from '../blocks/layers/random-seed.ts';
import { RandomNumbers } from '../blocks/random-numbers.ts';
import { normalizesFirstChannels, randomBlock } from '../webview/random-block.ts';
import { assertHeld } from './assert-held.ts';

/** As many as are worth half a minute; `BLOCKSCOPE_RUNS` has as many on each backend. The page by itself runs two hundred more (`test/webview`). */
const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 0);
const counts: Readonly<Record<BackendName, number>> = { wasm: runs || 4, webgl: runs || 2, cpu: runs || 2, webgpu: runs || 1 };
const names: Readonly<Record<BackendName, string>> = { wasm: 'WebAssembly', webgl: 'WebGL', cpu: 'JavaScript', webgpu: 'WebGPU' };

interface Drawn {
  readonly file: string;
  readonly text: string;
  readonly backend: BackendName;
}

const drawn = (Object.keys(counts) as BackendName[]).flatMap(backend => {
  const found: Drawn[] = [];
  for (let turn = seed; found.length < counts[backend]; turn++) {
    const graph = randomBlock(new RandomNumbers(turn), turn, backend);
    const source = sourceOf(graph, found.length % 2 === 0);
    if (source) found.push({ file: `random/${backend}-${found.length}.${source.extension}`, text: source.text, backend });
  }
  return found;
});

/** Undefined where tf.layers by itself has no such model, and where plain JavaScript, which it is compared with, normalizes wrongly. */
function sourceOf(graph: BlockGraph, asCode: boolean): { readonly extension: string; readonly text: string } | undefined {
  if (graph.nodes.some(({ vocabulary }) => vocabulary === 'blocks') || normalizesFirstChannels(graph)) return undefined;
  try {
    const model = toLayersModel(tf, graph);
    return asCode ? { extension: 'ts', text: tfLayersCode(graph) } : { extension: 'json', text: JSON.stringify({ format: 'layers-model', modelTopology: model.toJSON(undefined, false) }, null, 2) };
  } catch (error) {
    if (error instanceof CannotExport) return undefined;
    throw error;
  }
}

describe(`random blocks in the panel of a real VS Code (BLOCKSCOPE_SEED=${seed})`, function () {
  this.timeout(240_000);
  let vscode: OpenVSCode;
  let page: FrameLocator;
  let pane: BlockPane;

  before(async () => {
    vscode = await openVSCode({
      file: drawn[0]!.file, extension: { folder: projectRoot }, viewport: { width: 1600, height: 1000 }, flags: webgpuFlags,
      more: Object.fromEntries(drawn.map(({ file, text }) => [file, text])),
    });
  });
  after(() => vscode?.close());

  drawn.forEach(({ file, text, backend }, i) => {
    it(`runs ${file}, with every check held`, async () => {
      const { workbench } = vscode;
      try {
        if (i > 0) {
          // Else it would take the place of the panel.
          await workbench.command('View: Focus First Editor Group');
          await workbench.openFile(file.split('/')[1]!);
        }
        await workbench.clickUntil(workbench.lens('Visualize'), workbench.page.locator('iframe.webview.ready'));
        page = workbench.webview();
        await page.locator('.header', { hasText: file.split('/')[1]! }).waitFor();
        pane = new BlockPane(page);
        assertHeld(await pane.run(backend), names[backend]);
      } catch (error) {
        throw new Error(`${(await explain(error, vscode, file.replaceAll(/\W+/g, '-'))).message}\n${text}`, { cause: error });
      }
    });
  });
});
