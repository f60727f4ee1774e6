// The list of weights beside a topology: it is compared with what the layers have.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';

const file = (weights: readonly object[], units = 4): object => ({
  modelTopology: { class_name: 'Sequential', config: { name: 's', layers: [
    { class_name: 'Dense', config: { name: 'hidden', units, batch_input_shape: [null, 3] } },
    { class_name: 'BatchNormalization', config: { name: 'norm', axis: [1] } },
  ] } },
  weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }],
});
const weight = (name: string, ...shape: number[]): object => ({ name, shape, dtype: 'float32' });
const norm = ['gamma', 'beta', 'moving_mean', 'moving_variance'].map(name => weight(`norm/${name}`, 4));
const all = [weight('hidden/kernel', 3, 4), weight('hidden/bias', 4), ...norm];
const said = (json: object, change = (text: string): string => text): [string, string][] => {
  const text = change(JSON.stringify(json));
  return analyze('model.json', text).problems.map(({ id, message, at }) => [id === 'weights-differ' ? text.slice(at.start, at.end) : id, message]);
};

describe('the list of weights of a model file', () => {
  it('agrees with the layers', () => assert.deepEqual(said(file(all)), []));

  it('agrees whatever the weights are called', () => {
    assert.deepEqual(said(file(all.map((one, i) => ({ ...one, name: `model/w${i}` })))), []);
  });

  it('blames the layer whose weights differ', () => {
    const [first, ...others] = said(file([weight('model/hidden/kernel', 3, 5), weight('model/hidden/bias', 5), ...norm]));
    assert.deepEqual([...first!, others], ['"Dense"', 'hidden has 2 weights of 16 values, and weightsManifest lists 2 weights of 20 values.', []]);
  });

  it('blames the list where no layer can be found', () => {
    assert.deepEqual(said(file(all.slice(1).map((one, i) => ({ ...one, name: `w${i}` })))), [
      ['[', 'The layers have 6 weights of 32 values, and weightsManifest lists 5 weights of 20 values.'],
    ]);
  });

  it('says nothing where the list is broken, or a layer is not known', () => {
    assert.deepEqual(said(file(all), text => text.replace('"shape":[3,4]', '"shape":[3,null]')), []);
    assert.deepEqual(said(file([]), text => text.replace('Dense', 'MyLayer')), []);
    assert.deepEqual(said({ ...file(all), weightsManifest: {} }), []);
    assert.deepEqual(said({ ...file(all), weightsManifest: [3] }), []);
  });
});
