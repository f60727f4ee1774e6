// Blocks that are written out as data: where they are read as such, what stands where, and that they are what they are when they are run.
import assert from 'node:assert/strict';
import path from 'node:path';
import { analyze } from '../../../../src/blocks/analyze.ts';
import type { Analysis } from '../../../../src/blocks/analysis.ts';
import { blockJson } from '../../../../src/blocks/export/block-json.ts';
import { codeLenses } from '../../../../src/blocks/features/code-lenses.ts';
import { hoverAt } from '../../../../src/blocks/features/hover.ts';
import { networks } from '../../../../src/blocks/library/networks/networks.ts';
import { input, sequential } from '../../../../src/blocks/vocabulary/vocabulary.ts';
import * as vocabulary from '../../../../src/blocks/vocabulary/vocabulary.ts';
import { randomBlock } from '../../export/random-block.ts';
import { seed } from '../../layers/random-seed.ts';
import { RandomNumbers } from '../../random-numbers.ts';
import { readModule } from '../../read-module.ts';
import { programOf } from './random-block-program.ts';
import { assertReadAsRun } from './same-as-run.ts';

const file = path.resolve(import.meta.dirname, 'program.ts');
const ofType = "import type { Block } from 'blockscope/vocabulary';\n";
const words = Object.keys(vocabulary);

const read = (text: string): Analysis => analyze(file, text, { readModule });
const wholes = (text: string): readonly string[] => read(text).blocks.filter(({ kind }) => kind === 'block').map(({ name }) => name);

describe('a block that is written out as data', () => {
  const block = '{ sequential: [{ conv2d: { filters: 4, kernelSize: 3 } }] }';

  const recognized: Readonly<Record<string, string>> = {
    'a constant beside an import of a type': `${ofType}const net = ${block};`,
    'one that is exported': `${ofType}export const net: Block = ${block};`,
    'with what TypeScript adds to it': `${ofType}const net = (${block} as const) satisfies Block;`,
    'beside one type among other imports': `import { type Block } from 'blockscope/blocks';\nconst net = ${block};`,
    'beside an import of nothing': `import 'blockscope/vocabulary';\nconst net = ${block};`,
    'beside a module that is required': `const { dense } = require('blockscope/blocks');\nconst net = ${block};`,
    'above the import': `const net = ${block};\n${ofType}`,
    'with quotes': `${ofType}const net = { "sequential": [{ 'conv2d': { "filters": 4, kernelSize: 3 } }] };`,
    'with words, variables, functions and settings from elsewhere in it': [
      "import { dense } from 'blockscope/blocks';", 'const flat = { flatten: {} };', 'const more = [dense({ units: 2 })];', 'const wide = units => ({ dense: { units } });',
      'const net = { sequential: [flat, ...more, wide(4), { dense: settings }, more.length > 0 ? flat : dense({ units: 3 })] };',
    ].join('\n'),
    'of every kind': `${ofType}const net = { block: 'net', layers: [{ residual: [{ branches: [[], [{ flatten: {} }]], merge: 'add', split: false }], shortcut: [] }] };`,
    'with a layer that is misspelt': `${ofType}const net = { sequential: [{ flatten: {} }, { dens: { units: 3 } }] };`,
  };
  for (const [what, text] of Object.entries(recognized)) it(`is a whole: ${what}`, () => assert.deepEqual(wholes(text), ['net']));

  const others: Readonly<Record<string, string>> = {
    'in a file that imports nothing of Blockscope': `import type { Block } from './blocks.ts';\nconst net: Block = ${block};`,
    'beside an import of another package': `import type { Block } from 'blockscopes/vocabulary';\nconst net: Block = ${block};`,
    'in a variable': `${ofType}let net = ${block};`,
    'in a function': `${ofType}export function make() { const net = ${block}; return net; }`,
    'in a list': `${ofType}const nets = [${block}];`,
    'in an object': `${ofType}const nets = { first: ${block} };`,
    'as what a function gives': `${ofType}const make = () => (${block});\nconst net = make();`,
    'one layer': `${ofType}const net = { conv2d: { filters: 4, kernelSize: 3 } };`,
    'no layer that there is': `${ofType}const net = { sequential: [{ lint: {} }] };`,
    'an input alone': `${ofType}const net = { sequential: [{ input: { shape: [1, 2] } }] };`,
    'no layer at all': `${ofType}const net = { sequential: [] };`,
    'a list of something else besides': `${ofType}const net = { sequential: [{ flatten: {} }, 'flatten'] };`,
    'a layer whose settings are none': `${ofType}const net = { sequential: [{ flatten: {} }, { dense: 3 }] };`,
    'two layers in one object': `${ofType}const net = { sequential: [{ flatten: {}, dense: { units: 3 } }] };`,
    'a field more': `${ofType}const net = { sequential: [{ flatten: {} }], name: 'net' };`,
    'a field that is computed': `${ofType}const net = { ['sequential']: [{ flatten: {} }] };`,
    'a method': `${ofType}const net = { sequential() { return [{ flatten: {} }]; } };`,
    'a getter': `${ofType}const net = { get sequential() { return [{ flatten: {} }]; } };`,
    'a field that is spread': `${ofType}const net = { ...${block} };`,
    'no list': `${ofType}const net = { sequential: { flatten: {} } };`,
    'a list that is not known': `${ofType}const net = { sequential: [{ flatten: {} }, ...others] };`,
    'a block that is not known': `${ofType}const net = { sequential: [{ flatten: {} }, other] };`,
    'a block that may not be there': `${ofType}const net = { sequential: [{ flatten: {} }, other ? { dense: { units: 3 } } : undefined] };`,
    'branches that are joined otherwise': `${ofType}const net = { branches: [[{ flatten: {} }]], merge: 'left' };`,
    'branches that are no lists': `${ofType}const net = { branches: [{ flatten: {} }], merge: 'add' };`,
    'a name that is none': `${ofType}const net = { block: 3, layers: [{ flatten: {} }] };`,
    'a list in itself': `${ofType}const list = [{ flatten: {} }]; list.push({ sequential: list });\nconst net = { sequential: list };`,
  };
  for (const [what, text] of Object.entries(others)) it(`is no whole: ${what}`, () => {
    assert.deepEqual(wholes(text), []);
    assert.deepEqual(read(text).problems, []);
  });

  it('is no whole where it is a part of another one', () => {
    assert.deepEqual(wholes(`${ofType}const stem = ${block};\nconst net = { sequential: [stem, stem] };`), ['net']);
    assert.deepEqual(wholes(`import { sequential } from 'blockscope/blocks';\nconst stem = ${block};\nexport const net = sequential(stem);`), ['net']);
  });

  it('is what it is at the end of the file', () => {
    const [net] = read(`${ofType}const net = { sequential: [{ input: { shape: [1, 4] } }, { dense: { units: 3 } }] };\nnet.sequential.push({ dense: { units: 5 } });`).blocks;
    assert.deepEqual([net!.outputShapes, net!.totals.params], [[[1, 5]], 35]);
  });

  it('has its lens at its first line, and its hovers at the names of its layers and settings', () => {
    const text = `${ofType}\nexport default {\n  sequential: [\n    { input: { shape: [1, 8, 8, 3] } },\n    { 'conv2d': { filters: 4, kernelSize: 3 } },\n  ],\n};`;
    const analysis = read(text);
    const [lens] = codeLenses(analysis);
    assert.deepEqual([text.slice(0, lens!.at.start).split('\n').length, lens!.title], [3, 'program.ts · [1, 8, 8, 3] → [1, 6, 6, 4] · 112 params · 3.9k MACs']);
    const at = (word: string): string | undefined => {
      const found = hoverAt(analysis, text, text.indexOf(word) + 1, { name: ({ start }) => String(start) });
      return found && text.slice(found.at.start, found.at.end);
    };
    // That of a layer begins where what makes it begins, as in `tf.layers.conv2d`.
    assert.deepEqual(['sequential', "'conv2d", 'filters'].map(at), ['sequential', "{ 'conv2d", 'filters']);
  });

  it('has the calls that lead to it, where a function writes it', () => {
    const { sites } = read(`${ofType}function layer(filters: number): Block {\n  return { conv2d: { filters, kernelSize: 1 } };\n}\nexport default { sequential: [{ input: { shape: [1, 2, 2, 3] } }, layer(4), layer(8)] };`);
    assert.deepEqual(sites.map(({ variants }) => variants.map(({ params, callPaths }) => [params, callPaths.map(calls => calls.map(({ name }) => name))])), [[[16, [['layer']]], [40, [['layer']]]]]);
  });
});

