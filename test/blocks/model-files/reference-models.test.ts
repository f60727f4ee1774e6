// Model files by other authors, with what TensorFlow.js answered when it read them. They lie beside the project in
// ../shared/reference. Prints a line for each file and fails on every layer that is not told exactly.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import { figuresIn, type Figures } from './figures.ts';

interface Expected {
  readonly model?: { readonly total: number; readonly trainable: number; readonly inputs: readonly { readonly shape: Figures['output'] }[]; readonly outputs: readonly { readonly shape: Figures['output'] }[] };
  readonly layers?: readonly { readonly name: string; readonly outputShape: Figures['output']; readonly params: number; readonly trainable: number }[];
}

const reference = path.resolve(import.meta.dirname, '../../../../shared/reference');
const folder = path.join(reference, 'models');

describe('real model files against the recorded answers of TensorFlow.js', () => {
  if (!existsSync(folder)) {
    it('skipped: ../shared/reference/models is not there');
    return;
  }
  for (const name of readdirSync(folder)) {
    const expected = JSON.parse(readFileSync(path.join(reference, 'expected', name), 'utf8')) as Expected;
    const { model, layers } = expected;
    if (!model || !layers) continue;
    it(name, () => {
      const analysis = analyze(name, readFileSync(path.join(folder, name), 'utf8'));
      const found = figuresIn(analysis);
      const wanted = layers.map(({ name: layer, outputShape, params, trainable }): Figures => ({ name: layer, output: outputShape, params, trainable }));
      const verdicts = wanted.map((figures, i) => (JSON.stringify(found[i]) === JSON.stringify(figures) ? 'exact' : found[i]?.output === '?' || found[i]?.params === '?' ? 'unknown' : 'wrong'));
      const count = (verdict: string): number => verdicts.filter(one => one === verdict).length;
      console.log(`      ${name}: ${count('exact')} exact, ${count('unknown')} unknown, ${count('wrong')} wrong`);
      assert.deepEqual(found, wanted);
      const [whole] = analysis.blocks;
      assert.deepEqual(
        [whole!.totals.params, whole!.totals.trainableParams, whole!.inputShapes, whole!.outputShapes],
        [model.total, model.trainable, model.inputs.map(({ shape }) => shape), model.outputs.map(({ shape }) => shape)],
      );
      assert.deepEqual(analysis.problems.filter(({ severity }) => severity === 'error'), []);
    });
  }
});
