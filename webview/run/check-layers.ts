// Layer by layer, on images that are small enough: the numbers of a backend against those of plain JavaScript, and those of the block as it
// would be deployed against those of the block as it is written. What comes out in the end can hide a difference, as a softmax does.
import * as tf from './tensorflow.ts';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import type { Agreement, BackendName } from '../../src/blocks/protocol/messages.ts';
import { asWritten } from './as-written.ts';
import { switchBackend } from './backends.ts';
import { BuiltBlock } from './built-block.ts';
import { compareNumbers, valuesOf } from './compare-numbers.ts';
import { asDeployed } from './deployed/deploy.ts';
import { Executable } from './executable.ts';
import type { PageClock } from './page-clock.ts';
import { smallEnough } from './small-enough.ts';
import type { Step } from './step.ts';

/** Plain JavaScript takes some tenths of a second. */
const mostMacs = 60e6;

/** `backend` is running, and still is afterwards. A text says why there was no check. */
export async function checkLayers(graph: BlockGraph, backend: BackendName, tolerance: number, clock: PageClock): Promise<readonly Agreement[] | string> {
  const small = smallEnough(graph, mostMacs);
  if (!small) return 'the block is too large for plain JavaScript, on small images too';
  const block = new BuiltBlock(small, () => undefined);
  let deployment: ReturnType<typeof asDeployed> | undefined;
  try {
    await block.build(() => clock.breatheNowAndThen());
    deployment = asDeployed(block, backend);
    const written = asWritten(block);
    const measured = await valuesOfSteps(block, written, backend, clock);
    const agreements = [worst('deployed', measured, await valuesOfSteps(block, deployment.steps, backend, clock), block, tolerance)];
    if (backend === 'cpu') return agreements;
    // Tensors move to another backend by themselves, but from WebGPU only what was waited for.
    await valuesOf(block.tensors());
    await tf.setBackend('cpu');
    return [...agreements, worst('cpu', await valuesOfSteps(block, written, 'cpu', clock), measured, block, tolerance)];
  } finally {
    switchBackend(backend);
    deployment?.dispose();
    block.dispose();
  }
}

type Values = ReadonlyMap<number, readonly ArrayLike<number>[]>;

async function valuesOfSteps(block: BuiltBlock, steps: readonly Step[], backend: BackendName, clock: PageClock): Promise<Values> {
  const values = new Map<number, readonly ArrayLike<number>[]>();
  await new Executable(block, steps, backend).walk(async ({ node }, apply) => {
    // A run that is stopped here has nothing in its hands that would have to be freed.
    await clock.breatheNowAndThen();
    const outputs = await apply();
    try {
      values.set(node.id, await valuesOf(outputs));
    } catch (error) {
      tf.dispose([...outputs]);
      throw error;
    }
    return outputs;
  });
  return values;
}

/** Where they differ most; where they do not agree, the first layer of which that is so. */
function worst(other: Agreement['with'], expected: Values, values: Values, block: BuiltBlock, tolerance: number): Agreement {
  let found: Agreement = { with: other, inputShapes: block.inputShapes, difference: 0, scale: 0, agrees: true, layers: values.size };
  for (const [node, numbers] of values) {
    const { largest, scale, agrees } = compareNumbers(expected.get(node)!, numbers, tolerance);
    if (!agrees) return { ...found, difference: largest, scale, agrees, node };
    if (found.scale === 0 || largest * found.scale > found.difference * scale) found = { ...found, difference: largest, scale };
  }
  return found;
}
