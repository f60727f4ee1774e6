// Model files by other authors: those beside the project in ../shared/reference, with what TensorFlow.js answered when it read them,
// and those in packages, which TensorFlow.js also reads here and now, with their weights. Prints a line for each file and fails on
// every layer that is not told exactly.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { analyze } from '../../../src/blocks/analyze.ts';
import { figuresIn, type Figures } from './figures.ts';
import { tensorFlowFigures } from './tensorflow-figures.ts';

interface Expected {
  readonly model?: { readonly total: number; readonly trainable: number; readonly inputs: readonly { readonly shape: Figures['output'] }[]; readonly outputs: readonly { readonly shape: Figures['output'] }[] };
  readonly layers?: readonly { readonly name: string; readonly outputShape: Figures['output']; readonly params: number; readonly trainable: number }[];
}

interface Case {
  readonly id: string;
  readonly kind: string;
  readonly source: { readonly npm?: string; readonly path: string };
}

const root = path.resolve(import.meta.dirname, '../../..');
const reference = path.resolve(root, '../shared/reference');
const packages = path.join(root, 'node_modules');

function holdTo(file: string, text: string, wanted: readonly Figures[], mayBeOpen = false): ReturnType<typeof analyze> {
  const analysis = analyze(file, text);
  const found = figuresIn(analysis);
  const verdicts = wanted.map((figures, i) => (JSON.stringify(found[i]) === JSON.stringify(figures) ? 'exact' : found[i]?.output === '?' || found[i]?.params === '?' ? 'unknown' : 'wrong'));
  const count = (verdict: string): number => verdicts.filter(one => one === verdict).length;
  console.log(`      ${file}: ${count('exact')} exact, ${count('unknown')} unknown, ${count('wrong')} wrong`);
  assert.deepEqual(found, mayBeOpen ? leavingOpen(wanted, found) : wanted);
  return analysis;
}

/** The truth, where it is told at all. */
const leavingOpen = (truth: readonly Figures[], told: readonly Figures[]): Figures[] => truth.map(({ name, ...figures }, i) =>
  ({ name, ...Object.fromEntries(Object.entries(figures).map(([key, figure]) => [key, told[i]?.[key as keyof Figures] === '?' ? '?' : figure])) } as unknown as Figures));

describe('real model files against the recorded answers of TensorFlow.js', () => {
  if (!existsSync(path.join(reference, 'visible-cases.json'))) {
    it('skipped: ../shared/reference is not there');
    return;
  }
  const { cases } = JSON.parse(readFileSync(path.join(reference, 'visible-cases.json'), 'utf8')) as { cases: Case[] };
  for (const { id, kind, source } of cases) {
    if (kind !== 'layers-json' && kind !== 'keras-json') continue;
    const file = source.npm === undefined ? path.join(reference, 'models', `${id}.json`) : path.join(packages, source.npm.replace(/@[^@]*$/, ''), source.path);
    it(id, () => {
      const { model, layers } = JSON.parse(readFileSync(path.join(reference, 'expected', `${id}.json`), 'utf8')) as Expected;
      const wanted = layers!.map(({ name: layer, outputShape, params, trainable }): Figures => ({ name: layer, output: outputShape, params, trainable }));
      const { blocks: [whole], problems } = holdTo(`${id}.json`, readFileSync(file, 'utf8'), wanted);
      assert.deepEqual(
        [whole!.totals.params, whole!.totals.trainableParams, whole!.inputShapes, whole!.outputShapes],
        [model!.total, model!.trainable, model!.inputs.map(({ shape }) => shape), model!.outputs.map(({ shape }) => shape)],
      );
      assert.deepEqual(problems.filter(({ id, severity }) => severity === 'error' || id === 'weights-differ'), []);
    });
  }
});

/** A layer of the models whose class TensorFlow.js does not have: it is made known to it, and Blockscope is to leave its shape open. */
class MultiplyBeta extends tf.layers.Layer {
  static readonly className = 'MultiplyBeta';
}
class PixelShuffle extends tf.layers.Layer {
  static readonly className = 'PixelShuffle4x';
  override computeOutputShape([batch, height, width]: tf.Shape): tf.Shape {
    return [batch!, height!, width!, 3];
  }
}

describe('models in packages against TensorFlow.js', () => {
  before(() => {
    tf.env().set('IS_TEST', true);
    tf.serialization.registerClass(MultiplyBeta);
    tf.serialization.registerClass(PixelShuffle);
  });
  const models = readdirSync(path.join(packages, '@upscalerjs'), { recursive: true, encoding: 'utf8' }).filter(file => path.basename(file) === 'model.json').sort();
  assert.ok(models.length > 8);
  for (const file of models) {
    it(file, async () => {
      const text = readFileSync(path.join(packages, '@upscalerjs', file), 'utf8');
      const { modelTopology, weightsManifest } = JSON.parse(text) as { modelTopology: object; weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[] };
      const values = Buffer.concat(weightsManifest.flatMap(({ paths }) => paths.map(one => readFileSync(path.join(packages, '@upscalerjs', path.dirname(file), one)))));
      const weightData = values.buffer.slice(values.byteOffset, values.byteOffset + values.length);
      const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology, weightData, weightSpecs: weightsManifest.flatMap(({ weights }) => weights) }));
      const hasOthers = model.layers.some(layer => layer instanceof MultiplyBeta || layer instanceof PixelShuffle);
      const { blocks: [whole], problems } = holdTo(file, text, tensorFlowFigures(model), hasOthers);
      assert.equal(whole!.totals.params, model.countParams());
      if (!hasOthers) assert.deepEqual(whole!.outputShapes, model.outputs.map(({ shape }) => shape));
      assert.deepEqual(problems, []);
      model.dispose();
    }).timeout(120_000);
  }
});
