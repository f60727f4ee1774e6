// Every layer's examples, proved twice: by its rule, and by TensorFlow.js building and running the same layer.
import assert from 'node:assert/strict';
import { findLayer, layerNames } from '../../../src/blocks/layers/registry.ts';
import { isUnknown } from '../../../src/blocks/shapes/dim.ts';
import { isRanked } from '../../../src/blocks/shapes/shape.ts';
import { infer } from './inferred.ts';
import { build, run } from './tensorflow.ts';

describe('examples of layers', () => {
  for (const name of layerNames) {
    const definition = findLayer(name)!;
    for (const example of definition.examples) {
      const { config, inputs, output, params } = example;
      describe(`${name}(${JSON.stringify(config)}) on ${JSON.stringify(inputs)}`, () => {
        it('by rule', () => {
          const answer = infer(definition, config, inputs);
          assert.ok(isRanked(answer.output));
          // Of a dim that only comes about when the layer runs TensorFlow.js makes a number all the same.
          const claimed = answer.output.map((dim, i) => (isUnknown(dim) ? output[i] : dim));
          assert.deepEqual({ output: claimed, params: answer.params, errors: answer.errors }, { output, params, errors: [] });
        });

        it('by TensorFlow.js', () => {
          const built = build(definition, config, inputs);
          assert.ok(!('error' in built), JSON.stringify(built));
          assert.deepEqual({ output: built.output, params: built.params }, { output, params });
        });

        it('with weights of the same shapes', () => {
          const built = build(definition, config, inputs);
          assert.ok(!('error' in built), JSON.stringify(built));
          // TensorFlow.js lists the trainable ones first.
          const { weights } = infer(definition, config, inputs);
          const inOrder = [...weights].sort((a, b) => Number(b.trainable) - Number(a.trainable));
          assert.deepEqual(inOrder.map(weight => weight.shape), built.weights);
        });

        // A cell runs inside of a recurrent layer only.
        const differs = infer(definition, config, inputs).problems.some(({ id }) => id === 'differs-when-run');
        if (differs || definition.states || definition.inputs === 'none' || inputs.some(shape => shape.reduce<number>((n, dim) => n * (dim ?? 1), 1) > 100_000)) return;
        it('by running it', () => {
          const measured = run(definition, config, inputs.map(shape => shape.map((dim, axis) => dim ?? (axis === 0 ? 2 : 9))));
          assert.ok('output' in measured, JSON.stringify(measured));
          const inferred = infer(definition, config, inputs).output;
          assert.ok(isRanked(inferred));
          const agrees = inferred.length === measured.output.length && inferred.every((dim, i) => dim === null || dim === measured.output[i]);
          assert.ok(agrees, `${JSON.stringify(inferred)} against ${JSON.stringify(measured.output)}`);
        });
      });
    }
  }
});
