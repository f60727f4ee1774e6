// Several tensors into one, in PyTorch.
import type { NodeFacts } from '../python/node-facts.ts';
import { expression, torchAxis, type TorchRule, type TorchRules } from './torch-layer.ts';

/** PyTorch aligns shapes at their ends, the batch included; TensorFlow.js leaves the batch out of it. */
function sameRank(facts: NodeFacts): number {
  const { inputs, rank } = facts;
  return inputs.every(({ length }) => length === rank) ? inputs.length : facts.refuse('PyTorch broadcasts tensors of different ranks in another way');
}

const joined = (count: number, operator: string): string => Array.from({ length: count }, (_, i) => `{${i}}`).join(` ${operator} `);

const withOperator = (operator: string): TorchRule => facts => ({ steps: [expression(joined(sameRank(facts), operator))] });

/** Of two at a time. */
const pairwise = (operation: string): TorchRule => facts => {
  const count = sameRank(facts);
  return { steps: [expression(Array.from({ length: count - 1 }, (_, i) => i + 1).reduce((left, i) => `torch.${operation}(${left}, {${i}})`, '{0}'))] };
};

export const mergingRules: TorchRules = {
  add: withOperator('+'),
  multiply: withOperator('*'),
  average(facts) {
    const count = sameRank(facts);
    return { steps: [expression(`(${joined(count, '+')}) / ${count}`)] };
  },
  maximum: pairwise('maximum'),
  minimum: pairwise('minimum'),
  concatenate(facts, layout) {
    const axis = facts.number('axis');
    if (axis < -1) facts.refuse(`axis ${axis} is built by TensorFlow.js in another way than it runs`);
    return { steps: [expression(`torch.cat(({all}), dim=${torchAxis(axis, facts.rank, layout)})`)] };
  },
};
