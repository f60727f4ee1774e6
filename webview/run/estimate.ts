// How large a run will be, before anything is allocated: a block that is too large is refused with numbers instead of
// taking the GPU, and with it the editor, down.
import { shortCount } from '../../src/blocks/features/figures.ts';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { peakBytes } from '../../src/blocks/graph/peak-memory.ts';
import { totalsOf } from '../../src/blocks/graph/totals.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import { isKnown, productOfDims } from '../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../src/blocks/shapes/shape.ts';
import { bytes } from '../format.ts';
import type { Backend } from './backends.ts';
import { trainingBytes } from './training-memory.ts';
import { unfoldedBytes, workSpace } from './work-space.ts';

export interface Estimate {
  /** Of one execution with the whole batch. */
  readonly macs: number;
  /** Weights and the tensors that are alive at once at the worst moment, with what layers need while they run. */
  readonly bytes: number;
  /** What the backend takes for that: WebGL keeps tensors in several forms. */
  readonly taken: number;
  /** The number of values in the largest tensor. */
  readonly largestTensor: number;
  readonly layers: number;
  readonly verdict: 'run' | 'ask' | 'refuse';
  /** Why it is asked or refused. */
  readonly sentence: string;
}

export interface Device {
  readonly backend: BackendName;
  readonly software: boolean;
  /** The longest side of a texture; undefined where there are none. */
  readonly maxTextureSize?: number;
  /** The most bytes that a tensor can have; undefined where nothing but the memory limits it. */
  readonly maxBufferBytes?: number;
}

export const deviceOf = ({ name, software, maxTextureSize, maxBufferBytes }: Backend): Device =>
  ({ backend: name, software, ...(maxTextureSize ? { maxTextureSize } : {}), ...(maxBufferBytes ? { maxBufferBytes } : {}) });

const ASK_MS = 5_000;
const REFUSE_MS = 30_000;

interface MemoryLimits {
  /** Bytes that are taken without asking, and those that are not taken at all. */
  readonly ask: number;
  readonly refuse: number;
}

/** A GPU has memory of its own, and what lies in textures can be several times as much as the tensors. */
export const memoryLimits = (backend: BackendName): MemoryLimits => (backend === 'webgl' ? { ask: 750e6, refuse: 3e9 } : { ask: 256e6, refuse: 1e9 });

/**
 * How many bytes a backend takes for one of a tensor, on the whole, measured on 21 blocks. On WebGL weights lie in the form that was sent to the GPU, the one it was
 * put into there, and packed ones: dense layers and convolutions take 4.6 to 5 times their weights, large activations 1.1 to 2 times, and very small ones more. WebGPU
 * gets no buffer back before it has submitted what uses it, which is some operations later. Of what a training step keeps less comes to be alive at once than in plain JavaScript.
 */
const TAKEN: Readonly<Record<BackendName, { readonly weights: number; readonly forward: number; readonly training: number }>> = {
  webgl: { weights: 5, forward: 1.5, training: 1.2 }, webgpu: { weights: 1, forward: 1.5, training: 0.8 }, wasm: { weights: 1, forward: 1, training: 1 }, cpu: { weights: 1, forward: 1, training: 1 },
};

const ASK_LAYERS = 1000;

/**
 * Multiply-accumulates per millisecond that a block can count on, on the slow side of what was measured. Only for
 * deciding whether to ask; never shown as a result.
 */
const MACS_PER_MS: Readonly<Record<BackendName, number>> = { webgpu: 50e6, webgl: 50e6, wasm: 10e6, cpu: 0.4e6 };
const EMULATED_MACS_PER_MS: Readonly<Partial<Record<BackendName, number>>> = { webgpu: 0.3e6, webgl: 2e6 };

export const macsPerMs = (backend: BackendName, software: boolean): number => (software ? EMULATED_MACS_PER_MS[backend] : undefined) ?? MACS_PER_MS[backend];

/** How many times as long as a run forward a training step takes: 5 to 25 times was measured, because the kernels of gradients are plainer. */
const TRAINING_STEP = 15;

