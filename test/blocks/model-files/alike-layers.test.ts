// Layers that are written alike are described after one of them. What is said of them is what reading each of them says, whatever is edited.
import assert from 'node:assert/strict';
import { isObject, type JsonNode } from '../../../src/blocks/json/json-tree.ts';
import { readJson, type ReadJson } from '../../../src/blocks/json/read-json.ts';
import { describeModel } from '../../../src/blocks/model-files/describe-model.ts';
import { JsonText } from '../../../src/blocks/model-files/json-text.ts';
import { readModelText, recognize } from '../../../src/blocks/model-files/recognize.ts';
import { finished } from '../../../src/blocks/steps.ts';
import { AlikeObject } from '../../../src/blocks/json/alike.ts';
import { seed } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { asKeras3 } from './keras3.ts';
import { savedModel } from './saved-model.ts';

const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 150);

const plain = (node: JsonNode | undefined): unknown => {
  if (!node) return undefined;
  const { kind, start, end } = node;
  if (node.kind === 'value') return { kind, start, end, value: node.value };
  return node.kind === 'array' ? { kind, start, end, damaged: node.damaged, items: node.items.map(plain) }
    : { kind, start, end, damaged: node.damaged, members: node.members.map(({ name, start, nameEnd, value }) => ({ name, start, nameEnd, value: plain(value) })) };
};

function described(text: string, { root, errors }: ReadJson): unknown {
  const source = new JsonText('model.json', text);
  source.broken = errors.length > 0;
  const found = finished(recognize(root, source));
  const model = found && finished(describeModel(found.topology, found.source));
  return model && {
    ...model, layers: model.layers.map(layer => ({ ...layer, model: layer.model !== undefined, config: plain(layer.config), text: layer.config?.unread?.text, name: layer.name, configName: layer.config?.unread?.name })),
  };
}

/** The layers of a model in a spelling, some of which have names that are long, empty, escaped or each other's. */
function randomModel(random: RandomNumbers, keras3: boolean): string {
  const { modelTopology: { model_config } } = JSON.parse(savedModel(random.integer(3, 30))) as { modelTopology: { model_config: { config: { layers: Record<string, unknown>[] } } } };
  const names = ['', 'a b', 'é', 'quote"', 'back\\', 'name', 'config', 'x'.repeat(60), '{', ']'];
  for (const layer of model_config.config.layers) {
    const config = layer['config'] as Record<string, unknown>;
    if (random.chance(0.1)) layer['name'] = config['name'] = random.pick(names);
    if (random.chance(0.05)) layer['name'] = random.pick([null, 3, ['a']]);
    if (random.chance(0.05)) config['name'] = random.pick([null, 3, ['a']]);
    if (random.chance(0.1)) delete layer['name'];
    if (random.chance(0.1)) config['filters'] = random.integer(1, 3);
    if (random.chance(0.1)) layer['inbound_nodes'] = random.pick<unknown>([[], [[]], [[['x', 0, 0, { y: ['x', 0, 0] }]]], [[['x', 0, 0]], [['x', 0, 1]]], 'x', [[[3, 0, 0]]]]);
  }
  const isPlain = model_config.config.layers.every(({ inbound_nodes }) => Array.isArray(inbound_nodes) && inbound_nodes.every(Array.isArray));
  return JSON.stringify({ modelTopology: { model_config: keras3 && isPlain ? asKeras3(model_config) : model_config } }, null, random.pick([0, 1, 2]));
}

function edited(random: RandomNumbers, text: string): string {
  const at = random.integer(0, text.length - 1);
  const cut = random.pick([0, 0, 1, 1, 3, 20]);
  return text.slice(0, at) + random.pick(['', '"', ',', ':', '{', '}', '[', ']', ' ', '1', 'a', '\\', '\n', '//', '/*', '"name":"n",', text.slice(at, at + 30)]) + text.slice(at + cut);
}

describe('layers that are written alike', () => {
  it('are described as if each had been read', () => {
    console.log(`      seed ${seed}`);
    const random = new RandomNumbers(seed);
    let alike = 0;
    for (let i = 0; i < runs; i++) {
      let text = randomModel(random, random.chance(0.4));
      for (let edits = random.integer(0, 3); edits > 0; edits--) text = edited(random, text);
      const oneByOne = readJson(text, { isPutOff: name => name === 'config' || name === 'inbound_nodes' });
      const asPatterns = finished(readModelText(text));
      const context = `run ${i}: ${text}`;
      assert.deepEqual(described(text, asPatterns), described(text, oneByOne), context);
      assert.deepEqual(asPatterns.errors, oneByOne.errors, context);
      for (const object of objectsIn(asPatterns.root)) if (object.unread instanceof AlikeObject) alike++;
      assert.deepEqual(plain(asPatterns.root), plain(oneByOne.root), context);
    }
    assert.ok(alike > runs, `${alike} of them in ${runs} models`);
  });
});

function* objectsIn(node: JsonNode | undefined): Generator<Extract<JsonNode, { kind: 'object' }>> {
  if (isObject(node)) {
    yield node;
    if (!node.unread) for (const { value } of node.members) yield* objectsIn(value);
  } else if (node?.kind === 'array' && !node.unread) for (const item of node.items) yield* objectsIn(item);
}
