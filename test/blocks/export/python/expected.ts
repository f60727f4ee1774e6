// The operations that an export of a graph has to have, worked out of its nodes by themselves.
import type { BlockGraph, GraphNode } from '../../../../src/blocks/graph/block-graph.ts';
import { shapesInto, tensorsInto } from '../../../../src/blocks/graph/tensors.ts';
import { nonNegativeNodes } from '../../../../src/blocks/export/non-negative.ts';
import { perAxis, product, sameMargins, Trace, withPad, type Pad, type Tensor } from './trace.ts';

export type Target = 'pytorch' | 'keras';

/** All dims of the graph have to be numbers. */
export function expectedOperations(graph: BlockGraph, target: Target): Trace {
  const trace = new Trace();
  const tensors: Tensor[][] = [];
  const nonNegative = nonNegativeNodes(graph);
  for (const node of graph.nodes) {
    const outputs = [node.output, ...node.furtherOutputs] as readonly (readonly number[])[];
    if (node.inputs.length === 0) {
      tensors[node.id] = [{ shape: outputs[0]!, axes: outputs[0]!.map((_, i) => i), from: -1 - graph.inputs.indexOf(node.id) }];
      continue;
    }
    const inputs = tensorsInto(node).map(({ node: id, port }) => tensors[id]![port]!);
    const made = new NodeOperations(trace, node, inputs, outputs[0]!, target, node.inputs.every(id => nonNegative[id])).add();
    tensors[node.id] = outputs.map(shape => ({ shape, axes: shape.map((_, i) => i), from: made.from, ...(made.pad ? { pad: made.pad } : {}) }));
    // Shapes of all that goes in are those of the graph.
    shapesInto(node, graph.nodes).forEach((shape, i) => { if (inputs[i]!.shape.join() !== (shape as readonly number[]).join()) throw new Error(`${node.layer}: an edge leads elsewhere`); });
  }
  return trace;
}

class NodeOperations {
  private readonly x: Tensor;

  constructor(
    private readonly trace: Trace, private readonly node: GraphNode, private readonly inputs: readonly Tensor[], private readonly output: readonly number[], private readonly target: Target,
    private readonly nonNegative: boolean,
  ) {
    this.x = inputs[0]!;
  }

