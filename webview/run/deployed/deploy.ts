// A block as it would be deployed: with batch normalization folded into the kernels, activations applied in the same pass, and without
// what does nothing once a network is trained.
import * as tf from '../tensorflow.ts';
import type { GraphNode } from '../../../src/blocks/graph/block-graph.ts';
import { tensorsInto, type TensorOfNode } from '../../../src/blocks/graph/tensors.ts';
import type { BackendName } from '../../../src/blocks/protocol/messages.ts';
import { stepOf } from '../as-written.ts';
import type { BuiltBlock } from '../built-block.ts';
import { BlockLayer } from '../make-block-layer.ts';
import { masksOf, type Masks } from '../masks.ts';
import type { Step } from '../step.ts';
import { activationOf, fusedActivation, type Activation } from './activations.ts';
import { foldNormalization, type NormalizationLayer } from './fold-normalization.ts';
import { linearLayer, type FusedActivation, type LinearLayer, type Padding } from './linear-layer.ts';
import { onePass, type OnePassName } from './one-pass.ts';
import { poolImage } from './pool-image.ts';

export interface Deployment {
  readonly steps: readonly Step[];
  /** Frees the kernels that were folded. */
  dispose(): void;
}

/** `block` is built on the backend that is running. */
export const asDeployed = (block: BuiltBlock, backend: BackendName): Deployment => new Deployer(block, backend).deploy();

/** Layers that do nothing when a network is not trained. */
const idle: ReadonlySet<string> = new Set(['dropout', 'spatialDropout1d', 'gaussianNoise', 'gaussianDropout', 'alphaDropout', 'stochasticDepth']);

class Deployer {
  private readonly steps: Step[] = [];
  private readonly folded: tf.Tensor[] = [];
  private readonly done = new Set<number>();
  /** What stands for the tensor of a node that has no step. */
  private readonly instead = new Map<number, TensorOfNode>();
  private readonly users = new Map<number, GraphNode[]>();
  private readonly masks: Masks;

  constructor(private readonly block: BuiltBlock, private readonly backend: BackendName) {
    this.masks = masksOf(block);
    for (const node of block.graph.nodes) for (const input of node.inputs) this.users.set(input, [...this.users.get(input) ?? [], node]);
  }

  deploy(): Deployment {
    for (const node of this.masks.order) {
      if (this.done.has(node.id)) continue;
      if (!this.skip(node) && !this.pad(node) && !this.linear(node) && !this.activate(node) && !this.add(node) && !this.pool(node)) this.alone(node);
    }
    const { folded } = this;
    return { steps: this.steps, dispose: () => { for (const tensor of folded) tensor.dispose(); } };
  }

  /** The one node that alone takes what another gives; undefined where there are more, or where it comes out of the block. */
  private next({ id, furtherOutputs }: GraphNode): GraphNode | undefined {
    const users = this.users.get(id) ?? [];
    return users.length === 1 && furtherOutputs.length === 0 && !this.block.graph.outputs.includes(id) ? users[0] : undefined;
  }

  private inputsOf(node: GraphNode): TensorOfNode[] {
    return this.insteadOf(tensorsInto(node));
  }

  private insteadOf(tensors: readonly TensorOfNode[]): TensorOfNode[] {
    return tensors.map(tensor => this.instead.get(tensor.node) ?? tensor);
  }

  /** The tensors of the last of the nodes, which all others only lead to. */
  private addStep(nodes: readonly GraphNode[], inputs: readonly TensorOfNode[], compute: Step['compute']): true {
    this.steps.push({ node: nodes.at(-1)!, covers: nodes.map(({ id }) => id), inputs, compute });
    for (const { id } of nodes) this.done.add(id);
    return true;
  }

  private alone(node: GraphNode): void {
    const step = stepOf(node, this.block, this.masks.of(node));
    this.steps.push({ ...step, inputs: this.insteadOf(step.inputs) });
    this.done.add(node.id);
  }

  private skip(node: GraphNode): boolean {
    if (!idle.has(node.layer) || node.inputs.length !== 1 || this.block.graph.outputs.includes(node.id)) return false;
    this.instead.set(node.id, this.inputsOf(node)[0]!);
    this.done.add(node.id);
    return true;
  }

  /** Zeros around an image that only a convolution without padding of its own takes. */
  private pad(node: GraphNode): boolean {
    const margins = node.layer === 'zeroPadding2d' ? this.marginsOf(node) : undefined;
    const user = margins && this.next(node);
    const layer = user && user.inputs.length === 1 ? linearLayer(user, this.block.layerOf(user)) : undefined;
    return layer?.takesPadding === true && this.fuse(layer, [node, user!], this.inputsOf(node), margins);
  }

  private marginsOf(node: GraphNode): Padding | undefined {
    const { padding, dataFormat } = this.block.layerOf(node) as unknown as { readonly padding: [[number, number], [number, number]]; readonly dataFormat: string };
    return dataFormat === 'channelsLast' ? padding : undefined;
  }

