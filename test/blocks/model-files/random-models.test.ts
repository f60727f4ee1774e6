// Random models that TensorFlow.js builds, saves and reads again: sequential, functional, with shared layers and models within models.
// Every layer has the shape and the parameters that TensorFlow.js says, and the whole has its totals.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { analyze } from '../../../src/blocks/analyze.ts';
import { seed } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { figuresIn, type Figures } from './figures.ts';
import { asKeras3 } from './keras3.ts';
import { tensorFlowFigures } from './tensorflow-figures.ts';

const runs = Math.min(400, Number(process.env['BLOCKSCOPE_RUNS'] ?? 40));

class RandomModels {
  private names = 0;

  constructor(private readonly random: RandomNumbers) {}

  private name(kind: string): string {
    return `${kind}_${this.names++}`;
  }

  sequential(shape: number[]): tf.Sequential {
    const model = tf.sequential({ name: this.name('sequential') });
    let first = true;
    let current: readonly (number | null)[] = [null, ...shape];
    for (let i = this.random.integer(1, 5); i > 0; i--) {
      const layer = this.layerFor(current, first ? { inputShape: shape } : {});
      model.add(layer);
      first = false;
      current = layer.outputShape as (number | null)[];
    }
    return model;
  }

  functional(shape: number[], depth: number): tf.LayersModel {
    const inputs = Array.from({ length: this.random.integer(1, 2) }, () => tf.input({ shape, name: this.name('input') }));
    const tensors: tf.SymbolicTensor[] = [...inputs];
    const layers: { readonly layer: tf.layers.Layer; readonly shape: string }[] = [];
    for (let i = this.random.integer(2, 8); i > 0; i--) {
      const tensor = this.random.pick(tensors);
      const alike = tensors.filter(other => other !== tensor && String(other.shape) === String(tensor.shape));
      const known = layers.filter(({ shape }) => shape === String(tensor.shape));
      if (alike.length > 0 && this.random.chance(0.4)) {
        const merge = this.random.pick([tf.layers.add, tf.layers.concatenate, tf.layers.multiply, tf.layers.maximum]);
        tensors.push(merge({ name: this.name('merge') }).apply([tensor, this.random.pick(alike)]) as tf.SymbolicTensor);
      } else if (known.length > 0 && this.random.chance(0.3)) {
        tensors.push(this.random.pick(known).layer.apply(tensor) as tf.SymbolicTensor);
      } else {
        const isOpen = tensor.shape.slice(1).includes(null);
        const layer = depth > 0 && !isOpen && this.random.chance(0.3) ? this.nested(tensor.shape.slice(1) as number[], depth - 1) : this.layerFor(tensor.shape, {});
        const made = layer.apply(tensor) as tf.SymbolicTensor | tf.SymbolicTensor[];
        tensors.push(...[made].flat());
        layers.push({ layer, shape: String(tensor.shape) });
      }
    }
    const outputs = tensors.slice(inputs.length).filter(() => this.random.chance(0.3));
    const joined = inputs.length > 1 ? [tf.layers.add({ name: this.name('join') }).apply(inputs) as tf.SymbolicTensor] : [];
    return tf.model({ inputs, outputs: [...new Set([...outputs, tensors.at(-1)!, ...joined])], name: this.name('model') });
  }

  private nested(shape: number[], depth: number): tf.LayersModel {
    if (this.random.chance(0.5)) return this.sequential(shape);
    for (;;) {
      const model = this.functional(shape, depth);
      if (model.inputs.length === 1) return model;
    }
  }

