// What a rule of an export to Python reads of a node: its attributes as plain values, and the shapes around it.
import type { BlockGraph, GraphNode } from '../../graph/block-graph.ts';
import { shapesInto } from '../../graph/tensors.ts';
import { formatValue, isAlternatives, isInnerLayer, isOpaque } from '../../layers/attribute.ts';
import type { DataFormat } from '../../layers/layout.ts';
import { readAttributes, type Case } from '../../layers/read-attributes.ts';
import { findLayer, findLayerOfBlocks } from '../../layers/registry.ts';
import { isSymbolic, isUnknown } from '../../shapes/dim.ts';
import { CannotExport } from '../cannot-export.ts';
import { knownShape } from '../known-facts.ts';

export type KnownShape = readonly (number | null)[];

/** What a layer that is exported does not take over because it changes nothing of what it computes, or is said elsewhere. */
const harmless = new Set(['name', 'inputShape', 'batchInputShape', 'batchSize', 'shape', 'batchShape', 'dtype', 'inputDType', 'trainable', 'updatable', 'inputDim', 'inputLength', 'implementation', 'unroll']);

export class NodeFacts {
  readonly layer: string;
  readonly inputs: readonly KnownShape[];
  readonly output: KnownShape;
  /** Whether the layer is one of block definitions, and not of tf.layers. */
  readonly ofBlocks: boolean;
  private readonly read = new Set<string>();
  private readonly inside: NodeFacts[] = [];
  private readonly attributes: Case;

  /** `nonNegative`: no value that goes in is below zero. */
  constructor(private readonly node: Pick<GraphNode, 'id' | 'layer' | 'attributes' | 'vocabulary'>, inputs: readonly KnownShape[], output: KnownShape, readonly nonNegative: boolean) {
    this.layer = node.layer;
    this.inputs = inputs;
    this.output = output;
    this.ofBlocks = node.vocabulary === 'blocks';
    const definition = this.ofBlocks ? findLayerOfBlocks(node.layer) : findLayer(node.layer);
    if (!definition) throw new CannotExport(`${node.layer} is not a layer of tf.layers: Blockscope knows its figures, and not what it computes.`, node.id);
    const { cases: [attributes, another] } = readAttributes(definition, Object.fromEntries(Object.entries(node.attributes).map(([name, value]) => [name, { value }])));
    if (!attributes || another) this.refuse('its configuration is not fully known');
    this.attributes = attributes;
  }

  static of(graph: BlockGraph, node: GraphNode, nonNegative: readonly boolean[]): NodeFacts {
    const inputs = shapesInto(node, graph.nodes).map(shape => knownShape(shape, node));
    return new NodeFacts(node, inputs, knownShape(node.output, node), node.inputs.every(id => nonNegative[id]));
  }

  /** The shape of the first tensor that goes in. */
  get input(): KnownShape {
    return this.inputs[0]!;
  }

  get rank(): number {
    return this.input.length;
  }

  get dataFormat(): DataFormat {
    return this.value('dataFormat') === 'channelsFirst' ? 'channelsFirst' : 'channelsLast';
  }

  /** A dim of the input that has to be a number. */
  inputDim(axis: number): number {
    const dim = this.input.at(axis);
    return typeof dim === 'number' ? dim : this.refuse('a dim that its weights depend on is left open');
  }

  number(name: string): number {
    const value = this.value(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : this.refuse(`${name} is no number`);
  }

  /** Undefined where it is not given and has no default. */
  optionalNumber(name: string): number | undefined {
    return this.value(name) == null ? undefined : this.number(name);
  }

  numbers(name: string): readonly number[] {
    const value = this.value(name);
    return Array.isArray(value) && value.every(one => typeof one === 'number') ? value as readonly number[] : this.refuse(`${name} is no list of numbers`);
  }

  flag(name: string): boolean {
    return this.value(name) === true;
  }

  text(name: string): string {
    const value = this.value(name);
    return typeof value === 'string' ? value : this.refuse(`${name} is no text`);
  }

  /** An activation by its name; `linear` where there is none. */
  activation(name = 'activation'): string {
    const value = this.value(name);
    return value == null ? 'linear' : this.text(name);
  }

  has(name: string): boolean {
    return this.value(name) != null;
  }

  /** Of the layer that a wrapper is around, as if it had what the wrapper is given. */
  inner(name: string): NodeFacts {
    this.read.add(name);
    const raw = this.node.attributes[name];
    if (raw === undefined || !isInnerLayer(raw)) return this.refuse(`${name} is not one layer`);
    const facts = new NodeFacts({ id: this.node.id, layer: raw.layer, attributes: raw.attributes }, this.inputs, this.output, false);
    this.inside.push(facts);
    return facts;
  }

  /** As it was read; refuses what is not known, also where neither shape nor weights depend on it. */
  value(name: string): unknown {
    this.read.add(name);
    const raw = this.node.attributes[name];
    if (raw !== undefined && raw !== null) {
      if (isUnknown(raw)) this.refuse(`${name} is not known: ${raw.reason}`);
      if (isSymbolic(raw) || isAlternatives(raw) || isOpaque(raw)) this.refuse(`${name} is ${formatValue(raw)}`);
    }
    return this.attributes[name];
  }

  /** What is set and was not read: an export says that it is left out. */
  leftOut(): readonly string[] {
    const own = Object.entries(this.node.attributes).filter(([name, value]) => value != null && !harmless.has(name) && !this.read.has(name)).map(([name]) => name);
    return [...own, ...this.inside.flatMap(facts => facts.leftOut())];
  }

  refuse(why: string): never {
    throw new CannotExport(`${this.node.layer} cannot be exported: ${why}.`, this.node.id);
  }
}