/** `graph` has no free dims left; a node of unknown size counts nothing, because it cannot be run anyway. */
export function estimate(graph: BlockGraph, device: Device, training = false): Estimate {
  const batch = batchOf(graph);
  const perExample = totalsOf(graph.nodes).macs;
  const macs = isKnown(perExample) ? perExample * batch : 0;
  const weights = asNumber(totalsOf(graph.nodes).params) * 4;
  const forward = peakBytes(graph, node => workSpace(node, graph, device.backend));
  const kept = training ? trainingBytes(graph) : 0;
  const taken = TAKEN[device.backend];
  const memory = { bytes: weights + Math.max(forward, kept), taken: taken.weights * weights + Math.max(taken.forward * forward, taken.training * kept) };
  const largestTensor = Math.max(0, ...graph.nodes.flatMap(node => [sizeOf(node), ...node.weights.map(weight => asNumber(productOfDims(weight.shape)))]));
  const largestMatrix = Math.max(0, ...graph.nodes.map(node => unfoldedBytes(node, graph) / 4));
  const speed = macsPerMs(device.backend, device.software) / (training ? TRAINING_STEP : 1);
  return { macs, ...memory, largestTensor, layers: graph.nodes.length, ...judge(macs, memory.taken, { largestTensor, largestMatrix }, graph.nodes.length, speed, device, training) };
}

function judge(
  macs: number, memory: number, { largestTensor: largest, largestMatrix }: { readonly largestTensor: number; readonly largestMatrix: number }, layers: number, speed: number, device: Device, training: boolean,
): { verdict: Estimate['verdict']; sentence: string } {
  const ms = macs / speed;
  const limits = memoryLimits(device.backend);
  const where = device.software ? 'a software renderer' : device.backend;
  const cost = `${training ? 'A training step takes' : 'One run takes'} ≈ ${shortCount(macs)} MACs${training ? ' forward' : ''} and ≈ ${bytes(memory)} of ${MEMORY[device.backend]}`;
  const time = `at the ${shortCount(speed * 1000)} MACs/s that ${where} manages at the least, ${seconds(ms)}`;
  if (device.maxTextureSize !== undefined && largest > device.maxTextureSize ** 2) {
    const side = device.maxTextureSize;
    return { verdict: 'refuse', sentence: `A tensor of ${shortCount(largest)} values does not fit into a texture of this GPU (${side}×${side}). Choose smaller sizes.` };
  }
  // Such a matrix is packed: four values lie in one place of a texture.
  if (device.maxTextureSize !== undefined && largestMatrix > 4 * device.maxTextureSize ** 2) {
    const side = device.maxTextureSize;
    return { verdict: 'refuse', sentence: `A convolution unfolds its input into a matrix of ${shortCount(largestMatrix)} values, which does not fit into a texture of this GPU (${side}×${side}). Choose smaller sizes.` };
  }
  if (device.maxBufferBytes !== undefined && largest * 4 > device.maxBufferBytes) {
    return { verdict: 'refuse', sentence: `A tensor of ${shortCount(largest)} values does not fit into a buffer of this GPU (${bytes(device.maxBufferBytes)}). Choose smaller sizes.` };
  }
  if (ms > REFUSE_MS) return { verdict: 'refuse', sentence: `${cost}: ${time}, which is over the limit of ${seconds(REFUSE_MS)}. Choose smaller sizes.` };
  if (memory > limits.refuse) return { verdict: 'refuse', sentence: `${cost}, which is over the limit of ${bytes(limits.refuse)}. Choose smaller sizes.` };
  if (ms > ASK_MS) return { verdict: 'ask', sentence: `${cost}: ${time}, and it is repeated several times.` };
  if (memory > limits.ask) return { verdict: 'ask', sentence: `${cost}.` };
  if (layers > ASK_LAYERS) return { verdict: 'ask', sentence: `The block has ${layers} layers, each of which is measured.` };
  return { verdict: 'run', sentence: '' };
}

/** What the tensors of a backend lie in. */
export const MEMORY: Readonly<Record<BackendName, string>> = { webgl: 'textures', webgpu: 'GPU buffers', wasm: 'memory', cpu: 'memory' };

const seconds = (ms: number): string => `${ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s`;

/** MACs are counted for one example; the batch of the first input multiplies them. */
function batchOf(graph: BlockGraph): number {
  const output = graph.nodes[graph.inputs[0] ?? 0]?.output;
  return output && isRanked(output) && isKnown(output[0] ?? null) ? (output[0] as number) : 1;
}

const sizeOf = (node: GraphNode): number => (isRanked(node.output) ? asNumber(productOfDims(node.output)) : 0);

const asNumber = (dim: unknown): number => (typeof dim === 'number' && Number.isFinite(dim) ? dim : 0);
