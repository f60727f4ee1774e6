// A mistake in a block file is one problem, at the place where it was made, with a sentence that says what is wrong. What is hostile rather
// than mistaken is in hostile.test.ts.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { diagnostics } from '../../../src/blocks/features/diagnostics.ts';
import { readModule } from '../read-module.ts';

type Mistake = readonly [what: string, text: string, place: string, message: string];
type Others = Readonly<Record<string, string>>;

const file = '/mistakes.block.json';
const parameters = '"parameters": { "n": 4, "on": true, "name": "relu" }';
const layer = (item: string, more = ''): string => `{ ${parameters}, ${more}"input": [1, 8, 8, 4], "layers": [${item}] }`;
const input = (shape: string): string => `{ ${parameters}, "input": ${shape}, "layers": [{ "flatten": {} }] }`;
const conv = (filters: string): string => layer(`{ "conv2d": { "filters": ${filters}, "kernelSize": 1 } }`);
const convolution = '{ "conv2d": { "filters": 8, "kernelSize": 1 } }';
const repeat = (times: string): string => layer(`{ "repeat": ${times}, "layers": [${convolution}] }`);
const when = (condition: string): string => layer(`{ "flatten": {}, "when": ${condition} }`);
const preset = (settings: string): string => layer('{ "flatten": {} }', `"presets": { "small": ${settings} }, `);

const noSize = (received: string): string => `A size of the input must be a positive integer, or null where it is open, but it is ${received}.`;
const noTimes = (received: string): string => `repeat must be an integer from 0 to 2,000, but it is ${received}.`;
const noCondition = (received: string): string => `when must be true or false, but it is ${received}.`;

const mistakes: readonly Mistake[] = [
  ['a name that is not there', conv('"= m * 2"'), 'm', 'Nothing is called m: is n meant?'],
  ['a name of another repetition', repeat('"= i"'), 'i', 'Nothing is called i: is n meant?'],
  ['a parameter that comes later', '{ "parameters": { "a": "= b", "b": 3 }, "layers": [] }', 'b', 'Nothing is called b: there are none here.'],
  ['half an expression', conv('"= n *"'), '"= n *"', 'A number, a name or something in parentheses is missing.'],
  ['two expressions', conv('"= n on"'), 'on', 'on is not expected here.'],
  ['a parenthesis that is not closed', conv('"= (n"'), '"= (n"', ') is missing.'],
  ['no expression', conv('"="'), '"="', 'A number, a name or something in parentheses is missing.'],
  ['branches of different channels that are added', layer(`{ "branches": [[${convolution}], []], "merge": "add" }`), 'branches', 'add cannot join [1, 8, 8, 8] and [1, 8, 8, 4]: dims that differ must be 1.'],
  ['branches of different sizes that are concatenated', layer('{ "branches": [[{ "maxPooling2d": { "poolSize": 2 } }], []], "merge": "concatenate" }'), 'branches', 'concatenate cannot join [1, 4, 4, 4] and [1, 8, 8, 4]: all dims but that at axis -1 must be the same.'],
  ['a residual of other channels', layer(`{ "residual": [${convolution}] }`), 'residual', 'add cannot join [1, 8, 8, 8] and [1, 8, 8, 4]: dims that differ must be 1.'],
  ['a negative size of the input', input('[1, -8, 8, 4]'), '-8', noSize('-8')],
  ['an expression that gives one', input('[1, "= n - 5", 8, 4]'), '= n - 5', noSize('-1')],
  ['a preset that gives one', `{ "parameters": { "n": 4 }, "input": [1, "= n", 8, 4], "layers": [{ "flatten": {} }], "presets": { "bad": { "n": -3 } } }`, '= n', noSize('-3')],
  ['a size that is no integer', input('[1, "= n / 8", 8, 4]'), '= n / 8', noSize('0.5')],
  ['no size at all', input('[1, 0, 8, 4]'), '0', noSize('0')],
  ['a text for a size', input('[1, "wide", 8, 4]'), 'wide', noSize("'wide'")],
  ['an input without a shape', input('{ "dataFormat": "channelsFirst" }'), '{ "dataFormat": "channelsFirst" }', 'An input needs "shape".'],
  ['a misspelt shape', input('{ "shap": [1, 8] }'), 'shap', 'An input has "shape" and "dataFormat", and no "shap".'],
  ['a shape that is no list', input('{ "shape": 3 }'), '3', 'A shape is a list of sizes: [1, 56, 56, 32].'],
  ['an order of dims that is none', input('{ "shape": [1, 8, 8, 4], "dataFormat": "last" }'), '"last"', 'dataFormat must be one of channelsLast, channelsFirst.'],
  ['negative filters', conv('-8'), '"filters": -8', 'filters must be a positive integer, but it is -8.'],
  ['an expression that gives negative filters', conv('"= n - 5"'), '"filters": "= n - 5"', 'filters must be a positive integer, but it is -1.'],
  ['a billion repetitions', repeat('1e9'), '1e9', noTimes('1000000000')],
  ['less than no repetition', repeat('-1'), '-1', noTimes('-1')],
  ['two and a half repetitions', repeat('2.5'), '2.5', noTimes('2.5')],
  ['a name of repetitions', repeat('"i"'), '"i"', noTimes("'i'")],
  ['an expression that gives a text of repetitions', repeat('"= name"'), '"= name"', noTimes("'relu'")],
  ['a number that is too large, for filters', conv('1e400'), '1e400', '1e400 is too large to be counted with.'],
  ['an integer that is too large, for filters', conv('1152921504606846976'), '1152921504606846976', '1152921504606846976 is too large to be counted with.'],
  ['a power that is too large, for filters', conv('"= 2 ** 60"'), '= 2 ** 60', 'The expression gives 1152921504606847000, which is too large to be counted with.'],
  ['a number that is too large, for the input', input('[1, 1e400, 8, 4]'), '1e400', '1e400 is too large to be counted with.'],
  ['an integer that is too large, for the input', input('[1, 1152921504606846976, 8, 4]'), '1152921504606846976', '1152921504606846976 is too large to be counted with.'],
  ['a power that is too large, for the input', input('[1, "= 2 ** 60", 8, 4]'), '= 2 ** 60', 'The expression gives 1152921504606847000, which is too large to be counted with.'],
  ['what is divided by nothing', conv('"= n / 0"'), '= n / 0', 'The expression gives Infinity, which is too large to be counted with.'],
  ['a text for a condition', when('"yes"'), 'yes', noCondition("'yes'")],
  ['a number for a condition', when('3'), '3', noCondition('3')],
  ['an expression that gives a number for a condition', when('"= n"'), '= n', noCondition('4')],
  ['nothing for a condition', when('null'), 'null', noCondition('null')],
  ['a condition of a residual that is none', layer('{ "residual": [], "when": 3 }'), '3', noCondition('3')],
  ['a condition of a repetition that is none', layer(`{ "repeat": 2, "layers": [${convolution}], "when": "= n" }`), '= n', noCondition('4')],
  ['a parameter of a preset that is not there', preset('{ "m": 3 }'), 'm', 'The block has no parameter m; is n meant?'],
  ['an expression over parameters in a preset', preset('{ "n": "= n" }'), 'n', 'Nothing is called n: there are none here.'],
  ['a block that is not there', layer('{ "use": "mbConf" }'), 'mbConf', 'The library has no block "mbConf"; is "mbConv" meant?'],
  ['a file that is not there', layer('{ "use": "./nowhere.block.json" }'), './nowhere.block.json', 'There is no block file ./nowhere.block.json here.'],
  ['a layer that is not there', layer('{ "conv3x": {} }'), 'conv3x', 'There is no layer "conv3x". Is "conv3d" meant?'],
  ['a text for a number', conv('"many"'), '"filters": "many"', 'filters must be a positive integer, but it is "many".'],
  ['an expression that gives a text for a number', conv('"= name"'), '"filters": "= name"', 'filters must be a positive integer, but it is "relu".'],
  ['a number for a name', layer('{ "activation": { "activation": 4 } }'), '"activation": 4', 'activation must be the name of an activation, but it is 4.'],
  ['a list for a number', conv('[8]'), '"filters": [8]', 'filters must be a positive integer, but it is [8].'],
  ['an object for a number', conv('{}'), '{}', 'A setting is a number, a text, true, false, null or a list of such.'],
  ['a misspelt layers', '{ "layer": [] }', 'layer', 'A block file has no "layer"; is "layers" meant?'],
  ['documentation that is no text', layer('{ "flatten": {} }', '"doc": 3, '), '3', 'doc is a text.'],
  ['a parameter that no expression can mention', '{ "parameters": { "two words": 3 }, "layers": [] }', '"two words"', '"two words" is no name that an expression can mention.'],
];

