// What is built on a layer or model that is not known: no total leaves it out, and nothing is called wrong.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { isUnknown } from '../../../src/blocks/shapes/dim.ts';

describe('models with parts that are not known', () => {
  const programs = {
    'a layer in the middle': 'const m = tf.sequential(); m.add(tf.layers.dense({ units: 3, inputShape: [4] })); m.add(outside()); m.add(tf.layers.flatten());',
    'a layer at the start': 'const m = tf.sequential(); m.add(outside()); m.add(tf.layers.flatten());',
    'a loaded model': "const base = await tf.loadLayersModel('model.json'); const m = tf.sequential(); m.add(base); m.add(tf.layers.flatten());",
    'a loaded model that is cut': "const base = await tf.loadLayersModel('model.json'); const m = tf.model({ inputs: base.inputs, outputs: tf.layers.flatten().apply(base.getLayer('features').output) });",
    'a nested model that may have more layers': 'const inner = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [4] })] }); outside(inner); const m = tf.sequential(); m.add(inner); m.add(tf.layers.flatten());',
  };
  for (const [name, source] of Object.entries(programs)) {
    it(name, () => {
      const { blocks, problems } = analyze('program.js', source);
      assert.deepEqual(problems, []);
      const model = blocks.find(block => block.name === 'm');
      assert.ok(model && isUnknown(model.totals.params), 'the parameters are not known');
    });
  }
});
