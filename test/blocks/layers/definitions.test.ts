// What every definition of a layer owes its users, and that the generated index knows them all.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { indexPath, layerIndex } from '../../../scripts/generate-layer-index.ts';
import { odditiesPage, odditiesPath } from '../../../scripts/generate-oddities.ts';
import { schemaOf } from '../../../src/blocks/layers/every-layer.ts';
import { findLayer, findLayerByClass, layerNames } from '../../../src/blocks/layers/registry.ts';

const factories = tf.layers as unknown as Record<string, unknown>;

describe('definitions of layers', () => {
  it('has its oddities in docs/tfjs-oddities.md', () => {
    assert.equal(readFileSync(odditiesPath, 'utf8'), odditiesPage(), 'run npx tsx scripts/generate-oddities.ts');
  });

  it('are all in the generated index', () => {
    assert.equal(readFileSync(indexPath, 'utf8'), layerIndex(), 'run npx tsx scripts/generate-layer-index.ts');
  });

  it('are there for every factory of tf.layers', () => {
    // Three of the exports are classes for programs to extend.
    const missing = Object.keys(factories).filter(name => /^[a-z]/.test(name) && !findLayer(name));
    assert.deepEqual(missing, []);
  });

  it('answer to one name each', () => {
    const names = layerNames.flatMap(name => [name, ...findLayer(name)!.aliases]);
    assert.equal(new Set(names).size, names.length);
    for (const name of layerNames) assert.equal(findLayer(name)!.name, name);
  });

  it('have every alias that TensorFlow.js has, and no other', () => {
    for (const name of layerNames.filter(name => name !== 'input')) {
      const { aliases, className } = findLayer(name)!;
      const made = (factory: string): string | undefined => classMadeBy(factory, findLayer(name)!.examples[0]!.config);
      const others = Object.keys(factories).filter(factory => factory !== name && factory !== 'input' && made(factory) === className);
      assert.deepEqual([...aliases].sort(), others.sort(), name);
    }
  });

  it('are found by the class name of saved models', () => {
    for (const name of layerNames.filter(name => name !== 'input')) assert.equal(findLayerByClass(findLayer(name)!.className)?.name, name);
  });

  for (const name of layerNames) {
    const definition = findLayer(name)!;
    describe(name, () => {
      it('says what it is, by which rule, and where that is written', () => {
        const { summary, formula, source, oddities = [] } = definition.doc;
        assert.match(summary, /^[A-Z].*\.$/);
        assert.notEqual(formula, '');
        assert.notEqual(source.title, '');
        assert.equal(new URL(source.url).protocol, 'https:');
        for (const oddity of oddities) assert.match(oddity, /\.$/);
      });

      it('documents each attribute', () => {
        for (const [attribute, { type, doc }] of Object.entries(schemaOf(definition))) {
          assert.match(doc, /^[A-Z'].*\.$/, attribute);
          assert.notEqual(type, '', attribute);
        }
      });

      it('has examples', () => assert.ok(definition.examples.length > 0));
    });
  }
});

/** The class of the layer that a factory makes of a configuration; undefined where it makes none. */
function classMadeBy(factory: string, config: object): string | undefined {
  try {
    return (factories[factory] as (config: object) => tf.layers.Layer)(structuredClone(config)).getClassName();
  } catch {
    return undefined;
  }
}
