// The statements of a graph for PyTorch: tensors are turned where a layer wants them otherwise than they lie.
import type { BlockGraph } from '../../graph/block-graph.ts';
import { givenName, type NewStatement, type NodeWork, type NodeWriter } from '../python/program-writer.ts';
import type { KnownShape } from '../python/node-facts.ts';
import type { Layout } from './torch-layer.ts';
import { torchLayer } from './torch-layers.ts';

export class TorchWriter implements NodeWriter {
  private readonly layouts = new Map<number, Layout>();
  private readonly ranks = new Map<number, number>();
  private readonly layoutOfInputs: Layout;

  /** Images go in with their channels first, as all of PyTorch has them, wherever the graph has them. */
  constructor(graph: BlockGraph) {
    this.layoutOfInputs = graph.nodes.some(({ attributes }) => attributes['dataFormat'] === 'channelsFirst') ? 'asGraph' : 'channelsFirst';
  }

  input(tensor: number, shape: KnownShape): void {
    this.layouts.set(tensor, shape.length < 4 ? 'asGraph' : this.layoutOfInputs);
    this.ranks.set(tensor, shape.length);
  }

  node({ node, facts, inputs, outputs, frozen, newTensor, layer }: NodeWork): readonly NewStatement[] {
    const first = this.layouts.get(inputs[0]!)!;
    const made = torchLayer(facts, first);
    const into = made.layout ?? first;
    const statements: NewStatement[] = [];
    let tensors = inputs.map(tensor => this.turned(tensor, into, newTensor, statements));
    const output = facts.output.length < 4 ? 'asGraph' : made.output ?? (facts.rank < 4 ? 'asGraph' : into);
    made.steps.forEach((step, i) => {
      const last = i === made.steps.length - 1;
      const out = last ? outputs[0]! : newTensor();
      const { call, wanted = call?.callee.split('.').at(-1)?.toLowerCase() ?? '', template = '{layer}({0})', remark } = step;
      statements.push({
        ...(call ? { call: frozen && node.weights.length > 0 ? { ...call, behind: '.requires_grad_(False)' } : call, layer: layer * mostSteps + i } : {}),
        wanted, template, inputs: tensors, outputs: [out], shape: last ? shapeComment(facts.output, output) : [],
        ...(call && made.steps.length === 1 ? givenName(node) : {}), ...(remark === undefined ? {} : { remark }),
      });
      tensors = [out];
    });
    this.layouts.set(outputs[0]!, output);
    this.ranks.set(outputs[0]!, facts.output.length);
    return statements;
  }

  /** The tensor as it is wanted, with a statement that turns it where it lies otherwise. */
  turned(tensor: number, wanted: Layout, newTensor: () => number, statements: NewStatement[]): number {
    if (this.ranks.get(tensor)! < 4 || this.layouts.get(tensor) === wanted) return tensor;
    const template = wanted === 'channelsFirst' ? '{0}.movedim(-1, 1)' : '{0}.movedim(1, -1)';
    const turned = newTensor();
    statements.push({ wanted: '', template, inputs: [tensor], outputs: [turned], shape: [], remark: wanted === 'channelsFirst' ? 'channels first' : 'the axes as in the graph' });
    return turned;
  }

  layoutOf(tensor: number): Layout {
    return this.layouts.get(tensor)!;
  }
}

/** More steps than any layer has. */
const mostSteps = 8;

/** The shape as PyTorch has it: an open batch is N. */
export function shapeComment(shape: KnownShape, layout: Layout): readonly (number | string)[] {
  const lies = layout === 'channelsFirst' && shape.length > 3 ? [shape[0]!, shape.at(-1)!, ...shape.slice(1, -1)] : shape;
  return lies.map((dim, axis) => dim ?? axisName(lies.length, axis));
}

/** What stands for a dim that is open, or differs from place to place. */
export function axisName(rank: number, axis: number): string {
  const names: Readonly<Record<number, readonly string[]>> = { 1: ['N'], 2: ['N', 'C'], 3: ['N', 'L', 'C'], 4: ['N', 'C', 'H', 'W'], 5: ['N', 'C', 'D', 'H', 'W'] };
  return names[rank]?.[axis] ?? 'N';
}