  add(): Tensor {
    const { layer } = this.node;
    switch (layer) {
      case 'conv1d': case 'conv2d': case 'conv3d': return this.activated(this.convolution(this.get('filters') as number, this.node.vocabulary ? this.get('groups', 1) as number : 1, true));
      case 'depthwiseConv2d': return this.activated(this.convolution(this.channels() * (this.get('depthMultiplier', 1) as number), this.channels(), false));
      case 'separableConv2d': return this.activated(this.separable());
      case 'dense': return this.activated(this.one('dense', { bias: this.get('useBias', true) }));
      case 'batchNormalization': {
        const axis = this.get('axis', -1) as number;
        return this.one('batch norm', {
          axis: axis < 0 ? axis + this.x.shape.length : axis, eps: this.get('epsilon', 0.001), momentum: this.get('momentum', 0.99), scale: this.get('scale', true), center: this.get('center', true),
        });
      }
      case 'layerNormalization':
        return this.one('layer norm', {
          axes: [this.get('axis', -1)].flat().map(axis => ((axis as number) < 0 ? (axis as number) + this.x.shape.length : axis)), eps: this.get('epsilon', 0.001), scale: this.get('scale', true),
          center: this.get('center', true),
        });
      case 'activation': return this.activation(this.get('activation', 'linear') as string, this.x, this.x.shape.length - 1);
      case 'reLU': {
        const largest = this.get('maxValue') as number | undefined;
        const settings = largest === undefined ? { name: 'relu' } : this.target === 'pytorch' && largest === 6 ? { name: 'relu6' } : { name: 'relu', least: 0, largest };
        return this.one('activation', settings);
      }
      case 'leakyReLU': return this.one('activation', { name: 'leaky relu', slope: this.get('alpha', 0.3) });
      case 'elu': return this.one('activation', { name: 'elu' });
      case 'thresholdedReLU': return this.one('activation', { name: 'threshold', threshold: this.get('theta', 1), value: 0 });
      case 'softmax': return this.one('activation', { name: 'softmax', axis: this.x.shape.length - 1 });
      case 'prelu': return this.target === 'pytorch' ? this.one('prelu', { axis: this.x.shape.length - 1, init: 0 }) : this.one('prelu', { shared: this.get('sharedAxes', []) });
      case 'dropout': {
        const shape = this.get('noiseShape') as unknown;
        return this.one('dropout', { rate: this.get('rate'), ...(shape === undefined || shape === null ? { of: 'values' } : { shape }) });
      }
      case 'alphaDropout': return this.one('alpha dropout', { rate: this.get('rate') });
      case 'gaussianNoise': return this.one('noise', { stddev: this.get('stddev') });
      case 'spatialDropout1d': return this.one('dropout', { rate: this.get('rate'), of: 'features', axis: 2 });
      case 'stochasticDepth': return this.one('dropout', { rate: this.get('rate'), of: 'examples' });
      case 'layerScale': return this.one('layer scale', { axis: this.channelAxis(), initial: this.get('initialValue', 1e-6) });
      case 'channelShuffle': return this.channelShuffle();
      case 'sliceChannels': {
        const size = this.channels() / (this.get('shares', 2) as number);
        const index = this.get('index', 0) as number;
        return this.one('slice', { axis: this.channelAxis(), from: index * size, to: (index + 1) * size });
      }
      case 'maxPooling1d': case 'maxPooling2d': case 'maxPooling3d': return this.pool('max');
      case 'averagePooling1d': case 'averagePooling2d': case 'averagePooling3d': return this.pool('average');
      case 'globalAveragePooling1d': case 'globalAveragePooling2d': return this.one('global average', { over: this.spatialAxes() });
      case 'globalMaxPooling1d': case 'globalMaxPooling2d': return this.one('global max', { over: this.spatialAxes() });
      case 'adaptiveAveragePooling2d': return this.adaptivePool();
      case 'add': case 'multiply': return this.merge(layer);
      case 'maximum': case 'minimum': return this.merge(layer);
      case 'average': {
        if (this.target === 'keras') return this.one('average', {});
        const sum = this.merge('add');
        return this.trace.add('divide by a number', { number: this.inputs.length }, [sum], this.output);
      }
      case 'concatenate': {
        const axis = this.get('axis', -1) as number;
        return this.one('concatenate', { axis: axis < 0 ? axis + this.x.shape.length : axis });
      }
      case 'flatten': {
        const behind = this.x.shape.map((_, i) => i).slice(1);
        const order = this.get('dataFormat') === 'channelsFirst' && behind.length > 1 ? [...behind.slice(1), 1] : behind;
        return this.one('flatten', { order: order.filter(axis => this.x.shape[axis]! > 1) });
      }
      case 'reshape': return this.one('reshape', { order: this.x.shape.map((_, i) => i).filter(axis => axis > 0 && this.x.shape[axis]! > 1) });
      case 'permute': return this.one('permute', { dims: [0, ...this.get('dims') as number[]] });
      case 'repeatVector': return this.one('repeat', {});
      case 'rescaling': return this.rescaling();
      case 'embedding': return this.one('embedding', { count: this.get('inputDim') });
      case 'upSampling2d': return this.one('upsample', { factors: this.get('size', [2, 2]), mode: 'nearest' });
      case 'zeroPadding2d': return this.zeroPadding();
      case 'cropping2D': return this.one('crop', { margins: sides(this.get('cropping', [[0, 0], [0, 0]])) });
      case 'conv2dTranspose': case 'conv3dTranspose': return this.activated(this.transposed());
      case 'lstm': case 'simpleRNN': case 'gru': return this.recurrent(this.node, 1);
      case 'bidirectional': return this.recurrent((this.node.attributes as unknown as { readonly layer: GraphNode }).layer, 2);
      case 'timeDistributed': return this.timeDistributed();
      default: throw new Error(`nothing is expected of ${layer}`);
    }
  }

  private get(name: string, fallback?: unknown): unknown {
    return this.node.attributes[name] ?? fallback;
  }

  private one(kind: string, settings: Readonly<Record<string, unknown>>, shape = this.output): Tensor {
    return this.trace.add(kind, settings, this.inputs, shape, { params: this.node.params as number, axes: shape.map((_, i) => i) });
  }

  private channelAxis(): number {
    return this.get('dataFormat') === 'channelsFirst' ? 1 : this.x.shape.length - 1;
  }

  private channels(): number {
    return this.x.shape[this.channelAxis()]!;
  }

  private spatialAxes(): readonly number[] {
    return this.x.shape.map((_, i) => i).filter(axis => axis > 0 && axis !== this.channelAxis());
  }

  /** Of the image that a window moves over; what was put around it before is counted in. */
  private lengths(): readonly number[] {
    return this.spatialAxes().map(axis => this.x.shape[axis]!);
  }

  private without(): Tensor {
    return { shape: this.x.shape, axes: this.x.axes, from: this.x.from };
  }

