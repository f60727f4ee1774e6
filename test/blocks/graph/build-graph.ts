// Block graphs for tests, layer by layer, with shapes and weights from the layers' own rules.
import type { BlockGraph, Group, GraphNode } from '../../../src/blocks/graph/block-graph.ts';
import type { AttributeValue } from '../../../src/blocks/layers/attribute.ts';
import { inferLayer } from '../../../src/blocks/layers/infer.ts';
import { findLayer } from '../../../src/blocks/layers/registry.ts';
import type { Dim } from '../../../src/blocks/shapes/dim.ts';
import type { Shape } from '../../../src/blocks/shapes/shape.ts';

export type Config = Readonly<Record<string, AttributeValue>>;

/** Anything of a node that a test wants otherwise than the rules say: a name, a wrong shape. */
export type Overrides = Partial<Omit<GraphNode, 'id' | 'inputs'>>;

/** Each line of the imagined source makes one node. */
const LINE_LENGTH = 40;
export const lineOf = (node: number): number => node + 1;

export class GraphBuilder {
  private readonly nodes: GraphNode[] = [];
  private readonly groups: Group[] = [{ id: 0, parent: null, kind: 'block', name: 'block', at: place(0) }];
  private group = 0;

  input(shape: readonly Dim[], overrides: Overrides = {}): number {
    return this.add('inputLayer', { inputShape: shape.slice(1) }, [], { output: shape, ...overrides });
  }

  /** Adds a layer of the registry, or one that is not in it if `overrides` say what it gives. */
  layer(layer: string, config: Config, from: number | readonly number[], overrides: Overrides = {}): number {
    return this.add(layer, config, typeof from === 'number' ? [from] : from, overrides);
  }

  /** Everything that `build` adds lies in a frame of this name. */
  inGroup<T>(name: string, build: () => T): T {
    const outer = this.group;
    this.group = this.groups.length;
    this.groups.push({ id: this.group, parent: outer, kind: 'function', name, at: place(this.nodes.length) });
    const result = build();
    this.group = outer;
    return result;
  }

  outputOf(node: number): Shape {
    return this.nodes[node]!.output;
  }

  graph(...outputs: number[]): BlockGraph {
    return {
      nodes: this.nodes, groups: this.groups, outputs,
      inputs: this.nodes.filter(node => node.inputs.length === 0).map(node => node.id),
    };
  }

  private add(layer: string, attributes: Config, inputs: readonly number[], overrides: Overrides): number {
    const id = this.nodes.length;
    const definition = findLayer(layer);
    const wrapped = Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, { value }]));
    const inferred = definition && inputs.length > 0
      ? inferLayer(definition, wrapped, inputs.map(input => this.nodes[input]!.output))
      : { output: [], furtherOutputs: [], weights: [], params: 0, trainableParams: 0, macs: 0, macProducts: [], workings: [] };
    const { output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings } = inferred;
    this.nodes.push({
      id, layer, attributes, inputs, output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings,
      weightsKey: id, at: place(id), callPath: [], group: this.group, assumed: [], optional: false, ...overrides,
    });
    return id;
  }
}

const place = (node: number): { file: string; start: number; end: number } =>
  ({ file: '/model.ts', start: node * LINE_LENGTH, end: node * LINE_LENGTH + 6 });
