// The layers that block definitions have besides those of tf.layers: what each owes its users, and its examples by rule.
import assert from 'node:assert/strict';
import { schemaOf } from '../../../src/blocks/layers/every-layer.ts';
import { layers, layersOfBlocks } from '../../../src/blocks/layers/index.generated.ts';
import { findLayer, findLayerOfBlocks } from '../../../src/blocks/layers/registry.ts';
import { infer } from './inferred.ts';

/** The same image with its channels right behind the batch. */
const channelsFirst = ([batch, ...rest]: readonly (number | null)[]): readonly (number | null)[] => [batch!, rest.at(-1)!, ...rest.slice(0, -1)];

describe('layers of block definitions', () => {
  it('answer to one name each', () => {
    const names = layersOfBlocks.flatMap(({ name, aliases }) => [name, ...aliases]);
    assert.equal(new Set(names).size, names.length);
  });

  it('go before those of tf.layers that have the same name, in blocks only', () => {
    for (const layer of layersOfBlocks) {
      assert.equal(layer.vocabulary, 'blocks', layer.name);
      assert.equal(findLayerOfBlocks(layer.name), layer);
      assert.notEqual(findLayer(layer.name), layer);
    }
    for (const layer of layers) assert.equal(layer.vocabulary, undefined, layer.name);
    assert.equal(findLayerOfBlocks('dense'), findLayer('dense'));
  });

  for (const definition of layersOfBlocks) {
    describe(definition.name, () => {
      it('says what it is, by which rule, and where that is written', () => {
        const { summary, formula, source } = definition.doc;
        assert.match(summary, /^[A-Z].*\.$/);
        assert.notEqual(formula, '');
        assert.notEqual(source.title, '');
        assert.equal(new URL(source.url).protocol, 'https:');
      });

      it('documents each attribute', () => {
        for (const [attribute, { type, doc }] of Object.entries(schemaOf(definition))) {
          assert.match(doc, /^[A-Z'].*\.$/, attribute);
          assert.notEqual(type, '', attribute);
        }
      });

      it('has examples', () => assert.ok(definition.examples.length > 0));

      for (const { config, inputs, output, params } of definition.examples) {
        it(`makes ${JSON.stringify(output)} of ${JSON.stringify(inputs)} by ${JSON.stringify(config)}`, () => {
          const answer = infer(definition, config, inputs);
          assert.deepEqual({ output: answer.output, params: answer.params, problems: answer.problems }, { output, params, problems: [] });
        });

        if (!('dataFormat' in definition.attributes) || 'dataFormat' in config) continue;
        it(`makes the same of channels that come first by ${JSON.stringify(config)}`, () => {
          const answer = infer(definition, { ...config, dataFormat: 'channelsFirst' }, inputs.map(channelsFirst));
          assert.deepEqual({ output: answer.output, params: answer.params, problems: answer.problems }, { output: channelsFirst(output), params, problems: [] });
        });
      }
    });
  }

  it('say what is wrong with numbers that each by itself are right', () => {
    const said = (layer: string, config: Record<string, unknown>): readonly string[] => infer(findLayerOfBlocks(layer)!, config, [[1, 8, 8, 6]]).errors;
    assert.deepEqual(said('sliceChannels', { shares: 3, index: 3 }), ['sliceChannels has no share 3, counted from 0, among 3.']);
    assert.deepEqual(said('sliceChannels', { index: -1 }), ['index must be an integer that is not negative, but it is -1.']);
    assert.deepEqual(said('maxPooling2d', { poolSize: [3, 2], padding: [1, 2] }), ['maxPooling2d pads by 2, which is more than half of its width of 2.']);
    assert.deepEqual(said('maxPooling2d', { poolSize: 3, padding: 1 }), []);
    assert.deepEqual(said('conv2d', { filters: 4, kernelSize: 3, groups: 4 }), ['conv2d cannot divide its 6 channels that go in into 4 groups of the same size.']);
  });
});