  private linear(node: GraphNode): boolean {
    const layer = linearLayer(node, this.block.layerOf(node));
    return layer !== undefined && this.fuse(layer, [node], this.inputsOf(node));
  }

  /** The kernel with what follows it alone: a normalization, then an activation. */
  private fuse(layer: LinearLayer, before: readonly GraphNode[], inputs: readonly TensorOfNode[], padding?: Padding): true {
    const nodes = [...before];
    let { kernel, bias } = layer;
    let activation: Activation = { name: layer.activation, fused: fusedActivation(layer.activation) };
    const normalization = activation.name === 'linear' ? this.normalizationAfter(nodes.at(-1)!) : undefined;
    if (normalization) {
      nodes.push(normalization.node);
      ({ kernel, bias } = foldNormalization(layer, normalization.layer));
      this.folded.push(kernel, bias);
    }
    const following = activation.name === 'linear' ? this.next(nodes.at(-1)!) : undefined;
    const applied = following && activationOf(following, this.block.layerOf(following));
    if (applied && (applied.fused || onePassOf(applied.name, following, this.block))) {
      nodes.push(following);
      activation = applied;
    }
    const fused: FusedActivation = activation.fused ?? { activation: 'linear' };
    const own = nodes.at(-1)!;
    const after = activation.fused ? undefined : onePassOf(activation.name, own, this.block);
    // An activation of the layer itself that is neither fused nor known here is the layer's own business.
    if (!activation.fused && !after) return this.addStep(before, inputs, this.withPadding(before, padding));
    const { backend } = this;
    return this.addStep(nodes, inputs, ([x]) => {
      const y = layer.compute(x!, kernel, bias, fused, padding);
      return after ? onePass(after, backend, y) : y;
    });
  }

  /** The layer as it is, behind the padding that it was to take over. */
  private withPadding(nodes: readonly GraphNode[], padding: Padding | undefined): Step['compute'] {
    const steps = (padding ? nodes : nodes.slice(-1)).map(node => stepOf(node, this.block));
    return inputs => steps.reduce<readonly tf.Tensor[]>((values, { compute }) => [compute(values)].flat() as readonly tf.Tensor[], inputs);
  }

  private normalizationAfter(node: GraphNode): { readonly node: GraphNode; readonly layer: NormalizationLayer } | undefined {
    const following = this.next(node);
    if (following?.layer !== 'batchNormalization' || !Array.isArray(following.output)) return undefined;
    const layer = this.block.layerOf(following) as unknown as NormalizationLayer;
    const { length } = following.output;
    return (layer.axis + length) % length === length - 1 ? { node: following, layer } : undefined;
  }

  private activate(node: GraphNode): boolean {
    const applied = activationOf(node, this.block.layerOf(node));
    const name = applied && onePassOf(applied.name, node, this.block);
    const { backend } = this;
    return name !== undefined && this.addStep([node], this.inputsOf(node), ([x]) => onePass(name, backend, x!));
  }

  /** Two tensors of one shape, with the activation of their sum if there is one. What is fused neither takes nor makes a mask. */
  private add(node: GraphNode): boolean {
    const [a, b] = node.inputs;
    if (node.layer !== 'add' || node.inputs.length !== 2 || a === b || this.masks.of(node).madeOf || !this.areAlike(node)) return false;
    const following = this.next(node);
    const applied = following && activationOf(following, this.block.layerOf(following));
    const name = applied && addAnd[applied.name];
    const { backend } = this;
    if (!following || !name) return this.addStep([node], this.inputsOf(node), ([x, y]) => tf.add(x!, y!));
    return this.addStep([node, following], this.inputsOf(node), ([x, y]) => onePass(name, backend, x!, y!));
  }

  private areAlike({ inputs, inputPorts }: GraphNode): boolean {
    const shapes = inputs.map(id => JSON.stringify(this.block.graph.nodes[id]!.output));
    return inputPorts === undefined && shapes.every(shape => shape === shapes[0]);
  }

  private pool(node: GraphNode): boolean {
    if (node.layer !== 'globalAveragePooling2d') return false;
    const layer = this.block.layerOf(node);
    if (layer instanceof BlockLayer || (layer as unknown as { readonly dataFormat: string }).dataFormat !== 'channelsLast') return false;
    const { backend } = this;
    return this.addStep([node], this.inputsOf(node), ([x]) => poolImage(x as tf.Tensor4D, backend));
  }
}

const addAnd: Readonly<Record<string, OnePassName>> = { relu: 'addRelu', relu6: 'addRelu6' };

/** Activations that take several passes otherwise. The hard sigmoid of tf.layers is another one. */
function onePassOf(name: string, node: GraphNode, block: BuiltBlock): OnePassName | undefined {
  if (name === 'swish' || name === 'silu') return 'silu';
  const ofBlocks = block.layerOf(node) instanceof BlockLayer;
  return ofBlocks && (name === 'hardSwish' || name === 'hardSigmoid') ? name : undefined;
}
