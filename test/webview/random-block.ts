// Random blocks of all layers that can be run: configurations that are right, inputs of every rank, branches, joins, and tensors that several layers take.
import fc from 'fast-check';
import type { BlockGraph, GraphNode } from '../../src/blocks/graph/block-graph.ts';
import type { AttributeValue } from '../../src/blocks/layers/attribute.ts';
import type { BackendName } from '../../src/blocks/protocol/messages.ts';
import type { LayerDefinition } from '../../src/blocks/layers/define-layer.ts';
import { layers, layersOfBlocks } from '../../src/blocks/layers/index.generated.ts';
import { fitsRank } from '../../src/blocks/layers/input-rank.ts';
import { portsOf } from '../../src/blocks/graph/tensors.ts';
import { isRanked, type Shape } from '../../src/blocks/shapes/shape.ts';
import { GraphBuilder, type Config } from '../blocks/graph/build-graph.ts';
import { infer } from '../blocks/layers/inferred.ts';
import { randomConfig } from '../blocks/layers/random-calls.ts';
import type { RandomNumbers } from '../blocks/random-numbers.ts';

/** Layers that are not drawn, with the reason: anywhere, or where they would run on this backend. */
const leftOut: Readonly<Record<'anywhere' | BackendName, Readonly<Record<string, string>>>> = {
  anywhere: {
    randomWidth: 'what comes out has another width in each run',
    centerCrop: 'it takes the nearest pixel, and where that lies between two rounding decides, which differs from backend to backend',
  },
  wasm: {
    conv3dTranspose: 'WebAssembly adds to memory that it has not emptied',
    prelu: 'WebAssembly does not share slopes along axes',
    maxPooling3d: 'WebAssembly takes the maximum over other places where the pool is no cube',
  },
  webgl: {}, webgpu: {}, cpu: {},
};

/** A cell of a recurrent layer does not run by itself in TensorFlow.js. */
export const drawnOn = (backend: BackendName): readonly LayerDefinition[] => [
  ...layers.filter(({ name, inputs, states }) => !Object.hasOwn(leftOut.anywhere, name) && !Object.hasOwn(leftOut[backend], name) && inputs !== 'none' && !states),
  ...layersOfBlocks,
];

/** Layers that take indexes of words, which other layers would change. */
const takesWords = (name: string): boolean => name === 'embedding' || name === 'categoryEncoding';

const mostValues = 4000;

/** A block with the layer whose turn it is, and others that run on this backend. */
export function randomBlock(random: RandomNumbers, turn: number, backend: BackendName): BlockGraph {
  const drawn = drawnOn(backend);
  const draft = new Draft(random, backend);
  const count = random.integer(2, 7);
  const first = random.integer(0, count - 1);
  for (let i = 0; i < count; i++) {
    // Of some layers few configurations fit what is there already.
    const definition = i === first ? drawn[turn % drawn.length]! : random.pick(drawn);
    if (!draft.add(definition) && i === first) draft.add(definition, true);
  }
  return draft.graph();
}

class Draft {
  private readonly build = new GraphBuilder();
  private readonly batch: number;
  /** Nodes by id, with how many tensors each gives after its first. */
  private readonly further = new Map<number, number>();
  private readonly taken = new Set<number>();
  /** Which of the two the block has: a softmax that is given a mask which does not fit is refused by TensorFlow.js, or gives another shape. */
  private apart: 'mask' | 'softmax' | undefined = undefined;

  constructor(private readonly random: RandomNumbers, private readonly backend: BackendName) {
    this.batch = random.integer(1, 2);
  }

  /** False where no configuration was found that is right. */
  add(definition: LayerDefinition, ofItsOwn = false): boolean {
    for (let attempt = 0; attempt < 20; attempt++) {
      const inputs = this.inputsFor(definition, ofItsOwn || attempt > 12);
      if (!inputs) continue;
      const shapes = inputs.map(one => (typeof one === 'number' ? this.build.outputOf(one) : one));
      const [config] = fc.sample(randomConfig(definition, shapes as number[][]), { seed: this.random.integer(0, 2 ** 30), numRuns: 1 }) as [Config];
      const kind = makesMask(definition.name, config) ? 'mask' : definition.name === 'softmax' ? 'softmax' : undefined;
      if (kind && this.apart !== undefined && kind !== this.apart) continue;
      const answer = infer(definition, config, shapes);
      if (answer.problems.some(({ id }) => id !== 'overwrites-input') || cannotRun(definition.name, config, this.backend) || isKnownToBeWrong(config, this.backend) || ![answer.output, ...answer.furtherOutputs].every(isSmall)) continue;
      const from = inputs.map(one => (typeof one === 'number' ? one : this.input(one, definition)));
      const { output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings } = answer;
      const id = this.build.layer(definition.name, config, from, {
        output, furtherOutputs, weights, params, trainableParams, macs, macProducts, workings, ...(definition.vocabulary ? { vocabulary: definition.vocabulary } : {}),
      });
      this.further.set(id, furtherOutputs.length);
      this.apart = kind ?? this.apart;
      for (const one of from) this.taken.add(one);
      return true;
    }
    return false;
  }