  private convolution(out: number, groups: number, dilates: boolean, kind = 'conv'): Tensor {
    const rank = this.x.shape.length - 2;
    const kernel = perAxis(this.get('kernelSize'), rank);
    const stride = perAxis(this.get('strides', 1), rank);
    const dilation = dilates ? perAxis(this.get('dilationRate', 1), rank) : kernel.map(() => 1);
    const padding = this.get('padding', 'valid');
    const own: Pad['margins'] = padding === 'same' ? sameMargins(this.lengths(), kernel, stride, dilation) : padding === 'valid' ? kernel.map(() => [0, 0] as const) : perAxis(padding, rank).map(zeros => [zeros, zeros] as const);
    return this.trace.add(kind, { out, kernel, stride, dilation, groups, bias: this.get('useBias', true), margins: withPad(own, this.x.pad) }, [this.without()], this.output, { params: this.node.params as number });
  }

  private separable(): Tensor {
    const out = this.get('filters') as number;
    const bias = this.get('useBias', true) as boolean;
    if (this.target === 'keras') return this.convolution(out, this.channels(), true, 'separable conv');
    const between = this.channels() * (this.get('depthMultiplier', 1) as number);
    const [kernel, stride, dilation] = [perAxis(this.get('kernelSize'), 2), perAxis(this.get('strides', 1), 2), perAxis(this.get('dilationRate', 1), 2)];
    const none = [[0, 0], [0, 0]] as const;
    const own: Pad['margins'] = this.get('padding', 'valid') === 'same' ? sameMargins(this.lengths(), kernel, stride, dilation) : none;
    const shape = [...this.output.slice(0, -1), between];
    const first = this.trace.add('conv', { out: between, kernel, stride, dilation, groups: this.channels(), bias: false, margins: withPad(own, this.x.pad) }, [this.without()], shape, { params: product(kernel) * between });
    return this.trace.add('conv', { out, kernel: [1, 1], stride: [1, 1], dilation: [1, 1], groups: 1, bias, margins: none }, [first], this.output, { params: between * out + (bias ? out : 0) });
  }

  private pool(kind: 'max' | 'average'): Tensor {
    const rank = this.x.shape.length - 2;
    const kernel = perAxis(this.get('poolSize', 2), rank);
    const stride = perAxis(this.get('strides') ?? kernel, rank);
    const padding = this.get('padding', 'valid');
    const lengths = this.lengths();
    const out = this.spatialAxes().map(axis => this.output[axis]!);
    const own: Pad['margins'] = padding === 'same' ? sameMargins(lengths, kernel, stride, kernel.map(() => 1))
      : out.map((count, i) => {
        const before = padding === 'valid' ? 0 : perAxis(padding, rank)[i]!;
        const sticksOut = Math.max(0, (count - 1) * stride[i]! + kernel[i]! - before - lengths[i]!);
        // Zeros that no window reaches may be there or not: without `ceilMode` both sides have as many.
        return [before, this.get('ceilMode') === true || padding === 'valid' ? sticksOut : reached(before, sticksOut, this.target)] as const;
      });
    const margins = withPad(own, this.x.pad);
    const outside = own.flat().some(margin => margin > 0);
    const zeros = this.target === 'keras' && this.node.vocabulary === 'blocks' && padding !== 'same' && this.nonNegative && own.every((sides, i) => sides.every(margin => margin < kernel[i]!));
    const value = kind === 'max' ? { value: this.x.pad ? this.x.pad.value : outside ? (zeros ? 0 : -Infinity) : undefined } : {};
    return this.trace.add(`${kind} pool`, { kernel, stride, margins, ...value }, [this.without()], this.output);
  }

  private adaptivePool(): Tensor {
    const size = perAxis(this.get('outputSize'), 2);
    if (this.target === 'pytorch' || size.every(one => one === 1)) return this.one('adaptive pool', { size });
    const kernel = this.lengths().map((length, i) => length / size[i]!);
    return this.one('average pool', { kernel, stride: kernel, margins: [[0, 0], [0, 0]] });
  }

  private merge(kind: string): Tensor {
    if (this.target === 'keras') return this.one(kind, {});
    return this.inputs.slice(1).reduce((left, right) => this.trace.add(kind, {}, [left, right], left.shape.map((size, i) => Math.max(size, right.shape[i]!))), this.x);
  }

  private channelShuffle(): Tensor {
    const groups = this.get('groups', 2) as number;
    if (this.target === 'pytorch') return this.one('channel shuffle', { groups, axis: this.channelAxis() });
    const [batch, ...dims] = this.x.shape as readonly [number, ...number[]];
    const inEach = this.channels() / groups;
    const first = this.channelAxis() === 1;
    const apart = first ? [batch, groups, inEach, dims[1]!, dims[2]!] : [batch, dims[0]!, dims[1]!, groups, inEach];
    const order = first ? [0, 2, 1, 3, 4] : [0, 1, 2, 4, 3];
    const a = this.trace.add('reshape', { order: this.x.shape.map((_, i) => i).filter(axis => axis > 0 && this.x.shape[axis]! > 1) }, [this.x], apart);
    const b = this.trace.add('permute', { dims: order }, [a], order.map(axis => apart[axis]!));
    return this.trace.add('reshape', { order: b.shape.map((_, i) => i).filter(axis => axis > 0 && b.shape[axis]! > 1) }, [b], this.output);
  }

