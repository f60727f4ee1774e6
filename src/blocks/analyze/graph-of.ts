// The block graph of a part of what was built: plain data with ids of its own.
import type { BlockGraph, GraphNode, Group, Totals } from '../graph/block-graph.ts';
import { totalsOf, type Counted } from '../graph/totals.ts';
import { portsOf, type TensorOfNode } from '../graph/tensors.ts';
import type { Location } from '../text/location.ts';
import type { Application } from '../evaluate/application.ts';
import type { CallFrame } from '../evaluate/call-frame.ts';
import type { LayerValue, TensorValue } from '../evaluate/values.ts';
import { isTrained, trainedParams } from '../evaluate/tensorflow/trained.ts';

export interface Drawn {
  readonly name: string;
  readonly at: Location;
  /** The call that the part was made in: groups are the calls inside of it. */
  readonly frame: CallFrame;
  /** Conditions that lie around the whole part: whether they hold says nothing of what it consists of. */
  readonly conditions?: number;
  /** In the order of evaluation, so that inputs come before what uses them. */
  readonly applications: readonly Application[];
  /** Tensors that come from outside: each becomes an `inputLayer` node. */
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
}

export function graphOf(part: Drawn): BlockGraph {
  const ids = new Map<Application, number>();
  // Several tensors of one application can come from outside: each is an input of its own.
  const fromOutside = new Map<Application, Map<number, number>>();
  const nodes: GraphNode[] = [];
  const groups = new Groups(part);
  const weightsKeys = new Map<LayerValue, number>();
  const weightsKeyOf = (layer: LayerValue): number => {
    const known = weightsKeys.get(layer);
    if (known !== undefined) return known;
    weightsKeys.set(layer, weightsKeys.size);
    return weightsKeys.size - 1;
  };
  const inputs: number[] = [];
  for (const { application, output, shape } of part.inputs) {
    const known = fromOutside.get(application) ?? new Map<number, number>();
    if (known.has(output)) continue;
    const id = nodes.length;
    fromOutside.set(application, known.set(output, id));
    inputs.push(id);
    const node = nodeOf(application, id, [], 0, weightsKeyOf(application.layer), part.conditions);
    nodes.push(application.layer.layer === 'inputLayer' ? node : { ...node, ...asInput, output: shape });
  }
  const find = (tensors: readonly TensorValue[]): TensorOfNode[] => {
    const found: TensorOfNode[] = [];
    for (const { application, output } of tensors) {
      const outside = fromOutside.get(application)?.get(output);
      const inside = outside ?? ids.get(application);
      if (inside !== undefined) found.push({ node: inside, port: outside === undefined ? output : 0 });
    }
    return found;
  };
  for (const application of part.applications) {
    if (fromOutside.has(application)) continue;
    const id = nodes.length;
    ids.set(application, id);
    if (application.layer.layer === 'inputLayer') inputs.push(id);
    nodes.push(nodeOf(application, id, find(application.inputs), groups.of(application.frame), weightsKeyOf(application.layer), part.conditions));
  }
  const outputs = distinct(find(part.outputs));
  const outputPorts = portsOf(outputs);
  return { nodes, groups: groups.all, inputs, outputs: outputs.map(({ node }) => node), ...(outputPorts ? { outputPorts } : {}) };
}

const distinct = (tensors: readonly TensorOfNode[]): readonly TensorOfNode[] =>
  tensors.filter(({ node, port }, i) => tensors.findIndex(other => other.node === node && other.port === port) === i);

/** What a tensor from outside looks like from inside. */
const asInput = { layer: 'inputLayer', attributes: {}, furtherOutputs: [], weights: [], params: 0, trainableParams: 0, macs: 0, macProducts: [], workings: [] } as const;

export function nodeOf(application: Application, id: number, inputs: readonly TensorOfNode[], group: number, weightsKey: number, around = 0): GraphNode {
  const { layer, inference } = application;
  const { attributeValues } = layer;
  const { name } = attributeValues;
  const frozen = isTrained(layer) === false;
  // One literal for all nodes: a large graph has thousands, which a spread of optional parts would make several times over.
  const node: Writable<GraphNode> = {
    id, layer: layer.layer, attributes: attributeValues, inputs: inputs.map(input => input.node),
    output: inference.output, furtherOutputs: inference.furtherOutputs, weightsKey,
    weights: frozen ? inference.weights.map(weight => ({ ...weight, trainable: false })) : inference.weights,
    params: inference.params, trainableParams: trainedParams(layer, inference),
    macs: inference.macs, macProducts: inference.macProducts, workings: inference.workings,
    at: layer.at, callPath: layer.frame.path(), group, assumed: application.assumed, optional: application.conditions > around,
  };
  if (typeof name === 'string') node.name = name;
  if (layer.definition?.vocabulary) node.vocabulary = layer.definition.vocabulary;
  const inputPorts = portsOf(inputs);
  if (inputPorts) node.inputPorts = inputPorts;
  return node;
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** A group for each call inside the part that applied a layer, and for the calls around it. */
class Groups {
  readonly all: Group[];
  private readonly byFrame = new Map<CallFrame, number>();

  constructor(private readonly part: Drawn) {
    this.all = [{ id: 0, parent: null, kind: 'block', name: part.name, at: part.at }];
  }

  of(frame: CallFrame): number {
    const known = this.byFrame.get(frame);
    if (known !== undefined) return known;
    // Calls around the part, and the part itself, are no groups of their own.
    if (frame === this.part.frame || frame.depth <= this.part.frame.depth || !frame.parent) return 0;
    const parent = this.of(frame.parent);
    const id = this.all.length;
    this.all.push({ id, parent, kind: 'function', name: frame.name, at: frame.at });
    this.byFrame.set(frame, id);
    return id;
  }
}

/** What its layers sum up to, without making the graph. */
export function totalsOfDrawn({ applications, inputs, conditions: around = 0 }: Pick<Drawn, 'applications' | 'inputs' | 'conditions'>): Totals {
  const outside = new Set(inputs.map(({ application }) => application));
  const counted: Counted[] = [];
  for (const application of applications) {
    const { layer, inference: { params, trainableParams, macs }, conditions } = application;
    // What has neither weights nor MACs adds nothing, and is the half of most networks.
    if ((params === 0 && macs === 0) || outside.has(application)) continue;
    counted.push({ layer: layer.layer, at: layer.at, weightsKey: layer.born, params, trainableParams: trainedParams(layer, { params, trainableParams }), macs, optional: conditions > around });
  }
  return totalsOf(counted);
}
