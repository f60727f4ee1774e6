import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { codeLenses, type CodeLens } from '../../../src/blocks/features/code-lenses.ts';
import { SteadyLenses } from '../../../src/blocks/features/steady-lenses.ts';
import { FILE } from './hand-made.ts';

const SOURCE = `const create = shape => tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: shape })] });
export const model = create([4]);
`;

describe('lenses while the text does not parse', () => {
  const steady = new SteadyLenses<CodeLens>();
  const titles = (text: string): string[] => {
    const analysis = analyze(FILE, text);
    return steady.of(codeLenses(analysis), analysis.parses).map(({ at, title }) => `${text.slice(at.start, at.end)}: ${title}`);
  };
  /** Replaces in the text as it is, and says so. */
  const replaced = (text: string, search: string, by: string): string => {
    const start = text.indexOf(search);
    steady.edit({ start, end: start + search.length, length: by.length });
    return text.slice(0, start) + by + text.slice(start + search.length);
  };
  const whole = ['sequential: create · 4 → 3 · 15 params · 12 MACs', 'sequential: Visualize', 'sequential: Profile'];

  it('stay, and tell that the text says something else', () => {
    assert.deepEqual(titles(SOURCE), whole);
    const moved = replaced(SOURCE, 'const create', '// A line more.\nconst create');
    const broken = replaced(moved, '[4]', '[');
    assert.deepEqual(titles(broken), [`${whole[0]} …`, ...whole.slice(1)]);
    assert.deepEqual(titles(replaced(broken, 'create([)', 'create([5])')), ['sequential: create · 5 → 3 · 18 params · 15 MACs', ...whole.slice(1)]);
  });

  it('are as they were where the broken statement is another one', () => {
    assert.deepEqual(titles(SOURCE), whole);
    assert.deepEqual(titles(replaced(SOURCE, 'create([4]);\n', 'create([4]);\nconst other = (')), whole);
  });

  it('go with their blocks', () => {
    assert.deepEqual(titles(SOURCE), whole);
    assert.deepEqual(titles(replaced(SOURCE, 'tf.sequential(', 'f(')), []);
  });
});