  /** What nothing takes comes out, all tensors of it. */
  graph(): BlockGraph {
    const ends = this.nodes().filter(id => !this.taken.has(id)).flatMap(node => Array.from({ length: 1 + this.further.get(node)! }, (_, port) => ({ node, port })));
    const outputPorts = portsOf(ends);
    return { ...this.build.graph(...ends.map(({ node }) => node)), ...(outputPorts ? { outputPorts } : {}) };
  }

  private input(shape: readonly number[], definition: LayerDefinition): number {
    const id = this.build.input(shape);
    if (!takesWords(definition.name)) this.further.set(id, 0);
    return id;
  }

  /** Ids of nodes, or the shapes of inputs that are to be made. */
  private inputsFor(definition: LayerDefinition, fresh: boolean): (number | number[])[] | undefined {
    const { random } = this;
    const first = this.oneFor(definition, fresh || takesWords(definition.name));
    if (definition.inputs !== 'several') return [first];
    const shape = typeof first === 'number' ? this.build.outputOf(first) : first;
    const others = this.nodes().filter(id => JSON.stringify(this.build.outputOf(id)) === JSON.stringify(shape));
    return [first, ...Array.from({ length: random.integer(1, 2) }, () => (others.length > 0 && random.chance(0.6) ? random.pick(others) : [...shape as readonly number[]]))];
  }

  private oneFor({ rank, vocabulary }: LayerDefinition, fresh: boolean): number | number[] {
    const { random } = this;
    const fits = this.nodes().filter(id => {
      const shape = this.build.outputOf(id);
      return isRanked(shape) && (rank === undefined || fitsRank(rank, shape.length)) && (vocabulary === undefined || shape.length === 4);
    });
    if (!fresh && fits.length > 0 && random.chance(0.85)) return random.pick(fits);
    const ranks = [2, 3, 4, 5].filter(one => (vocabulary ? one === 4 : rank === undefined || fitsRank(rank, one)));
    const dims = random.pick(ranks) - 1;
    return [this.batch, ...Array.from({ length: dims }, () => random.integer(1, dims > 3 ? 5 : 8))];
  }

  private nodes(): number[] {
    return [...this.further.keys()];
  }
}

const isSmall = (shape: Shape): boolean =>
  isRanked(shape) && shape.every(dim => typeof dim === 'number' && Number.isInteger(dim) && dim > 0) && (shape as readonly number[]).reduce((a, b) => a * b, 1) <= mostValues;

/** TensorFlow.js turns a sequence of images round on few backends. */
const cannotRun = (layer: string, { goBackwards }: Readonly<Record<string, AttributeValue>>, backend: BackendName): boolean =>
  layer === 'convLstm2d' && Boolean(goBackwards) && backend !== 'cpu';

/** Over channels that come first plain JavaScript and WebAssembly normalize wrongly. */
export const normalizesFirstChannels = ({ nodes }: BlockGraph): boolean => nodes.some(({ attributes: { axis } }) => [axis].flat().includes(1));

/** Gates of a recurrent layer that stay within bounds: with others its states can grow from step to step until they are no numbers. */
const bounded: ReadonlySet<AttributeValue> = new Set(['sigmoid', 'hardSigmoid', 'tanh', 'softsign', 'softmax']);

/**
 * Over channels that come first several backends compute wrongly, and a variance below an epsilon that is negative has no root. WebAssembly takes other
 * places than plain JavaScript where a window that is padded moves on by more than its own size.
 */
const isKnownToBeWrong = ({ dataFormat, epsilon, padding, strides, kernelSize, recurrentActivation }: Readonly<Record<string, AttributeValue>>, backend: BackendName): boolean =>
  dataFormat === 'channelsFirst' || Number(epsilon) < 0 || (recurrentActivation !== undefined && !bounded.has(recurrentActivation)) || (backend === 'wasm' && padding === 'same' && largest(strides) > smallest(kernelSize));

const largest = (sizes: AttributeValue | undefined): number => Math.max(...[sizes ?? 1].flat().map(Number));
const smallest = (sizes: AttributeValue | undefined): number => Math.min(...[sizes ?? Infinity].flat().map(Number));

export const makesMask = (layer: string, { maskZero }: Readonly<Record<string, AttributeValue>>): boolean => layer === 'masking' || Boolean(maskZero);

export const textOf = ({ nodes }: BlockGraph): string =>
  nodes.map(({ id, layer, vocabulary, attributes, inputs }: GraphNode) => `${id} = ${vocabulary ?? 'tf'} ${layer} ${JSON.stringify(attributes)}(${inputs.join(', ')})`).join('; ');
