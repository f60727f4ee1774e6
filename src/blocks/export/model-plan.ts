// A graph as layers to be made and applied, with a name for each: what the text says, and what is built in memory.
import type { BlockGraph, GraphNode } from '../graph/block-graph.ts';
import { shapesInto, tensorsInto, tensorsOut, type TensorOfNode } from '../graph/tensors.ts';
import { CannotExport } from './cannot-export.ts';
import { knownShape, trainability } from './known-facts.ts';
import { stepsOf, type Config, type LayerStep } from './layer-steps.ts';
import { nonNegativeNodes } from './non-negative.ts';
import { Identifiers } from './identifiers.ts';

export interface PlannedLayer extends LayerStep {
  /** The variable that holds the layer, or what comes out where it is applied once. */
  readonly variable: string;
  /** The node whose weights it has; undefined where it only helps another layer. */
  readonly node: number | undefined;
}

export interface PlannedApplication {
  readonly layer: PlannedLayer;
  /** Variables that hold tensors. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly group: number;
}

export interface ModelPlan {
  /** With what `tf.input` is called with. */
  readonly inputs: readonly { readonly variable: string; readonly config: Config }[];
  readonly applications: readonly PlannedApplication[];
  readonly outputs: readonly string[];
}

/** Throws `CannotExport` where a part of the graph is not known, or has no counterpart in tf.layers. */
export function planModel(graph: BlockGraph): ModelPlan {
  return new Planner(graph).plan();
}

class Planner {
  private readonly identifiers = new Identifiers();
  private readonly layers = new Map<number, readonly PlannedLayer[]>();
  /** The variables of the tensors that each node gives. */
  private readonly tensors: (readonly string[])[] = [];
  private readonly nonNegative: readonly boolean[];
  private readonly applied = new Map<number, number>();

  constructor(private readonly graph: BlockGraph) {
    this.nonNegative = nonNegativeNodes(graph);
    for (const { weightsKey } of graph.nodes) this.applied.set(weightsKey, (this.applied.get(weightsKey) ?? 0) + 1);
  }

  plan(): ModelPlan {
    const inputs: { variable: string; config: Config }[] = [];
    const applications: PlannedApplication[] = [];
    for (const node of this.graph.nodes) {
      if (node.optional) throw new CannotExport(`${node.layer} is applied only under a condition that is not known.`, node.id);
      if (node.inputs.length > 0) applications.push(...this.applicationsOf(node));
      else inputs.push(this.inputOf(node));
    }
    return { inputs, applications, outputs: tensorsOut(this.graph).map(tensor => this.variableOf(tensor)) };
  }

  private inputOf(node: GraphNode): { variable: string; config: Config } {
    const variable = this.identifiers.take(node.name ?? 'input', node.name !== undefined || this.graph.inputs.length === 1);
    const [batch, ...rest] = knownShape(node.output, node);
    const { dtype } = node.attributes;
    this.tensors[node.id] = [variable];
    return {
      variable,
      config: { ...this.identifiers.layerName(node.name, variable), ...(batch === null ? { shape: rest } : { batchShape: [batch, ...rest] }), ...(typeof dtype === 'string' ? { dtype } : {}) },
    };
  }

  private applicationsOf(node: GraphNode): readonly PlannedApplication[] {
    const layers = this.layersOf(node);
    const shared = this.applied.get(node.weightsKey)! > 1;
    const gives = 1 + node.furtherOutputs.length;
    let into = tensorsInto(node).map(tensor => this.variableOf(tensor));
    return layers.map((layer, i): PlannedApplication => {
      const count = i === layers.length - 1 ? gives : 1;
      const outputs = shared || count > 1 ? Array.from({ length: count }, () => this.identifiers.take(`${layer.variable}_out`)) : [layer.variable];
      const application = { layer, inputs: into, outputs, group: node.group };
      this.tensors[node.id] = into = outputs;
      return application;
    });
  }

  /** A layer that is applied again is made once. */
  private layersOf(node: GraphNode): readonly PlannedLayer[] {
    const known = this.layers.get(node.weightsKey);
    if (known) return known;
    const input = shapesInto(node, this.graph.nodes)[0]!;
    const context = { input: knownShape(input, node), output: knownShape(node.output, node), nonNegative: node.inputs.every(id => this.nonNegative[id]) };
    const steps = stepsOf(node, context);
    const main = mainStep(steps, node);
    const made = steps.map((step, i): PlannedLayer => {
      const named = i === main && node.name !== undefined;
      const variable = named ? this.identifiers.take(node.name!, true) : this.identifiers.take(step.layer[0]!.toLowerCase() + step.layer.slice(1));
      // Layers with weights have a name, so that these are found again.
      const name = i === main && (named || node.weights.length > 0) ? this.identifiers.layerName(node.name ?? variable, variable) : {};
      return { ...step, config: { ...name, ...step.config, ...(i === main ? trainability(node) : {}) }, variable, node: i === main ? node.id : undefined };
    });
    this.layers.set(node.weightsKey, made);
    return made;
  }

  private variableOf({ node, port }: TensorOfNode): string {
    return this.tensors[node]![port]!;
  }
}

/** The step that stands for the node: the one that is neither padding before nor an activation behind. */
const mainStep = (steps: readonly LayerStep[], node: GraphNode): number => {
  const beside = node.layer === 'activation' ? ['permute'] : ['zeroPadding2d', 'permute', 'activation', 'HardSigmoid', 'HardSwish'];
  return steps.length === 1 ? 0 : steps.findIndex(({ layer }) => !beside.includes(layer));
};