  private rescaling(): Tensor {
    const [scale, offset] = [this.get('scale'), this.get('offset', 0)];
    if (this.target === 'keras') return this.one('rescaling', { scale, offset });
    const scaled = this.trace.add('multiply by a number', { number: scale }, [this.x], this.output);
    return this.trace.add('add by a number', { number: offset }, [scaled], this.output);
  }

  private zeroPadding(): Tensor {
    const margins = sides(this.get('padding', 1));
    const before = this.trace.settle(this.x);
    return { shape: this.output, axes: before.axes, from: before.from, pad: { margins, value: 0 } };
  }

  private transposed(): Tensor {
    const rank = this.x.shape.length - 2;
    const kernel = perAxis(this.get('kernelSize'), rank);
    const stride = perAxis(this.get('strides', 1), rank);
    const same = this.get('padding', 'valid') === 'same';
    if (this.target === 'keras') return this.one('conv transposed', { kernel, stride, bias: this.get('useBias', true), same });
    const over = kernel.map((size, i) => Math.max(size - stride[i]!, 0));
    const odd = over.map(count => (same && count % 2 === 1 ? 1 : 0));
    const whole = this.output.map((size, axis) => (this.spatialAxes().includes(axis) ? size + odd[this.spatialAxes().indexOf(axis)]! : size));
    const made = this.one('conv transposed', { kernel, stride, bias: this.get('useBias', true), crop: over.map(count => (same ? Math.floor(count / 2) : 0)) }, whole);
    return odd.some(one => one === 1) ? this.trace.add('crop', { margins: odd.map(one => [0, one]) }, [made], this.output) : made;
  }

  private recurrent({ layer, attributes }: Pick<GraphNode, 'layer' | 'attributes'>, directions: number): Tensor {
    const sequences = attributes['returnSequences'] === true;
    const units = attributes['units'] as number;
    const bias = attributes['useBias'] ?? true;
    if (this.target === 'keras') {
      return this.one(layer, { directions, bias, sequences, activation: attributes['activation'] ?? 'tanh', ...(layer === 'simpleRNN' ? {} : { gates: attributes['recurrentActivation'] ?? 'hardSigmoid' }) });
    }
    const gates = layer === 'lstm' ? 4 : 1;
    // PyTorch has a second bias for each gate.
    const params = (this.node.params as number) + (bias === true ? directions * gates * units : 0);
    const read = attributes['goBackwards'] === true ? this.trace.add('flip', { axis: 1 }, [this.x], this.x.shape) : this.x;
    const activation = layer === 'simpleRNN' ? { activation: attributes['activation'] ?? 'tanh' } : {};
    const made = this.trace.add(layer === 'simpleRNN' ? 'rnn' : layer, { directions, bias, ...activation }, [read], [this.x.shape[0]!, this.x.shape[1]!, directions * units], { params });
    return sequences ? made : this.trace.add('last step', {}, [made], this.output);
  }

  private timeDistributed(): Tensor {
    const { layer, attributes } = (this.node.attributes as unknown as { readonly layer: Pick<GraphNode, 'layer' | 'attributes'> }).layer;
    return this.one(this.target === 'keras' ? `${layer} at each step` : layer, this.target === 'keras' ? {} : { bias: attributes['useBias'] ?? true });
  }

  private activated(before: Tensor): Tensor {
    const name = this.get('activation', 'linear') as string;
    return name === 'linear' ? before : this.activation(name, before, this.node.vocabulary ? this.channelAxis() : before.shape.length - 1);
  }

  private activation(name: string, before: Tensor, axis: number): Tensor {
    const known = name === 'hardSigmoid' ? `hardSigmoid of slope ${this.node.vocabulary ? '1/6' : '0.2'}` : name === 'silu' ? 'swish' : name;
    return this.trace.add('activation', { name: known, ...(name === 'softmax' || name === 'logSoftmax' ? { axis } : {}) }, [before], before.shape);
  }
}

/** PyTorch counts the margin behind only as far as a window reaches; Keras has the same number of zeros at both ends. */
const reached = (before: number, sticksOut: number, target: Target): number => (target === 'pytorch' ? sticksOut : before);

function sides(value: unknown): Pad['margins'] {
  const list = Array.isArray(value) ? value as readonly unknown[] : [value, value];
  return list.map(side => (Array.isArray(side) ? side as unknown as readonly [number, number] : [side as number, side as number] as const));
}
