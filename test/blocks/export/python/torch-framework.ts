// A stand-in for PyTorch: what its layers make of shapes, and how many parameters they have, by its documentation.
import assert from 'node:assert/strict';
import { call, ellipsis, Slice, type Callable, type Framework, type Keywords, type Value } from './interpreter.ts';
import { identity, inGraph, isTensor, perAxis, places, product, sameMargins, withPad, type Pad, type Tensor, type Trace } from './trace.ts';

type Settings = Readonly<Record<string, Value>>;
type Apply = (x: Tensor, layer: object) => Value;

/** Names of positional arguments, with what keywords are by default; an argument that is not named here is an error. */
const maker = (positional: readonly string[], defaults: Settings, make: (settings: Settings) => Apply): Callable => (given, keywords) => {
  const settings: Record<string, Value> = { ...defaults };
  assert.ok(given.length <= positional.length, 'too many arguments');
  given.forEach((value, i) => { settings[positional[i]!] = value; });
  for (const [name, value] of Object.entries(keywords)) {
    assert.ok(positional.includes(name) || Object.hasOwn(defaults, name), `there is no argument ${name}`);
    settings[name] = value;
  }
  for (const name of positional) assert.ok(Object.hasOwn(settings, name), `${name} is not given`);
  const apply = make(settings);
  const layer: Callable = ([x]) => apply(tensorOf(x), layer);
  return Object.assign(layer, { requires_grad_: () => layer });
};

const tensorOf = (value: Value): Tensor => (isTensor(value) ? value : assert.fail('no tensor'));

const number = (value: Value): number => (typeof value === 'number' ? value : assert.fail(`${String(value)} is no number`));

