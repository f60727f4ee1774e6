// The block graph of a saved model: each layer applied to what the file says goes into it.
import type { BlockGraph, GraphNode, Group } from '../graph/block-graph.ts';
import { portsOf, type TensorOfNode } from '../graph/tensors.ts';
import { inputOfFirstLayer, type Inference } from '../layers/infer.ts';
import { modelInput } from '../layers/every-layer.ts';
import { unknown } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Steps } from '../steps.ts';
import type { Location } from '../text/location.ts';
import { Calls, callsInStep } from './calls.ts';
import type { LayerDescription, ModelDescription } from './describe-model.ts';
import { inputInference, isFullyKnown, nothingKnown, type SavedLayer, type SavedLayers } from './saved-layers.ts';

/** One tensor of a model, where no node of the graph gives it `node` is -1. */
export interface Tensor extends TensorOfNode {
  readonly shape: Shape;
}

/** To be told of everything that is applied. */
export interface Observer {
  layer(layer: SavedLayer, inference: Inference, inputs: readonly Shape[], node: GraphNode): void;
  model(layer: LayerDescription, inputs: readonly Shape[], outputs: readonly Shape[], nodes: readonly GraphNode[]): void;
}

/** A model with its own inputs. */
export interface BuiltModel {
  readonly graph: BlockGraph;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
}

export class GraphBuilder {
  private readonly nodes: GraphNode[] = [];
  private readonly groups: Group[];
  private readonly inputs: number[] = [];

  /** `name` and `at` are those of the whole. */
  constructor(private readonly layers: SavedLayers, private observer: Observer | undefined, name: string, at: Location) {
    this.groups = [{ id: 0, parent: null, kind: 'block', name, at }];
  }

  *build(model: ModelDescription): Steps<BuiltModel> {
    const { groups, nodes, inputs } = this;
    const outputs = yield* this.apply(model, undefined, 0);
    const known = outputs.filter(({ node }) => node >= 0);
    const ports = portsOf(known);
    return {
      graph: { nodes, groups, inputs, outputs: known.map(({ node }) => node), ...(ports ? { outputPorts: ports } : {}) },
      inputShapes: inputs.map(id => nodes[id]!.output), outputShapes: outputs.map(({ shape }) => shape),
    };
  }

  /** What comes out; `given` are the tensors that go in, where the model is a part of another one. */
  private apply(model: ModelDescription, given: readonly Tensor[] | undefined, group: number): Steps<readonly Tensor[]> {
    return model.kind === 'sequential' ? this.applyInOrder(model, given, group) : new Calls(model).run({
      input: (layer, place) => this.inputOf(layer, given?.[place], group),
      apply: (layer, inputs, noted) => (this.layers.isSpent() ? [this.notApplied(layer)] : this.applyLayer(layer, inputs, group, noted)),
      applyModel: (layer, inner, inputs) => this.applyModel(layer, inner, inputs, group),
    });
  }

  private *applyInOrder(model: ModelDescription, given: readonly Tensor[] | undefined, group: number): Steps<readonly Tensor[]> {
    let current: readonly Tensor[] | undefined = given;
    let calls = 0;
    for (const layer of model.layers) {
      if (isInput(layer)) current = [this.inputOf(layer, current?.[0], group)];
      else {
        current ??= [this.implicitInput(model, layer, group)];
        if (layer.model) current = yield* this.applyModel(layer, layer.model, current, group);
        else current = this.layers.isSpent() ? [this.notApplied(layer)] : this.applyLayer(layer, current, group, undefined);
        if (++calls % callsInStep === 0) yield;
      }
    }
    return current ?? [];
  }

  /** What goes into a sequential model stands in its first layer. */
  private implicitInput(model: ModelDescription, first: LayerDescription, group: number): Tensor {
    const output = (first.model ? inputShapesOf(first.model, this.layers)[0] : this.shapeInto(first)) ?? model.builtFor ?? first.builtFor
      ?? unknown('the file does not say what goes into the model', first.at);
    return this.addInput(undefined, first.at, output, group, first);
  }

  private shapeInto(first: LayerDescription): Shape | undefined {
    const { definition, attributes } = this.layers.of(first);
    return definition ? inputOfFirstLayer(definition, attributes) : modelInput(attributes);
  }

  private inputOf(layer: LayerDescription, given: Tensor | undefined, group: number): Tensor {
    const saved = this.layers.of(layer);
    const declared = modelInput(saved.attributes) ?? unknown(layer.damaged ? 'the file is broken within this layer' : 'the shape of the input is not given', layer.at);
    if (!given) return this.addInput(saved, layer.at, declared, group, layer);
    // A model that is applied takes what it is given, and its own inputs are not part of that.
    if (this.observer) this.observer.layer(saved, inputInference(declared), [], this.nodeOf(saved, inputInference(declared), 0, [], group));
    return given;
  }

