// Padding and cropping in PyTorch.
import type { Margin } from '../python/same-padding.ts';
import type { PythonValue } from '../python/statements.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import { call, expression, imageLayout, positional, type TorchRules } from './torch-layer.ts';

/** PyTorch names the last axis first: `(left, right, top, bottom)`. */
export const marginsText = (margins: readonly Margin[]): PythonValue => [...margins].reverse().flat();

/** Of tf.layers, whose padding has two kinds that run. */
export function paddingOf(facts: NodeFacts): 'same' | 'valid' {
  const padding = facts.text('padding');
  return padding === 'same' || padding === 'valid' ? padding : facts.refuse(`padding '${padding}' does not run in TensorFlow.js either`);
}

/** `[[top, bottom], [left, right]]`, as the rules of the layers read them. */
export function marginsOf(facts: NodeFacts, name: string): readonly Margin[] {
  const margins = facts.value(name) as readonly (readonly unknown[])[];
  return margins.flat().every(margin => typeof margin === 'number') ? margins as unknown as readonly Margin[] : facts.refuse(`${name} has no numbers`);
}

export const paddingRules: TorchRules = {
  zeroPadding2d: facts => ({ layout: imageLayout(facts), steps: [{ call: call('nn.ZeroPad2d', positional('padding', marginsText(marginsOf(facts, 'padding')))), wanted: 'pad' }] }),
  cropping2D(facts) {
    const range = ([before, after]: Margin): string => `${before === 0 ? '' : before}:${after === 0 ? '' : -after}`;
    return { layout: imageLayout(facts), steps: [expression(`{0}[..., ${marginsOf(facts, 'cropping').map(range).join(', ')}]`)] };
  },
};