export function torchFramework(trace: Trace, { channelsFirst: graphIsChannelsFirst }: { readonly channelsFirst: boolean }): Framework {
  /** Images and sequences have their channels behind the batch for PyTorch, wherever the graph has them. */
  const checkImage = (x: Tensor): void => assert.equal(x.axes[1], graphIsChannelsFirst && x.shape.length > 3 ? 1 : x.shape.length - 1, 'the channels are not behind the batch');

  const convolution = (rank: number): Callable => maker(
    ['in_channels', 'out_channels', 'kernel_size'], { stride: 1, padding: 0, dilation: 1, groups: 1, bias: true }, settings => (x, layer) => {
      checkImage(x);
      const [inChannels, outChannels, groups] = [number(settings['in_channels']), number(settings['out_channels']), number(settings['groups'])];
      assert.equal(x.shape[1], inChannels, 'channels that go in');
      assert.ok(inChannels % groups === 0 && outChannels % groups === 0, 'groups divide the channels');
      const [kernel, stride, dilation] = [settings['kernel_size'], settings['stride'], settings['dilation']].map(value => perAxis(value, rank)) as [readonly number[], readonly number[], readonly number[]];
      const lengths = x.shape.slice(2);
      if (settings['padding'] === 'same') assert.ok(stride.every(one => one === 1), "'same' is for a stride of 1");
      const own: Pad['margins'] = settings['padding'] === 'same' ? sameMargins(lengths, kernel, stride, dilation) : perAxis(settings['padding'], rank).map(margin => [margin, margin] as const);
      if (x.pad) assert.equal(x.pad.value, 0, 'zeros around a convolution');
      const shape = [x.shape[0]!, outChannels, ...lengths.map((length, i) => places(length, kernel[i]!, stride[i]!, dilation[i]!, own[i]!))];
      const bias = settings['bias'] === true;
      const params = inChannels / groups * outChannels * product(kernel) + (bias ? outChannels : 0);
      return trace.add('conv', { out: outChannels, kernel, stride, dilation, groups, bias, margins: withPad(own, x.pad) }, [unpadded(x)], shape, { params, axes: x.axes, layer });
    });

  const transposed = (rank: number): Callable => maker(
    ['in_channels', 'out_channels', 'kernel_size'], { stride: 1, padding: 0, output_padding: 0, bias: true }, settings => (x, layer) => {
      checkImage(x);
      const [inChannels, outChannels] = [number(settings['in_channels']), number(settings['out_channels'])];
      assert.equal(x.shape[1], inChannels, 'channels that go in');
      const [kernel, stride, padding, more] = [settings['kernel_size'], settings['stride'], settings['padding'], settings['output_padding']].map(value => perAxis(value, rank)) as [readonly number[], readonly number[], readonly number[], readonly number[]];
      const shape = [x.shape[0]!, outChannels, ...x.shape.slice(2).map((length, i) => (length - 1) * stride[i]! - 2 * padding[i]! + kernel[i]! + more[i]!)];
      const bias = settings['bias'] === true;
      const made = trace.add('conv transposed', { kernel, stride, bias, crop: padding }, [x], shape, { params: inChannels * outChannels * product(kernel) + (bias ? outChannels : 0), axes: x.axes, layer });
      return { ...made, cut: true } as Tensor;
    });

  const pool = (rank: number, kind: 'max' | 'average'): Callable => maker(
    ['kernel_size'], { stride: null, padding: 0, ceil_mode: false, count_include_pad: true }, settings => x => {
      checkImage(x);
      const kernel = perAxis(settings['kernel_size'], rank);
      const stride = perAxis(settings['stride'] ?? settings['kernel_size'], rank);
      const padding = perAxis(settings['padding'], rank);
      padding.forEach((margin, i) => assert.ok(margin * 2 <= kernel[i]!, 'PyTorch pads by half of the window at most'));
      const rounds = settings['ceil_mode'] === true ? 'up' : 'down';
      const lengths = x.shape.slice(2);
      const out = lengths.map((length, i) => places(length, kernel[i]!, stride[i]!, 1, [padding[i]!, padding[i]!], rounds));
      const margins = out.map((count, i) => [padding[i]!, Math.max(0, (count - 1) * stride[i]! + kernel[i]! - padding[i]! - lengths[i]!)] as const);
      const own = margins.flat().some(margin => margin > 0);
      if (kind === 'average' && own) assert.ok(settings['count_include_pad'] === false || padding.every(margin => margin === 0), 'zeros do not count');
      const all = withPad(margins, x.pad);
      const value = kind === 'max' ? { value: x.pad ? x.pad.value : own ? -Infinity : undefined } : {};
      return trace.add(`${kind} pool`, { kernel, stride, margins: all, ...value }, [unpadded(x)], [x.shape[0]!, x.shape[1]!, ...out], { axes: x.axes });
    });

  const pads = (rank: number, value?: number): Callable => maker(value === undefined ? ['padding', 'value'] : ['padding'], {}, settings => x => {
    const given = settings['padding'] as readonly number[];
    const margins = Array.from({ length: rank }, (_, i) => [given[2 * (rank - 1 - i)]!, given[2 * (rank - 1 - i) + 1]!] as const);
    return padded(trace.settle(x), margins, value ?? number(settings['value']));
  });

  const samePad = maker(['kernel_size', 'stride'], { value: 0 }, settings => x => {
    const [sizes, strides] = [perAxis(settings['kernel_size'], 2), perAxis(settings['stride'], 2)];
    return padded(x, sameMargins(x.shape.slice(2), sizes, strides, [1, 1]), number(settings['value']));
  });

  const normalization = (rank: readonly number[]): Callable => maker(['num_features'], { eps: 1e-5, momentum: 0.1, affine: true }, ({ num_features: features, eps, momentum, affine }) => (x, layer) => {
    assert.ok(rank.includes(x.shape.length), `batch normalization of ${x.shape.length} dims`);
    assert.equal(x.shape[1], features, 'features that are normalized');
    const learnt = affine === true;
    const params = number(features) * (learnt ? 4 : 2);
    return trace.add('batch norm', { axis: x.axes[1], eps, momentum: Number((1 - number(momentum)).toPrecision(12)), scale: learnt, center: learnt }, [x], x.shape, { params, axes: x.axes, layer });
  });

  const layerNorm = maker(['normalized_shape'], { eps: 1e-5, elementwise_affine: true, bias: true }, ({ normalized_shape: given, eps, elementwise_affine: affine, bias }) => (x, layer) => {
    const sizes = Array.isArray(given) ? given as readonly number[] : [number(given)];
    assert.deepEqual(x.shape.slice(-sizes.length), sizes, 'the last dims are normalized');
    const center = affine === true && bias === true;
    return trace.add('layer norm', { axes: x.axes.slice(-sizes.length), eps, scale: affine, center }, [x], x.shape, { params: product(sizes) * (affine === true ? (center ? 2 : 1) : 0), axes: x.axes, layer });
  });

  const linear = maker(['in_features', 'out_features'], { bias: true }, ({ in_features: into, out_features: out, bias }) => (x, layer) => {
    assert.equal(x.shape.at(-1), into, 'features that go in');
    assert.equal(x.axes.at(-1), x.shape.length - 1, 'the last axis of the graph');
    return trace.add('dense', { bias }, [x], [...x.shape.slice(0, -1), number(out)], { params: number(into) * number(out) + (bias === true ? number(out) : 0), axes: x.axes, layer });
  });

  const same = (kind: string, positional: readonly string[] = [], defaults: Settings = {}, rename: (settings: Settings, x: Tensor) => Settings = settings => settings): Callable =>
    maker(positional, defaults, settings => x => trace.add(kind, rename(settings, x), [x], x.shape, { axes: x.axes }));

  const activation = (name: string): Callable => maker([], {}, () => x => trace.add('activation', { name }, [x], x.shape, { axes: x.axes }));

  const recurrent = (kind: string, gates: number): Callable => maker(
    ['input_size', 'hidden_size'], { bias: true, batch_first: false, bidirectional: false, nonlinearity: 'tanh' }, settings => (x, layer) => {
      assert.equal(settings['batch_first'], true);
      assert.equal(x.shape[2], settings['input_size']);
      const units = number(settings['hidden_size']);
      const directions = settings['bidirectional'] === true ? 2 : 1;
      const params = directions * gates * units * (x.shape[2]! + units + (settings['bias'] === true ? 2 : 0));
      const nonlinearity = kind === 'rnn' ? { activation: settings['nonlinearity'] } : {};
      const out = trace.add(kind, { directions, bias: settings['bias'], ...nonlinearity }, [x], [x.shape[0]!, x.shape[1]!, directions * units], { params, layer });
      return [{ ...out, sequence: true } as Tensor, null];
    });

  const nn: Record<string, Value> = {
    Module: null, Conv1d: convolution(1), Conv2d: convolution(2), Conv3d: convolution(3), ConvTranspose2d: transposed(2), ConvTranspose3d: transposed(3),
    MaxPool1d: pool(1, 'max'), MaxPool2d: pool(2, 'max'), MaxPool3d: pool(3, 'max'), AvgPool1d: pool(1, 'average'), AvgPool2d: pool(2, 'average'), AvgPool3d: pool(3, 'average'),
    ZeroPad1d: pads(1, 0), ZeroPad2d: pads(2, 0), ZeroPad3d: pads(3, 0), ConstantPad1d: pads(1), ConstantPad2d: pads(2), ConstantPad3d: pads(3),
    BatchNorm1d: normalization([2, 3]), BatchNorm2d: normalization([4]), BatchNorm3d: normalization([5]), LayerNorm: layerNorm, Linear: linear,
    Identity: activation('linear'), ReLU: activation('relu'), ReLU6: activation('relu6'), Sigmoid: activation('sigmoid'), SiLU: activation('swish'), Hardswish: activation('hardSwish'),
    Hardsigmoid: activation('hardSigmoid of slope 1/6'), Tanh: activation('tanh'), SELU: activation('selu'), Mish: activation('mish'), Softplus: activation('softplus'), Softsign: activation('softsign'),
    GELU: same('activation', [], { approximate: 'none' }, ({ approximate }) => ({ name: approximate === 'tanh' ? 'gelu_new' : 'gelu' })),
    ELU: same('activation', [], { alpha: 1 }, ({ alpha }) => ({ name: 'elu', ...(alpha === 1 ? {} : { alpha }) })),
    Softmax: same('activation', [], { dim: null }, ({ dim }, x) => ({ name: 'softmax', axis: x.axes.at(number(dim)) })),
    LogSoftmax: same('activation', [], { dim: null }, ({ dim }, x) => ({ name: 'logSoftmax', axis: x.axes.at(number(dim)) })),
    Hardtanh: same('activation', ['min_val', 'max_val'], {}, ({ min_val: least, max_val: largest }) => ({ name: 'relu', least, largest })),
    LeakyReLU: same('activation', ['negative_slope'], {}, ({ negative_slope: slope }) => ({ name: 'leaky relu', slope })),
    Threshold: same('activation', ['threshold', 'value'], {}, settings => ({ name: 'threshold', ...settings })),
    PReLU: maker(['num_parameters'], { init: 0.25 }, ({ num_parameters: count, init }) => (x, layer) => {
      assert.equal(x.shape[1], count);
      return trace.add('prelu', { axis: x.axes[1], init }, [x], x.shape, { params: number(count), axes: x.axes, layer });
    }),
    Dropout: same('dropout', ['p'], {}, ({ p }) => ({ rate: p, of: 'values' })), AlphaDropout: same('alpha dropout', ['p'], {}, ({ p }) => ({ rate: p })),
    Dropout1d: same('dropout', ['p'], {}, ({ p }, x) => ({ rate: p, of: 'features', axis: x.axes[1] })),
    ChannelShuffle: same('channel shuffle', ['groups'], {}, ({ groups }, x) => ({ groups, axis: x.axes[1] })),
    AdaptiveAvgPool2d: maker(['output_size'], {}, ({ output_size: size }) => x => {
      checkImage(x);
      return trace.add('adaptive pool', { size: perAxis(size, 2) }, [x], [...x.shape.slice(0, 2), ...perAxis(size, 2)], { axes: x.axes });
    }),
    Upsample: maker([], { scale_factor: null, mode: 'nearest' }, ({ scale_factor: factor, mode }) => x => {
      checkImage(x);
      return trace.add('upsample', { factors: perAxis(factor, 2), mode }, [x], [...x.shape.slice(0, 2), ...x.shape.slice(2).map((length, i) => length * perAxis(factor, 2)[i]!)], { axes: x.axes });
    }),
    Embedding: maker(['num_embeddings', 'embedding_dim'], {}, ({ num_embeddings: count, embedding_dim: size }) => (x, layer) =>
      trace.add('embedding', { count }, [x], [...x.shape, number(size)], { params: number(count) * number(size), axes: identity(x.shape.length + 1), layer })),
    LSTM: recurrent('lstm', 4), RNN: recurrent('rnn', 1),
    Sequential: ((layers: readonly Value[]) => (([x]: readonly Value[]) => layers.reduce((tensor, layer) => call(layer, [tensor]), x)) as Callable) as Callable,
  };

  const methods: Readonly<Record<string, (x: Tensor, given: readonly Value[], keywords: Keywords) => Value>> = {
    movedim: (x, [from, to]) => ({ ...trace.settle(x), shape: moved(x.shape, number(from), number(to)), axes: moved(x.axes, number(from), number(to)) }),
    permute: (x, dims) => trace.add('permute', { dims: (dims as readonly number[]).map(dim => x.axes[dim]) }, [x], (dims as readonly number[]).map(dim => x.shape[dim]!), { axes: identity(x.shape.length) }),
    reshape: (x, dims) => reshaped(trace, x, dims as readonly number[]),
    mean: (x, _, { dim }) => reduced(trace, 'global average', x, dim), amax: (x, _, { dim }) => reduced(trace, 'global max', x, dim),
    long: x => x,
    flip: (x, [axis]) => trace.add('flip', { axis: x.axes[number(axis)] }, [x], x.shape),
    unsqueeze: (x, [axis]) => ({ ...x, shape: [...x.shape.slice(0, number(axis)), 1, ...x.shape.slice(number(axis))], axes: identity(x.shape.length + 1) }),
    repeat: (x, counts) => trace.add('repeat', {}, [x], x.shape.map((size, i) => size * number(counts[i]))),
    chunk: (x, [count], { dim }) => Array.from({ length: number(count) }, (_, index) => {
      const size = x.shape[number(dim)]! / number(count);
      return { chunk: x, index, size, axis: number(dim) };
    }),
  };

  return {
    names: { torch: { cat: 0 }, nn: 1 },
    helpers: {
      StochasticDepth: same('dropout', ['drop_rate'], {}, ({ drop_rate: rate }) => ({ rate, of: 'examples' })), SamePad2d: samePad, GaussianNoise: same('noise', ['stddev']),
      LayerScale: maker(['channels', 'initial_value'], {}, ({ channels, initial_value: initial }) => (x, layer) => {
        assert.equal(x.shape[1], channels);
        return trace.add('layer scale', { axis: x.axes[1], initial }, [x], x.shape, { params: number(channels), axes: x.axes, layer });
      }),
    },
    member(value, name) {
      if (value === 1) return Object.hasOwn(nn, name) ? nn[name] : assert.fail(`there is no nn.${name}`);
      if (isTensor(value)) return name === 'shape' ? value.shape : ((given, keywords) => methods[name]!(value, given, keywords)) as Callable;
      if (typeof value === 'function') return (value as unknown as Record<string, Value>)[name];
      return torchFunctions(trace)[name] ?? assert.fail(`there is no torch.${name}`);
    },
    binary: (operator, left, right) => binary(trace, operator, left, right),
    item: (value, indices) => item(trace, value, indices),
  };
}

