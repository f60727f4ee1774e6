// Blocks and networks as tf.layers code and as models in memory: both have the figures of the graph, and compute what it computes.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { blockJson } from '../../../src/blocks/export/block-json.ts';
import { readBlockJson } from '../../../src/blocks/export/read-block-json.ts';
import { tfLayersCode } from '../../../src/blocks/export/tf-layers-code.ts';
import { toLayersModel } from '../../../src/blocks/export/to-layers-model.ts';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { BlockGraph } from '../../../src/blocks/graph/block-graph.ts';
import { networks, type NetworkName } from '../../../src/blocks/library/networks/networks.ts';
import { graphOfBlock, type BlockOptions } from '../../../src/blocks/vocabulary/graph-of-block.ts';
import type { Block } from '../../../src/blocks/vocabulary/vocabulary.ts';
import { seed } from '../layers/random-seed.ts';
import { articleBlocks } from '../library/article-blocks.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { figuresOfGraph, figuresOfModel, largestDifference, modelOfCode, randomInput, randomWeights, runGraph, setWeights } from './models.ts';
import { randomBlock } from './random-block.ts';

const tolerance = 1e-4;

function graphOf(block: Block, options: BlockOptions): BlockGraph {
  const { graph, problems } = graphOfBlock(block, options);
  assert.deepEqual(problems, []);
  return graph;
}

/** The text, the model in memory and what Blockscope itself reads in the text have the figures of the graph. */
function compareFigures(graph: BlockGraph): readonly tf.LayersModel[] {
  const expected = figuresOfGraph(graph);
  const code = tfLayersCode(graph);
  const models = [modelOfCode(code), toLayersModel(tf, graph)];
  for (const model of models) assert.deepEqual(figuresOfModel(model), expected);
  const { blocks, problems } = analyze('/exported.ts', code);
  assert.deepEqual(problems.filter(({ severity }) => severity === 'error'), []);
  const read = blocks.find(({ kind }) => kind === 'model')!;
  assert.deepEqual({ outputs: read.outputShapes, trainableParams: read.totals.trainableParams, nonTrainableParams: read.totals.nonTrainableParams }, expected);
  return models;
}

function compareNumbers(graph: BlockGraph, models: readonly tf.LayersModel[], random: RandomNumbers): void {
  tf.tidy(() => {
    const weights = randomWeights(graph, random);
    const input = randomInput(graph.nodes[graph.inputs[0]!]!.output as number[], random);
    const expected = runGraph(graph, input, weights);
    for (const model of models) {
      setWeights(model, graph, weights);
      const difference = largestDifference(model.predict(input) as tf.Tensor, expected);
      assert.ok(difference < tolerance, `the largest difference is ${difference}`);
    }
  });
}

const disposeAll = (models: readonly tf.LayersModel[]): void => {
  for (const model of models) model.dispose();
};

/** The block with biases in all of its convolutions, or in none. */
const withBias = (block: Block, useBias: boolean): Block =>
  JSON.parse(JSON.stringify(block), (name: string, value: object) => (name === 'conv2d' ? { ...value, useBias } : value)) as Block;

describe('export to tf.layers', () => {
  before(() => tf.setBackend('cpu'));

  for (const { name, block, channels } of articleBlocks) {
    for (const useBias of [true, false]) {
      it(`${name}, ${useBias ? 'with' : 'without'} bias`, () => {
        const graph = graphOf(withBias(block, useBias), { input: [1, 8, 8, channels] });
        const models = compareFigures(graph);
        compareNumbers(graph, models, new RandomNumbers(seed));
        disposeAll(models);
      });
    }
  }

  const tested: readonly NetworkName[] = [
    'ResNet18', 'MobileNet_V2', 'MobileNet_V3_Small', 'EfficientNet_B0', 'ShuffleNet_V2_X0_5', 'SqueezeNet1_1', 'DenseNet121', 'ConvNeXt_Tiny',
  ];
  for (const name of tested) {
    it(name, () => disposeAll(compareFigures(graphOf(networks[name](), { input: [null, 64, 64, 3] }))));
  }

  it('random blocks, which JSON gives back as they are (BLOCKSCOPE_SEED=' + String(seed) + ')', () => {
    for (let i = 0; i < 60; i++) {
      const random = new RandomNumbers(seed + i);
      const { block, options } = randomBlock(random);
      const text = blockJson(block);
      try {
        assert.deepEqual(readBlockJson(text), { block });
        const graph = graphOf(block, options);
        const models = compareFigures(graph);
        compareNumbers(graph, models, random);
        disposeAll(models);
      } catch (error) {
        throw new Error(`BLOCKSCOPE_SEED=${seed + i}: ${text} on ${JSON.stringify(options)}`, { cause: error });
      }
    }
  });
});
