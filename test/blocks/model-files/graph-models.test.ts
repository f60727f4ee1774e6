// Graph models: what their files say, and what they do not.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { analyze } from '../../../src/blocks/analyze.ts';
import { count } from './figures.ts';

const reference = path.resolve(import.meta.dirname, '../../../../shared/reference');
const shape = (...dims: number[]): object => ({ dim: dims.map(size => ({ size: String(size) })) });
const constant = (name: string, dtype: string, ...dims: number[]): object => ({ name, op: 'Const', attr: { dtype: { type: dtype }, value: { tensor: { dtype, tensorShape: shape(...dims) } } } });

const file = {
  format: 'graph-model',
  signature: { inputs: { image: { name: 'x:0', tensorShape: shape(-1, 8, 8, 3) } }, outputs: { scores: { name: 'y:0', tensorShape: shape(-1, 4) } } },
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
    assert.match(problems[0]!.message, /5 operations: 2 Const, 1 MatMul, 1 Placeholder, 1 Reshape; signature: image \[null, 8, 8, 3\] → scores \[null, 4\]; 2 weights of 770 values, 768 of them floating-point/);
    assert.equal(problems[0]!.severity, 'information');
  });

  it('end, whatever their operations take', () => {
    const nodes = Array.from({ length: 5_000 }, (_, i) => ({ name: `n${i}`, op: 'Merge', input: [`n${i + 1}`, `n${i - 1}`, `n${i}`, 'nobody:3'] }));
    assert.equal(analyze('model.json', JSON.stringify({ modelTopology: { node: nodes } })).blocks[0]!.graph.nodes.length, 5_000);
    for (const node of [null, 3, [], {}, { name: 'a', op: 3 }, { name: 'a', op: 'Const', attr: 3 }, { name: 'a', op: 'Placeholder', attr: { shape: { shape: { dim: [{ size: 'x' }, {}] } } } }]) {
      analyze('model.json', JSON.stringify({ modelTopology: { node: [node, { name: 'b', op: 'Relu', input: ['a', 7, null] }] }, weightsManifest: node }));
    }
  });

  if (!existsSync(path.join(reference, 'models'))) {
    it('skipped: ../shared/reference/models is not there');
    return;
  }
  for (const name of ['graph-yolov2-tiny', 'px-stardist-fluo', 'px-stardist-vhe']) {
    it(`agree with TensorFlow.js: ${name}`, () => {
      const { meta } = JSON.parse(readFileSync(path.join(reference, 'expected', `${name}.json`), 'utf8')) as { meta: { nodes: number; weights: number; weightElements: number; floatWeightElements: number; ops: Record<string, number>; inputs: { shape: number[] }[] } };
      const { blocks: [block], problems } = analyze(`${name}.json`, readFileSync(path.join(reference, 'models', `${name}.json`), 'utf8'));
      const { message } = problems[0]!;
      assert.equal(block!.totals.params, meta.floatWeightElements);
      assert.deepEqual(block!.inputShapes, meta.inputs.map(({ shape }) => shape.map(dim => (dim === -1 ? null : dim))));
      assert.ok(message.includes(`${meta.nodes} operations`) && message.includes(`${meta.weights} weights of ${meta.weightElements.toLocaleString('en')} values`), message);
      for (const [op, number] of Object.entries(meta.ops)) assert.ok(message.includes(`${number} ${op}`), `${number} ${op}: ${message}`);
    });
  }
});
