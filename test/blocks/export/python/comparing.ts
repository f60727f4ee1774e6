// The same comparisons for exports to either framework.
import assert from 'node:assert/strict';
import path from 'node:path';
import { analyze } from '../../../../src/blocks/analyze.ts';
import { CannotExport } from '../../../../src/blocks/export/cannot-export.ts';
import { bindSymbols, freeDims } from '../../../../src/blocks/graph/bind-symbols.ts';
import type { BlockGraph } from '../../../../src/blocks/graph/block-graph.ts';
import { shapesOut, tensorsOut } from '../../../../src/blocks/graph/tensors.ts';
import { totalsOf } from '../../../../src/blocks/graph/totals.ts';
import { networks, type NetworkName } from '../../../../src/blocks/library/networks/networks.ts';
import { graphOfBlock, type BlockOptions } from '../../../../src/blocks/vocabulary/graph-of-block.ts';
import type { Block } from '../../../../src/blocks/vocabulary/vocabulary.ts';
import { hintFixtures } from '../../../hint-fixtures.ts';
import { seed } from '../../layers/random-seed.ts';
import { articleBlocks } from '../../library/article-blocks.ts';
import { RandomNumbers } from '../../random-numbers.ts';
import { readModule } from '../../read-module.ts';
import { randomBlock } from '../random-block.ts';
import { expectedOperations, type Target } from './expected.ts';
import { inGraph, linesOf, type Reading } from './trace.ts';

interface Export {
  readonly target: Target;
  readonly code: (graph: BlockGraph, options: { readonly name: string }) => string;
  /** What the text does; all dims of the graph are numbers. */
  readonly read: (code: string, graph: BlockGraph) => Reading;
  /** Reasons that blocks of programs may be refused for, besides those that every export has. */
  readonly refused: RegExp;
  readonly mutations: readonly (readonly [what: string, network: NetworkName, change: (code: string) => string])[];
}

const randomBlocks = Number(process.env['BLOCKSCOPE_RUNS'] ?? 300);
const projectRoot = path.resolve(import.meta.dirname, '../../../..');
const folders = ['models', 'layers', 'helpers', 'custom-layers', 'unknown'];
const unknown = /is not a layer of tf\.layers|has no number|is not known|not fully known|under a condition that is not known|is left open|is not one layer|is several in Keras|not exported|^tf\./;

const graphOf = (block: Block, options: BlockOptions): BlockGraph => graphOfBlock(block, options).graph;

/** Throws where the text does anything else than the graph. */
function compare({ target, read }: Export, code: string, graph: BlockGraph): void {
  const { trace, outputs } = read(code, graph);
  const expected = expectedOperations(graph, target);
  assert.deepEqual(linesOf(trace.operations), linesOf(expected.operations));
  assert.deepEqual(outputs.map(inGraph), shapesOut(graph));
  const last = expected.operations.length - 1;
  if (graph.outputs.length === 1 && tensorsOut(graph)[0]!.node === graph.nodes.length - 1) assert.equal(outputs[0]!.from, last);
  const { params } = totalsOf(graph.nodes);
  const found = [...trace.layers.values()].reduce((sum, count) => sum + count, 0);
  if (!graph.nodes.some(({ layer }) => /lstm|simpleRNN|bidirectional/.test(layer))) assert.equal(found, params);
}

export function comparesExports(exported: Export): void {
  const { target, code: codeOf, refused, mutations } = exported;
  const check = (graph: BlockGraph, name: string): void => compare(exported, codeOf(graph, { name }), graph);

  describe(`export to ${target}, read back`, () => {
    for (const { name, block, channels } of articleBlocks) it(name, () => check(graphOf(block, { input: [1, 56, 56, channels] }), 'articleBlock'));

    for (const [name, make] of Object.entries(networks)) it(name, () => check(graphOf(make(), { input: [2, 224, 224, 3] }), name));

    it('networks whose channels come first', () => {
      for (const name of ['ResNet18', 'MobileNet_V3_Small', 'ShuffleNet_V2_X0_5', 'ConvNeXt_Tiny', 'DenseNet121'] as const) check(graphOf(networks[name](), { input: [2, 3, 224, 224], dataFormat: 'channelsFirst' }), name);
    });

    it(`random blocks (BLOCKSCOPE_SEED=${seed})`, () => {
      let compared = 0;
      for (let i = 0; i < randomBlocks; i++) {
        const { block, options } = randomBlock(new RandomNumbers(seed + i));
        const graph = graphOf(block, options);
        try {
          check(graph, 'randomBlock');
          compared++;
        } catch (error) {
          if (error instanceof CannotExport && refused.test(error.message)) continue;
          throw new Error(`BLOCKSCOPE_SEED=${seed + i}: ${JSON.stringify(block)} on ${JSON.stringify(options)}`, { cause: error });
        }
      }
      assert.ok(compared >= 0.8 * randomBlocks, `only ${compared} of ${randomBlocks} are exported`);
    });

    describe('programs', () => {
      const reasons = new Map<string, string>();
      let compared = 0;
      for (const { name, path: file, text } of hintFixtures(projectRoot).filter(fixture => folders.includes(fixture.name.split('/')[0]!))) {
        it(name, () => {
          for (const block of analyze(file, text, { readModule }).blocks.filter(({ kind }) => kind !== 'loose')) {
            let code: string;
            try {
              code = codeOf(block.graph, { name: block.name });
            } catch (error) {
              if (!(error instanceof CannotExport)) throw error;
              reasons.set(`${name} ${block.name}`, error.message);
              continue;
            }
            const numbers = Object.fromEntries(freeDims(block.graph).map(({ name: dim, suggestion }) => [dim, suggestion]));
            compare(exported, code, bindSymbols(block.graph, { ...numbers, batch: 2 }));
            compared++;
          }
        });
      }

      it('are exported for the most part, and refused with a reason else', () => {
        assert.ok(compared >= 50, `only ${compared} blocks were compared`);
        assert.deepEqual([...reasons].filter(([, reason]) => !unknown.test(reason) && !refused.test(reason)), []);
      });
    });

    for (const [what, network, change] of mutations) {
      it(`notices ${what}`, () => {
        const graph = graphOf(networks[network](), { input: [2, 224, 224, 3] });
        const code = codeOf(graph, { name: network });
        assert.notEqual(change(code), code);
        assert.throws(() => compare(exported, change(code), graph));
      });
    }
  });
}
