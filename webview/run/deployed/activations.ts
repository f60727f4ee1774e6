// Which activations TensorFlow.js applies in the pass of a convolution, and which layers are nothing but an activation.
import type { GraphNode } from '../../../src/blocks/graph/block-graph.ts';
import { BlockLayer, type RunnableLayer } from '../make-block-layer.ts';
import type { FusedActivation } from './linear-layer.ts';

const fusable: ReadonlySet<string> = new Set(['linear', 'relu', 'relu6', 'elu', 'sigmoid']);

export const fusedActivation = (name: string): FusedActivation | undefined =>
  fusable.has(name) ? { activation: name as FusedActivation['activation'] } : undefined;

/** An activation by its name, with what it needs. */
export interface Activation {
  readonly name: string;
  readonly fused: FusedActivation | undefined;
}

/** Undefined for other layers. */
export function activationOf({ layer: name, inputs }: GraphNode, layer: RunnableLayer): Activation | undefined {
  if (inputs.length !== 1) return undefined;
  if (layer instanceof BlockLayer) return name === 'activation' ? named(String(layer.attributes['activation'])) : undefined;
  const config = (layer as unknown as { getConfig(): Readonly<Record<string, unknown>> }).getConfig();
  switch (name) {
    case 'activation': return typeof config['activation'] === 'string' ? named(config['activation']) : undefined;
    case 'reLU': return config['maxValue'] === undefined || config['maxValue'] === null ? named('relu') : config['maxValue'] === 6 ? named('relu6') : undefined;
    case 'elu': return config['alpha'] === 1 ? named('elu') : undefined;
    case 'leakyReLU': return { name: 'leakyReLU', fused: { activation: 'leakyrelu', leakyreluAlpha: Number(config['alpha']) } };
    default: return undefined;
  }
}

const named = (name: string): Activation => ({ name, fused: fusedActivation(name) });