const torchFunctions = (trace: Trace): Readonly<Record<string, Callable>> => ({
  cat: ([tensors], { dim }) => {
    const all = (tensors as readonly Value[]).map(tensorOf);
    const axis = number(dim);
    for (const one of all) assert.deepEqual([one.axes, one.shape.filter((_, i) => i !== axis)], [all[0]!.axes, all[0]!.shape.filter((_, i) => i !== axis)], 'tensors that fit together');
    return trace.add('concatenate', { axis: all[0]!.axes[axis] }, all, all[0]!.shape.map((size, i) => (i === axis ? all.reduce((sum, one) => sum + one.shape[i]!, 0) : size)), { axes: all[0]!.axes });
  },
  flatten: ([x, from]) => {
    assert.equal(from, 1);
    const tensor = tensorOf(x);
    return trace.add('flatten', { order: orderOf(tensor) }, [tensor], [tensor.shape[0]!, product(tensor.shape.slice(1))]);
  },
  clamp: ([x, least, largest]) => {
    assert.deepEqual([least, largest, (x as { readonly scaled?: string }).scaled], [0, 1, '0.2 x + 0.5']);
    const { source } = x as { readonly source: Tensor };
    return trace.add('activation', { name: 'hardSigmoid of slope 0.2' }, [source], source.shape, { axes: source.axes });
  },
  maximum: ([a, b]) => merged(trace, 'maximum', tensorOf(a), tensorOf(b)),
  minimum: ([a, b]) => merged(trace, 'minimum', tensorOf(a), tensorOf(b)),
});

