// A long model file is read in steps: each is short, and together they say what reading it at once says.
import assert from 'node:assert/strict';
import { analyze, analyzerFor } from '../../../src/blocks/analyze.ts';
import type { Analysis } from '../../../src/blocks/analysis.ts';
import { plainAnalysis } from '../plain-analysis.ts';
import { savedModel } from './saved-model.ts';

const layers = 1_000;
const inner = (JSON.parse(savedModel(layers)) as { modelTopology: { model_config: object } }).modelTopology.model_config;

const models: Readonly<Record<string, string>> = {
  'a functional model': savedModel(layers),
  'a text within the file': JSON.stringify({ modelTopology: { model_config: JSON.stringify(inner) } }),
  'a model within a model': JSON.stringify({ modelTopology: { class_name: 'Sequential', config: { name: 'around', layers: [inner, { class_name: 'Flatten', config: { name: 'flat' } }] } } }),
  'a sequential model': JSON.stringify({
    modelTopology: {
      class_name: 'Sequential', config: {
        name: 'long', layers: Array.from({ length: layers }, (_, i) => ({ class_name: 'Dense', config: { name: `dense${i}`, units: 8, ...(i === 0 ? { batch_input_shape: [null, 8] } : {}) } })),
      },
    },
  }),
  'a model that is broken': `${savedModel(layers).slice(0, -40)}"`,
};

describe('model files in steps', () => {
  for (const [what, text] of Object.entries(models)) {
    it(`says the same of ${what}, however often it is interrupted`, () => {
      const steps = analyzerFor('model.json').analyzeInSteps(text);
      let interruptions = 0;
      let analysis: Analysis | undefined;
      while (!analysis) {
        const { done, value } = steps.next();
        if (done) analysis = value;
        else interruptions++;
      }
      // At least once for each 200 layers that are described and that are applied.
      assert.ok(interruptions >= 2 * layers / 200, `${interruptions} interruptions`);
      assert.ok(analysis.sites.length >= layers);
      assert.deepEqual(plainAnalysis(analysis), plainAnalysis(analyze('model.json', text)));
    });
  }

  it('leaves nothing behind where it is given up', () => {
    const text = savedModel(layers);
    const analyzer = analyzerFor('model.json');
    for (let given = 1; given < 12; given++) {
      const steps = analyzer.analyzeInSteps(text);
      for (let i = 0; i < given; i++) steps.next();
    }
    assert.deepEqual(plainAnalysis(analyzer.analyze(text)), plainAnalysis(analyze('model.json', text)));
  });
});