  private addInput(saved: SavedLayer | undefined, at: Location, output: Shape, group: number, of: LayerDescription): Tensor {
    const id = this.nodes.length;
    const inference = inputInference(output);
    const node: GraphNode = saved
      ? this.nodeOf(saved, inference, id, [], group)
      : { ...inference, id, layer: 'inputLayer', attributes: {}, inputs: [], weightsKey: this.layers.nextWeightsKey(), at, callPath: [], group, assumed: [], optional: false };
    this.nodes.push(node);
    this.inputs.push(id);
    if (saved) this.observer?.layer(this.layers.of(of), inference, [], node);
    return { shape: output, node: id, port: 0 };
  }

  private notApplied({ at }: LayerDescription): Tensor {
    return { shape: unknown('the model has too many layers to go through', at), node: -1, port: 0 };
  }

  private *applyModel(layer: LayerDescription, model: ModelDescription, inputs: readonly Tensor[], group: number): Steps<readonly Tensor[]> {
    if (this.layers.isSpent()) return [this.notApplied(layer)];
    const inner = this.groups.length;
    this.groups.push({ id: inner, parent: group, kind: 'model', name: layer.name ?? layer.className, at: layer.at });
    const from = this.nodes.length;
    // What its layers give is told once, of the inputs that it is made for; where it has none, of those that it gets.
    const { observer } = this;
    if (inputShapesOf(model, this.layers).length > 0) this.observer = undefined;
    const outputs = yield* this.apply(model, inputs, inner);
    this.observer = observer;
    observer?.model(layer, inputs.map(({ shape }) => shape), outputs.map(({ shape }) => shape), this.nodes.slice(from));
    return outputs;
  }

  private applyLayer(layer: LayerDescription, inputs: readonly Tensor[], group: number, noted: Shape | undefined): readonly Tensor[] {
    const saved = this.layers.of(layer);
    const [only] = inputs;
    // Keras 3 notes what each layer was built for, which holds as long as nothing before it is known better.
    const shapes = inputs.length === 1 && layer.builtFor && layer.calls.length < 2 && !isFullyKnown(only!.shape) ? [layer.builtFor] : inputs.map(({ shape }) => shape);
    const inference = inputs.length === 0 ? nothingKnown(unknown(layer.damaged ? 'the file is broken within this layer' : 'the file does not say what goes into it', layer.at)) : saved.infer(shapes, noted);
    const id = this.nodes.length;
    const node = this.nodeOf(saved, inference, id, inputs.filter(({ node }) => node >= 0), group);
    this.nodes.push(node);
    this.observer?.layer(saved, inference, shapes, node);
    return [inference.output, ...inference.furtherOutputs].map((shape, port) => ({ shape, node: id, port }));
  }

  private nodeOf(saved: SavedLayer, inference: Inference, id: number, inputs: readonly TensorOfNode[], group: number): GraphNode {
    const { output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings } = inference;
    const { name, at } = saved.description;
    const ports = portsOf(inputs);
    // Without spreading, which takes several times as long for one of many thousands.
    const node: { -readonly [K in keyof GraphNode]: GraphNode[K] } = {
      id, layer: saved.layer, attributes: saved.attributeValues, inputs: inputs.map(({ node: from }) => from),
      output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings,
      weightsKey: saved.weightsKey, at, callPath: none, group, assumed: none, optional: false,
    };
    if (name !== undefined) node.name = name;
    if (ports) node.inputPorts = ports;
    return node;
  }
}

/** The same list for all nodes. */
const none: readonly never[] = [];

export const isInput = ({ className, calls }: LayerDescription): boolean => className === 'InputLayer' && calls.length === 0;

/** The shapes that a model is made for, as far as the file says; empty where it does not. */
export function inputShapesOf(model: ModelDescription, layers: SavedLayers): readonly Shape[] {
  if (model.kind === 'sequential') {
    const [first] = model.layers;
    if (!first) return [];
    if (first.model) return model.builtFor ? [model.builtFor] : inputShapesOf(first.model, layers).slice(0, 1);
    const { definition, attributes } = layers.of(first);
    const shape = (definition ? inputOfFirstLayer(definition, attributes) : modelInput(attributes)) ?? model.builtFor;
    return shape ? [shape] : [];
  }
  const byName = new Map(model.layers.map(layer => [layer.name, layer]));
  const inputs = model.inputs?.map(({ layer }) => byName.get(layer)) ?? model.layers.filter(isInput);
  return inputs.map(input => input && modelInput(layers.of(input).attributes)).filter(shape => shape !== undefined);
}