/** In which order the values of an example are laid out, of the graph's axes that have more than one place. */
const orderOf = ({ shape, axes }: Tensor): readonly number[] => axes.filter((axis, i) => axis > 0 && shape[i]! > 1);

const moved = (list: readonly number[], from: number, to: number): number[] => {
  const rest = [...list];
  const [one] = rest.splice(from < 0 ? from + list.length : from, 1);
  rest.splice(to < 0 ? to + list.length : to, 0, one!);
  return rest;
};

function reshaped(trace: Trace, x: Tensor, dims: readonly number[]): Tensor {
  const left = product(x.shape) / product(dims.filter(dim => dim !== -1));
  return trace.add('reshape', { order: orderOf(x) }, [x], dims.map(dim => (dim === -1 ? left : dim)), { axes: identity(dims.length) });
}

function reduced(trace: Trace, kind: string, x: Tensor, dim: Value): Tensor {
  const gone = Array.isArray(dim) ? dim as readonly number[] : [number(dim)];
  return trace.add(kind, { over: gone.map(axis => x.axes[axis]).sort() }, [x], x.shape.filter((_, i) => !gone.includes(i)));
}

function merged(trace: Trace, kind: string, a: Tensor, b: Tensor): Tensor {
  assert.deepEqual(a.axes, b.axes, 'tensors that lie alike');
  const shape = a.shape.map((size, i) => {
    const other = b.shape[i]!;
    assert.ok(size === other || size === 1 || other === 1, `${kind} of [${inGraph(a).join(', ')}] and [${inGraph(b).join(', ')}]`);
    return Math.max(size, other);
  });
  return trace.add(kind, {}, [a, b], shape, { axes: a.axes });
}

