// Every published network, read from a program of two lines: the library is interpreted, and gives what it gives when it is run.
import path from 'node:path';
import { networks, type NetworkName } from '../../../../src/blocks/library/networks/networks.ts';
import { input, sequential } from '../../../../src/blocks/vocabulary/vocabulary.ts';
import { assertReadAsRun } from './same-as-run.ts';

const file = path.resolve(import.meta.dirname, 'network.ts');

describe('a network of the library in a program', () => {
  for (const name of Object.keys(networks) as NetworkName[]) {
    for (const [shape, dataFormat] of [[[1, 224, 224, 3], 'channelsLast'], [[1, 3, 224, 224], 'channelsFirst']] as const) {
      it(`${name}, ${dataFormat}, is what it is when it is run`, () => {
        const text = [
          "import { input, sequential } from 'blockscope/blocks';",
          "import { networks } from 'blockscope/networks';",
          `export default sequential(input(${JSON.stringify(shape)}, '${dataFormat}'), networks[${JSON.stringify(name)}]());`,
        ].join('\n');
        assertReadAsRun(file, text, sequential(input(shape, dataFormat), networks[name]()));
      });
    }
  }
});
