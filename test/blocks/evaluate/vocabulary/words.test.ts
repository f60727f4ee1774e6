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
