// Layers of Keras that TensorFlow.js does not have: what follows from the file is told, and nothing else.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { figuresIn } from './figures.ts';

/** The layer between an image of 8×8×6 and a dense layer, as Keras 2 writes it and as Keras 3 does. */
function told(className: string, config: object, keywords: object = {}, module = 'keras.layers', noted?: readonly (number | null)[]): unknown[] {
  const tensor = (layer: string, shape?: unknown): object => ({ class_name: '__keras_tensor__', config: { ...(shape ? { shape } : {}), keras_history: [layer, 0, 0] } });
  const layer = (name: string, class_name: string, settings: object, from: string[], more: object): object[] => [
    { class_name, name, config: { name, ...settings }, inbound_nodes: from.length === 0 ? [] : [from.map(one => [one, 0, 0, keywords])] },
    { class_name, name, module, config: { name, ...settings }, inbound_nodes: from.length === 0 ? [] : [{ args: from.map(one => tensor(one, one === 'it' ? noted : undefined)), kwargs: {} }], ...more },
  ];
  const files = [0, 1].map(spelling => ({ class_name: 'Functional', config: {
    name: 'm', input_layers: [['x', 0, 0]], output_layers: [['last', 0, 0]],
    layers: [layer('x', 'InputLayer', { batch_input_shape: [null, 8, 8, 6] }, [], {}), layer('it', className, config, ['x'], {}), layer('last', 'Dense', { units: 2 }, ['it'], { module: 'keras.layers' })].map(spellings => spellings[spelling]),
  } }));
  const results = files.map(file => {
    const found = figuresIn(analyze('model.json', JSON.stringify(file)));
    return [found[1]!.output, found[1]!.params, found[1]!.trainable, found[2]!.params];
  });
  if (!noted && module === 'keras.layers') assert.deepEqual(results[0], results[1]);
  return results[1]!;
}

const same = [null, 8, 8, 6];

describe('layers of Keras alone', () => {
  const cases: [string, object, unknown[]][] = [
    ['RandomFlip', { mode: 'horizontal' }, [same, 0, 0, 14]], ['RandomRotation', { factor: 0.1 }, [same, 0, 0, 14]], ['SpatialDropout2D', { rate: 0.5 }, [same, 0, 0, 14]],
    ['StochasticDepth', { drop_path_rate: 0.1 }, [same, 0, 0, 14]], ['LayerScale', { init_values: 1e-6, projection_dim: 6 }, [same, 6, 6, 14]],
    ['LayerScale', { projection_dim: 6, trainable: false }, [same, 6, 0, 14]], ['LayerScale', {}, ['?', '?', '?', '?']],
    ['Normalization', { axis: [-1], mean: null, variance: null }, [same, 13, 0, 14]], ['Normalization', { axis: null, mean: null }, [same, 3, 0, 14]], ['Normalization', { axis: -1, mean: [0.5], variance: [1] }, [same, 0, 0, 14]],
    ['GroupNormalization', { groups: 2, axis: -1, scale: true, center: true }, [same, 12, 12, 14]], ['GroupNormalization', { groups: 2, center: false }, [same, 6, 6, 14]],
    ['Lambda', { function: ['4wEAAA', null, null] }, ['?', 0, 0, '?']], ['TFOpLambda', { function: 'math.reduce_mean' }, ['?', 0, 0, '?']],
    ['RandomCrop', { height: 4, width: 4 }, ['?', '?', '?', '?']], ['MyLayer', {}, ['?', '?', '?', '?']],
  ];
  for (const [className, config, figures] of cases) it(`${className} ${JSON.stringify(config)}`, () => assert.deepEqual(told(className, config), figures));

  it('are operations where Keras 3 has them from there, whatever their names', () => {
    assert.deepEqual(told('Multiply', {}, {}, 'keras.src.ops.numpy'), ['?', 0, 0, '?']);
    assert.deepEqual(told('Multiply', {}, {}, 'keras.src.ops.numpy', [null, 8, 8, 6]), [same, 0, 0, 14]);
  });

  it('have the shape that Keras 3 noted', () => assert.deepEqual(told('MyLayer', {}, {}, 'mine', [null, 3]), [[null, 3], '?', '?', 8]));

  it('are functions of TensorFlow that treat each value by itself', () => {
    const figures = (keywords: object): unknown[] => {
      const layers = [
        { class_name: 'InputLayer', name: 'x', config: { batch_input_shape: [null, 4] }, inbound_nodes: [] }, { class_name: 'Dense', name: 'y', config: { units: 1 }, inbound_nodes: [[['x', 0, 0, {}]]] },
        { class_name: 'TFOpLambda', name: 'f', config: { function: 'math.multiply' }, inbound_nodes: [['x', 0, 0, keywords]] }, { class_name: 'Dense', name: 'last', config: { units: 2 }, inbound_nodes: [[['f', 0, 0, {}]]] },
      ];
      return figuresIn(analyze('model.json', JSON.stringify({ class_name: 'Functional', config: { name: 'm', layers, input_layers: [['x', 0, 0]], output_layers: [['last', 0, 0]] } }))).slice(2).map(({ output, params }) => [output, params]);
    };
    assert.deepEqual(figures({ y: 0.1667, name: null }), [[[null, 4], 0], [[null, 2], 10]]);
    assert.deepEqual(figures({ y: ['y', 0, 0], name: null }), [['?', 0], ['?', '?']]);
    assert.deepEqual(figures({ y: [[1, 2, 3, 4], [1, 2, 3, 4]] }), [['?', 0], ['?', '?']]);
  });
});
