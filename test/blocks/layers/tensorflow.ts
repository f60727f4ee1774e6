// What TensorFlow.js itself answers: it builds a layer, or builds and runs it, on its JavaScript
// backend, which is the only one that it finds in Node.
import * as tf from '@tensorflow/tfjs';
import type { InnerModel } from '../../../src/blocks/layers/attribute.ts';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { innerModel } from '../../../webview/run/make-layer.ts';

export type Dims = readonly (number | null)[];
export type Config = Readonly<Record<string, unknown>>;

export type Built =
  | { readonly output: Dims; readonly furtherOutputs: readonly Dims[]; readonly params: number; readonly trainableParams: number; readonly weights: readonly (readonly number[])[] }
  | { readonly error: string };

// Keeps the backend from recommending tfjs-node.
tf.env().set('IS_TEST', true);

/** Builds the layer by its factory and applies it to symbolic inputs. `undefined` calls the factory without an argument. */
export function build(definition: LayerDefinition, config: Config | undefined, inputs: readonly Dims[]): Built {
  return inScope(() => {
    if (definition.name === 'input') return { output: tf.input(copy(config) as never).shape, furtherOutputs: [], params: 0, trainableParams: 0, weights: [] };
    const layer = makeLayer(definition.name, config, inputs);
    if (definition.inputs === 'none') return { ...counts(layer), output: (layer as unknown as { batchInputShape: Dims }).batchInputShape, furtherOutputs: [] };
    const tensors = inputs.map(shape => tf.input({ batchShape: [...shape] }));
    const [output, ...furtherOutputs] = shapesOf(layer.apply(tensors.length === 1 ? tensors[0]! : tensors));
    return { ...counts(layer), output: output!, furtherOutputs };
  });
}

/** The layer in a model of its own, saved and read again by TensorFlow.js, with what it says of the layer then. */
export async function saved(definition: LayerDefinition, config: Config | undefined, inputs: readonly Dims[]): Promise<{ readonly topology: object; readonly listed: tf.io.WeightsManifestEntry[]; readonly outputs: readonly Dims[]; readonly params: number; readonly trainableParams: number; readonly weights: readonly (readonly number[])[] } | { readonly error: string }> {
  const { warn } = console;
  console.warn = () => {};
  try {
    const layer = makeLayer(definition.name, config, inputs);
    const tensors = inputs.map(shape => tf.input({ batchShape: [...shape] }));
    const outputs = layer.apply(tensors.length === 1 ? tensors[0]! : tensors) as tf.SymbolicTensor;
    let artifacts: tf.io.ModelArtifacts | undefined;
    await tf.model({ inputs: tensors, outputs }).save(tf.io.withSaveHandler(given => {
      artifacts = given;
      return Promise.resolve({ modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } });
    }));
    const { modelTopology, weightSpecs } = artifacts!;
    const topology = modelTopology as object;
    const read = await tf.loadLayersModel(tf.io.fromMemory(structuredClone({ modelTopology: topology })));
    const made = { topology, listed: weightSpecs!, outputs: read.outputs.map(({ shape }) => Array.from(shape, dim => dim ?? null)), ...counts(read.getLayer(layer.name)) };
    read.dispose();
    return made;
  } catch (error) {
    return { error: (error as Error).message };
  } finally {
    console.warn = warn;
  }
}

/** Builds the layer and runs it on zeros of the given shapes; the output's shape as it is measured. */
export function run(definition: LayerDefinition, config: Config | undefined, inputs: readonly (readonly number[])[]): { readonly output: readonly number[]; readonly furtherOutputs: readonly (readonly number[])[] } | { readonly error: string } {
  return inScope(() => {
    const tensors = inputs.map(shape => tf.zeros([...shape]));
    const [output, ...furtherOutputs] = shapesOf(makeLayer(definition.name, config, inputs).apply(tensors.length === 1 ? tensors[0]! : tensors)) as number[][];
    return { output: output!, furtherOutputs };
  });
}

function makeLayer(name: string, config: Config | undefined, inputs: readonly Dims[]): tf.layers.Layer {
  const layer = factories[name]!(copy(config));
  // The values of the weights are of no interest, and zeros are quicker, but two initializers refuse some shapes. One of
  // them fails to notice open dims, which zeros do not.
  const closed = inputs.every(shape => !shape.slice(1).includes(null));
  const refuses = closed && Object.values(config ?? {}).some(value => /^(identity|orthogonal)$/i.test(String(value)));
  layer.setFastWeightInitDuringBuild(!refuses);
  return layer;
}

/** A copy, because TensorFlow.js writes defaults into the configuration that it is given. */
const copy = (config: Config | undefined): unknown => (config === undefined ? undefined : withLayers(structuredClone(config)));

/** Descriptions of layers among the values become layers. */
function withLayers(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withLayers);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withLayers(inner)]));
  if (entries['kind'] === 'model') return innerModel(value as InnerModel, (entries['layers'] as { layer: tf.layers.Layer }[]).map(({ layer }) => layer));
  return entries['kind'] === 'layer' ? factories[entries['layer'] as string]!(entries['attributes']) : entries;
}

const factories = tf.layers as unknown as Record<string, (config: unknown) => tf.layers.Layer>;

const shapesOf = (outputs: ReturnType<tf.layers.Layer['apply']>): Dims[] =>
  (Array.isArray(outputs) ? outputs : [outputs]).map(output => Array.from(output.shape, dim => dim ?? null));

const counts = (layer: tf.layers.Layer) => ({
  params: layer.countParams(),
  trainableParams: layer.trainableWeights.reduce((sum, weight) => sum + size(weight.shape), 0),
  weights: layer.weights.map(weight => weight.shape as number[]),
});

const size = (shape: readonly (number | null)[]): number => shape.reduce<number>((product, dim) => product * dim!, 1);

/** Runs TensorFlow.js code, gives its refusal as a value, and frees what it made. */
function inScope<T>(work: () => T): T | { readonly error: string } {
  tf.engine().startScope();
  const { warn } = console;
  // It warns of every setting that it ignores.
  console.warn = () => {};
  try {
    return work();
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) };
  } finally {
    console.warn = warn;
    tf.engine().endScope();
    tf.disposeVariables();
  }
}
