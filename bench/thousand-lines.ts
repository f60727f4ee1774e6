// A file of 1,000 lines with about 900 layers: a library of sixty builders, as a project's `blocks.ts` grows to be. No two
// builders are alike, and every third one is made of a helper that the others share.

const builders = 60;

/** The file's text. */
export function thousandLines(): string {
  const lines = [
    `import * as tf from '@tensorflow/tfjs';`,
    '',
    'const momentum = 0.99;',
    '',
    'function unit(x: tf.SymbolicTensor, filters: number, kernelSize: number, strides = 1): tf.SymbolicTensor {',
    `  x = tf.layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false }).apply(x) as tf.SymbolicTensor;`,
    '  x = tf.layers.batchNormalization({ momentum }).apply(x) as tf.SymbolicTensor;',
    '  return tf.layers.reLU().apply(x) as tf.SymbolicTensor;',
    '}',
    '',
  ];
  for (let i = 0; i < builders; i++) lines.push(...[chain, residual, helped][i % 3]!(i), '');
  while (lines.length < 1000) lines.push(`// The end of the file is ${1000 - lines.length} lines away.`);
  return `${lines.join('\n')}\n`;
}

function chain(i: number): string[] {
  const width = 8 * (1 + (i % 7));
  return [
    `export function chain${i}(classes: number): tf.Sequential {`,
    '  const model = tf.sequential();',
    `  model.add(tf.layers.conv2d({ inputShape: [${32 + 4 * i}, ${32 + 4 * i}, 3], filters: ${width}, kernelSize: 3, padding: 'same' }));`,
    ...repeated(3, k => [
      `  model.add(tf.layers.batchNormalization({ momentum }));`,
      `  model.add(tf.layers.conv2d({ filters: ${width * (k + 1)}, kernelSize: 3, activation: 'relu' }));`,
      `  model.add(tf.layers.maxPooling2d({ poolSize: 2 }));`,
    ]),
    '  model.add(tf.layers.flatten());',
    `  model.add(tf.layers.dense({ units: ${64 + i}, activation: 'relu' }));`,
    '  model.add(tf.layers.dropout({ rate: 0.5 }));',
    '  model.add(tf.layers.dense({ units: classes }));',
    '  return model;',
    '}',
  ];
}

function residual(i: number): string[] {
  const width = 8 * (1 + (i % 5));
  return [
    `export function residual${i}(x: tf.SymbolicTensor, filters = ${width}): tf.SymbolicTensor {`,
    '  const shortcut = tf.layers.conv2d({ filters, kernelSize: 1 }).apply(x) as tf.SymbolicTensor;',
    ...repeated(4, k => [
      `  x = tf.layers.separableConv2d({ filters, kernelSize: ${3 + 2 * (k % 2)}, padding: 'same' }).apply(x) as tf.SymbolicTensor;`,
      '  x = tf.layers.batchNormalization({ momentum }).apply(x) as tf.SymbolicTensor;',
      `  x = tf.layers.activation({ activation: 'relu' }).apply(x) as tf.SymbolicTensor;`,
    ]),
    '  return tf.layers.add().apply([x, shortcut]) as tf.SymbolicTensor;',
    '}',
  ];
}

function helped(i: number): string[] {
  return [
    `export const helped${i} = (size: number): tf.LayersModel => {`,
    '  const input = tf.input({ shape: [size, size, 3] });',
    `  let x = unit(input, ${16 + i}, 3, 2);`,
    `  x = unit(x, ${32 + i}, 3);`,
    `  x = unit(x, ${64 + i}, 3, 2);`,
    ...repeated(2, k => [
      `  x = tf.layers.depthwiseConv2d({ kernelSize: ${3 + 2 * k}, padding: 'same' }).apply(x) as tf.SymbolicTensor;`,
      '  x = tf.layers.layerNormalization().apply(x) as tf.SymbolicTensor;',
    ]),
    '  x = tf.layers.globalAveragePooling2d({}).apply(x) as tf.SymbolicTensor;',
    `  const output = tf.layers.dense({ units: ${10 + i}, activation: 'softmax' }).apply(x) as tf.SymbolicTensor;`,
    '  return tf.model({ inputs: input, outputs: output });',
    '};',
  ];
}

const repeated = (times: number, lines: (index: number) => string[]): string[] => Array.from({ length: times }, (_, index) => lines(index)).flat();
