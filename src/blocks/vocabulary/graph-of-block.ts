// The graph of a block on an input: layers are inferred one by one, in the order in which they are written.
import type { BlockGraph, CallPath, GraphNode, Group } from '../graph/block-graph.ts';
import type { AttributeValue } from '../layers/attribute.ts';
import { inferLayer, type LayerProblem } from '../layers/infer.ts';
import type { DataFormat } from '../layers/layout.ts';
import { configuredLayer } from '../layers/memo.ts';
import { describe } from '../layers/read-attributes.ts';
import { findLayer, findLayerOfBlocks, namesOfLayersOfBlocks } from '../layers/registry.ts';
import { similarName } from '../layers/similar-name.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import { unknown } from '../shapes/dim.ts';
import { contradicts, type Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { inputMismatch } from '../problems/input-mismatch.ts';
import { blockTooLarge } from '../problems/block-too-large.ts';
import { unknownLayer } from '../problems/unknown-layer.ts';
import { layoutAttributes } from './layout.ts';
import { kindOf, mostLayers, mostNested, type Block, type BlockInput, type Branches, type Residual, type Setting, type Settings } from './block.ts';

export interface BlockOptions {
  /** The batch first; where the channels stand, `dataFormat` says. */
  readonly input: Shape;
  /** Channels last by default. */
  readonly dataFormat?: DataFormat;
}

export interface BuiltBlock {
  readonly graph: BlockGraph;
  readonly output: Shape;
  /** With the node that each is found at. */
  readonly problems: readonly (LayerProblem & { readonly node: number })[];
}

/** Never throws: what is wrong with a layer is a problem, and what follows from it unknown. */
export function graphOfBlock(block: Block, options: BlockOptions): BuiltBlock {
  const builder = new Builder(options);
  const output = builder.add(block, builder.input, 0);
  return builder.built(output);
}

/** No text has it: the block was made by a function of the library. */
const nowhere: Location = { file: '', start: 0, end: 0 };
const noCalls: CallPath = [];
const nothingAssumed: readonly string[] = [];

class Builder {
  readonly input: number;
  private readonly nodes: GraphNode[] = [];
  private readonly groups: Group[] = [{ id: 0, parent: null, kind: 'block', name: '', at: nowhere }];
  private readonly problems: (LayerProblem & { readonly node: number })[] = [];
  private readonly dataFormat: DataFormat;
  private group = 0;

  constructor({ input, dataFormat = 'channelsLast' }: BlockOptions) {
    this.dataFormat = dataFormat;
    this.input = this.addInput(input);
  }

  built(output: number): BuiltBlock {
    const graph: BlockGraph = { nodes: this.nodes, groups: this.groups, inputs: [this.input], outputs: [output] };
    return { graph, output: this.shapeOf(output), problems: this.problems };
  }

  /** The node that gives what comes out of a block. */
  add(block: Block, input: number, depth: number): number {
    if (depth > mostNested || this.nodes.length > mostLayers) return this.addUnknown('block', [input], describe(blockTooLarge, { nested: mostNested, layers: mostLayers }));
    const what = kindOf(block);
    switch (what.kind) {
      case 'input': return this.checkInput(what.input, input);
      case 'layer': return this.addLayer(what.layer, what.settings, [input]);
      case 'sequence': return this.addAll(what.sequential, input, depth);
      case 'residual': return this.addResidual(what, input, depth);
      case 'branches': return this.addBranches(what, input, depth);
      case 'block': return this.within(what.block, () => this.addAll(what.layers, input, depth));
    }
  }

  /** It is there already; what the block says of it has to agree. */
  private checkInput({ shape }: BlockInput, input: number): number {
    const given = this.shapeOf(input);
    if (contradicts(given, shape)) this.problems.push({ ...describe(inputMismatch, { given, expected: shape }), node: input });
    return input;
  }

  private addAll(blocks: readonly Block[], input: number, depth: number): number {
    return blocks.reduce((tensor, block) => this.add(block, tensor, depth + 1), input);
  }

  private addResidual({ residual, shortcut }: Residual, input: number, depth: number): number {
    const body = this.addAll(residual, input, depth);
    const beside = shortcut ? this.within('shortcut', () => this.addAll(shortcut, input, depth)) : input;
    return this.addLayer('add', {}, [body, beside]);
  }

  private addBranches({ branches, merge, split }: Branches, input: number, depth: number): number {
    const ends = branches.map((branch, index) => {
      const start = split ? this.addLayer('sliceChannels', { shares: branches.length, index }, [input]) : input;
      return this.addAll(branch, start, depth);
    });
    return this.addLayer(merge, {}, ends.length > 0 ? ends : [input]);
  }

  private within(name: string, work: () => number): number {
    const outer = this.group;
    this.group = this.groups.length;
    this.groups.push({ id: this.group, parent: outer, kind: 'function', name, at: nowhere });
    try {
      return work();
    } finally {
      this.group = outer;
    }
  }

  private addInput(shape: Shape): number {
    const definition = findLayer('inputLayer')!;
    return this.addNode(definition, {}, [], { ...inferLayer(definition, {}, []), output: shape, params: 0, trainableParams: 0, macs: 0 });
  }

  private addLayer(name: string, settings: Settings, inputs: readonly number[]): number {
    const definition = findLayerOfBlocks(name);
    if (!definition) return this.addUnknown(name, inputs, describe(unknownLayer, { layer: name, suggestion: similarName(name, namesOfLayersOfBlocks) }));
    const attributes = { ...layoutAttributes(definition, this.shapeOf(inputs[0]!), this.dataFormat), ...(settings as Record<string, AttributeValue & Setting>) };
    const given = Object.fromEntries(Object.entries(attributes).map(([key, value]) => [key, { value }]));
    // Networks repeat their blocks: most layers have been asked the same before.
    const configured = configuredLayer(definition, given);
    const inference = configured.infer(inputs.map(id => this.shapeOf(id)));
    const id = this.addNode(definition, attributes, inputs, inference);
    for (const problem of [...configured.problems(), ...inference.problems]) this.problems.push({ ...problem, node: id });
    return id;
  }

  /** In the place of what cannot be built: neither its shape nor its figures are known. */
  private addUnknown(layer: string, inputs: readonly number[], problem: LayerProblem): number {
    const reason = unknown(problem.message);
    const id = this.addNode({ name: layer }, {}, inputs, {
      output: reason, furtherOutputs: [], weights: [], params: reason, trainableParams: reason, macs: reason, macProducts: [], workings: [],
    });
    // Of a block without an end one is enough.
    if (!this.problems.some(other => other.message === problem.message)) this.problems.push({ ...problem, node: id });
    return id;
  }

  private addNode(definition: Pick<LayerDefinition, 'name' | 'vocabulary'>, attributes: Readonly<Record<string, AttributeValue>>, inputs: readonly number[], inference: Omit<ReturnType<typeof inferLayer>, 'problems' | 'states'>): number {
    const id = this.nodes.length;
    const { output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings } = inference;
    const node: GraphNode = {
      id, layer: definition.name, attributes, inputs, output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings,
      weightsKey: id, at: nowhere, callPath: noCalls, group: this.group, assumed: nothingAssumed, optional: false,
    };
    this.nodes.push(definition.vocabulary ? { ...node, vocabulary: definition.vocabulary } : node);
    return id;
  }

  private shapeOf(id: number): Shape {
    return this.nodes[id]!.output;
  }
}
