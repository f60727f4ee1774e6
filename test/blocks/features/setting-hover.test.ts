// The hover on what a saved model says of a layer.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { hoverAt } from '../../../src/blocks/features/hover.ts';
import { schemaOf } from '../../../src/blocks/layers/every-layer.ts';
import { layers } from '../../../src/blocks/layers/index.generated.ts';

const keras = (name: string): string => name.replace(/[A-Z]/g, capital => `_${capital.toLowerCase()}`);

/** The hover on the first place of a text, in a model of one layer. */
function hover(layer: object, text: string): string | undefined {
  const file = JSON.stringify({ modelTopology: { class_name: 'Sequential', config: { layers: [layer] } } }, null, 1);
  const found = hoverAt(analyze('model.json', file), file, file.indexOf(text) + 1, { name: ({ start }) => String(start) });
  return found?.markdown;
}

describe('the hover on a setting of a saved model', () => {
  for (const definition of layers) {
    if (definition.name !== definition.className.charAt(0).toLowerCase() + definition.className.slice(1)) continue;
    it(`knows every attribute of ${definition.className}`, () => {
      for (const [name, { doc }] of Object.entries(schemaOf(definition))) {
        const told = hover({ class_name: definition.className, config: { name: 'it', batch_input_shape: [null, 4], ...(name === 'name' ? {} : { [keras(name)]: null }) } }, `"${keras(name)}"`);
        assert.ok(told?.startsWith(`**${keras(name).replaceAll('_', '\\_')}**`) && told.includes(doc), `${name}: ${told}`);
      }
    });
  }

  const conv = { config: { filters: 32, padding: 'same', renorm: true }, class_name: 'Conv2D' };
  it('says types and defaults as Keras does', () => {
    assert.match(hover({ class_name: 'Conv2D', config: { kernel_initializer: 'x' } }, '"kernel_initializer"')!, /default `"?glorot_normal"?`/);
    // Also where the class is named behind its settings.
    assert.match(hover(conv, '"filters"')!, /^\*\*filters\*\* `integer` · required/);
  });

  it('says what is not read', () => assert.equal(hover(conv, '"renorm"'), '**renorm** is not read by TensorFlow.js: its `conv2d` has no such attribute.'));

  it('knows the words of Keras 1', () => assert.match(hover({ class_name: 'Convolution2D', config: { nb_filter: 3, nb_row: 3, nb_col: 3 } }, '"nb_filter"')!, /^\*\*nb\\_filter\*\*, `filters` in Keras 2 `integer` · required/));

  it('looks into wrappers', () => {
    const wrapped = { class_name: 'Bidirectional', config: { merge_mode: 'sum', layer: { class_name: 'LSTM', config: { units: 4, recurrent_dropout: 0 } } } };
    assert.match(hover(wrapped, '"units"')!, /^\*\*units\*\* `integer` · required/);
    assert.match(hover(wrapped, '"merge_mode"')!, /^\*\*merge\\_mode\*\*/);
  });

  it('is about the layer at its class, and about nothing at the values', () => {
    assert.match(hover(conv, '"Conv2D"')!, /^\*\*conv2d\*\* — /);
    assert.equal(hover({ class_name: 'Conv2D', config: { filters: 32, padding: 'same' } }, '"same"'), undefined);
    assert.equal(hover({ class_name: 'Mine', config: { filters: 32 } }, '"filters"'), undefined);
  });
});
