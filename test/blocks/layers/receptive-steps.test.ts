// What random calls of every layer say of what they see, and what they say where an attribute is not known: the same or less, with a reason.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { receptiveStepsOf } from '../../../src/blocks/layers/infer-receptive-field.ts';
import type { AxisStep } from '../../../src/blocks/layers/receptive-field.ts';
import { layers, layersOfBlocks } from '../../../src/blocks/layers/index.generated.ts';
import { isUnknown, unknown, type Unknown } from '../../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../../src/blocks/shapes/shape.ts';
import { attributesOf, infer } from './inferred.ts';
import { randomCall, type RandomCall } from './random-calls.ts';
import { randomRuns, seed } from './random-seed.ts';
import type { Config } from './tensorflow.ts';

type Steps = readonly AxisStep[] | Unknown;

describe(`what random calls of layers see (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const definition of [...layers, ...layersOfBlocks].filter(({ inputs }) => inputs !== 'none')) {
    it(`${definition.name}${definition.vocabulary ? ' of blocks' : ''}`, () => {
      fc.assert(fc.property(randomCall(definition), fc.nat(), (call, drawn) => compare(definition, call, drawn)), { seed, numRuns: Math.ceil(randomRuns / 2) });
    });
  }
});

function compare(definition: LayerDefinition, { config, inputs }: RandomCall, drawn: number): void {
  const { output, errors } = infer(definition, config, inputs);
  if (errors.length > 0 || !isRanked(output)) return;
  const stepsWith = (given: Config, place: number): Steps => receptiveStepsOf(definition, attributesOf(given), inputs, output, place);
  inputs.forEach((input, place) => {
    const steps = stepsWith(config, place);
    const context = `${definition.name}(${JSON.stringify(config)}) on ${JSON.stringify(inputs)}: ${JSON.stringify(steps)}`;
    checkReason(steps, context);
    if (!isUnknown(steps)) {
      assert.equal((steps as readonly AxisStep[]).length, input.length - 1, context);
      for (const step of steps as readonly AxisStep[]) {
        checkReason(step, context);
        if ('to' in step) assert.ok(step.to >= 1 && step.to < output.length, context);
      }
    }
    const keys = Object.keys(config);
    if (keys.length === 0) return;
    const key = keys[drawn % keys.length]!;
    for (const hidden of [unknown('hidden'), { kind: 'alternatives', values: [config[key], 'same', 2] }]) {
      const less = stepsWith({ ...config, [key]: hidden }, place);
      checkReason(less, context);
      assert.ok(isUnknown(less) || agrees(less as readonly AxisStep[], steps), `${context}; with ${key} hidden ${JSON.stringify(less)}`);
    }
  });
}

const agrees = (less: readonly AxisStep[], full: Steps): boolean => !isUnknown(full) && less.every((step, i) => sameStep(step, (full as readonly AxisStep[])[i]!));

/** Where windows begin, and how large they are, may be unknown by itself. */
const sameStep = (less: AxisStep, full: AxisStep): boolean => isUnknown(less) || same(less, full)
  || (!isUnknown(full) && less.kind === 'along' && full.kind === 'along' && less.to === full.to && less.sight.windows.length === full.sight.windows.length
    && less.sight.windows.every(({ from, size }, k) => same(from, full.sight.windows[k]!.from) && same(size, full.sight.windows[k]!.size)) && same(less.sight.advance, full.sight.advance));

const same = (less: unknown, full: unknown): boolean => isUnknown(less) || JSON.stringify(less) === JSON.stringify(full);

function checkReason(one: Steps | AxisStep, context: string): void {
  if (isUnknown(one)) assert.ok(one.reason !== '' && !one.reason.startsWith('Blockscope failed'), `${context}: ${one.reason}`);
}
