// What TensorFlow.js itself answers: it builds a layer, or builds and runs it, on its JavaScript
// backend, which is the only one that it finds in Node.
import * as tf from '@tensorflow/tfjs';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';

export type Dims = readonly (number | null)[];
export type Config = Readonly<Record<string, unknown>>;

export type Built =
  | { readonly output: Dims; readonly params: number; readonly trainableParams: number; readonly weights: readonly (readonly number[])[] }
  | { readonly error: string };

// Keeps the backend from recommending tfjs-node.
tf.env().set('IS_TEST', true);

/** Builds the layer by its factory and applies it to symbolic inputs. `undefined` calls the factory without an argument. */
export function build(definition: LayerDefinition, config: Config | undefined, inputs: readonly Dims[]): Built {
  return inScope(() => {
    if (definition.name === 'input') return { output: tf.input(copy(config) as never).shape, params: 0, trainableParams: 0, weights: [] };
    const layer = makeLayer(definition.name, config, inputs);
    if (definition.inputs === 'none') return { ...counts(layer), output: (layer as unknown as { batchInputShape: Dims }).batchInputShape };
    const tensors = inputs.map(shape => tf.input({ batchShape: [...shape] }));
    const output = layer.apply(tensors.length === 1 ? tensors[0]! : tensors) as tf.SymbolicTensor;
    return { ...counts(layer), output: Array.from(output.shape, dim => dim ?? null) };
  });
}

/** Builds the layer and runs it on zeros of the given shapes; the output's shape as it is measured. */
export function run(definition: LayerDefinition, config: Config | undefined, inputs: readonly (readonly number[])[]): { readonly output: readonly number[] } | { readonly error: string } {
  return inScope(() => {
    const tensors = inputs.map(shape => tf.zeros([...shape]));
    const output = makeLayer(definition.name, config, inputs).apply(tensors.length === 1 ? tensors[0]! : tensors) as tf.Tensor;
    return { output: [...output.shape] };
  });
}

function makeLayer(name: string, config: Config | undefined, inputs: readonly Dims[]): tf.layers.Layer {
  const layer = (tf.layers as unknown as Record<string, (config: unknown) => tf.layers.Layer>)[name]!(copy(config));
  // The values of the weights are of no interest, and zeros are quicker, but two initializers refuse some shapes. One of
  // them fails to notice open dims, which zeros do not.
  const closed = inputs.every(shape => !shape.slice(1).includes(null));
  const refuses = closed && Object.values(config ?? {}).some(value => /^(identity|orthogonal)$/i.test(String(value)));
  layer.setFastWeightInitDuringBuild(!refuses);
  return layer;
}

/** A copy, because TensorFlow.js writes defaults into the configuration that it is given. */
const copy = (config: Config | undefined): unknown => (config === undefined ? undefined : structuredClone(config));

const counts = (layer: tf.layers.Layer) => ({
  params: layer.countParams(),
  trainableParams: layer.trainableWeights.reduce((sum, weight) => sum + size(weight.shape), 0),
  weights: layer.weights.map(weight => weight.shape as number[]),
});

const size = (shape: readonly (number | null)[]): number => shape.reduce<number>((product, dim) => product * dim!, 1);

/** Runs TensorFlow.js code, gives its refusal as a value, and frees what it made. */
function inScope<T>(work: () => T): T | { readonly error: string } {
  tf.engine().startScope();
  try {
    return work();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    tf.engine().endScope();
    tf.disposeVariables();
  }
}
