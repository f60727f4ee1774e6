// A stand-in for Keras 3: what its layers make of shapes, and how many parameters they have, by its documentation.
import assert from 'node:assert/strict';
import type { Slice} from './interpreter.ts';
import { ellipsis, type Callable, type Framework, type Keywords, type Value } from './interpreter.ts';
import { binary } from './torch-framework.ts';
import { identity, isTensor, perAxis, places, product, sameMargins, withPad, type Pad, type Tensor, type Trace } from './trace.ts';

type Settings = Readonly<Record<string, Value>>;

/** A layer that is made: what it does, and how it was made, which wrappers read. */
interface Made extends Callable {
  kind: string;
  settings: Settings;
  apply: (inputs: readonly Tensor[], layer: object) => Value;
}

const number = (value: Value): number => (typeof value === 'number' ? value : assert.fail(`${String(value)} is no number`));

/** The inputs of the model that is built, in the order in which they are made, and what comes out. */
export interface KerasModel {
  readonly inputs: readonly Tensor[];
  outputs: readonly Tensor[];
}

/** `shapes` are those of the inputs, all of whose dims are numbers. */
export function kerasFramework(trace: Trace, shapes: readonly (readonly number[])[], model: KerasModel): Framework {
  const common: Settings = { name: null, trainable: true };
  const image: Settings = { strides: null, padding: 'valid', data_format: 'channels_last' };
  const made = (kind: string, positional: readonly string[], defaults: Settings, apply: (settings: Settings, inputs: readonly Tensor[], layer: object) => Value): Callable => (given, keywords) => {
    const settings: Record<string, Value> = { ...common, ...defaults };
    assert.ok(given.length <= positional.length, `too many arguments for ${kind}`);
    given.forEach((value, i) => { settings[positional[i]!] = value; });
    for (const [name, value] of Object.entries(keywords)) {
      assert.ok(positional.includes(name) || Object.hasOwn(settings, name), `${kind} has no argument ${name}`);
      settings[name] = value;
    }
    for (const name of positional) assert.ok(Object.hasOwn(settings, name), `${kind} needs ${name}`);
    const layer: Callable = ([first, ...others], more) => {
      const states = (more['initial_state'] as readonly Tensor[] | undefined) ?? [];
      const inputs = [...(Array.isArray(first) ? first as readonly Tensor[] : [first as Tensor]), ...others as readonly Tensor[], ...states];
      assert.ok(inputs.every(isTensor), `${kind} is applied to tensors`);
      return apply(settings, inputs, layer);
    };
    return Object.assign(layer, { kind, settings, apply: (inputs: readonly Tensor[], owner: object) => apply(settings, inputs, owner) });
  };

  const same = (kind: string, positional: readonly string[], defaults: Settings, settingsOf: (settings: Settings, x: Tensor) => Settings): Callable =>
    made(kind, positional, defaults, (settings, [x]) => trace.add(kind, settingsOf(settings, x!), [x!], x!.shape));

  const first = (settings: Settings): boolean => settings['data_format'] === 'channels_first';
  const channelAxis = (settings: Settings, x: Tensor): number => (first(settings) ? 1 : x.shape.length - 1);
  const spatialAxes = (settings: Settings, x: Tensor): readonly number[] => identity(x.shape.length).filter(axis => axis > 0 && axis !== channelAxis(settings, x));
  /** What was put around the axes of the image; around others there is nothing. */
  const padOf = (settings: Settings, x: Tensor): Pad | undefined => {
    if (!x.pad?.ofAll) return x.pad;
    const spatial = spatialAxes(settings, x);
    x.pad.margins.forEach((sides, axis) => assert.ok(spatial.includes(axis) || sides.every(margin => margin === 0), 'only the image is padded'));
    return { margins: spatial.map(axis => x.pad!.margins[axis]!), value: x.pad.value };
  };
  const put = (x: Tensor, settings: Settings, lengths: readonly number[], channels: number): readonly number[] =>
    x.shape.map((size, axis) => (axis === 0 ? size : axis === channelAxis(settings, x) ? channels : lengths[spatialAxes(settings, x).indexOf(axis)]!));

  const activated = (x: Tensor, name: Value): Tensor => {
    if (name === null || name === undefined) return x;
    return trace.add('activation', activationNamed(name, x.shape.length - 1), [x], x.shape);
  };

  /** `channelsOut` of one that mixes the channels, else the depth multiplier. */
  const convolution = (rank: number, kind: 'plain' | 'depthwise' | 'separable'): Callable => made(
    'convolution', kind === 'depthwise' ? ['kernel_size'] : ['filters', 'kernel_size'],
    { ...image, strides: 1, dilation_rate: 1, groups: 1, use_bias: true, activation: null, ...(kind === 'plain' ? {} : { depth_multiplier: 1 }) }, (settings, [x], layer) => {
      const channels = x!.shape[channelAxis(settings, x!)]!;
      const multiplier = kind === 'plain' ? 1 : number(settings['depth_multiplier']);
      const out = kind === 'depthwise' ? channels * multiplier : number(settings['filters']);
      const groups = kind === 'plain' ? number(settings['groups']) : channels;
      assert.ok(channels % groups === 0 && (out % groups === 0 || kind === 'separable'), 'groups divide the channels');
      const [kernel, stride, dilation] = [settings['kernel_size'], settings['strides'], settings['dilation_rate']].map(value => perAxis(value, rank)) as [readonly number[], readonly number[], readonly number[]];
      assert.ok(Math.max(...stride) === 1 || Math.max(...dilation) === 1, 'strides and dilation are not both larger than 1');
      if (kind !== 'plain') assert.equal(new Set(stride).size, 1, 'a depthwise convolution has one stride');
      const lengths = spatialAxes(settings, x!).map(axis => x!.shape[axis]!);
      const own: Pad['margins'] = settings['padding'] === 'same' ? sameMargins(lengths, kernel, stride, dilation) : kernel.map(() => [0, 0] as const);
      assert.ok(['same', 'valid'].includes(String(settings['padding'])), 'padding');
      if (x!.pad) assert.equal(x!.pad.value, 0, 'zeros around a convolution');
      const shape = put(x!, settings, lengths.map((length, i) => places(length, kernel[i]!, stride[i]!, dilation[i]!, own[i]!)), out);
      const bias = settings['use_bias'] === true;
      const kernels = kind === 'separable' ? product(kernel) * channels * multiplier + channels * multiplier * out : channels / groups * product(kernel) * out;
      const done = trace.add(kind === 'separable' ? 'separable conv' : 'conv', { out, kernel, stride, dilation, groups, bias, margins: withPad(own, padOf(settings, x!)) }, [unpadded(x!)], shape, { params: kernels + (bias ? out : 0), layer });
      return activated(done, settings['activation']);
    });

  const transposed = (rank: number): Callable => made('transposed', ['filters', 'kernel_size'], { ...image, strides: 1, dilation_rate: 1, use_bias: true, activation: null }, (settings, [x], layer) => {
    const [kernel, stride] = [perAxis(settings['kernel_size'], rank), perAxis(settings['strides'], rank)];
    const [channels, out] = [x!.shape[channelAxis(settings, x!)]!, number(settings['filters'])];
    const lengths = spatialAxes(settings, x!).map((axis, i) => x!.shape[axis]! * stride[i]! + (settings['padding'] === 'same' ? 0 : Math.max(kernel[i]! - stride[i]!, 0)));
    const bias = settings['use_bias'] === true;
    const done = trace.add('conv transposed', { kernel, stride, bias, same: settings['padding'] === 'same' }, [x!], put(x!, settings, lengths, out), { params: product(kernel) * channels * out + (bias ? out : 0), layer });
    return activated(done, settings['activation']);
  });

  const pool = (rank: number, kind: 'max' | 'average'): Callable => made('pool', ['pool_size'], image, (settings, [x]) => {
    const kernel = perAxis(settings['pool_size'], rank);
    const stride = perAxis(settings['strides'] ?? settings['pool_size'], rank);
    const lengths = spatialAxes(settings, x!).map(axis => x!.shape[axis]!);
    const own: Pad['margins'] = settings['padding'] === 'same' ? sameMargins(lengths, kernel, stride, kernel.map(() => 1)) : kernel.map(() => [0, 0] as const);
    const out = lengths.map((length, i) => places(length, kernel[i]!, stride[i]!, 1, own[i]!));
    const outside = own.flat().some(margin => margin > 0);
    const value = kind === 'max' ? { value: x!.pad ? x!.pad.value : outside ? -Infinity : undefined } : {};
    return trace.add(`${kind} pool`, { kernel, stride, margins: withPad(own, padOf(settings, x!)), ...value }, [unpadded(x!)], put(x!, settings, out, x!.shape[channelAxis(settings, x!)]!));
  });

  const global = (kind: string): Callable => made(kind, [], { data_format: 'channels_last', keepdims: false }, (settings, [x]) => {
    const over = spatialAxes(settings, x!);
    if (settings['keepdims'] === true) return trace.add('adaptive pool', { size: over.map(() => 1) }, [x!], x!.shape.map((size, axis) => (over.includes(axis) ? 1 : size)));
    return trace.add(kind, { over }, [x!], x!.shape.filter((_, axis) => !over.includes(axis)));
  });

  const merge = (kind: string): Callable => made(kind, [], {}, (_, inputs) => {
    const rank = Math.max(...inputs.map(({ shape }) => shape.length));
    // A shorter shape is filled up behind the batch.
    const shapesOfAll = inputs.map(({ shape }) => [shape[0]!, ...new Array<number>(rank - shape.length).fill(1), ...shape.slice(1)]);
    return trace.add(kind, {}, inputs, shapesOfAll.reduce((a, b) => a.map((size, i) => {
      assert.ok(size === b[i] || size === 1 || b[i] === 1, `${kind} of shapes that do not fit`);
      return Math.max(size, b[i]!);
    })));
  });

  const recurrent = (kind: string, gates: number): Callable => made(
    kind, ['units'], {
      activation: 'tanh', recurrent_activation: 'sigmoid', use_bias: true, dropout: 0, recurrent_dropout: 0, return_sequences: false, return_state: false, go_backwards: false, stateful: false, unit_forget_bias: true,
      reset_after: true,
    }, (settings, inputs, layer) => {
      const [x] = inputs as readonly [Tensor];
      if (kind === 'gru') assert.equal(settings['reset_after'], false);
      const units = number(settings['units']);
      const bias = settings['use_bias'] === true;
      const state = [x.shape[0]!, units];
      const shape = settings['return_sequences'] === true ? [x.shape[0]!, x.shape[1]!, units] : state;
      const params = gates * units * (x.shape[2]! + units + (bias ? 1 : 0));
      const out = trace.add(kind, {
        directions: 1, bias, sequences: settings['return_sequences'], activation: settings['activation'], ...(kind === 'simpleRNN' ? {} : { gates: gateNamed(settings['recurrent_activation']) }),
      }, inputs, shape, { params, layer });
      return settings['return_state'] === true ? [out, ...new Array<Tensor>(kind === 'lstm' ? 2 : 1).fill({ ...out, shape: state, axes: identity(2) })] : out;
    });

  const layers: Readonly<Record<string, Value>> = {
    Conv1D: convolution(1, 'plain'), Conv2D: convolution(2, 'plain'), Conv3D: convolution(3, 'plain'), DepthwiseConv2D: convolution(2, 'depthwise'), SeparableConv2D: convolution(2, 'separable'),
    Conv2DTranspose: transposed(2), Conv3DTranspose: transposed(3),
    MaxPooling1D: pool(1, 'max'), MaxPooling2D: pool(2, 'max'), MaxPooling3D: pool(3, 'max'),
    AveragePooling1D: pool(1, 'average'), AveragePooling2D: pool(2, 'average'), AveragePooling3D: pool(3, 'average'),
    GlobalAveragePooling1D: global('global average'), GlobalAveragePooling2D: global('global average'), GlobalMaxPooling1D: global('global max'), GlobalMaxPooling2D: global('global max'),
    Add: merge('add'), Multiply: merge('multiply'), Average: merge('average'), Maximum: merge('maximum'), Minimum: merge('minimum'),
    Concatenate: made('concatenate', [], { axis: -1 }, ({ axis }, inputs) => {
      const at = number(axis) < 0 ? number(axis) + inputs[0]!.shape.length : number(axis);
      return trace.add('concatenate', { axis: at }, inputs, inputs[0]!.shape.map((size, i) => (i === at ? inputs.reduce((sum, one) => sum + one.shape[i]!, 0) : size)));
    }),
    Dot: made('dot', [], { axes: null, normalize: false }, ({ axes, normalize }, [a, b]) => {
      const [left, right] = perAxis(axes, 2).map((axis, i) => (axis < 0 ? axis + [a, b][i]!.shape.length : axis)) as [number, number];
      const shape = [...a!.shape.filter((_, i) => i !== left), ...b!.shape.filter((_, i) => i !== right && i > 0)];
      return trace.add('dot', { normalize }, [a!, b!], shape.length === 1 ? [...shape, 1] : shape);
    }),
    Dense: made('dense', ['units'], { activation: null, use_bias: true }, (settings, [x], layer) => {
      const [units, bias] = [number(settings['units']), settings['use_bias'] === true];
      const done = trace.add('dense', { bias }, [x!], [...x!.shape.slice(0, -1), units], { params: x!.shape.at(-1)! * units + (bias ? units : 0), layer });
      return activated(done, settings['activation']);
    }),
    BatchNormalization: made('batch norm', [], { axis: -1, momentum: 0.99, epsilon: 0.001, center: true, scale: true }, ({ axis, momentum, epsilon, center, scale }, [x], layer) => {
      const at = number(axis) < 0 ? number(axis) + x!.shape.length : number(axis);
      return trace.add('batch norm', { axis: at, eps: epsilon, momentum, scale, center }, [x!], x!.shape, { params: x!.shape[at]! * (2 + Number(scale) + Number(center)), layer });
    }),
    LayerNormalization: made('layer norm', [], { axis: -1, epsilon: 0.001, center: true, scale: true }, ({ axis, epsilon, center, scale }, [x], layer) => {
      const axes = [axis].flat().map(one => (number(one) < 0 ? number(one) + x!.shape.length : number(one)));
      return trace.add('layer norm', { axes, eps: epsilon, scale, center }, [x!], x!.shape, { params: product(axes.map(one => x!.shape[one]!)) * (Number(scale) + Number(center)), layer });
    }),
    Activation: same('activation', ['activation'], {}, ({ activation }, x) => activationNamed(activation, x.shape.length - 1)),
    Softmax: same('activation', [], { axis: -1 }, ({ axis }, x) => ({ name: 'softmax', axis: number(axis) < 0 ? number(axis) + x.shape.length : axis })),
    ReLU: same('activation', [], { max_value: null, threshold: 0, negative_slope: 0 }, ({ max_value: largest, threshold }) =>
      (threshold === 0 ? { name: 'relu', ...(largest === null ? {} : { least: 0, largest }) } : { name: 'threshold', threshold, value: 0 })),
    LeakyReLU: same('activation', [], { negative_slope: 0.3 }, ({ negative_slope: slope }) => ({ name: 'leaky relu', slope })),
    ELU: same('activation', [], { alpha: 1 }, ({ alpha }) => ({ name: 'elu', ...(alpha === 1 ? {} : { alpha }) })),
    PReLU: made('prelu', [], { shared_axes: [] }, ({ shared_axes: shared }, [x], layer) =>
      trace.add('prelu', { shared }, [x!], x!.shape, { params: product(x!.shape.map((size, axis) => (axis === 0 || (shared as readonly number[]).includes(axis) ? 1 : size))), layer })),
    Dropout: same('dropout', ['rate'], { noise_shape: null }, ({ rate, noise_shape: shape }) => {
      if (shape === null) return { rate, of: 'values' };
      const list = shape as readonly (number | null)[];
      return list.length > 1 && list[0] === null && list.slice(1).every(size => size === 1) ? { rate, of: 'examples' } : { rate, shape };
    }),
    AlphaDropout: same('alpha dropout', ['rate'], {}, ({ rate }) => ({ rate })), GaussianDropout: same('gaussian dropout', ['rate'], {}, ({ rate }) => ({ rate })),
    GaussianNoise: same('noise', ['stddev'], {}, ({ stddev }) => ({ stddev })), SpatialDropout1D: same('dropout', ['rate'], {}, ({ rate }) => ({ rate, of: 'features', axis: 2 })),
    Masking: same('masking', [], { mask_value: 0 }, ({ mask_value: value }) => ({ value })), Rescaling: same('rescaling', ['scale'], { offset: 0 }, ({ scale, offset }) => ({ scale, offset })),
    Embedding: made('embedding', ['input_dim', 'output_dim'], { mask_zero: false }, ({ input_dim: count, output_dim: size }, [x], layer) =>
      trace.add('embedding', { count }, [x!], [...x!.shape, number(size)], { params: number(count) * number(size), layer })),
    Flatten: made('flatten', [], { data_format: 'channels_last' }, (settings, [x]) => {
      const behind = identity(x!.shape.length).slice(1);
      const order = first(settings) && behind.length > 1 ? [...behind.slice(1), 1] : behind;
      return trace.add('flatten', { order: order.filter(axis => x!.shape[axis]! > 1) }, [x!], [x!.shape[0]!, product(x!.shape.slice(1))]);
    }),
    Reshape: made('reshape', ['target_shape'], {}, ({ target_shape: target }, [x]) => {
      const dims = target as readonly number[];
      const left = product(x!.shape.slice(1)) / product(dims.filter(dim => dim !== -1));
      assert.ok(dims.includes(-1) || left === 1, 'as many values as before');
      return trace.add('reshape', { order: identity(x!.shape.length).filter(axis => axis > 0 && x!.shape[axis]! > 1) }, [x!], [x!.shape[0]!, ...dims.map(dim => (dim === -1 ? left : dim))]);
    }),
    Permute: made('permute', ['dims'], {}, ({ dims }, [x]) => {
      const order = [0, ...dims as readonly number[]];
      return trace.add('permute', { dims: order }, [x!], order.map(axis => x!.shape[axis]!));
    }),
    RepeatVector: made('repeat', ['n'], {}, ({ n }, [x]) => trace.add('repeat', {}, [x!], [x!.shape[0]!, number(n), x!.shape[1]!])),
    ZeroPadding2D: made('pad', ['padding'], { data_format: 'channels_last' }, (settings, [x]) => padded(trace.settle(x!), sides(settings['padding']), spatialAxes(settings, x!), 0)),
    Cropping2D: made('crop', ['cropping'], { data_format: 'channels_last' }, (settings, [x]) => {
      const margins = sides(settings['cropping']);
      return trace.add('crop', { margins }, [x!], x!.shape.map((size, axis) => size - (spatialAxes(settings, x!).includes(axis) ? margins[spatialAxes(settings, x!).indexOf(axis)]!.reduce((a, b) => a + b, 0) : 0)));
    }),
    UpSampling2D: made('upsample', ['size'], { data_format: 'channels_last' }, (settings, [x]) => {
      const factors = perAxis(settings['size'], 2);
      return trace.add('upsample', { factors, mode: 'nearest' }, [x!], x!.shape.map((size, axis) => (spatialAxes(settings, x!).includes(axis) ? size * factors[spatialAxes(settings, x!).indexOf(axis)]! : size)));
    }),
    SimpleRNN: recurrent('simpleRNN', 1), LSTM: recurrent('lstm', 4), GRU: recurrent('gru', 3),
    Bidirectional: made('bidirectional', ['layer'], { merge_mode: 'concat' }, ({ layer: inner, merge_mode: mode }, [x], layer) => {
      const { kind, settings } = inner as Made;
      const units = number(settings['units']);
      const bias = settings['use_bias'] === true;
      const params = 2 * ({ lstm: 4, gru: 3 }[kind] ?? 1) * units * (x!.shape[2]! + units + (bias ? 1 : 0));
      const width = mode === 'concat' ? 2 * units : units;
      const sequences = settings['return_sequences'];
      return trace.add(kind, { directions: 2, bias, sequences, activation: settings['activation'], ...(kind === 'simpleRNN' ? {} : { gates: gateNamed(settings['recurrent_activation']) }) }, [x!],
        sequences === true ? [x!.shape[0]!, x!.shape[1]!, width] : [x!.shape[0]!, width], { params, layer });
    }),
    TimeDistributed: made('at each step', ['layer'], {}, ({ layer: inner }, [x], layer) => {
      const before = trace.operations.length;
      const [batch, steps, ...rest] = x!.shape as readonly [number, number, ...number[]];
      const given = (inner as Made).apply([{ shape: [batch, ...rest], axes: identity(rest.length + 1), from: x!.from }], layer) as Tensor;
      // What is inside of it is one operation of the graph.
      const inside = trace.operations.splice(before);
      return trace.add(`${nameInGraph(inside[0]!.kind)} at each step`, {}, [x!], [batch, steps, ...given.shape.slice(1)], { params: inside.reduce((sum, { params }) => sum + params, 0), layer });
    }),
  };

  const functions: Readonly<Record<string, Callable>> = {
    Input: (_, { shape, batch_size: batch, dtype: _dtype }: Keywords) => {
      const x: Tensor = { shape: shapes[model.inputs.length]!, axes: identity(shapes[model.inputs.length]!.length), from: -1 - model.inputs.length };
      [batch ?? null, ...shape as readonly (number | null)[]].forEach((dim, axis) => { if (dim !== null) assert.equal(dim, x.shape[axis], 'the shape of an input'); });
      (model.inputs as Tensor[]).push(x);
      return x;
    },
    Model: ([inputs, outputs]) => {
      assert.deepEqual([inputs].flat(), model.inputs);
      model.outputs = ([outputs].flat() as readonly Tensor[]).map(output => trace.settle(output));
      return model;
    },
  };

  const ops: Readonly<Record<string, Callable>> = {
    clip: ([x, least, largest]) => {
      assert.deepEqual([least, largest, (x as { readonly scaled?: string }).scaled], [0, 1, '0.2 x + 0.5']);
      const { source } = x as { readonly source: Tensor };
      return trace.add('activation', { name: 'hardSigmoid of slope 0.2' }, [source], source.shape);
    },
    pad: ([x, widths], { constant_values: value }) => {
      const all = widths as readonly (readonly [number, number])[];
      const made = padded(trace.settle(x as Tensor), all, identity(all.length), number(value));
      return { ...made, pad: { ...made.pad!, ofAll: true } } satisfies Tensor;
    },
  };
  const activations = { gelu: (([x], { approximate }) => trace.add('activation', { name: approximate === true ? 'gelu_new' : 'gelu' }, [x as Tensor], (x as Tensor).shape)) as Callable };
  const modules: ReadonlyMap<Value, Readonly<Record<string, Value>>> = new Map<Value, Readonly<Record<string, Value>>>([['keras', { ...functions, activations: 'activations' }], ['layers', layers], ['ops', ops], ['activations', activations]]);

  return {
    names: { keras: 'keras', layers: 'layers', ops: 'ops' },
    helpers: {
      LayerScale: made('layer scale', ['initial_value'], { axis: -1 }, ({ initial_value: initial, axis }, [x], layer) => {
        const at = number(axis) < 0 ? number(axis) + x!.shape.length : number(axis);
        return trace.add('layer scale', { axis: at, initial }, [x!], x!.shape, { params: x!.shape[at]!, layer });
      }),
      hard_sigmoid: hardSigmoid,
    },
    member: (value, name) => (modules.get(value) ?? {})[name] ?? assert.fail(`there is no ${String(value)}.${name}`),
    binary: (operator, left, right) => binary(trace, operator, left, right),
    item(value, indices) {
      const x = value as Tensor;
      const axis = indices[0] === ellipsis ? x.shape.length - 1 : 1;
      const range = indices[1] as Slice;
      return trace.add('slice', { axis, from: range.from, to: range.to }, [x], x.shape.map((size, i) => (i === axis ? range.to! - range.from! : size)));
    },
  };
}