const names: Readonly<Record<string, string>> = { '+': 'add', '*': 'multiply', '/': 'divide' };

export function binary(trace: Trace, operator: string, left: Value, right: Value): Value {
  if (isTensor(left) && isTensor(right)) return merged(trace, names[operator]!, left, right);
  // The hard sigmoid of TensorFlow.js is written out.
  if (left === 0.2 && operator === '*' && isTensor(right)) return { scaled: '0.2 x', source: right };
  if (typeof left === 'object' && left !== null && 'scaled' in left) {
    assert.deepEqual([left.scaled, operator, right], ['0.2 x', '+', 0.5]);
    return { ...left, scaled: '0.2 x + 0.5' };
  }
  if (isTensor(left) && typeof right === 'number') return trace.add(`${names[operator]!} by a number`, { number: right }, [left], left.shape, { axes: left.axes });
  return assert.fail(`${String(left)} ${operator} ${String(right)}`);
}

function item(trace: Trace, value: Value, indices: readonly Value[]): Value {
  if (Array.isArray(value)) {
    const one = (value as readonly Value[])[number(indices[0])];
    if (typeof one !== 'object' || one === null || !('chunk' in one)) return one;
    const { chunk, index, size, axis } = one as { chunk: Tensor; index: number; size: number; axis: number };
    return trace.add('slice', { axis: chunk.axes[axis], from: index * size, to: (index + 1) * size }, [chunk], chunk.shape.map((length, i) => (i === axis ? size : length)), { axes: chunk.axes });
  }
  const x = tensorOf(value);
  if ('sequence' in x) {
    assert.ok(indices[0] instanceof Slice && indices[1] === -1, 'the last step');
    return trace.add('last step', {}, [x], [x.shape[0]!, x.shape[2]!]);
  }
  assert.equal(indices[0], ellipsis);
  const ranges = indices.slice(1) as readonly Slice[];
  const first = x.shape.length - ranges.length;
  const margins = ranges.map(({ from = 0, to }, i) => [from, to === undefined ? 0 : to < 0 ? -to : x.shape[first + i]! - to] as const);
  return trace.add('crop', { margins }, [x], x.shape.map((length, i) => (i < first ? length : length - margins[i - first]![0] - margins[i - first]![1])), { axes: x.axes });
}

const padded = (x: Tensor, margins: Pad['margins'], value: number): Tensor => {
  const first = x.shape.length - margins.length;
  return { ...x, shape: x.shape.map((length, i) => (i < first ? length : length + margins[i - first]![0] + margins[i - first]![1])), pad: { margins, value } };
};

const unpadded = (x: Tensor): Tensor => ({ shape: x.shape, axes: x.axes, from: x.from });
