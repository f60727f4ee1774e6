// Every layer with random configurations, in a model that TensorFlow.js saves: what Blockscope reads in the file is what
// TensorFlow.js reads in it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { analyze } from '../../../src/blocks/analyze.ts';
import type { AttributeValue } from '../../../src/blocks/layers/attribute.ts';
import { layers } from '../../../src/blocks/layers/index.generated.ts';
import { inferLayer } from '../../../src/blocks/layers/infer.ts';
import { randomCall } from '../layers/random-calls.ts';
import { seed } from '../layers/random-seed.ts';
import { saved } from '../layers/tensorflow.ts';
import { count, plain } from './figures.ts';
import { asKeras3 } from './keras3.ts';

const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 25);

/** Layers that may have a model inside, whose weights have the names of its layers. */
const modelWithin: ReadonlySet<string> = new Set(['timeDistributed']);

describe('layers in saved models', () => {
  console.log(`      seed ${seed}`);
  for (const definition of layers) {
    if (definition.inputs === 'none') continue;
    it(definition.name, async () => {
      const calls = fc.sample(randomCall(definition), { seed, numRuns: runs });
      let compared = 0;
      for (const { config, inputs } of calls) {
        const truth = await saved(definition, config, inputs);
        // Where TensorFlow.js comes to a size of zero or less, nothing can be run, and nothing is to be told.
        if ('error' in truth || truth.outputs.flat().some(dim => dim !== null && dim <= 0)) continue;
        compared++;
        const { outputs, params, trainableParams } = truth;
        for (const [spelling, file] of [['TensorFlow.js', { modelTopology: truth.topology, weightsManifest: [{ paths: [], weights: truth.listed }] }], ['Keras 3', asKeras3(truth.topology)]] as const) {
          const { sites, blocks, parses, problems } = analyze('model.json', JSON.stringify(file));
          assert.ok(parses);
          // TensorFlow.js saves some wrappers so that it reads other ones.
          const isSame = JSON.stringify(truth.listed.map(({ shape }) => shape)) === JSON.stringify(truth.weights);
          if (isSame) assert.deepEqual(problems.filter(({ id }) => id === 'weights-differ'), [], JSON.stringify({ config, inputs, weights: truth.listed }));
          const site = sites.find(({ layer }) => layer === definition.name) ?? sites.at(-1)!;
          const [first] = site.variants;
          const shown = { outputs: blocks[0]!.outputShapes.map(plain), params: count(first!.params), trainableParams: count(first!.trainableParams) };
          // A figure may be left open, with its reason, where Keras means something else by the same words.
          const told = {
            outputs: outputs.map((output, i) => (shown.outputs[i] === '?' ? '?' : output)),
            params: shown.params === '?' ? '?' : params, trainableParams: shown.trainableParams === '?' ? '?' : trainableParams,
          };
          assert.deepEqual(shown, told, `${spelling}: ${JSON.stringify({ config, inputs })}`);
          const inCode = inferLayer(definition, Object.fromEntries(Object.entries(config).map(([name, value]) => [name, { value: value as AttributeValue }])), inputs);
          // A weight of another shape is found, whichever it is; TensorFlow.js refuses to load it.
          if (spelling === 'TensorFlow.js' && isSame && count(inCode.params) !== '?') truth.listed.forEach((weight, i) => {
            if (Array.from(weight.shape).some(dim => !Number.isInteger(dim))) return;
            const weights = truth.listed.map((other, j) => (i === j ? { ...weight, shape: [...weight.shape, 2] } : other));
            const said = analyze('model.json', JSON.stringify({ modelTopology: truth.topology, weightsManifest: [{ paths: [], weights }] })).problems.find(({ id }) => id === 'weights-differ');
            assert.ok(said, JSON.stringify({ config, inputs, weights }));
            if (!modelWithin.has(definition.name)) assert.ok(said.message.includes(`and weightsManifest lists ${weight.name} of ${[...weight.shape, 2].join('×')}.`), JSON.stringify({ config, weights, said: said.message }));
          });
          // What the rule says of the same layer in code is said of it in a file too.
          assert.ok((plain(inCode.output) === '?' || shown.outputs[0] !== '?') && (count(inCode.params) === '?' || shown.params !== '?'), `unknown: ${JSON.stringify({ config, inputs })}`);
        }
      }
      assert.ok(compared > 0 || ['randomWidth', 'rnn', 'stackedRNNCells', 'lstmCell', 'gruCell', 'simpleRNNCell', 'convLstm2dCell'].includes(definition.name), 'no call of it could be saved');
    }).timeout(120_000);
  }
});
