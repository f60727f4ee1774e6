// Models of exports, and graphs computed layer by layer to compare them with.
import { transformSync } from 'esbuild';
import * as tf from '@tensorflow/tfjs';
import { planModel } from '../../../src/blocks/export/model-plan.ts';
import type { BlockGraph, GraphNode } from '../../../src/blocks/graph/block-graph.ts';
import { layerConfig } from '../../../src/blocks/graph/layer-config.ts';
import { readAttributes } from '../../../src/blocks/layers/read-attributes.ts';
import { findLayerOfBlocks } from '../../../src/blocks/layers/registry.ts';
import { totalsOf } from '../../../src/blocks/graph/totals.ts';
import { shapesOut } from '../../../src/blocks/graph/tensors.ts';
import type { RandomNumbers } from '../random-numbers.ts';

/** The model that a text builds, which is one of our own. */
export function modelOfCode(code: string, name = 'createModel'): tf.LayersModel {
  const { code: javaScript } = transformSync(code, { loader: 'ts', format: 'cjs' });
  const module: { exports: Record<string, () => tf.LayersModel> } = { exports: {} };
  new Function('require', 'module', 'exports', javaScript)(() => tf, module, module.exports);
  return module.exports[name]!();
}

export interface Figures {
  readonly outputs: readonly unknown[];
  readonly trainableParams: unknown;
  readonly nonTrainableParams: unknown;
}

export function figuresOfModel(model: tf.LayersModel): Figures {
  const count = (weights: readonly tf.LayerVariable[]): number => [...new Set(weights)].reduce((sum, { shape }) => sum + shape.reduce<number>((size, dim) => size * dim!, 1), 0);
  return { outputs: model.outputs.map(({ shape }) => shape), trainableParams: count(model.trainableWeights), nonTrainableParams: count(model.nonTrainableWeights) };
}

export function figuresOfGraph(graph: BlockGraph): Figures {
  const { trainableParams, nonTrainableParams } = totalsOf(graph.nodes);
  return { outputs: shapesOut(graph), trainableParams, nonTrainableParams };
}

export type Weights = ReadonlyMap<number, readonly tf.Tensor[]>;

/** Values for all weights of a graph, none below zero, so that they can be variances too. */
export function randomWeights({ nodes }: BlockGraph, random: RandomNumbers): Weights {
  return new Map(nodes.filter(({ weights }) => weights.length > 0).map(({ id, weights }) => [id, weights.map(({ name, shape }) => {
    const numbers = shape as number[];
    const size = numbers.reduce((a, b) => a * b, 1);
    const [least, most] = /variance/.test(name) ? [0.5, 1.5] : [-0.3, 0.3];
    return tf.tensor(Float32Array.from({ length: size }, () => least + (most - least) * random.next()), numbers);
  })]));
}

/** Where a kernel has its dims in another order of the same values, as that of a depthwise convolution, it is given the shape that it has. */
export function setWeights(model: tf.LayersModel, graph: BlockGraph, weights: Weights): void {
  for (const { layer } of planModel(graph).applications) {
    const values = layer.node === undefined ? undefined : weights.get(layer.node);
    if (!values) continue;
    const made = model.getLayer(String(layer.config['name']));
    made.setWeights(made.getWeights().map((weight, i) => values[i]!.reshape(weight.shape)));
  }
}

/** What the graph computes, by the definitions of its layers. */
export function runGraph(graph: BlockGraph, input: tf.Tensor, weights: Weights): tf.Tensor {
  const tensors: tf.Tensor[] = [];
  for (const node of graph.nodes) tensors.push(node.inputs.length === 0 ? input : runNode(node, node.inputs.map(id => tensors[id]!), weights.get(node.id) ?? []));
  return tensors[graph.outputs[0]!]!;
}

function runNode(node: GraphNode, inputs: readonly tf.Tensor[], weights: readonly tf.Tensor[]): tf.Tensor {
  const definition = findLayerOfBlocks(node.layer)!;
  if (!definition.run) return runLayer(node, inputs, weights);
  const { cases: [attributes] } = readAttributes(definition, Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, { value }])));
  return definition.run(tf, { attributes: attributes as never, inputs, weights: Object.fromEntries(node.weights.map(({ name }, i) => [name, weights[i]!])), output: node.output as number[] });
}

function runLayer(node: GraphNode, inputs: readonly tf.Tensor[], weights: readonly tf.Tensor[]): tf.Tensor {
  const made = layerConfig(node);
  if ('obstacle' in made) throw new Error(made.obstacle);
  const layer = (tf.layers as unknown as Record<string, (config: object) => tf.layers.Layer>)[node.layer]!(made.config);
  const shapes = inputs.map(({ shape }) => shape);
  layer.build(shapes.length === 1 ? shapes[0]! : shapes);
  if (weights.length > 0) layer.setWeights([...weights]);
  layer.built = true;
  return layer.apply(inputs.length === 1 ? inputs[0]! : [...inputs], { training: false }) as tf.Tensor;
}

export function randomInput(shape: readonly number[], random: RandomNumbers): tf.Tensor {
  return tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => 2 * random.next() - 1), [...shape]);
}

export const largestDifference = (a: tf.Tensor, b: tf.Tensor): number => tf.max(tf.abs(tf.sub(a, b))).dataSync()[0]!;
