// The spellings of model files that no recorded case has, and what is said where a file leaves something open.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { inlayHints, hintText } from '../../../src/blocks/features/inlay-hints.ts';
import { codeLenses } from '../../../src/blocks/features/code-lenses.ts';
import { figuresIn } from './figures.ts';

const conv = (config: object = {}): object => ({ class_name: 'Conv2D', config: { name: 'conv', filters: 4, kernel_size: [3, 3], strides: [1, 1], padding: 'same', data_format: 'channels_last', use_bias: true, ...config } });
const dense = (name: string, units: number, more: object = {}): object => ({ class_name: 'Dense', config: { name, units, ...more } });
const input = (name: string, shape: unknown): object => ({ class_name: 'InputLayer', name, config: { name, batch_input_shape: shape }, inbound_nodes: [] });
const sequential = (...layers: object[]): object => ({ class_name: 'Sequential', config: { name: 's', layers } });
const functional = (layers: object[], inputs: unknown, outputs: unknown): object => ({ class_name: 'Functional', config: { name: 'm', layers, input_layers: inputs, output_layers: outputs } });
const into = (layer: object, name: string, ...calls: unknown[]): object => ({ ...layer, name, inbound_nodes: calls });

const read = (file: unknown) => analyze('model.json', JSON.stringify(file));
const told = (file: unknown): unknown[] => figuresIn(read(file)).map(({ name, output, params }) => [name, output, params]);

