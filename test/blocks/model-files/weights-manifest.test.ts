// The list of weights beside a topology: it is compared with what the layers have.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { count, plain } from './figures.ts';

const file = (weights: readonly object[], units = 4): object => ({
  modelTopology: { class_name: 'Sequential', config: { name: 's', layers: [
    { class_name: 'Dense', config: { name: 'hidden', units, batch_input_shape: [null, 3] } },
    { class_name: 'BatchNormalization', config: { name: 'norm', axis: [1] } },
  ] } },
  weightsManifest: [{ paths: ['group1-shard1of1.bin'], weights }],
});
const weight = (name: string, ...shape: number[]) => ({ name, shape, dtype: 'float32' });
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
    for (const prefix of ['', 's/', 'any/other/']) {
      const list = [weight('hidden/kernel', 3, 5), weight('hidden/bias', 5), ...norm].map(one => ({ ...one, name: `${prefix}${one.name}` }));
      assert.deepEqual(said(file(list)), [['"Dense"', `hidden has kernel of 3×4 and bias of 4, and weightsManifest lists ${prefix}hidden/kernel of 3×5 and ${prefix}hidden/bias of 5.`]]);
    }
    assert.deepEqual(said(file([weight('hidden/kernel', 3, 4), weight('hidden/bias', 4), ...norm.slice(0, 3), weight('norm/moving_variance', 3)])), [
      ['"BatchNormalization"', 'norm has moving_variance of 4, and weightsManifest lists norm/moving_variance of 3.'],
    ]);
    assert.deepEqual(said(file([weight('hidden/kernel', 3, 4), ...norm])), [['"Dense"', 'hidden has 2 weights of 16 values, and weightsManifest lists 1 weight of 12 values.']]);
    assert.deepEqual(said(file(norm)), [['"Dense"', 'hidden has 2 weights of 16 values, and weightsManifest lists none.']]);
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

  it('does not count what an optimizer keeps', () => {
    assert.deepEqual(said(file([...all, { ...weight('Variable_1/m', 3, 4), group: 'optimizer' }])), []);
  });

  it('finds the weights of models within models, and blames nobody where two layers have one name', () => {
    const inner = (name: string, units: number): object => ({ class_name: 'Sequential', config: { name, layers: [{ class_name: 'Dense', config: { name: 'd', units } }] } });
    const nested = (list: readonly object[]): object => ({
      modelTopology: { class_name: 'Sequential', config: { name: 's', layers: [{ class_name: 'InputLayer', config: { batch_input_shape: [null, 3] } }, inner('one', 3), inner('two', 3)] } },
      weightsManifest: [{ weights: list }],
    });
    const dense = (name: string, ...shape: number[]): object[] => [weight(`${name}/kernel`, ...shape), weight(`${name}/bias`, 3)];
    assert.deepEqual(said(nested([...dense('one/d', 3, 3), ...dense('two/d', 3, 3)])), []);
    assert.deepEqual(said(nested([...dense('d', 3, 3), ...dense('d', 3, 3)])), []);
    assert.deepEqual(said(nested([...dense('d', 3, 3), ...dense('d', 4, 3)])), [['[', 'The layers have 4 weights of 24 values, and weightsManifest lists 4 weights of 27 values.']]);
  });
});

describe('layers that are not known', () => {
  const custom = (config: object, list: readonly object[], after: readonly object[] = []) => analyze('model.json', JSON.stringify({
    modelTopology: { class_name: 'Sequential', config: { name: 's', layers: [
      { class_name: 'Dense', config: { name: 'first', units: 4, batch_input_shape: [null, 3] } }, { class_name: 'Mine', config: { name: 'mine', ...config } }, ...after,
    ] } },
    weightsManifest: [{ weights: list }],
  })).sites.slice(1).map(({ variants: [first] }) => [plain(first!.output), count(first!.params), count(first!.trainableParams), first!.node.weights.map(({ name, shape }) => [name, shape])]);
  const first = [weight('first/kernel', 3, 4), weight('first/bias', 4)];

  it('have the parameters that are listed under their names', () => {
    assert.deepEqual(custom({}, [...first, weight('mine/w', 4, 2), weight('mine/block/b', 2)]), [['?', 10, '?', [['w', [4, 2]], ['b', [2]]]]]);
    assert.deepEqual(custom({ trainable: false }, [...first, weight('mine/w', 4, 2)]), [['?', 8, 0, [['w', [4, 2]]]]]);
    // A layer within it may have the name of one beside it.
    assert.deepEqual(custom({}, [...first, weight('mine/first/kernel', 4, 2)]), [['?', 8, '?', [['kernel', [4, 2]]]]]);
  });

  it('have none where all that is listed is of others', () => assert.deepEqual(custom({}, first), [['?', 0, 0, []]]));

  it('stay open where something is listed that may be theirs', () => assert.deepEqual(custom({}, [...first, weight('w', 4, 2)]), [['?', '?', '?', []]]));

  it('leave open what comes of them, and not what is listed of it', () => {
    const dense = { class_name: 'Dense', config: { name: 'last', units: 2 } };
    const norm = { class_name: 'BatchNormalization', config: { name: 'norm' } };
    const list = [...first, weight('last/kernel', 5, 2), weight('last/bias', 2), ...['gamma', 'beta', 'moving_mean', 'moving_variance'].map(name => weight(`norm/${name}`, 2))];
    const [, last, normalized] = custom({}, list, [dense, norm]);
    assert.deepEqual([last!.slice(1, 3), normalized!.slice(1, 3)], [[12, 12], [8, 4]]);
    // What is known contradicts the list: then it is not believed.
    assert.equal(custom({}, [...first, weight('last/kernel', 5, 3), weight('last/bias', 3)], [dense])[1]![1], '?');
  });
});
