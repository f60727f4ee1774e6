// Blocks and networks as tf.layers code and as models in memory: both have the figures of the graph, and compute what it computes.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import path from 'node:path';
import ts from 'typescript';
import { customLayerText } from '../../../src/blocks/export/custom-layer-text.ts';
import { customLayerNames } from '../../../src/blocks/export/custom-layers.ts';
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
const manyParams = 8_000_000;

function graphOf(block: Block, options: BlockOptions): BlockGraph {
  const { graph, problems } = graphOfBlock(block, options);
  assert.deepEqual(problems, []);
  return graph;
}

/** The text, the model in memory and what Blockscope itself reads in the text have the figures of the graph. */
function compareFigures(graph: BlockGraph): readonly tf.LayersModel[] {
  const expected = figuresOfGraph(graph);
  const code = tfLayersCode(graph);
  // Initial weights are what takes time: large models are built of their text alone.
  const models = [modelOfCode(code), ...(Number(expected.trainableParams) < manyParams ? [toLayersModel(tf, graph)] : [])];
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
    'ResNet18', 'MobileNet_V2', 'MobileNet_V3_Small', 'EfficientNet_B0', 'ShuffleNet_V2_X0_5', 'SqueezeNet1_1', 'DenseNet121', 'ConvNeXt_Tiny', 'RegNet_Y_400MF',
  ];
  for (const name of tested) {
    const size = name === 'ConvNeXt_Tiny' ? 32 : 64;
    it(name, () => disposeAll(compareFigures(graphOf(networks[name](), { input: [null, size, size, 3] }))));
  }

  it('has classes for exactly what is not in tf.layers', () => assert.deepEqual(Object.keys(customLayerText), customLayerNames));

  it('is text that TypeScript accepts, whatever layers of its own it brings along', () => {
    const everything: Block = {
      sequential: [
        { conv2d: { filters: 8, kernelSize: 3, groups: 2, padding: 1, activation: 'hardSwish' } }, { maxPooling2d: { poolSize: 3, strides: 2, padding: 1 } },
        { channelShuffle: { groups: 2 } }, { layerScale: {} }, { activation: { activation: 'hardSigmoid' } },
        { branches: [[], [{ conv2d: { filters: 4, kernelSize: 1 } }]], merge: 'concatenate', split: true }, { adaptiveAveragePooling2d: { outputSize: 3 } }, { stochasticDepth: { rate: 0.1 } },
      ],
    };
    const code = tfLayersCode(graphOf(everything, { input: [null, 8, 8, 4] }), { name: 'everything' });
    for (const className of customLayerNames) assert.ok(code.includes(`class ${className} `), className);
    assert.deepEqual(typeErrors(code), []);
  });

  it('refuses a convolution that tf.layers builds and cannot run', () => {
    const graph = graphOf({ conv2d: { filters: 8, kernelSize: 3, strides: 2, dilationRate: 2 } }, { input: [null, 16, 16, 4] });
    assert.throws(() => tfLayersCode(graph, { name: 'both' }), /conv2d cannot be exported: TensorFlow\.js has no convolution whose strides and dilation are both larger than 1\./);
  });

  it('gives a model that is saved and read again', async () => {
    const graph = graphOf(networks.ShuffleNet_V2_X0_5(), { input: [null, 32, 32, 3] });
    const model = toLayersModel(tf, graph);
    const again = await tf.models.modelFromJSON(model.toJSON(null, false) as never);
    assert.deepEqual(figuresOfModel(again), figuresOfGraph(graph));
    disposeAll([model, again]);
  });

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

/** What the type checker says of a text, strictly, as a file of this project would be checked. */
function typeErrors(code: string): readonly string[] {
  const file = path.join(import.meta.dirname, 'exported.ts');
  const options: ts.CompilerOptions = {
    strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, skipLibCheck: true, noEmit: true, types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = name => name === file || fileExists(name);
  host.getSourceFile = (name, version) => (name === file ? ts.createSourceFile(name, code, version) : getSourceFile(name, version));
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText, start }) => `${code.slice(start, start! + 60)}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`);
}
