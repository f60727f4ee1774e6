// A real layer of TensorFlow.js for a node, with weights that are the same in each run.
import * as tf from './tensorflow.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { InnerModel } from '../../src/blocks/layers/attribute.ts';
import { tensorsInto } from '../../src/blocks/graph/tensors.ts';
import { CannotRun, messageOf } from './cannot-run.ts';
import { InnerLayerConfig, InnerModelConfig, layerConfig } from '../../src/blocks/graph/layer-config.ts';
import { numbersOf } from './make-input.ts';
import { withSeededWeights } from './seeded-values.ts';

export interface MadeLayer {
  readonly layer: tf.layers.Layer;
  /** What was put in the place of attributes that do not matter, as sentences. */
  readonly replaced: readonly string[];
}

const factories = tf.layers as unknown as Readonly<Record<string, (config: object) => tf.layers.Layer>>;

/** `name` is what a message calls the node; layers of another `seed` have other weights. Throws `CannotRun` with the reason where there can be no such layer. */
export function makeLayer(graph: BlockGraph, node: GraphNode, name: string, seed: number): MadeLayer {
  if (!/^[a-z]/.test(node.layer) || !Object.hasOwn(factories, node.layer)) {
    throw new CannotRun(`${name} is not a layer of tf.layers. Blockscope does not run the code of custom layers.`, node.id);
  }
  const made = layerConfig(node);
  if ('obstacle' in made) throw new CannotRun(`${name} cannot be built: ${made.obstacle}.`, node.id);
  const shapes = tensorsInto(node).map(({ node: id, port }) => numbersOf(graph.nodes[id]!, `the input of ${name}`, port));
  try {
    const layer = withSeededWeights(seed, () => {
      const unbuilt = factories[node.layer]!(withInnerLayers(made.config));
      tf.tidy(() => unbuilt.build(shapes.length === 1 ? shapes[0]! : shapes));
      return unbuilt;
    });
    layer.built = true;
    return { layer, replaced: made.replaced };
  } catch (error) {
    throw new CannotRun(`TensorFlow.js refuses ${name}: ${messageOf(error)}`, node.id);
  }
}

/** The configuration with real layers in the place of those that it describes. */
const withInnerLayers = (config: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(config).map(([name, value]) => [name, Array.isArray(value) ? value.map(innerLayer) : innerLayer(value)]));

const innerLayer = (value: unknown): unknown =>
  value instanceof InnerLayerConfig ? factories[value.layer]!(withInnerLayers(value.config))
  : value instanceof InnerModelConfig ? innerModel(value.model, value.layers.map(layer => innerLayer(layer) as tf.layers.Layer))
  : value;

/** The model that the description in a configuration means, of layers that are made already. */
export function innerModel({ inputs, applications, outputs }: InnerModel, layers: readonly tf.layers.Layer[]): tf.LayersModel {
  const tensors = inputs.map(shape => tf.input({ batchShape: shape as (number | null)[] }));
  const given = [...tensors];
  for (const application of applications) {
    const into = application.inputs.map(i => tensors[i]!);
    tensors.push(...[layers[application.layer]!.apply(into.length === 1 ? into[0]! : into) as tf.SymbolicTensor].flat());
  }
  return tf.model({ inputs: given, outputs: outputs.map(i => tensors[i]!) });
}