const hardSigmoid: Callable = () => assert.fail('handed on, and not called');

const gateNamed = (gate: Value): Value => (gate === hardSigmoid ? 'hardSigmoid' : gate);

/** What Keras 3 calls functions that the graph knows by other names. */
const activationNames: Readonly<Record<string, string>> = { silu: 'swish', hard_silu: 'hardSwish', hard_sigmoid: 'hardSigmoid of slope 1/6', log_softmax: 'logSoftmax' };
const known = new Set(['linear', 'relu', 'relu6', 'sigmoid', 'tanh', 'elu', 'selu', 'gelu', 'mish', 'softplus', 'softsign', 'softmax', ...Object.keys(activationNames)]);

function activationNamed(name: Value, axis: number): Settings {
  assert.ok(known.has(String(name)), `Keras has no activation ${String(name)}`);
  return { name: activationNames[String(name)] ?? name, ...(name === 'softmax' || name === 'log_softmax' ? { axis } : {}) };
}

const nameInGraph = (kind: string): string => (kind === 'conv' ? 'conv2d' : kind);

const sides = (value: Value): Pad['margins'] => perAxis(value, 2).map(side => (Array.isArray(side) ? side as unknown as readonly [number, number] : [side, side] as const));

const padded = (x: Tensor, margins: Pad['margins'], axes: readonly number[], value: number): Tensor =>
  ({ ...x, shape: x.shape.map((size, axis) => size + (axes.includes(axis) ? margins[axes.indexOf(axis)]!.reduce((a, b) => a + b, 0) : 0)), pad: { margins, value } });

const unpadded = (x: Tensor): Tensor => ({ shape: x.shape, axes: x.axes, from: x.from });
