// `import { block, conv2d, … } from 'blockscope/vocabulary'`: each word makes the data that the function of that name makes.
import { unknown } from '../../shapes/dim.ts';
import { native } from '../builtins/native.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, FunctionValue, NamespaceValue, ObjectValue, UnknownValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { BlockValue, copyOf, isNothing, withoutNothing } from './block-value.ts';

/** True for the module that has the words; the blocks of the library are written in them, and read like any other module. */
export const isVocabularyModule = (specifier: string): boolean => specifier === 'blockscope/vocabulary';

const made = (run: Run, name: string, call: NativeCall): BlockValue =>
  new BlockValue({ name, at: call.at, call: call.call, frame: run.frame, part: run.part, assumed: run.assumptions() });

/** For the part of the program that is being built, so that what goes into no other block is found. */
function noted(run: Run, block: BlockValue): BlockValue {
  if (run.mutedDepth === 0) run.part.blocks.push(block);
  return block;
}

/** A layer whose settings are the argument: an object, or for some words the one setting that there is. */
const layerWord = (name: string, onlySetting?: string): NativeFunction => native(name, (run, call) => {
  const [argument] = call.args;
  const at = call.argsAt[0] ?? call.at;
  const settings = onlySetting === undefined ? copyOf(run, argument, at) : withProperty(onlySetting, argument, at);
  return noted(run, made(run, name, call).with(name, settings, at));
});

function withProperty(name: string, value: Value, at: NativeCall['at']): ObjectValue {
  const object = new ObjectValue();
  object.properties.set(name, { value, at });
  return object;
}

const sequential = native('sequential', (run, call) => noted(run, made(run, 'sequential', call).with('sequential', withoutNothing(new ArrayValue(call.args, call.open)))));

const residual = native('residual', (run, call) => {
  const [body, shortcut] = call.args;
  const block = made(run, 'residual', call).with('residual', new ArrayValue([body]));
  if (!isNothing(shortcut)) block.with('shortcut', new ArrayValue([shortcut]));
  return noted(run, block);
});

const branchesWord = (name: string, split: boolean): NativeFunction => native(name, (run, call) => {
  const [ways, merge] = call.args;
  const block = made(run, name, call).with('branches', ways).with('merge', merge, call.argsAt[1]);
  return noted(run, split ? block.with('split', true) : block);
});

/** `block(name, build)` gives the function itself, which from then on makes blocks of that name (see `named-block.ts`). */
const blockWord = native('block', (run, call) => {
  const [name, build] = call.args.map(plain);
  if (typeof name !== 'string' || !(build instanceof FunctionValue)) return new UnknownValue(unknown('what makes the block is not known', call.call));
  run.trail.write(build, 'block', name);
  return build;
});

/** `input(shape, dataFormat)`: what goes into the block whose first word it is. */
const inputWord = native('input', (run, call) => {
  const [shape, dataFormat] = call.args;
  const settings = withProperty('shape', shape, call.argsAt[0] ?? call.at);
  if (dataFormat !== undefined) settings.properties.set('dataFormat', { value: dataFormat, at: call.argsAt[1] ?? call.at });
  return noted(run, made(run, 'input', call).with('input', settings));
});

const words: Readonly<Record<string, NativeFunction>> = {
  sequential, residual, block: blockWord, input: inputWord,
  branches: branchesWord('branches', false),
  splitChannels: branchesWord('splitChannels', true),
  ...Object.fromEntries([
    'conv2d', 'batchNormalization', 'layerNormalization', 'maxPooling2d', 'averagePooling2d', 'adaptiveAveragePooling2d', 'globalAveragePooling2d',
    'dense', 'flatten', 'layerScale',
  ].map(name => [name, layerWord(name)])),
  activation: layerWord('activation', 'activation'),
  dropout: layerWord('dropout', 'rate'),
  stochasticDepth: layerWord('stochasticDepth', 'rate'),
  channelShuffle: layerWord('channelShuffle', 'groups'),
};

export const vocabulary = new NamespaceValue('blockscope', name => (Object.hasOwn(words, name) ? words[name] : undefined));
