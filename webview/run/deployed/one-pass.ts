// Operations on each value that TensorFlow.js would do in several passes over the tensor, in one: as programs of our own on WebGL, as
// its own operations elsewhere.
import * as tf from '../tensorflow.ts';
import type { BackendName } from '../../../src/blocks/protocol/messages.ts';

interface OnePass {
  /** GLSL: four values `x` at a time, and `y` where there are two tensors. */
  readonly glsl: string;
  readonly tensors: 1 | 2;
  compute(x: tf.Tensor, y: tf.Tensor): tf.Tensor;
}

const hardSigmoid = (x: tf.Tensor): tf.Tensor => tf.div(tf.relu6(tf.add(x, 3)), 6);

const operations = {
  silu: { glsl: 'x / (1. + exp(-x))', tensors: 1, compute: x => tf.mul(x, tf.sigmoid(x)) },
  hardSwish: { glsl: 'x * clamp(x + 3., 0., 6.) / 6.', tensors: 1, compute: x => tf.mul(x, hardSigmoid(x)) },
  hardSigmoid: { glsl: 'clamp(x + 3., 0., 6.) / 6.', tensors: 1, compute: hardSigmoid },
  addRelu: { glsl: 'max(x + y, 0.)', tensors: 2, compute: (x, y) => tf.relu(tf.add(x, y)) },
  addRelu6: { glsl: 'clamp(x + y, 0., 6.)', tensors: 2, compute: (x, y) => tf.relu6(tf.add(x, y)) },
} as const satisfies Readonly<Record<string, OnePass>>;

export type OnePassName = keyof typeof operations;

/** The tensors that go in have the same shape. */
export function onePass(name: OnePassName, backend: BackendName, x: tf.Tensor, y: tf.Tensor = x): tf.Tensor {
  const { tensors, compute }: OnePass = operations[name];
  if (backend !== 'webgl') return compute(x, y);
  registerKernels();
  return tf.engine().runKernel(kernelName(name), tensors === 1 ? { x } : { x, y }) as tf.Tensor;
}

const kernelName = (name: OnePassName): string => `Blockscope.${name}`;

/** The parts of TensorFlow.js' WebGL backend that are used here; it has no types for them. */
interface WebGLBackend {
  runWebGLProgram(program: object, inputs: readonly tf.TensorInfo[], dtype: tf.DataType): tf.TensorInfo;
}

function registerKernels(): void {
  for (const [name, { glsl, tensors }] of Object.entries(operations)) {
    const kernel = kernelName(name as OnePassName);
    if (tf.getKernel(kernel, 'webgl')) continue;
    tf.registerKernel({
      kernelName: kernel, backendName: 'webgl',
      kernelFunc: ({ inputs, backend }) => {
        const { x, y } = inputs as unknown as { readonly x: tf.TensorInfo; readonly y?: tf.TensorInfo };
        return (backend as unknown as WebGLBackend).runWebGLProgram(programOf(glsl, tensors, x.shape), y ? [x, y] : [x], x.dtype);
      },
    });
  }
}

const programOf = (glsl: string, tensors: 1 | 2, outputShape: readonly number[]): object => ({
  variableNames: tensors === 1 ? ['X'] : ['X', 'Y'], packedInputs: true, packedOutput: true, outputShape: [...outputShape],
  userCode: `void main() { vec4 x = getXAtOutCoords(); ${tensors === 2 ? 'vec4 y = getYAtOutCoords(); ' : ''}setOutput(${glsl}); }`,
});
