// A graph as a model of TensorFlow.js in memory, with initial weights.
import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { BlockGraph } from '../graph/block-graph.ts';
import { InnerLayerConfig, InnerModelConfig } from '../graph/layer-config.ts';
import type { Runtime } from '../layers/define-layer.ts';
import { CannotExport } from './cannot-export.ts';
import { customLayerClass, type LayerClass } from './custom-layers.ts';
import type { Config } from './layer-steps.ts';
import { planModel, type PlannedLayer } from './model-plan.ts';

export type Layer = InstanceType<Runtime['layers']['Layer']>;

/** The model that the text of `tfLayersCode` builds; `onLayer` is told of each layer that has the weights of a node. Throws `CannotExport`, and what TensorFlow.js throws. */
export function toLayersModel(tf: Runtime, graph: BlockGraph, onLayer: (layer: Layer, node: number) => void = () => {}): LayersModel {
  const plan = planModel(graph);
  const maker = new LayerMaker(tf);
  const tensors = new Map<string, SymbolicTensor>();
  for (const { variable, config } of plan.inputs) tensors.set(variable, tf.input(config as Parameters<Runtime['input']>[0]));
  const tensorsOf = (variables: readonly string[]): SymbolicTensor[] => variables.map(variable => tensors.get(variable)!);
  for (const { layer, inputs, outputs } of plan.applications) {
    const into = tensorsOf(inputs);
    const made = maker.layer(layer);
    const given = [made.apply(into.length === 1 ? into[0]! : into)].flat() as SymbolicTensor[];
    if (layer.node !== undefined) onLayer(made, layer.node);
    outputs.forEach((variable, i) => tensors.set(variable, given[i]!));
  }
  return tf.model({ inputs: tensorsOf(plan.inputs.map(({ variable }) => variable)), outputs: tensorsOf(plan.outputs) });
}

class LayerMaker {
  private readonly factories: Readonly<Record<string, (config: Config) => Layer>>;
  private readonly classes = new Map<string, LayerClass>();
  private readonly made = new Map<PlannedLayer, Layer>();

  constructor(private readonly tf: Runtime) {
    this.factories = tf.layers as unknown as Readonly<Record<string, (config: Config) => Layer>>;
  }

  /** The same for one that is applied again. */
  layer(planned: PlannedLayer): Layer {
    let layer = this.made.get(planned);
    if (!layer) this.made.set(planned, (layer = planned.custom ? this.custom(planned) : this.standard(planned.layer, planned.config)));
    return layer;
  }

  private standard(name: string, config: Config): Layer {
    return this.factories[name]!(Object.fromEntries(Object.entries(config).map(([key, value]) => [key, this.value(value)])));
  }

  private custom({ layer: name, config }: PlannedLayer): Layer {
    let made = this.classes.get(name);
    if (!made) this.classes.set(name, (made = customLayerClass(this.tf, name)));
    return new made(config);
  }

  private value(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(one => this.value(one));
    if (value instanceof InnerLayerConfig) return this.standard(value.layer, value.config);
    if (value instanceof InnerModelConfig) throw new CannotExport('A model within a layer is not exported.');
    return value;
  }
}
