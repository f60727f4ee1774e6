// What TensorFlow.js says of the layers of a model that it has read.
import * as tf from '@tensorflow/tfjs';
import type { Figures } from './figures.ts';

/** In the order of the file: each model with what is in it behind it. */
export function tensorFlowFigures(model: tf.LayersModel): Figures[] {
  return model.layers.flatMap(layer => {
    const isModel = layer instanceof tf.LayersModel;
    const [first] = layer.inboundNodes[0]!.outputShapes;
    const output = Array.from((Array.isArray(first) ? first : layer.inboundNodes[0]!.outputShapes) as (number | null)[], dim => dim ?? null);
    const trainable = layer.trainableWeights.reduce((sum, { shape }) => sum + (shape as number[]).reduce((a, b) => a * b, 1), 0);
    return [{ name: layer.name, output, params: layer.countParams(), trainable }, ...(isModel ? tensorFlowFigures(layer) : [])];
  });
}
