// Models that people write with tf.layers, exported: the text builds a model with the figures of the one that was read.
import assert from 'node:assert/strict';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import type { Block } from '../../../src/blocks/analysis.ts';
import { analyze } from '../../../src/blocks/analyze.ts';
import { CannotExport } from '../../../src/blocks/export/cannot-export.ts';
import { tfLayersCode } from '../../../src/blocks/export/tf-layers-code.ts';
import { toLayersModel } from '../../../src/blocks/export/to-layers-model.ts';
import { hintFixtures } from '../../hint-fixtures.ts';
import { readModule } from '../read-module.ts';
import { figuresOfGraph, figuresOfModel, modelOfCode } from './models.ts';

const projectRoot = path.resolve(import.meta.dirname, '../../..');
const folders = ['models', 'layers', 'helpers', 'custom-layers', 'unknown'];

/** The reason why a block is not exported; undefined where it is, with the figures that it has. */
function exportBlock({ graph }: Block): string | undefined {
  let code: string;
  try {
    code = tfLayersCode(graph);
  } catch (error) {
    if (error instanceof CannotExport) return error.message;
    throw error;
  }
  const expected = figuresOfGraph(graph);
  for (const model of [modelOfCode(code), toLayersModel(tf, graph)]) {
    assert.deepEqual(figuresOfModel(model), expected);
    model.dispose();
  }
  return undefined;
}

describe('export of programs', () => {
  const reasons = new Map<string, string>();
  let exported = 0;

  for (const { name, path: file, text } of hintFixtures(projectRoot).filter(fixture => folders.includes(fixture.name.split('/')[0]!))) {
    it(name, () => {
      for (const block of analyze(file, text, { readModule }).blocks.filter(({ kind }) => kind !== 'loose')) {
        const reason = exportBlock(block);
        if (reason === undefined) exported++;
        else reasons.set(`${name} ${block.name}`, reason);
      }
    });
  }

  it('keeps names of layers and attributes from becoming code', () => {
    const codeOf = (layers: string): string =>
      tfLayersCode(analyze('/odd.js', `const tf = require('@tensorflow/tfjs'); const model = tf.sequential({ layers: [${layers}] });`).blocks[0]!.graph);
    const model = modelOfCode(codeOf("tf.layers.dense({ units: 4, inputShape: [3], ['}), evil(), ({ a']: 1 })"));
    assert.equal(model.countParams(), 16);
    // TensorFlow.js refuses such a name, and repeats it.
    const named = codeOf("tf.layers.dense({ units: 4, inputShape: [3], name: 'it\\'s \\\\\\n\"one\"' })");
    assert.throws(() => modelOfCode(named), { message: /^Not a valid tensor name: 'it's \\\n"one"/ });
  });

  it('gives most of them, and a reason for the others', () => {
    assert.ok(exported >= 60, `only ${exported} blocks were exported`);
    const known = /is not a layer of tf\.layers|has no number|is not known|under a condition that is not known|A model within a layer is not exported/;
    assert.deepEqual([...reasons].filter(([, reason]) => !known.test(reason)), []);
    // Whole models of layers of TensorFlow.js, all of whose numbers stand in the program, have no reason.
    const whole = /^models\/(chained|class|digits|layers-by|list-of|named|nested|one-line|prototypes|shared)/;
    assert.deepEqual([...reasons].filter(([block]) => whole.test(block)), []);
  });
});
