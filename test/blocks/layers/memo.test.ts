// What is remembered of a layer is what its rules say: random calls, each asked twice, with those of before still known.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { checkConfig, inferLayer } from '../../../src/blocks/layers/infer.ts';
import { configuredLayer } from '../../../src/blocks/layers/memo.ts';
import { findLayer, layerNames } from '../../../src/blocks/layers/registry.ts';
import { unknown } from '../../../src/blocks/shapes/dim.ts';
import { attributesOf } from './inferred.ts';
import { randomCall } from './random-calls.ts';
import { randomRuns, seed } from './random-seed.ts';

describe(`remembered inferences (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const name of layerNames) {
    const definition = findLayer(name)!;
    it(name, () => {
      fc.assert(fc.property(randomCall(definition), ({ config, inputs }) => {
        const attributes = attributesOf(config);
        for (let time = 0; time < 2; time++) {
          assert.deepEqual(configuredLayer(definition, attributes).infer(inputs), inferLayer(definition, attributes, inputs));
          assert.deepEqual(configuredLayer(definition, attributes).problems(), checkConfig(definition, attributes));
        }
      }), { seed, numRuns: randomRuns });
    });
  }

  it('tells a number from its text, a list from its parts, and absent from null', () => {
    const dense = findLayer('dense')!;
    const input = [[null, 8]];
    for (const units of [1, '1', [1], ['1'], null, undefined, 12, [1, 2], '[1 1', true, 'true', { kind: 'alternatives', values: [1, 2] }] as const) {
      const attributes = { units: { value: units } };
      assert.deepEqual(configuredLayer(dense, attributes).infer(input), inferLayer(dense, attributes, input));
    }
  });

  it('does not remember a reason, which has its place in one version of the file', () => {
    const dense = findLayer('dense')!;
    for (const start of [1, 2]) {
      const units = { value: unknown('a parameter', { file: 'a.ts', start, end: start + 1 }) };
      assert.deepEqual(configuredLayer(dense, { units }).infer([[null, 8]]), inferLayer(dense, { units }, [[null, 8]]));
    }
  });
});
