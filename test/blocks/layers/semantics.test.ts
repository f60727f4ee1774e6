// A table of what TensorFlow.js answers to a few hundred calls, made outside of this project. It lies beside the
// checkout on the machines that have it.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { findLayer } from '../../../src/blocks/layers/registry.ts';
import { infer } from './inferred.ts';
import type { Config, Dims } from './tensorflow.ts';

interface Row {
  readonly layer: string;
  readonly args?: Config;
  readonly noArgs?: true;
  readonly in: readonly Dims[];
  readonly out?: Dims | readonly Dims[];
  readonly params: number;
  readonly trainable: number;
  readonly error?: string;
}

const file = path.resolve(import.meta.dirname, '../../../../shared/reference/expected/_semantics.json');

describe('the table of TensorFlow.js semantics', () => {
  if (!existsSync(file)) {
    it.skip(`is not on this machine: ${path.relative(process.cwd(), file)}`);
    return;
  }
  const { rows } = JSON.parse(readFileSync(file, 'utf8')) as { rows: Row[] };
  const withLayers = rows.map(row => ({ ...row, ...(row.args ? { args: Object.fromEntries(Object.entries(row.args).map(([name, value]) => [name, layersIn(value)])) } : {}) }));
  // A few layers in arguments are written in yet another way.
  const readable = withLayers.filter(row => row.noArgs || Object.values(row.args ?? {}).every(value => !/^\[?\w+\(|^\w+Cell/.test(String(value))));
  const known = readable.filter(row => findLayer(row.layer));
  for (const layer of new Set(known.map(row => row.layer))) {
    const ofLayer = known.filter(row => row.layer === layer);
    it(`${layer}: ${ofLayer.length} rows`, () => ofLayer.forEach(checkRow));
  }

  it('is mostly about layers that are here', () => assert.ok(known.length > rows.length / 2));
});

/** Layers in arguments are written out as text: `lstm(units 7, returnState)`, `gruCell 5`, `[lstmCell 5, lstmCell 6]`. */
function layersIn(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const [, layer, units, setting] = /^(\w+)\(units (\d+)(?:, (\w+))?\)$/.exec(value) ?? /^(\w+Cell) (\d+)$/.exec(value) ?? [];
  if (layer !== undefined) return { kind: 'layer', layer, attributes: { units: Number(units), ...(setting === undefined ? {} : { [setting]: true }) } };
  const list = /^\[(\w+Cell \d+(?:, \w+Cell \d+)*)\]$/.exec(value)?.[1];
  return list === undefined ? value : list.split(', ').map(layersIn);
}

const isShapes = (out: Dims | readonly Dims[]): out is readonly Dims[] => Array.isArray(out[0]);

function checkRow(row: Row): void {
  const definition = findLayer(row.layer)!;
  const config = row.noArgs ? undefined : row.args ?? {};
  const answer = infer(definition, config, row.in);
  const context = `${JSON.stringify(row)}: ${JSON.stringify(answer.output)}, ${answer.problems.map(problem => problem.message).join('; ')}`;
  if (row.error !== undefined) {
    assert.ok(answer.errors.length > 0, context);
    return;
  }
  assert.equal(answer.params, row.params, context);
  assert.equal(answer.trainableParams, row.trainable, context);
  if (answer.problems.some(problem => problem.id === 'doubtful-attribute')) return;
  const outputs = isShapes(row.out!) ? row.out : [row.out!];
  assert.deepEqual([answer.output, ...answer.furtherOutputs], outputs, context);
  const broken = outputs.flat().some(dim => dim !== null && dim <= 0) && row.in.every(shape => shape.every(dim => dim === null || dim > 0));
  assert.equal(answer.errors.length > 0, broken, context);
}
