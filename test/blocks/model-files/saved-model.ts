// A long saved model as Keras writes it: convolutions, normalizations and shortcuts, on one line.

const initializer = (class_name: string, config: object = {}): object => ({ class_name, config });

const convolution = {
  trainable: true, dtype: 'float32', filters: 16, kernel_size: [3, 3], strides: [1, 1], padding: 'same', data_format: 'channels_last', dilation_rate: [1, 1], groups: 1,
  activation: 'linear', use_bias: false, kernel_initializer: initializer('VarianceScaling', { scale: 1, mode: 'fan_in', distribution: 'truncated_normal', seed: null }),
  bias_initializer: initializer('Zeros'), kernel_regularizer: null, bias_regularizer: null, activity_regularizer: null, kernel_constraint: null, bias_constraint: null,
};
const normalization = {
  trainable: true, dtype: 'float32', axis: [3], momentum: 0.99, epsilon: 0.001, center: true, scale: true, beta_initializer: initializer('Zeros'), gamma_initializer: initializer('Ones'),
  moving_mean_initializer: initializer('Zeros'), moving_variance_initializer: initializer('Ones'), beta_regularizer: null, gamma_regularizer: null, beta_constraint: null, gamma_constraint: null,
};

/** So many layers, besides the input. */
export function savedModel(count: number): string {
  const layers: object[] = [{ class_name: 'InputLayer', config: { batch_input_shape: [null, 64, 64, 16], dtype: 'float32', sparse: false, name: 'x' }, name: 'x', inbound_nodes: [] }];
  const add = (class_name: string, name: string, config: object, ...from: string[]): string => {
    if (layers.length <= count) layers.push({ class_name, config: { name, ...config }, name, inbound_nodes: [from.map(layer => [layer, 0, 0, {}])] });
    return name;
  };
  let last = 'x';
  for (let i = 0; layers.length <= count; i++) {
    const before = last;
    const made = add('BatchNormalization', `bn${i}`, normalization, add('Conv2D', `conv${i}`, convolution, before));
    last = add('Add', `add${i}`, { trainable: true, dtype: 'float32' }, before, add('Activation', `relu${i}`, { trainable: true, dtype: 'float32', activation: 'relu' }, made));
  }
  const topology = { class_name: 'Functional', config: { name: 'long', trainable: true, layers, input_layers: [['x', 0, 0]], output_layers: [[last, 0, 0]] } };
  return JSON.stringify({ format: 'layers-model', modelTopology: { keras_version: '2.9.0', backend: 'tensorflow', model_config: topology } });
}
