// Random configurations and shapes for every layer, with the answers of Blockscope and of TensorFlow.js side by side.
// BLOCKSCOPE_SEED repeats a run, BLOCKSCOPE_RUNS sets the number of calls per layer.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { findLayer, layerNames } from '../../../src/blocks/layers/registry.ts';
import { isUnknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';
import { isRanked, unknownIn } from '../../../src/blocks/shapes/shape.ts';
import { infer, type Answer } from './inferred.ts';
import { randomCall, type RandomCall } from './random-calls.ts';
import { randomRuns, seed } from './random-seed.ts';
import { build, run, type Built, type Dims } from './tensorflow.ts';

describe(`random calls of layers against TensorFlow.js (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const name of layerNames) {
    const definition = findLayer(name)!;
    it(name, () => {
      fc.assert(fc.property(randomCall(definition), call => compare(definition, call)), { seed, numRuns: randomRuns });
    });
  }
});

function compare(definition: LayerDefinition, call: RandomCall): void {
  const answer = infer(definition, call.config, call.inputs);
  const built = build(definition, call.config, call.inputs);
  const heard = answer.problems.map(problem => `${problem.severity}: ${problem.message}`).join('; ');
  const context = `${definition.name}(${JSON.stringify(call.config)}) on ${JSON.stringify(call.inputs)}: TensorFlow.js says ${JSON.stringify(built)}`;
  const refused = 'error' in built || !isProper(built.output);
  if (refused) {
    // Of an attribute that it does not check, TensorFlow.js may still choke on what it calculates.
    const doubted = answer.problems.some(({ id }) => id === 'doubtful-attribute' || id === 'differs-when-run');
    const noticed = answer.errors.length > 0 || doubted;
    assert.ok(noticed, `${context}, Blockscope says ${JSON.stringify(answer.output)} and reports nothing but [${heard}]`);
  }
  if (!('error' in built)) compareFigures(answer, built, `${context}, Blockscope says ${JSON.stringify(answer.output)} and ${JSON.stringify(answer.params)}, [${heard}]`);
  if (answer.errors.length > 0 && !refused) {
    const measured = run(definition, call.config, concrete(call.inputs));
    const asBuilt = 'output' in measured && agrees(built.output, measured.output);
    assert.ok(!asBuilt, `${context} and it runs, Blockscope reports [${heard}]`);
  }
  const closed = call.inputs.every(shape => !shape.slice(1).includes(null));
  if (closed && answer.problems.length === 0 && definition.inputs !== 'none') compareRun(definition, call, answer.output, context);
}

/** What is inferred of a layer that TensorFlow.js builds is what it builds; where something is wrong it may be unknown. */
function compareFigures(answer: Answer, built: Extract<Built, { output: Dims }>, context: string): void {
  if (answer.problems.every(problem => problem.severity === 'information')) {
    assert.equal(unknownIn(answer.output), undefined, context);
    assert.equal(typeof answer.params, 'number', context);
  }
  if (isRanked(answer.output)) {
    assert.equal(answer.output.length, built.output.length, context);
    // Of an open dim TensorFlow.js may calculate with 0, where Blockscope leaves it open and says so.
    const differs = answer.problems.some(({ id }) => id === 'differs-when-run');
    const isSame = (dim: Dim, i: number): boolean => isUnknown(dim) || dim === built.output[i] || (dim === null && differs);
    assert.ok(answer.output.every(isSame), context);
  }
  if (typeof answer.params === 'number') assert.equal(answer.params, built.params, context);
  if (typeof answer.trainableParams === 'number') assert.equal(answer.trainableParams, built.trainableParams, context);
}

/** Where nothing is reported the layer runs, and what comes out has the shape that was inferred. */
function compareRun(definition: LayerDefinition, { config, inputs }: RandomCall, output: Shape, context: string): void {
  const measured = run(definition, config, concrete(inputs));
  assert.ok('output' in measured, `${context}; run on ${JSON.stringify(concrete(inputs))} it says ${JSON.stringify(measured)}, Blockscope reports nothing`);
  assert.ok(isRanked(output), context);
  assert.ok(agrees(output as Dims, measured.output), `${context}; measured ${JSON.stringify(measured.output)} against ${JSON.stringify(output)}`);
}

/** The measured shape is the given one, with numbers for its open dims. */
const agrees = (shape: Dims, measured: readonly number[]): boolean =>
  shape.length === measured.length && shape.every((dim, i) => dim === null || dim === measured[i]);

const isProper = (shape: Dims): boolean => Array.isArray(shape) && shape.every(dim => dim === null || (Number.isInteger(dim) && dim > 0));

/** Numbers for open dims: the same ones wherever an axis counted from the end is open. */
const concrete = (inputs: readonly Dims[]): number[][] => {
  const known = inputs.map(shape => shape[0]).find(batch => typeof batch === 'number') ?? 2;
  return inputs.map(shape => shape.map((dim, i) => dim ?? (i === 0 ? known : 11)));
};