describe('random blocks that are written out as data', () => {
  it(`are read as they are run, each layer at its place (BLOCKSCOPE_SEED=${seed})`, () => {
    for (let round = 0; round < 200; round++) {
      const { block, options } = randomBlock(new RandomNumbers(seed + round));
      const whole = sequential(input(options.input as number[], options.dataFormat), block);
      const text = `${ofType}export default ${round % 2 === 0 ? JSON.stringify(whole) : blockJson(whole).trim()} satisfies Block;`;
      try {
        for (const { at, call } of assertReadAsRun(file, text, whole).sites) {
          const [name] = Object.keys(JSON.parse(text.slice(call.start, call.end)) as object);
          assert.equal(text.slice(at.start, at.end), name);
        }
      } catch (error) {
        throw new Error(`seed ${seed} + ${round}:\n${text}`, { cause: error });
      }
    }
  });

  it(`are read as they are run where words, variables and functions make their parts (BLOCKSCOPE_SEED=${seed})`, () => {
    for (let round = 0; round < 200; round++) {
      const random = new RandomNumbers(seed + round);
      const { block, options } = randomBlock(random);
      const [first, second] = [programOf(input(options.input as number[], options.dataFormat), random), programOf(block, random, 100)];
      const code = [...first.statements, ...second.statements].join('\n');
      const expression = `{ sequential: [${first.expression}, ${second.expression}] }`;
      // The program is the test's own.
      const whole = new Function(...words, `${code}\nreturn ${expression};`)(...words.map(word => vocabulary[word as keyof typeof vocabulary])) as vocabulary.Block;
      const text = `import { ${words.join(', ')} } from 'blockscope/vocabulary';\n${code}\nexport default ${expression};`;
      try {
        assertReadAsRun(file, text, whole);
      } catch (error) {
        throw new Error(`seed ${seed} + ${round}:\n${text}`, { cause: error });
      }
    }
  });
});

describe('a network that is written out as data', () => {
  for (const name of ['ResNet50', 'MobileNet_V2', 'ShuffleNet_V2_X0_5', 'RegNet_Y_400MF'] as const) {
    it(`${name} is what it is when it is run`, () => {
      const network = sequential(input([1, 224, 224, 3]), networks[name]());
      assertReadAsRun(file, `${ofType}export default ${JSON.stringify(network)} satisfies Block;`, network);
    });
  }
});