  private layerFor(shape: readonly (number | null)[], first: { inputShape?: number[] }): tf.layers.Layer {
    const { random } = this;
    const base = { name: this.name('layer'), trainable: random.chance(0.8), ...first };
    const units = random.integer(1, 6);
    const any = [
      () => tf.layers.dense({ ...base, units, useBias: random.chance(0.5) }), () => tf.layers.dropout({ ...base, rate: 0.5 }), () => tf.layers.activation({ ...base, activation: 'relu' }),
      () => tf.layers.batchNormalization({ ...base, scale: random.chance(0.5) }), () => tf.layers.layerNormalization(base), () => tf.layers.flatten(base), () => tf.layers.prelu(base),
    ];
    const sequence = [
      () => tf.layers.lstm({ ...base, units, returnSequences: random.chance(0.5) }), () => tf.layers.gru({ ...base, units }),
      () => tf.layers.bidirectional({ ...base, layer: tf.layers.simpleRNN({ units, returnSequences: true }) as tf.RNN, mergeMode: random.pick(['concat', 'sum'] as const) }),
      () => tf.layers.timeDistributed({ ...base, layer: tf.layers.dense({ units }) }), () => tf.layers.conv1d({ ...base, filters: units, kernelSize: 3, padding: 'same' }), () => tf.layers.globalMaxPooling1d(base),
    ];
    const image = [
      () => tf.layers.conv2d({ ...base, filters: units, kernelSize: random.integer(1, 3), strides: random.integer(1, 2), padding: 'same' }), () => tf.layers.depthwiseConv2d({ ...base, kernelSize: 2, depthMultiplier: 2, padding: 'same' }),
      () => tf.layers.separableConv2d({ ...base, filters: units, kernelSize: [3, 2], padding: 'same' }), () => tf.layers.conv2dTranspose({ ...base, filters: units, kernelSize: 2, strides: 2 }),
      () => tf.layers.maxPooling2d({ ...base, poolSize: 2, padding: 'same' }), () => tf.layers.zeroPadding2d({ ...base, padding: [[1, 0], [0, 2]] }), () => tf.layers.globalAveragePooling2d({ ...base, dataFormat: 'channelsLast' }),
      () => tf.layers.upSampling2d({ ...base, size: [2, 1] }), () => tf.layers.permute({ ...base, dims: [3, 1, 2] }),
    ];
    const make = random.pick([...any, ...(shape.length === 3 ? sequence : shape.length === 4 ? image : [])]);
    const layer = make();
    layer.setFastWeightInitDuringBuild(true);
    return layer;
  }
}

describe('random saved models', () => {
  it('are read as TensorFlow.js reads them', async () => {
    console.log(`      seed ${seed}, ${runs} models`);
    const random = new RandomNumbers(seed);
    const { warn } = console;
    let compared = 0;
    for (let i = 0; i < runs; i++) {
      tf.engine().startScope();
      console.warn = () => {};
      try {
        const models = new RandomModels(random);
        const shape = random.pick([[7], [5, 4], [8, 8, 3]]);
        let model: tf.LayersModel;
        try {
          model = random.chance(0.3) ? models.sequential(shape) : models.functional(shape, 2);
        } catch { continue; }
        const topology = model.toJSON(null, false) as object;
        const weightsManifest = [{ paths: [], weights: model.weights.map(({ originalName, shape, dtype }) => ({ name: originalName, shape, dtype })) }];
        const read = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: structuredClone(topology) })).catch((error: unknown) => error as Error);
        if (read instanceof Error) continue;
        compared++;
        const total = read.countParams();
        const isSequential = read instanceof tf.Sequential;
        for (const file of [{ modelTopology: topology, weightsManifest }, ...(isSequential ? [] : [asKeras3(topology)])]) {
          const { blocks: [whole], ...rest } = analyze('model.json', JSON.stringify(file));
          const context = JSON.stringify(topology);
          // TensorFlow.js lists layers in the order in which they are computed, and the file may have another.
          const byName = (figures: readonly Figures[]): Figures[] => [...figures].sort((a, b) => (a.name! < b.name! ? -1 : 1));
          const told = tensorFlowFigures(read);
          const found = figuresIn({ blocks: [whole!], ...rest });
          assert.deepEqual(byName(found), byName(told), context);
          assert.equal(whole!.totals.params, total, context);
          assert.deepEqual(whole!.outputShapes, read.outputs.map(output => Array.from(output.shape, dim => dim ?? null)), context);
          assert.deepEqual(rest.problems, [], context);
        }
      } finally {
        console.warn = warn;
        tf.engine().endScope();
      }
    }
    console.log(`      ${compared} compared`);
    assert.ok(compared > runs / 2);
  }).timeout(300_000);
});