describe('model files', () => {
  const model = sequential(conv({ batch_input_shape: [null, 8, 8, 3] }));
  const figures = [['conv', [null, 8, 8, 4], 112]];
  const wrapped: [string, unknown][] = [
    ['by itself', model], ['as the topology of TensorFlow.js', { modelTopology: model }], ['within model_config', { modelTopology: { model_config: model } }],
    ['as a text', { modelTopology: JSON.stringify(model) }], ['as a text within a text', { modelTopology: JSON.stringify({ model_config: JSON.stringify(model, null, 1) }) }],
    ['as a list of layers', { class_name: 'Sequential', config: [conv({ batch_input_shape: [null, 8, 8, 3] })] }],
    ['as what get_config gives', { name: 's', layers: [conv({ batch_input_shape: [null, 8, 8, 3] })] }],
    ['with the shape beside the layers', { class_name: 'Sequential', config: { name: 's', build_input_shape: [null, 8, 8, 3], layers: [conv()] } }],
  ];
  for (const [how, file] of wrapped) it(`reads a topology ${how}`, () => assert.deepEqual(told(file), figures));

  it('points at the class of a layer in a text within a text', () => {
    const text = JSON.stringify({ é: 1, modelTopology: JSON.stringify(sequential(dense('a "\u0007', 3, { batch_input_shape: [null, 2] }))) });
    const [site] = analyze('model.json', text).sites;
    assert.equal(text.slice(site!.at.start, site!.at.end), '\\"Dense\\"');
  });

  it('shares weights, and takes several inputs and outputs', () => {
    const shared = into(dense('shared', 3), 'shared', [['a', 0, 0, {}]], [['b', 0, 0, {}]]);
    const sum = into({ class_name: 'Add', config: { name: 'sum' } }, 'sum', [['shared', 0, 0, {}], ['shared', 1, 0, {}]]);
    const { blocks } = read(functional([input('a', [null, 2]), input('b', [null, 2]), shared, sum], [['a', 0, 0], ['b', 0, 0]], [['sum', 0, 0], ['shared', 0, 0]]));
    assert.deepEqual([blocks[0]!.inputShapes, blocks[0]!.outputShapes, blocks[0]!.totals.params], [[[null, 2], [null, 2]], [[null, 3], [null, 3]], 9]);
  });

  it('reads layers in any order', () => {
    const layers = [into(dense('last', 1), 'last', [['middle', 0, 0, {}]]), into(dense('middle', 2), 'middle', [['x', 0, 0, {}]]), input('x', [null, 5])];
    assert.deepEqual(told(functional(layers, [['x', 0, 0]], [['last', 0, 0]])), [['last', [null, 1], 3], ['middle', [null, 2], 12], ['x', [null, 5], 0]]);
  });

  it('applies a model within a model, whichever number Keras gives its first application', () => {
    for (const number of [0, 1]) {
      const inner = { ...functional([input('i', [null, 4]), into(dense('d', 3), 'd', [['i', 0, 0, {}]])], [['i', 0, 0]], [['d', 0, 0]]), name: 'inner', inbound_nodes: [[['x', 0, 0, {}]]] };
      const file = functional([input('x', [null, 4]), inner, into(dense('out', 2), 'out', [['inner', number, 0, {}]])], [['x', 0, 0]], [['out', 0, 0]]);
      assert.deepEqual(told(file), [['x', [null, 4], 0], ['inner', [null, 3], 15], ['i', [null, 4], 0], ['d', [null, 3], 15], ['out', [null, 2], 8]]);
      const { blocks } = read(file);
      assert.deepEqual(blocks.map(({ name, totals }) => [name, totals.params]), [['m', 23], ['inner', 15]]);
      assert.deepEqual(blocks[0]!.graph.groups.map(({ kind, name }) => [kind, name]), [['block', 'm'], ['model', 'inner']]);
    }
  });

  it('goes on behind a layer that is not known', () => {
    const custom = { class_name: 'MyLayer', config: { name: 'mine' } };
    const { sites } = read(sequential(conv({ batch_input_shape: [null, 8, 8, 3] }), custom, { class_name: 'GlobalAveragePooling2D', config: {} }, dense('d', 3), dense('e', 5)));
    // How many images there are goes the way of the rest.
    assert.deepEqual(sites.map(({ variants: [first] }) => (typeof first!.params === 'number' ? first!.params : '?')), [112, '?', 0, '?', 20]);
    assert.equal((sites[4]!.variants[0]!.output as readonly unknown[])[1], 5);
    const { reason } = sites[1]!.variants[0]!.output as { reason: string };
    assert.equal(reason, 'the layer MyLayer is not one of TensorFlow.js, and Blockscope does not know it');
  });

  it('takes the shape that Keras 3 noted for a tensor of a layer that is not known', () => {
    const tensor = (layer: string, shape: unknown): object => ({ args: [{ class_name: '__keras_tensor__', config: { shape, keras_history: [layer, 0, 0] } }], kwargs: {} });
    const layers = [
      { class_name: 'InputLayer', name: 'x', config: { name: 'x', batch_shape: [null, 4] }, inbound_nodes: [] },
      { class_name: 'MyLayer', name: 'mine', config: { name: 'mine' }, inbound_nodes: [tensor('x', [null, 4])] },
      { ...dense('d', 3), name: 'd', inbound_nodes: [tensor('mine', [null, 6])] },
    ];
    assert.deepEqual(told(functional(layers, ['x', 0, 0], ['d', 0, 0])), [['x', [null, 4], 0], ['mine', [null, 6], '?'], ['d', [null, 3], 21]]);
  });

  it('gives no figure where TensorFlow.js ignores what Keras means', () => {
    const pool = { class_name: 'GlobalAveragePooling2D', config: { name: 'p', keepdims: true } };
    assert.deepEqual(told(sequential(conv({ batch_input_shape: [null, 8, 8, 4], groups: 2 }), pool)), [['conv', '?', '?'], ['p', '?', 0]]);
    assert.deepEqual(told(sequential({ class_name: 'GRU', config: { name: 'g', units: 3, reset_after: true, batch_input_shape: [null, 5, 2] } })), [['g', [null, 3], '?']]);
  });

  it('puts hints behind the class, and behind its comma where the line ends there', () => {
    const text = JSON.stringify(model, null, 2);
    const analysis = analyze('model.json', text);
    const [hint] = inlayHints(analysis);
    assert.ok(text.slice(0, hint!.offset).endsWith('"Conv2D",') && text[hint!.offset] === '\n');
    assert.equal(hintText(hint!), '→ 8×8×4 · 112');
    const line = JSON.stringify(model);
    assert.ok(line.slice(0, inlayHints(analyze('model.json', line))[0]!.offset).endsWith('"Conv2D"'));
    const lenses = codeLenses(analysis);
    assert.deepEqual(lenses.map(({ title, at }) => [title, at.start]), [['s · 8×8×3 → 8×8×4 · 112 params · 6.9k MACs', 0], ['Visualize', 0], ['Profile', 0]]);
  });

  it('says nothing of other JSON', () => {
    for (const text of ['{"name": "x", "scripts": {}}', '', '[]', '{"class_name": 3, "config": {}}', '{"class_name": "Dense"}', '{"modelTopology": null}', '"class_name"', '{"initializer": {"class_name": "Zeros", "config": {}}}']) {
      const { sites, blocks, problems } = analyze('package.json', text);
      assert.deepEqual([sites, blocks, problems], [[], [], []], text);
    }
  });

  it('knows an initializer by its class, so that a run replaces none whose name says all', () => {
    const initializer = (class_name: string, config: object = {}): object => ({ class_name, config });
    const { sites } = read(sequential(conv({ batch_input_shape: [null, 8, 8, 3], kernel_initializer: initializer('GlorotUniform', { seed: null }), bias_initializer: initializer('Constant', { value: 0.1 }) })));
    const { kernelInitializer, biasInitializer } = sites[0]!.variants[0]!.node.attributes;
    assert.deepEqual([kernelInitializer, biasInitializer], ['GlorotUniform', { kind: 'opaque', text: 'Constant' }]);
  });
});
