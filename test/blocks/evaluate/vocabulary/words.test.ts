// The words that the interpreter knows are those of the vocabulary, and make the same data.
import path from 'node:path';
import { input, sequential } from '../../../../src/blocks/vocabulary/vocabulary.ts';
import * as vocabulary from '../../../../src/blocks/vocabulary/vocabulary.ts';
import { randomBlock } from '../../export/random-block.ts';
import { seed } from '../../layers/random-seed.ts';
import { RandomNumbers } from '../../random-numbers.ts';
import { programOf } from './random-block-program.ts';
import { assertReadAsRun } from './same-as-run.ts';

const file = path.resolve(import.meta.dirname, 'program.ts');
const words = Object.keys(vocabulary);
const imports = `import { ${words.join(', ')} } from 'blockscope/vocabulary';`;

function assertProgramReadAsRun(statements: readonly string[], expression: string): void {
  const code = statements.join('\n');
  // The program is the test's own.
  const block = new Function(...words, `${code}\nreturn ${expression};`)(...words.map(word => vocabulary[word as keyof typeof vocabulary])) as vocabulary.Block;
  assertReadAsRun(file, `${imports}\n${code}\nexport default ${expression};`, block);
}

describe('a word of the vocabulary', () => {
  const uses: Readonly<Record<keyof typeof vocabulary, string>> = {
    conv2d: 'conv2d({ filters: 8, kernelSize: [3, 1], groups: 2, padding: [1, 0], strides: undefined })',
    batchNormalization: 'batchNormalization()',
    layerNormalization: 'layerNormalization({ epsilon: 1e-6 })',
    activation: "activation('hardSwish')",
    maxPooling2d: 'maxPooling2d({ poolSize: 3, strides: 2, padding: 1, ceilMode: true })',
    averagePooling2d: 'averagePooling2d({ poolSize: 2 })',
    adaptiveAveragePooling2d: 'adaptiveAveragePooling2d({ outputSize: 2 })',
    globalAveragePooling2d: 'globalAveragePooling2d()',
    dense: 'dense({ units: 3, useBias: false })',
    flatten: 'flatten()',
    dropout: 'dropout(0.5)',
    stochasticDepth: 'stochasticDepth(0.1)',
    channelShuffle: 'channelShuffle(2)',
    layerScale: 'layerScale()',
    input: 'input([1, 9, 9, 4])',
    sequential: 'sequential(flatten(), false, undefined, dense({ units: 2 }))',
    residual: 'residual(conv2d({ filters: 4, kernelSize: 1 }), false)',
    branches: "branches([[], [conv2d({ filters: 4, kernelSize: 1 })]], 'concatenate')",
    splitChannels: "splitChannels([[], [activation('relu')]], 'add')",
    block: "block('pair', ({ units, deep = false }) => [flatten(), deep && dense({ units }), dense({ units })])({ units: 5 })",
  };
  for (const word of words) {
    it(`${word} makes what it makes when it is run`, () => {
      assertProgramReadAsRun([], `sequential(input([1, 9, 9, 4]), ${uses[word as keyof typeof vocabulary]})`);
    });
  }
});

describe('a block that has been made', () => {
  const programs: Readonly<Record<string, readonly [statements: string, expression: string]>> = {
    'keeps its settings when the program changes its own': [
      'const s = { filters: 8, kernelSize: 1 }; const a = conv2d(s); s.filters = 16; s.useBias = false;', 'a, conv2d(s)',
    ],
    'keeps its layers when the list that they came in grows': [
      "const list = [conv2d({ filters: 8, kernelSize: 1 })]; const pair = block('pair', () => list); const a = pair({}); list.push(dense({ units: 2 }));", 'a, ...list',
    ],
    'keeps its arguments when the list that was spread changes': ['const list = [flatten()]; const a = sequential(...list); list[0] = dense({ units: 2 });', 'a, list[0]'],
    'changes with its branches, which are the list itself': ["const ways = [[], []]; const a = branches(ways, 'concatenate'); ways.push([activation('relu')]);", 'a'],
    'reads its settings once, in their order': ['let n = 4; const s = { get filters() { return n++; }, kernelSize: 1 }; const a = conv2d(s); const b = conv2d(s);', 'b, a'],
    'takes an object of a class for its settings': ['class Settings { filters = 6; kernelSize = 1; get groups() { return 2; } }', 'conv2d(new Settings())'],
    'leaves out what is false before others of the list': ["const few = block('few', ({ deep }) => [deep && flatten(), ...[dense({ units: 3 })], undefined]);", 'few({ deep: false })'],
    'says what is wrong with where the channels stand': ['', "input([1, 9, 9, 4], 'NCHW'), conv2d({ filters: 3, kernelSize: 1 })"],
    'says what is wrong with how branches are joined': ['', "branches([[], []], 'dense')"],
  };
  for (const [name, [statements, expression]] of Object.entries(programs)) {
    it(name, () => {
      assertProgramReadAsRun([statements], `sequential(${expression.startsWith('input') ? '' : 'input([1, 9, 9, 4]), '}${expression})`);
    });
  }
});

describe('random programs of the vocabulary', () => {
  it(`are read as they are run (BLOCKSCOPE_SEED=${seed})`, () => {
    for (let round = 0; round < 400; round++) {
      const random = new RandomNumbers(seed + round);
      const { block, options } = randomBlock(random);
      const { statements, expression } = programOf(sequential(input(options.input as number[], options.dataFormat), block), random);
      try {
        // What is data alone stands nowhere: a word has to make the whole.
        assertProgramReadAsRun(statements, `sequential(${expression})`);
      } catch (error) {
        throw new Error(`seed ${seed} + ${round}:\n${[...statements, expression].join('\n')}`, { cause: error });
      }
    }
  });
});
