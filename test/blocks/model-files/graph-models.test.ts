// Graph models: what their files say, and what they do not.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { analyze } from '../../../src/blocks/analyze.ts';
import { count } from './figures.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const reference = path.resolve(root, '../shared/reference');
const packages = path.join(root, 'node_modules');
const shape = (...dims: number[]): object => ({ dim: dims.map(size => ({ size: String(size) })) });
const constant = (name: string, dtype: string, ...dims: number[]): object => ({ name, op: 'Const', attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: shape(...dims) } } } });

const file = {
  format: 'graph-model',
  signature: { inputs: { image: { name: 'x:0', dtype: 'DT_FLOAT', tensorShape: shape(-1, 8, 8, 3) } }, outputs: { scores: { name: 'y:0', dtype: 1, tensorShape: shape(-1, 4) } } },
  modelTopology: { node: [
    { name: 'y', op: 'MatMul', input: ['flat:0', 'w', '^x'], attr: {} },
    { name: 'x', op: 'Placeholder', attr: { shape: { shape: shape(-1, 8, 8, 3) } } },
    constant('w', 'DT_FLOAT', 192, 4), constant('to', 'DT_INT32', 2),
    { name: 'flat', op: 'Reshape', input: ['x', 'to'], attr: {} },
  ] },
};

describe('graph models', () => {
  it('have a signature, operations and weights', () => {
    const { blocks, problems, sites } = analyze('model.json', JSON.stringify(file));
    const [block] = blocks;
    assert.deepEqual([block!.inputShapes, block!.outputShapes, block!.totals.params, count(block!.totals.macs)], [[[null, 8, 8, 3]], [[null, 4]], 768, '?']);
    assert.deepEqual(block!.graph.nodes.map(({ layer, inputs, params }) => [layer, inputs, params]), [['inputLayer', [], 0], ['Reshape', [0], 0], ['MatMul', [1], 768]]);
    assert.deepEqual(sites.map(({ layer, variants: [first] }) => [layer, first!.params]), [['MatMul', 768], ['inputLayer', 0]]);
    assert.match(problems[0]!.message, /5 operations: 2 Const, 1 MatMul, 1 Placeholder, 1 Reshape; signature: image float32\[null, 8, 8, 3\] → scores float32\[null, 4\]; 2 weights of 770 values, 768 of them floating-point/);
    assert.equal(problems[0]!.severity, 'information');
  });

  it('may be a GraphDef alone, with functions', () => {
    const body = { signature: { name: 'body' }, nodeDef: [{ name: 'a', op: 'AddV2' }, { name: 'b', op: 'Less' }] };
    const { blocks: [block], problems } = analyze('graph.json', JSON.stringify({ ...file.modelTopology, library: { function: [body, body] } }));
    assert.deepEqual([block!.inputShapes, block!.totals.params], [[[null, 8, 8, 3]], 768]);
    assert.match(problems[0]!.message, /5 operations: 2 Const, .*, and 4 more in 2 functions for loops and conditions; 2 weights/);
  });

  it('have parameters at the operation that takes a weight, where that is only one', () => {
    const shared = { modelTopology: { node: [...file.modelTopology.node, { name: 'z', op: 'MatMul', input: ['flat', 'w'] }] } };
    const { blocks: [block] } = analyze('model.json', JSON.stringify(shared));
    assert.deepEqual([block!.totals.params, block!.graph.nodes.map(({ params }) => params)], [768, [0, 0, 0, 0]]);
  });

  it('end, whatever their operations take', () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => ({ name: `n${i}`, op: 'Merge', input: [`n${i + 1}`, `n${i - 1}`, `n${i}`, 'nobody:3'] }));
    assert.equal(analyze('model.json', JSON.stringify({ modelTopology: { node: nodes } })).blocks[0]!.graph.nodes.length, 5_000);
    for (const node of [null, 3, [], {}, { name: 'a', op: 3 }, { name: 'a', op: 'Const', attr: 3 }, { name: 'a', op: 'Placeholder', attr: { shape: { shape: { dim: [{ size: 'x' }, {}] } } } }]) {
      analyze('model.json', JSON.stringify({ modelTopology: { node: [node, { name: 'b', op: 'Relu', input: ['a', 7, null] }] }, weightsManifest: node }));
    }
  });

  it('agree with TensorFlow.js: the model in @vscode/vscode-languagedetection', async () => {
    const folder = path.join(packages, '@vscode/vscode-languagedetection/model');
    const text = readFileSync(path.join(folder, 'model.json'), 'utf8');
    const { weightsManifest, ...artifacts } = JSON.parse(text) as tf.io.ModelJSON;
    const values = Buffer.concat(weightsManifest.flatMap(({ paths }) => paths.map(one => readFileSync(path.join(folder, one)))));
    const weightData = values.buffer.slice(values.byteOffset, values.byteOffset + values.length);
    const model = await tf.loadGraphModel(tf.io.fromMemory({ ...artifacts, weightData, weightSpecs: weightsManifest.flatMap(({ weights }) => weights) } as tf.io.ModelArtifacts));
    const weights = Object.values(model.weights).flat();
    const { blocks: [block], problems: [said] } = analyze('model.json', text);
    assert.equal(block!.totals.params, weights.filter(({ dtype }) => dtype === 'float32').reduce((sum, { size }) => sum + size, 0));
    assert.ok(said!.message.includes(`${weights.length} weights of ${weights.reduce((sum, { size }) => sum + size, 0).toLocaleString('en')} values`), said!.message);
    assert.deepEqual(block!.inputShapes, model.inputs.map(({ shape }) => shape!.map(dim => (dim === -1 ? null : dim))));
    model.dispose();
  });

  if (!existsSync(path.join(reference, 'visible-cases.json'))) {
    it('skipped: ../shared/reference is not there');
    return;
  }
  const { cases } = JSON.parse(readFileSync(path.join(reference, 'visible-cases.json'), 'utf8')) as { cases: { id: string; kind: string; source: { npm?: string; path: string } }[] };
  for (const { id, kind, source } of cases) {
    const file = source.npm === undefined ? path.join(reference, 'models', `${id}.json`) : path.join(packages, source.npm.replace(/@[^@]*$/, ''), source.path);
    // One of them is recorded without its file.
    if (kind !== 'graph-json' || !existsSync(file)) continue;
    it(`agree with the recorded answer of TensorFlow.js: ${id}`, () => {
      const { meta } = JSON.parse(readFileSync(path.join(reference, 'expected', `${id}.json`), 'utf8')) as { meta: { nodes: number; weights: number; weightElements: number; floatWeightElements: number; ops: Record<string, number>; inputs: { shape: number[] }[] } };
      const { blocks: [block], problems } = analyze(`${id}.json`, readFileSync(file, 'utf8'));
      const { message } = problems[0]!;
      assert.equal(block!.totals.params, meta.floatWeightElements);
      assert.deepEqual(block!.inputShapes, meta.inputs.map(({ shape }) => shape.map(dim => (dim === -1 ? null : dim))));
      assert.ok(message.includes(`${meta.nodes} operations`) && message.includes(`${meta.weights} weights of ${meta.weightElements.toLocaleString('en')} values`), message);
      for (const [op, number] of Object.entries(meta.ops).sort(([, a], [, b]) => b - a).slice(0, 12)) assert.ok(message.includes(`${number} ${op}`), `${number} ${op}: ${message}`);
    });
  }
});
