// The shapes of tensors that a program makes of its data and computes with, against TensorFlow.js: an expression that it
// evaluates has the shape that it says, and one that it refuses has none.
import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs';
import { analyze } from '../../../src/blocks/analyze.ts';

const a = 'tf.ones([2, 3, 4])';
const model = 'tf.sequential({ layers: [tf.layers.dense({ units: 5, inputShape: [4] }), tf.layers.dense({ units: 2 })] })';

const known = [
  'tf.tensor([[1, 2, 3], [4, 5, 6]])', 'tf.tensor([1, 2, 3, 4], [2, 2])', 'tf.tensor1d([1, 2, 3], "int32")', 'tf.tensor2d([[1], [2]])',
  'tf.tensor3d([1, 2, 3, 4], [1, 2, 2])', 'tf.tensor(new Float32Array([1, 2, 3]))', 'tf.tensor2d([[true, false]])', 'tf.fill([2, 2], 7)', 'tf.eye(3)', 'tf.eye(2, 3)',
  'tf.linspace(0, 1, 5)', 'tf.range(0, 10, 3)', 'tf.range(5, 0, -2)', 'tf.oneHot(tf.tensor1d([0, 1], "int32"), 4)', 'tf.oneHot([0, 2], 3)', 'tf.zerosLike(tf.ones([3, 1]))',
  'tf.variable(tf.ones([2, 2]))', 'tf.scalar(3).reshape([1])',
  `${a}.reshape([6, 4])`, `${a}.reshape([-1, 2])`, `tf.reshape(${a}, [24])`, `${a}.flatten()`, `${a}.as1D()`, `${a}.as2D(4, 6)`, `${a}.expandDims()`, `${a}.expandDims(1)`,
  `${a}.expandDims(-1)`, 'tf.ones([1, 3, 1]).squeeze()', 'tf.ones([1, 3, 1]).squeeze([0])', 'tf.squeeze(tf.ones([1, 3, 1]), [-1])', `${a}.transpose()`, `${a}.transpose([2, 0, 1])`,
  `${a}.slice([0, 1, 1])`, `${a}.slice([0, 1], [1, 2])`, `${a}.slice([1], [-1])`, `${a}.slice(0, 1)`, `tf.slice(${a}, [0, 0, 2], [-1, -1, 2])`, `${a}.tile([1, 2, 1])`, `${a}.pad([[0, 1], [0, 0], [2, 1]])`,
  `${a}.add(1)`, `${a}.mul(tf.ones([4]))`, 'tf.ones([2, 1]).sub(tf.ones([1, 5]))', `tf.div(${a}, tf.scalar(2))`, `tf.maximum(${a}, tf.ones([3, 4]))`, 'tf.ones([3]).greater(0)',
  `${a}.sum(1)`, `${a}.mean(-1)`, `${a}.max([0, 2])`, `${a}.min(1, true)`, `${a}.argMax(-1)`, `tf.argMax(${a})`, `tf.sum(${a}, 0, true)`,
  `${a}.relu()`, `tf.softmax(${a})`, `${a}.toInt()`, `${a}.cast("bool")`, `tf.cast(${a}, "int32")`, `${a}.clipByValue(0, 1)`, `${a}.reverse(1)`,
  `${a}.concat(tf.ones([2, 1, 4]), 1)`, 'tf.ones([2, 2]).concat([tf.ones([1, 2]), tf.ones([3, 2])])', 'tf.concat([tf.ones([2, 1]), tf.ones([2, 4])], -1)', 'tf.stack([tf.ones([3]), tf.ones([3])])',
  'tf.stack([tf.ones([3]), tf.ones([3])], 1)', 'tf.ones([3]).stack(tf.zeros([3]), -1)', 'tf.matMul(tf.ones([2, 3]), tf.ones([3, 5]))', 'tf.matMul(tf.ones([3, 2]), tf.ones([5, 3]), true, true)',
  'tf.ones([2, 4, 3]).matMul(tf.ones([2, 3, 1]))', `tf.where(${a}.equal(0), tf.scalar(1), ${a})`, `tf.split(${a}, 2, 2)[1]`, `${a}.split([1, 2], 1)[1]`, 'tf.linalg.bandPart(tf.ones([4, 4]), -1, 0)',
  'tf.zeros([tf.util.sizeFromShape([2, 3, 4])])', `tf.zeros([${a}.size, ${a}.rank])`,
  `${model}.predict(tf.ones([7, 4]))`, `${model}.layers[0].getWeights()[0].shape.length === 2 && tf.ones([3])`,
];

/** Of some of these TensorFlow.js would make a tensor too, with a shape that is not followed. */
const refused = [
  'tf.tensor([1, 2, 3], [2, 2])', `${a}.reshape([5, -1])`, `${a}.reshape([7])`, `${a}.transpose([0, 1])`, 'tf.ones([2, 3]).squeeze([1])', `${a}.slice([0, 0, 3], [1, 1, 2])`,
  `${a}.add(tf.ones([5]))`, 'tf.concat([tf.ones([2, 1]), tf.ones([3, 1])], 1)', 'tf.stack([tf.ones([3]), tf.ones([4])])', 'tf.matMul(tf.ones([2, 3]), tf.ones([2, 3]))', `tf.split(${a}, 3, 2)[0]`,
  `${a}.sum(3)`, `${a}.expandDims(5)`,
];

/** The shape of what an expression gives, by the layer that is applied to it: undefined where it is not known. */
function inferred(expression: string): readonly unknown[] | undefined {
  const { sites } = analyze('tensors.js', `import * as tf from '@tensorflow/tfjs';\nconst given = ${expression};\ntf.layers.activation({ activation: 'relu' }).apply(given);\n`);
  const output = sites.find(site => site.layer === 'activation')?.variants[0]?.output;
  return Array.isArray(output) && output.every(dim => typeof dim === 'number') ? output : undefined;
}

const computed = (expression: string): tf.Tensor => (new Function('tf', `return ${expression}`) as (library: typeof tf) => tf.Tensor)(tf);

describe('the shapes of tensors of data', () => {
  for (const expression of known) it(expression, () => assert.deepEqual(inferred(expression), computed(expression).shape));

  for (const expression of refused) {
    it(`${expression}: refused`, () => {
      assert.throws(() => computed(expression));
      assert.equal(inferred(expression), undefined);
    });
  }
});
