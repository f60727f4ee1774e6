// Pooling in Keras.
import { shortest } from '../python/literals.ts';
import type { NodeFacts } from '../python/node-facts.ts';
import type { PythonValue } from '../python/statements.ts';
import { readImage } from '../../layers/layout.ts';
import { dataFormat, keyword, paddingOf, positional, spatialOf, step, type KerasRule, type KerasRules, type KerasStep } from './keras-layer.ts';

const stridesOf = (facts: NodeFacts): readonly number[] => (facts.has('strides') ? facts.numbers('strides') : facts.numbers('poolSize'));

/** It moves as far as it is long by default. */
function pool(facts: NodeFacts, name: string, padding: 'same' | 'valid'): KerasStep {
  const size = shortest(facts.numbers('poolSize'));
  return step(name, positional('pool_size', size), keyword('strides', shortest(stridesOf(facts)), size), keyword('padding', padding, 'valid'), ...dataFormat(facts));
}

const plainPooling = (name: string) => (facts: NodeFacts): readonly KerasStep[] => [pool(facts, name, paddingOf(facts))];

const global = (name: string): KerasRule => facts => [step(name, ...dataFormat(facts))];

/** What lies outside of the image loses against every value: zeros stand for it only where nothing is below them. */
function blockMaxPooling(facts: NodeFacts): readonly KerasStep[] {
  if (facts.value('padding') === 'same') return [pool(facts, 'MaxPooling2D', 'same')];
  const plainPool = pool(facts, 'MaxPooling2D', 'valid');
  const [given, sizes, strides] = [facts.numbers('padding'), facts.numbers('poolSize'), stridesOf(facts)];
  const places = readImage(facts.output, facts.dataFormat).spatial;
  const lengths = spatialOf(facts);
  const ceilMode = facts.flag('ceilMode');
  // A last window may stick out over the end.
  const margins = given.map((before, axis): readonly [number, number] => {
    const [length, out] = [lengths[axis], places[axis]];
    if (!ceilMode || typeof length !== 'number' || typeof out !== 'number') return ceilMode ? facts.refuse('how far its last window sticks out depends on a length that is left open') : [before, before];
    return [before, Math.max(0, (out - 1) * strides[axis]! + sizes[axis]! - before - length)];
  });
  if (margins.flat().every(margin => margin === 0)) return [plainPool];
  const even = margins.every(([before, after]) => before === after);
  const text: PythonValue = even ? shortest(margins.map(([before]) => before)) : margins;
  const touches = margins.every((sides, axis) => sides.every(margin => margin < sizes[axis]!));
  if (facts.nonNegative && touches) return [step('ZeroPadding2D', positional('padding', text), ...dataFormat(facts)), plainPool];
  const widths = facts.dataFormat === 'channelsFirst' ? [[0, 0], [0, 0], ...margins] : [[0, 0], ...margins, [0, 0]];
  const written = `(${widths.map(([before, after]) => `(${before}, ${after})`).join(', ')})`;
  return [{ template: `ops.pad({0}, ${written}, constant_values=float("-inf"))` }, plainPool];
}

/** Windows are all of one size where the output's divides the input's; others Keras has not. */
function adaptivePooling(facts: NodeFacts): readonly KerasStep[] {
  const outputs = facts.numbers('outputSize');
  if (outputs.every(size => size === 1)) return [step('GlobalAveragePooling2D', keyword('keepdims', true), ...dataFormat(facts))];
  const sizes = spatialOf(facts).map((length, axis) => (length ?? NaN) / outputs[axis]!);
  if (!sizes.every(Number.isInteger)) facts.refuse('Keras has no pooling whose windows have different sizes');
  return [step('AveragePooling2D', positional('pool_size', shortest(sizes)), ...dataFormat(facts))];
}

export const poolingRules: KerasRules = {
  maxPooling1d: plainPooling('MaxPooling1D'),
  maxPooling2d: facts => (facts.ofBlocks ? blockMaxPooling(facts) : plainPooling('MaxPooling2D')(facts)),
  maxPooling3d: plainPooling('MaxPooling3D'),
  averagePooling1d: plainPooling('AveragePooling1D'),
  averagePooling2d: plainPooling('AveragePooling2D'),
  averagePooling3d: plainPooling('AveragePooling3D'),
  globalAveragePooling1d: global('GlobalAveragePooling1D'),
  globalAveragePooling2d: global('GlobalAveragePooling2D'),
  globalMaxPooling1d: global('GlobalMaxPooling1D'),
  globalMaxPooling2d: global('GlobalMaxPooling2D'),
  adaptiveAveragePooling2d: adaptivePooling,
};
