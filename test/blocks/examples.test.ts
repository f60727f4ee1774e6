// The examples that a newcomer opens first: what is inferred for them is what TensorFlow.js makes of them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { analyze } from '../../src/blocks/analyze.ts';
import { LineMap } from '../../src/blocks/text/location.ts';
import { recordLayers } from './recorded-layers.ts';

const folder = path.resolve(import.meta.dirname, '../../examples');

describe('examples', () => {
  const files = readdirSync(folder).filter(file => /\.(js|ts)$/.test(file));

  it('are there', () => assert.ok(files.length >= 3));

  for (const name of files) {
    it(`${name} is read as TensorFlow.js builds it`, async () => {
      const file = path.join(folder, name);
      const text = readFileSync(file, 'utf8');
      const analysis = analyze(file, text);
      assert.deepEqual(analysis.problems, []);
      const lines = new LineMap(text);
      const inferred = analysis.sites.flatMap(site => {
        const { line, column } = lines.lineColumn(site.at.start);
        return site.variants.flatMap(({ output, params, count }) => new Array<string>(count).fill(JSON.stringify([line, column, output, params])));
      });
      const { layers, error } = await recordLayers(file);
      assert.equal(error, undefined);
      // The input layer that a sequential model makes for its first layer is written nowhere.
      const written = layers.filter(layer => layer.className !== 'InputLayer' || text.split('\n')[layer.line - 1]!.includes('tf.input('));
      const real = written.map(({ line, column, output, params }) => JSON.stringify([line, column, output, params]));
      assert.deepEqual(inferred.sort(), real.sort());
      const { blocks } = analysis;
      const exported = await modelsOf(file);
      assert.deepEqual(blocks.map(block => block.totals.params), exported.map(model => model.countParams()));
      assert.deepEqual(blocks.map(block => block.outputShapes), exported.map(model => model.outputs.map(output => output.shape)));
    });
  }
});

async function modelsOf(file: string): Promise<tf.LayersModel[]> {
  const module = (await import(file)) as Record<string, unknown>;
  return Object.values(module).filter(value => value instanceof tf.LayersModel);
}
