// Random configurations and shapes for every layer, with the answers of Blockscope and of TensorFlow.js side by side.
// BLOCKSCOPE_SEED repeats a run, BLOCKSCOPE_RUNS sets the number of calls per layer.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { findLayer, layerNames } from '../../../src/blocks/layers/registry.ts';
import { isUnknown } from '../../../src/blocks/shapes/dim.ts';
import { isRanked, unknownIn, type Shape } from '../../../src/blocks/shapes/shape.ts';
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
  const refused = 'error' in built || ![built.output, ...built.furtherOutputs].every(isProper);
  if (refused) {
    // Of an attribute that it does not check, TensorFlow.js may still choke on what it calculates.
    const doubted = answer.problems.some(({ id }) => id === 'doubtful-attribute' || id === 'differs-when-run');
    const noticed = answer.errors.length > 0 || doubted;
    assert.ok(noticed, `${context}, Blockscope says ${JSON.stringify(answer.output)} and reports nothing but [${heard}]`);
  }
  if (!('error' in built)) compareFigures(answer, built, `${context}, Blockscope says ${JSON.stringify(answer.output)} and ${JSON.stringify(answer.params)}, [${heard}]`);
  if (answer.errors.length > 0 && !refused) {
    const measured = run(definition, call.config, concrete(call.inputs));
    const asBuilt = 'output' in measured && agrees(built, measured);
    assert.ok(!asBuilt, `${context} and it runs, Blockscope reports [${heard}]`);
  }
  const closed = call.inputs.every(shape => !shape.slice(1).includes(null));
  // Where a layer overwrites the shape before it, its own is right all the same.
  const unremarkable = answer.problems.every(({ id }) => id === 'overwrites-input');
  if (closed && unremarkable && definition.inputs !== 'none') compareRun(definition, call, answer, context);
}

/** What is inferred of a layer that TensorFlow.js builds is what it builds; where something is wrong it may be unknown. */
function compareFigures(answer: Answer, built: Extract<Built, { output: Dims }>, context: string): void {
  if (answer.problems.every(problem => problem.severity === 'information')) {
    assert.equal(unknownIn(answer.output), undefined, context);
    assert.equal(typeof answer.params, 'number', context);
  }
  // With a list where a dim belongs TensorFlow.js takes the shape for several.
  const mistaken = answer.errors.length > 0 && unknownIn(answer.output) !== undefined;
  if (isRanked(answer.output) && !mistaken) {
    // Of an open dim TensorFlow.js may calculate with 0, where Blockscope leaves it open and says so.
    const differs = answer.problems.some(({ id }) => id === 'differs-when-run');
    const isSame = (shape: Shape, of: Dims): boolean => !isRanked(shape) || (shape.length === of.length && shape.every((dim, i) => isUnknown(dim) || dim === of[i] || (dim === null && differs)));
    assert.ok(isSame(answer.output, built.output), context);
    assert.equal(answer.furtherOutputs.length, built.furtherOutputs.length, context);
    assert.ok(answer.furtherOutputs.every((shape, i) => isSame(shape, built.furtherOutputs[i]!)), context);
  }
  if (typeof answer.params === 'number') assert.equal(answer.params, built.params, context);
  if (typeof answer.trainableParams === 'number') assert.equal(answer.trainableParams, built.trainableParams, context);
}

/** Where nothing is reported the layer runs, and what comes out has the shape that was inferred. */
function compareRun(definition: LayerDefinition, { config, inputs }: RandomCall, answer: Answer, context: string): void {
  const measured = run(definition, config, concrete(inputs));
  assert.ok('output' in measured, `${context}; run on ${JSON.stringify(concrete(inputs))} it says ${JSON.stringify(measured)}, Blockscope reports nothing`);
  assert.ok([answer.output, ...answer.furtherOutputs].every(isRanked), context);
  assert.ok(agrees(answer as Outputs, measured), `${context}; measured ${JSON.stringify(measured)} against ${JSON.stringify(answer.output)}`);
}

interface Outputs {
  readonly output: Dims;
  readonly furtherOutputs: readonly Dims[];
}

/** The measured shapes are the given ones, with numbers for their open dims. */
function agrees(expected: Outputs, measured: Outputs): boolean {
  const [shapes, others] = [expected, measured].map(({ output, furtherOutputs }) => [output, ...furtherOutputs]) as [Dims[], Dims[]];
  return shapes.length === others.length && shapes.every((shape, k) =>
    shape.length === others[k]!.length && shape.every((dim, i) => dim === null || dim === others[k]![i]));
}

const isProper = (shape: Dims): boolean => Array.isArray(shape) && shape.every(dim => dim === null || (Number.isInteger(dim) && dim > 0));

/** Numbers for open dims: the same ones wherever an axis counted from the end is open. */
const concrete = (inputs: readonly Dims[]): number[][] => {
  const known = inputs.map(shape => shape[0]).find(batch => typeof batch === 'number') ?? 2;
  return inputs.map(shape => shape.map((dim, i) => dim ?? (i === 0 ? known : 11)));
};
