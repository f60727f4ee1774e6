// What tf.layers does not have, as the source text of classes: an export writes out those that it needs. What each computes is compared
// with its definition (`custom-layers.ts`) by tests.

export const customLayerText: Readonly<Record<string, string>> = {
  AdaptiveAveragePooling2D: `
/** The means of as many windows as there are values to come out; window i goes from ⌊i · in / out⌋ to ⌈(i + 1) · in / out⌉. */
class AdaptiveAveragePooling2D extends tf.layers.Layer {
  static className = 'AdaptiveAveragePooling2D';

  constructor(private readonly config: { name?: string; outputSize: number | number[]; dataFormat?: 'channelsFirst' | 'channelsLast' }) {
    super(config);
  }

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { outputSize, dataFormat } = this.config;
    const [height, width] = Array.isArray(outputSize) ? outputSize : [outputSize, outputSize];
    const [batch] = inputShape;
    return dataFormat === 'channelsFirst' ? [batch, inputShape[1], height, width] : [batch, height, width, inputShape[3]];
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const axis = this.config.dataFormat === 'channelsFirst' ? 2 : 1;
      const output = this.computeOutputShape(x.shape) as number[];
      return this.means(this.means(x, axis, output[axis]), axis + 1, output[axis + 1]);
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  private means(x: tf.Tensor, axis: number, count: number): tf.Tensor {
    const length = x.shape[axis];
    const windows = Array.from({ length: count }, (_, i) => {
      const [from, to] = [Math.floor((i * length) / count), Math.ceil(((i + 1) * length) / count)];
      const window = tf.slice(x, x.shape.map((_size, at) => (at === axis ? from : 0)), x.shape.map((size, at) => (at === axis ? to - from : size)));
      return tf.mean(window, axis, true);
    });
    return tf.concat(windows, axis);
  }
}
tf.serialization.registerClass(AdaptiveAveragePooling2D);
`,

  ChannelShuffle: `
/** Deals the channels of groups out anew: channel i of group g becomes channel i · groups + g. */
class ChannelShuffle extends tf.layers.Layer {
  static className = 'ChannelShuffle';

  constructor(private readonly config: { name?: string; groups: number; dataFormat?: 'channelsFirst' | 'channelsLast' }) {
    super(config);
  }

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const { groups, dataFormat } = this.config;
      const [batch, a, b, c] = x.shape;
      if (dataFormat === 'channelsFirst') return x.reshape([batch, groups, a / groups, b, c]).transpose([0, 2, 1, 3, 4]).reshape(x.shape);
      return x.reshape([batch, a, b, groups, c / groups]).transpose([0, 1, 2, 4, 3]).reshape(x.shape);
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(ChannelShuffle);
`,

  GroupedConv2D: `
interface GroupedConv2DConfig {
  name?: string;
  filters: number;
  groups: number;
  kernelSize: number | number[];
  strides?: number | number[];
  padding?: 'valid' | 'same';
  dilationRate?: number | number[];
  useBias?: boolean;
  dataFormat?: 'channelsFirst' | 'channelsLast';
}

/** A convolution whose filters each see the channels of one of several groups. */
class GroupedConv2D extends tf.layers.Layer {
  static className = 'GroupedConv2D';
  private kernel?: tf.LayerVariable;
  private bias?: tf.LayerVariable;

  constructor(private readonly config: GroupedConv2DConfig) {
    super(config);
  }

  build(inputShape: tf.Shape): void {
    const { filters, groups, kernelSize, useBias = true, dataFormat } = this.config;
    const channels = dataFormat === 'channelsFirst' ? inputShape[1]! : inputShape[3]!;
    this.kernel = this.addWeight('kernel', [...this.pair(kernelSize), channels / groups, filters], 'float32', tf.initializers.glorotNormal({}));
    if (useBias) this.bias = this.addWeight('bias', [filters], 'float32', tf.initializers.zeros());
    super.build(inputShape);
  }

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { filters, kernelSize, strides = 1, padding, dilationRate = 1, dataFormat } = this.config;
    const [kernel, stride, dilation] = [this.pair(kernelSize), this.pair(strides), this.pair(dilationRate)];
    const first = dataFormat === 'channelsFirst' ? 2 : 1;
    const size = (axis: number): number | null => {
      const length = inputShape[first + axis];
      if (length === null) return null;
      return padding === 'same' ? Math.ceil(length / stride[axis]) : Math.floor((length - (kernel[axis] - 1) * dilation[axis] - 1) / stride[axis]) + 1;
    };
    const [batch] = inputShape;
    return dataFormat === 'channelsFirst' ? [batch, filters, size(0), size(1)] : [batch, size(0), size(1), filters];
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const { groups, strides = 1, padding = 'valid', dilationRate = 1, dataFormat } = this.config;
      const channelsFirst = dataFormat === 'channelsFirst';
      const image: tf.Tensor4D = channelsFirst ? tf.transpose(x, [0, 2, 3, 1]) : x;
      const images = tf.split<tf.Tensor4D>(image, groups, 3);
      const kernels = tf.split<tf.Tensor4D>(this.kernel!.read(), groups, 3);
      const parts = images.map((part, i) => tf.conv2d(part, kernels[i], this.pair(strides), padding, 'NHWC', this.pair(dilationRate)));
      let y: tf.Tensor = tf.concat(parts, 3);
      if (this.bias) y = tf.add(y, this.bias.read());
      return channelsFirst ? tf.transpose(y, [0, 3, 1, 2]) : y;
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  private pair(size: number | number[]): [number, number] {
    return Array.isArray(size) ? [size[0], size[1]] : [size, size];
  }
}
tf.serialization.registerClass(GroupedConv2D);
`,

  HardSigmoid: `
/** min(max(x + 3, 0), 6) / 6, as in MobileNetV3 and PyTorch; the hardSigmoid of tf.layers has another slope. */
class HardSigmoid extends tf.layers.Layer {
  static className = 'HardSigmoid';

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return tf.div(tf.relu6(tf.add(x, 3)), 6);
    });
  }
}
tf.serialization.registerClass(HardSigmoid);
`,

  HardSwish: `
/** x · min(max(x + 3, 0), 6) / 6. */
class HardSwish extends tf.layers.Layer {
  static className = 'HardSwish';

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      return tf.mul(x, tf.div(tf.relu6(tf.add(x, 3)), 6));
    });
  }
}
tf.serialization.registerClass(HardSwish);
`,

  LayerScale: `
/** One learnt factor for each channel, which begins close to zero. */
class LayerScale extends tf.layers.Layer {
  static className = 'LayerScale';
  private gamma?: tf.LayerVariable;

  constructor(private readonly config: { name?: string; initialValue: number; dataFormat?: 'channelsFirst' | 'channelsLast' }) {
    super(config);
  }

  build(inputShape: tf.Shape): void {
    const { initialValue, dataFormat } = this.config;
    const channels = dataFormat === 'channelsFirst' ? inputShape[1] : inputShape[3];
    this.gamma = this.addWeight('gamma', [channels], 'float32', tf.initializers.constant({ value: initialValue }));
    super.build(inputShape);
  }

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    return inputShape;
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const gamma = this.gamma!.read();
      return tf.mul(x, this.config.dataFormat === 'channelsFirst' ? gamma.reshape([-1, 1, 1]) : gamma);
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(LayerScale);
`,

  PaddedMaxPooling2D: `
interface PaddedMaxPooling2DConfig {
  name?: string;
  poolSize: number | number[];
  strides: number | number[];
  padding: number | number[];
  ceilMode?: boolean;
  dataFormat?: 'channelsFirst' | 'channelsLast';
}

/** The largest value of each window, where what lies outside of the image loses against every value; a zero would not. */
class PaddedMaxPooling2D extends tf.layers.Layer {
  static className = 'PaddedMaxPooling2D';

  constructor(private readonly config: PaddedMaxPooling2DConfig) {
    super(config);
  }

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const { poolSize, strides, padding, ceilMode, dataFormat } = this.config;
    const [pool, stride, margin] = [this.pair(poolSize), this.pair(strides), this.pair(padding)];
    const first = dataFormat === 'channelsFirst' ? 2 : 1;
    const size = (axis: number): number | null => {
      const length = inputShape[first + axis];
      if (length === null) return null;
      const steps = (length + 2 * margin[axis] - pool[axis]) / stride[axis];
      const places = (ceilMode ? Math.ceil(steps) : Math.floor(steps)) + 1;
      // A last window must not begin in what lies behind the image.
      return ceilMode && (places - 1) * stride[axis] >= length + margin[axis] ? places - 1 : places;
    };
    const [batch] = inputShape;
    return dataFormat === 'channelsFirst' ? [batch, inputShape[1], size(0), size(1)] : [batch, size(0), size(1), inputShape[3]];
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = (Array.isArray(inputs) ? inputs[0] : inputs) as tf.Tensor4D;
      const channelsFirst = this.config.dataFormat === 'channelsFirst';
      const [pool, stride, before] = [this.pair(this.config.poolSize), this.pair(this.config.strides), this.pair(this.config.padding)];
      const image: tf.Tensor4D = channelsFirst ? tf.transpose(x, [0, 2, 3, 1]) : x;
      const output = this.computeOutputShape(x.shape).slice(channelsFirst ? 2 : 1) as number[];
      const after = (axis: number): number => Math.max(0, (output[axis] - 1) * stride[axis] + pool[axis] - before[axis] - image.shape[axis + 1]);
      const y = tf.maxPool(image, pool, stride, [[0, 0], [before[0], after(0)], [before[1], after(1)], [0, 0]], 'floor');
      return channelsFirst ? tf.transpose(y, [0, 3, 1, 2]) : y;
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }

  private pair(size: number | number[]): [number, number] {
    return Array.isArray(size) ? [size[0], size[1]] : [size, size];
  }
}
tf.serialization.registerClass(PaddedMaxPooling2D);
`,

  SliceChannels: `
/** One of several equal shares of the channels. */
class SliceChannels extends tf.layers.Layer {
  static className = 'SliceChannels';

  constructor(private readonly config: { name?: string; shares: number; index: number; dataFormat?: 'channelsFirst' | 'channelsLast' }) {
    super(config);
  }

  computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const [batch, a, b, c] = inputShape;
    const { shares, dataFormat } = this.config;
    return dataFormat === 'channelsFirst' ? [batch, a! / shares, b, c] : [batch, a, b, c! / shares];
  }

  call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.tidy(() => {
      const x = Array.isArray(inputs) ? inputs[0] : inputs;
      const { shares, index, dataFormat } = this.config;
      const axis = dataFormat === 'channelsFirst' ? 1 : 3;
      return tf.split(x, shares, axis)[index];
    });
  }

  getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.config };
  }
}
tf.serialization.registerClass(SliceChannels);
`,
};
