// What is said of receptive fields, measured: TensorFlow.js runs random stacks on inputs that are zero but for one position, and what comes out
// above zero has seen it. BLOCKSCOPE_SEED repeats a run, BLOCKSCOPE_RUNS sets the number of stacks over sequences.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import fc from 'fast-check';
import { receptiveFieldsOf, type ReceptiveField, type Seen, type SeenWindows } from '../../../src/blocks/graph/receptive-field.ts';
import { isUnknown, symbol, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../../src/blocks/shapes/shape.ts';
import { randomRuns, seed } from '../layers/random-seed.ts';
import { channels, graphOfStack, inputShape, modelOfStack, randomStack, type Stack } from './random-stack.ts';

tf.env().set('IS_TEST', true);

/** How long the axis is that is measured, and how many positions in its middle are looked at. Windows that borders could cut are not drawn. */
const length = { 1: 160, 2: 64 };
const across = 13;
const looked = 18;

describe(`receptive fields measured with TensorFlow.js (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const rank of [1, 2] as const) {
    it(rank === 1 ? 'of sequences' : 'of images', function measureAll() {
      this.timeout(300_000);
      let [measured, unknowns] = [0, 0];
      // In Node the operations are computed one by one, so that images take their time.
      const numRuns = rank === 1 ? randomRuns : Math.ceil(randomRuns / 3);
      fc.assert(fc.property(randomStack(rank), stack => {
        for (let axis = 0; axis < rank; axis++) {
          const spatial = Array.from({ length: rank }, (_, i) => (i === axis ? length[rank] : across));
          const claim = claimOf(stack, spatial);
          if (claim === 'does not fit') continue;
          compareSymbolic(stack, claim);
          if (isUnknown(claim)) {
            unknowns++;
            continue;
          }
          const windows = (claim as readonly Seen[])[0]!.axes[axis] as SeenWindows;
          if (compare(stack, spatial, axis, windows)) measured++;
        }
      }), { seed, numRuns });
      if (numRuns >= 30) assert.ok(measured > numRuns / 2 && unknowns < measured / 4, `${measured} were measured, ${unknowns} are not known`);
    });
  }
});

function claimOf(stack: Stack, spatial: readonly Dim[]): Exclude<ReceptiveField, undefined> | 'does not fit' {
  const graph = graphOfStack(stack, inputShape<Dim>(stack, null, spatial, channels));
  const fits = graph.nodes.every(({ output }) => isRanked(output) && output.slice(1).every(dim => typeof dim !== 'number' || dim > 0));
  return fits ? receptiveFieldsOf(graph).at(-1)! : 'does not fit';
}

/** Of an input without numbers less is known, but nothing else. */
function compareSymbolic(stack: Stack, claim: Exclude<ReceptiveField, undefined>): void {
  const names = claimOf(stack, ['H', 'W'].slice(0, stack.rank).map(symbol));
  if (names === 'does not fit' || isUnknown(names)) return;
  assert.deepEqual(names, claim, `${JSON.stringify(stack)}: with names for the sizes it sees otherwise`);
}

/** Whether the middle is far enough from the borders to be measured. */
function compare(stack: Stack, spatial: readonly number[], axis: number, { size, varies, step }: SeenWindows): boolean {
  const seen = measure(stack, spatial, axis);
  const first = Math.max(0, Math.floor((seen.length - looked) / 2));
  const middle = seen.slice(first, first + looked);
  const context = `${JSON.stringify(stack)} on ${spatial.join('×')}, axis ${axis}: said to see ${varies ? 'up to ' : ''}${String(size)} with steps of ${JSON.stringify(step)}, measured ${JSON.stringify(middle)}`;
  assert.ok(typeof size === 'number' && step && typeof step.step === 'number', context);
  // Padding in between is as far from the border as a window is long.
  const room = Math.min(middle.at(0)?.from ?? 0, spatial[axis]! - 1 - (middle.at(-1)?.to ?? 0));
  if (middle.length < looked || room < size || middle.includes(undefined)) return false;
  const sizes = middle.map(one => one!.to - one!.from + 1);
  assert.equal(Math.max(...sizes), size, context);
  if (!varies) assert.equal(Math.min(...sizes), size, context);
  // Where axes were enlarged on the way it is the mean of steps that come again and again.
  const { step: by, of } = step;
  const turns = Array.from({ length: Math.floor((looked - 1) / of) }, (_, i) => (i + 1) * of);
  assert.ok(turns.some(turn => middle.every((one, i) => i + turn >= looked || middle[i + turn]!.from - one!.from === by * turn / of)), context);
  return true;
}

/** The first and the last position along the axis that each position that comes out has seen; undefined where it has seen none. */
function measure(stack: Stack, spatial: readonly number[], axis: number): readonly ({ readonly from: number; readonly to: number } | undefined)[] {
  const count = spatial[axis]!;
  tf.engine().startScope();
  try {
    const model = modelOfStack(stack, inputShape<number | null>(stack, null, spatial, channels));
    // An example for each position: nothing but ones there.
    const eye = tf.eye(count);
    const shape = inputShape<number>(stack, count, spatial.map((_, i) => (i === axis ? count : 1)), 1);
    const x = tf.broadcastTo(tf.reshape(eye, shape), inputShape<number>(stack, count, [...spatial], channels));
    const y = model.predict(x) as tf.Tensor;
    const kept = axis + (stack.dataFormat === 'channelsFirst' ? 2 : 1);
    const influence = tf.max(y, y.shape.map((_, i) => i).filter(i => i !== 0 && i !== kept)).arraySync() as number[][];
    return influence[0]!.map((_, position) => {
      const inputs = influence.flatMap((row, i) => (row[position]! > 0 ? [i] : []));
      return inputs.length === 0 ? undefined : { from: inputs[0]!, to: inputs.at(-1)! };
    });
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
  }
}