function said(text: string, others: Others = {}): readonly (readonly [place: string, message: string])[] {
  const analysis = analyze(file, text, {
    readModule: (specifier, from) => {
      const name = `/${specifier.replace(/^\.\//, '')}`;
      return name === file ? { file, text } : Object.hasOwn(others, name) ? { file: name, text: others[name]! } : readModule(specifier, from);
    },
  });
  return diagnostics(analysis).map(({ at, message }) => [text.slice(at.start, at.end), message]);
}

describe('a mistake in a block file is one problem', () => {
  for (const [what, text, place, message] of mistakes) it(what, () => assert.deepEqual(said(text), [[place, message]]));

  const uses = (other: string): string => `{ "layers": [{ "use": "./${other}" }] }`;
  const circles: readonly (readonly [what: string, others: Others, first: string, path: string])[] = [
    ['a block that uses itself', {}, 'mistakes.block.json', 'mistakes.block.json uses mistakes.block.json'],
    ['two that use each other', { '/a.block.json': uses('mistakes.block.json') }, 'a.block.json', 'mistakes.block.json uses a.block.json uses mistakes.block.json'],
    ['three in a circle', { '/a.block.json': uses('b.block.json'), '/b.block.json': uses('mistakes.block.json') }, 'a.block.json', 'mistakes.block.json uses a.block.json uses b.block.json uses mistakes.block.json'],
  ];
  for (const [what, others, first, path] of circles) {
    it(what, () => {
      const [[place, message] = ['', ''], ...more] = said(uses(first), others);
      assert.deepEqual([place, more], [`./${first}`, []]);
      assert.ok(message.includes(path), message);
    });
  }
});
