// Whether gradients are right: one of the right shape for every weight that is trained, finite, and the same as in plain JavaScript.
import * as tf from './tensorflow.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { Agreement, GradientFault } from '../../src/blocks/protocol/messages.ts';
import { switchBackend, type Backend } from './backends.ts';
import { BuiltBlock } from './built-block.ts';
import { messageOf } from './cannot-run.ts';
import { compareNumbers, valuesOf } from './compare-numbers.ts';
import { Stopped, type PageClock } from './page-clock.ts';
import { smallEnough } from './small-enough.ts';
import { TrainingStep } from './training-step.ts';

export interface GradientCheck {
  readonly loss: number;
  /** How many values there are in all gradients. */
  readonly values: number;
  readonly faults: readonly GradientFault[];
}

export async function checkGradients(step: TrainingStep, clock: PageClock): Promise<GradientCheck> {
  const { loss, gradients } = step.gradients();
  try {
    const faults: GradientFault[] = [];
    let values = 0;
    for (const [i, { node, name, tensor }] of step.weights.entries()) {
      const fault = (what: GradientFault['what']): void => void faults.push({ node: node.id, weight: name, what });
      const gradient = gradients[i];
      if (!gradient) {
        fault('missing');
        continue;
      }
      values += gradient.size;
      if (!tf.util.arraysEqual(gradient.shape, tensor.shape)) fault('shape');
      const [numbers] = await valuesOf([gradient]);
      if (!Array.prototype.every.call(numbers, Number.isFinite)) fault('not finite');
      await clock.breatheNowAndThen();
    }
    return { loss: (await valuesOf([loss]))[0]![0]!, values, faults };
  } finally {
    tf.dispose([loss, ...gradients.filter(gradient => gradient !== undefined)]);
  }
}

/** Of one example. Backwards plain JavaScript takes several times as long as forwards. */
const mostMacs = 3e6;
/** With fewer, the statistics of a batch over a single place make every gradient nothing but rounding. */
const batch = 4;
/** As a share of the largest value: where an activation has a kink, rounding decides between two gradients. */
const tolerance = 1e-2;
/** A gradient that is this small beside the others is compared with this share of theirs, because it may be rounding alone. */
const small = 1e-2;

/**
 * On images that are small enough. What layers draw at random is left out, and normalization is by the batch. `backend` is running, and still is
 * afterwards. A text says why there was no comparison.
 */
export async function compareGradients(graph: BlockGraph, backend: Backend, clock: PageClock): Promise<Agreement | string> {
  if (backend.name === 'cpu') return 'it is plain JavaScript that ran';
  const smallGraph = smallEnough(graph, mostMacs, batch);
  if (!smallGraph) return 'the block is too large for plain JavaScript, on small images too';
  const block = new BuiltBlock(smallGraph, () => undefined);
  let step: TrainingStep | undefined;
  try {
    await block.build(() => clock.breatheNowAndThen());
    step = new TrainingStep(block, backend.name, normalizesByBatch);
    const measured = await numbersOf(step);
    await clock.breathe();
    // Tensors move to another backend by themselves, but from WebGPU only what was waited for.
    await valuesOf([...block.tensors(), ...step.tensors()]);
    await tf.setBackend('cpu');
    return agreementOf(await numbersOf(step), measured, step, block);
  } catch (error) {
    if (error instanceof Stopped) throw error;
    return messageOf(error).replace(/\.$/, '');
  } finally {
    switchBackend(backend.name);
    step?.dispose();
    block.dispose();
  }
}

const normalizesByBatch = ({ layer }: GraphNode): boolean => layer === 'batchNormalization';

async function numbersOf(step: TrainingStep): Promise<readonly ArrayLike<number>[]> {
  const { loss, gradients } = step.gradients();
  try {
    return await Promise.all(gradients.map(async gradient => (gradient ? (await valuesOf([gradient]))[0]! : [])));
  } finally {
    tf.dispose([loss, ...gradients.filter(gradient => gradient !== undefined)]);
  }
}

/** Where they differ most; where they do not agree, the first layer of which that is so. */
function agreementOf(expected: readonly ArrayLike<number>[], measured: readonly ArrayLike<number>[], { weights }: TrainingStep, { inputShapes }: BuiltBlock): Agreement {
  const differences = expected.map((values, i) => compareNumbers([values], [measured[i]!], tolerance));
  const overall = Math.max(...differences.map(({ scale }) => scale));
  let found: Agreement = { with: 'cpu', inputShapes, difference: 0, scale: 0, agrees: true };
  for (const [i, { largest, scale, agrees }] of differences.entries()) {
    const reference = Math.max(scale, small * overall);
    if (!agrees && !(largest <= tolerance * reference)) return { ...found, difference: largest, scale: reference, agrees: false, node: weights[i]!.node.id };
    if (found.scale === 0 || largest * found.scale > found.difference * reference) found = { ...found, difference: largest, scale: reference };
  }
  return found;
}
