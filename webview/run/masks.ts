// Which steps of a sequence are padding is said by masks, which layers make, hand on and are called with. Here is which mask goes where when
// TensorFlow.js runs a model of the layers (`execute` of its executor.ts), so that a run of single layers computes what `predict` does.
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { tensorsInto, tensorsOut, type TensorOfNode } from '../../src/blocks/graph/tensors.ts';
import type { BuiltBlock } from './built-block.ts';
import type { RunnableLayer } from './make-block-layer.ts';

/** A mask is a further tensor of the node that makes it, after all others. */
export interface MasksOfNode {
  /** What the layer is called with, which only those for sequences look at. */
  readonly given?: TensorOfNode | undefined;
  /** Where the layer makes a mask of its own: those of its inputs, which it may be made of. */
  readonly madeOf?: readonly (TensorOfNode | undefined)[];
}

export interface Masks {
  /** The nodes that run, each after those whose tensors and masks it takes. */
  readonly order: readonly GraphNode[];
  of(node: GraphNode): MasksOfNode;
}

/**
 * TensorFlow.js calls a layer without a mask with that of the layer before it that had one: it goes on with the same arguments. So the masks
 * depend on the order, which is that of TensorFlow.js where there are masks, and else that of the graph.
 */
export function masksOf(block: Pick<BuiltBlock, 'graph' | 'layerOf'>): Masks {
  const nodes = block.graph.nodes.filter(({ inputs }) => inputs.length > 0);
  if (!nodes.some(node => startsMask(node, block.layerOf(node)))) return { order: nodes, of: () => ({}) };
  const order = orderOfExecution(block.graph);
  const masks = new Map<number, MasksOfNode>();
  /** The mask of all that a node gives. */
  const after = new Map<number, TensorOfNode | undefined>();
  let given: TensorOfNode | undefined;
  for (const node of order) {
    const layer = block.layerOf(node);
    const into = node.inputs.map(id => after.get(id));
    if (into.some(mask => mask !== undefined)) [given] = into;
    const makes = makesMask(node, layer, into);
    masks.set(node.id, { given, ...(makes ? { madeOf: into } : {}) });
    after.set(node.id, makes ? { node: node.id, port: 1 + node.furtherOutputs.length } : handsOn(layer) ? into[0] : undefined);
  }
  return { order, of: ({ id }) => masks.get(id) ?? {} };
}

/** What people write there may be another value than true, and TensorFlow.js keeps it. */
const hasToDoWithMasks = ({ supportsMasking }: RunnableLayer): boolean => Boolean(supportsMasking);

const startsMask = ({ layer: name }: GraphNode, layer: RunnableLayer): boolean => hasToDoWithMasks(layer) && (name === 'masking' || name === 'embedding');

/** Those that combine several inputs combine their masks, but sums and the like have none where the first input has none. */
function makesMask(node: GraphNode, layer: RunnableLayer, into: readonly (TensorOfNode | undefined)[]): boolean {
  if (startsMask(node, layer)) return true;
  if (!hasToDoWithMasks(layer)) return false;
  return node.layer === 'concatenate' ? into.some(mask => mask !== undefined) : merges.has(node.layer) && into[0] !== undefined;
}

const merges: ReadonlySet<string> = new Set(['add', 'average', 'maximum', 'minimum', 'multiply']);

/** What gives the last step alone has no mask for others. */
const handsOn = (layer: RunnableLayer): boolean => hasToDoWithMasks(layer) && Boolean(layer.returnSequences ?? true);

/** Depth first from what comes out, the last input first. What does not lead there comes after, because a model would leave it out. */
function orderOfExecution(graph: BuiltBlock['graph']): readonly GraphNode[] {
  const ordered = new Set<GraphNode>(graph.nodes.filter(({ inputs }) => inputs.length === 0));
  const opened = new Set<GraphNode>();
  for (const { node: output } of tensorsOut(graph)) {
    const stack = [graph.nodes[output]!];
    for (let node = stack.at(-1); node; node = stack.at(-1)) {
      if (ordered.has(node) || opened.has(node)) {
        ordered.add(stack.pop()!);
        continue;
      }
      opened.add(node);
      stack.push(...tensorsInto(node).map(({ node: id }) => graph.nodes[id]!).filter(input => !ordered.has(input)));
    }
  }
  return [...ordered, ...graph.nodes.filter(node => !ordered.has(node))].filter(({ inputs }) => inputs.length > 0);
}
