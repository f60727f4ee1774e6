// What is inferred from less is never wrong: with an attribute or a dim hidden, each figure is either the one that the
// full knowledge gives, or unknown with a reason.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { inferLayer, type Inference } from '../../../src/blocks/layers/infer.ts';
import { findLayer, layerNames } from '../../../src/blocks/layers/registry.ts';
import { bindDim, isSymbolic, isUnknown, symbol, unknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { isRanked, type Shape } from '../../../src/blocks/shapes/shape.ts';
import { attributesOf, infer } from './inferred.ts';
import { randomCall, type RandomCall } from './random-calls.ts';
import { randomRuns, seed } from './random-seed.ts';
import type { Config } from './tensorflow.ts';

describe(`layers of which something is not known (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const name of layerNames) {
    const definition = findLayer(name)!;
    it(name, () => {
      const numbers = fc.array(fc.nat(), { minLength: 16, maxLength: 16 });
      fc.assert(fc.property(randomCall(definition), numbers, (call, drawn) => {
        const full = infer(definition, call.config, call.inputs);
        if (full.problems.some(problem => problem.severity !== 'information')) return;
        let next = 0;
        const random = (n: number): number => drawn[next++ % drawn.length]! % n;
        for (const hide of waysToHide) checkHidden(definition, full, hide(call, random));
      }), { seed, numRuns: randomRuns });
    });
  }
});

/** Draws a number below the given one. */
type Random = (n: number) => number;

const waysToHide: readonly ((call: RandomCall, random: Random) => Hidden)[] = [
  function attributeUnknown({ config, inputs }, random) {
    const key = anyKey(config, random);
    return { config: key === undefined ? config : { ...config, [key]: unknown('hidden') }, inputs, names: {} };
  },

  function attributeOneOfTwo({ config, inputs }, random) {
    const key = anyKey(config, random);
    if (key === undefined) return { config, inputs, names: {} };
    const values = [config[key], ['same', 2, [2, 2], false][random(4)]];
    return { config: { ...config, [key]: { kind: 'alternatives', values: random(2) ? values : values.reverse() } }, inputs, names: {} };
  },

  function dimsAreNames({ config, inputs }, random) {
    const names: Record<string, number> = {};
    const name = (dim: number | null): Dim => {
      if (dim === null || random(2) === 0) return dim;
      // Equal dims have one name, so that shapes which must agree still do.
      names[`D${dim}`] = dim;
      return symbol(`D${dim}`);
    };
    return { config, inputs: inputs.map(shape => shape.map(name)), names };
  },

  // An unknown dim is a number that is not known; an open one is known to be open.
  function dimsUnknown({ config, inputs }, random) {
    const hide = (dim: number | null): Dim => (dim === null || random(2) === 0 ? dim : unknown('hidden'));
    return { config, inputs: inputs.map(shape => shape.map(hide)), names: {} };
  },

  function rankUnknown({ config, inputs }, random) {
    const hidden = random(Math.max(inputs.length, 1));
    return { config, inputs: inputs.map((shape, i) => (i === hidden ? unknown('hidden') : shape)), names: {} };
  },
];

const anyKey = (config: Config, random: Random): string | undefined => {
  const keys = Object.keys(config);
  return keys.length === 0 ? undefined : keys[random(keys.length)];
};

interface Hidden {
  readonly config: Config;
  readonly inputs: readonly Shape[];
  readonly names: Readonly<Record<string, number>>;
}

function checkHidden(definition: LayerDefinition, full: Inference, { config, inputs, names }: Hidden): void {
  const partial = inferLayer(definition, attributesOf(config), inputs);
  const context = `${definition.name}(${JSON.stringify(config)}) on ${JSON.stringify(inputs)}: ${JSON.stringify(partial.output)} against ${JSON.stringify(full.output)}`;
  const errors = partial.problems.filter(problem => problem.severity === 'error');
  assert.deepEqual(errors, [], `${context}: an error is reported that is none`);
  const agrees = (known: Dim, hidden: Dim, what: string): void => {
    const bound = bindDim(hidden, names);
    if (isUnknown(bound)) assert.ok(bound.reason !== '' && !bound.reason.startsWith('Blockscope failed'), `${context}: ${bound.reason}`);
    else assert.equal(isSymbolic(bound) ? bound.key : bound, known, `${context}: ${what}`);
  };
  agrees(full.params, partial.params, 'params');
  agrees(full.trainableParams, partial.trainableParams, 'trainable params');
  if (!isUnknown(full.macs)) agrees(full.macs, partial.macs, 'MACs');
  if (!isRanked(partial.output)) {
    agrees(0, partial.output, 'output');
    return;
  }
  assert.ok(isRanked(full.output) && full.output.length === partial.output.length, context);
  partial.output.forEach((dim, i) => agrees((full.output as readonly Dim[])[i]!, dim, `dim ${i}`));
}
