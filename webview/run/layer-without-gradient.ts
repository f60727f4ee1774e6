// Why a block cannot be trained: the layer at which that shows, and what TensorFlow.js lacks.
import { tensorsOut } from '../../src/blocks/graph/tensors.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { BuiltBlock } from './built-block.ts';
import { messageOf } from './cannot-run.ts';
import { TrainingStep, type TrainableBlock } from './training-step.ts';

export interface TrainingObstacle {
  readonly obstacle: string;
  readonly node?: number;
}

/** `error` is what a training step threw. The layer is found by training only the layers up to one of them. */
export async function layerWithoutGradient(block: BuiltBlock, backend: BackendName, error: unknown): Promise<TrainingObstacle> {
  const { nodes } = block.graph;
  let [works, fails, found] = [-1, nodes.length, error];
  while (fails - works > 1) {
    const middle = (works + fails) >> 1;
    const failure = await failureOf(upTo(block, middle), backend);
    if (failure === undefined) works = middle;
    else [fails, found] = [middle, failure];
  }
  const node = nodes[fails];
  return node ? { obstacle: `${block.nameOf(node)} ${reasonOf(found)}`, node: node.id } : { obstacle: `a layer ${reasonOf(error)}` };
}

/** The layers up to this one, of each of which something comes out. */
function upTo(block: BuiltBlock, last: number): TrainableBlock {
  const { graph, inputs } = block;
  const nodes = graph.nodes.slice(0, last + 1);
  const outputs = nodes.filter(node => node.inputs.length > 0).map(({ id }) => id);
  return { graph: { nodes, groups: graph.groups, inputs: graph.inputs, outputs }, inputs, layerOf: node => block.layerOf(node) };
}

async function failureOf(block: TrainableBlock, backend: BackendName): Promise<unknown> {
  if (tensorsOut(block.graph).length === 0) return undefined;
  let step: TrainingStep | undefined;
  try {
    step = new TrainingStep(block, backend);
    if (step.weights.length > 0) await step.run(1);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    step?.dispose();
  }
}

function reasonOf(error: unknown): string {
  const message = messageOf(error);
  const [, kernel, backend] = /Kernel '(\w+)' not registered for backend '(\w+)'/.exec(message) ?? [];
  if (kernel !== undefined) return `needs ${kernel} for its gradient, which ${backend === 'wasm' ? 'WebAssembly does not have: choose WebGL or JavaScript' : `the ${backend} backend does not have`}`;
  if (/dilation/.test(message)) return 'dilates, and TensorFlow.js has no gradient for that';
  return `has no gradient: ${message.split('\n', 1)[0]!.replace(/\.$/, '')}`;
}
