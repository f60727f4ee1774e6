// Block files as nobody should write them: each has one clear problem, and none goes on for ever or throws.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { diagnostics } from '../../../src/blocks/features/diagnostics.ts';
import { readModule } from '../read-module.ts';

const file = '/hostile.block.json';
const input = '"input": [1, 8, 8, 4]';
const layers = (text: string, more = ''): string => `{ ${more}${input}, "layers": [${text}] }`;

/** What is said, and of which text. */
function said(text: string, others: Readonly<Record<string, string>> = {}): string[] {
  const analysis = analyze(file, text, {
    readModule: (specifier, from) => {
      const name = `/${specifier.replace(/^\.\//, '')}`;
      return name in others ? { file: name, text: others[name]! } : readModule(specifier, from);
    },
  });
  return diagnostics(analysis).map(({ id, at }) => `${id} ${text.slice(at.start, at.end).slice(0, 40)}`);
}

const chain = (length: number): Record<string, string> => Object.fromEntries(Array.from({ length }, (_, i) =>
  [`/b${i}.block.json`, `{ "layers": [${i + 1 < length ? `{ "use": "./b${i + 1}.block.json" }, { "use": "./b${i + 1}.block.json" }` : '{ "flatten": {} }'}] }`]));

const cases: Readonly<Record<string, readonly [text: string, expected: readonly string[], others?: Readonly<Record<string, string>>]>> = {
  'a repetition of 10⁹': [layers('{ "repeat": 1e9, "layers": [{ "flatten": {} }] }'), ['invalid-repeat 1e9']],
  'repetitions in repetitions': [layers(`${'{ "repeat": 1000, "layers": ['.repeat(6)}{ "activation": { "activation": "relu" } }${']}'.repeat(6)}`), ['not-followed layers']],
  'a negative size': [layers('{ "conv2d": { "filters": 4, "kernelSize": -1 } }'), ['invalid-attribute "kernelSize": -1']],
  'a number that is too large': [layers('{ "dense": { "units": 123456789012345678901234567890 } }'), ['invalid-expression 123456789012345678901234567890']],
  'a power that is too large': [layers('{ "dense": { "units": "= 9 ** 9 ** 9" } }'), ['invalid-expression = 9 ** 9 ** 9']],
  'a name that is not there': [layers('{ "dense": { "units": "= units" } }', '"parameters": { "unit": 3 }, '), ['unknown-name units']],
  'names of objects of JavaScript': [layers('{ "dense": { "units": "= constructor" } }'), ['unknown-name constructor']],
  'a function of JavaScript': [layers('{ "dense": { "units": "= toString(1)" } }'), ['unknown-name toString']],
  'members': [layers('{ "dense": { "units": "= a.b" } }', '"parameters": { "a": 3 }, '), ['invalid-expression .']],
  'an expression without an end': [layers(`{ "dense": { "units": "= ${'('.repeat(50_000)}" } }`), [`invalid-expression "= ${'('.repeat(37)}`]],
  'a long sum': [layers(`{ "dense": { "units": "= ${'1 + '.repeat(50_000)}1" } }`), ['invalid-expression "= 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1']],
  'a layer that is not there': [layers('{ "conv2D": { "filters": 4, "kernelSize": 1 } }'), ['unknown-layer conv2D']],
  'the prototype of all objects': [layers('{ "__proto__": { "filters": 4 } }'), ['unknown-layer __proto__']],
  'a misspelt attribute': [layers('{ "conv2d": { "filters": 4, "kernelSize": 1, "stride": 2 } }'), ['unknown-attribute "stride": 2']],
  'branches that do not fit': [layers('{ "branches": [[{ "flatten": {} }], []], "merge": "add" }'), ['shape-mismatch branches']],
  'a block in itself': [layers('{ "use": "./hostile.block.json" }'), ['block-cycle ./hostile.block.json'], { '/hostile.block.json': layers('{ "use": "./hostile.block.json" }') }],
  'a circle of others': [layers('{ "use": "./a.block.json" }'), ['block-cycle ./a.block.json'], {
    '/a.block.json': '{ "layers": [{ "use": "./b.block.json" }] }', '/b.block.json': '{ "layers": [{ "use": "./a.block.json" }] }',
  }],
  'a block that doubles forty times': [layers('{ "use": "./b0.block.json" }'), ['not-followed layers'], chain(40)],
  'another file that is no JSON': [layers('{ "use": "./a.block.json" }'), [], { '/a.block.json': 'import x from "y";' }],
  'another file that is a program': [layers('{ "use": "./a.ts" }'), ['unknown-block ./a.ts'], { '/a.ts': 'export default 1;' }],
  'no object': ['[1, 2]', ['block-form [1, 2]']],
  'nothing in it': ['{ }', ['block-form {']],
  'a parameter that is declared twice': [layers('{ "flatten": {} }', '"parameters": { "a": 1, "a": 2 }, '), ['block-form a']],
  'parameters with the names of what the program is made of': [layers('{ "dense": { "units": "= floor(Math / 2)" } }', '"parameters": { "Math": 8, "block": 1, "undefined": 3, "arguments": 4 }, '), []],
};

describe('hostile block files', () => {
  for (const [name, [text, expected, others]] of Object.entries(cases)) it(name, () => assert.deepEqual(said(text, others), expected));

  it('nest without an end', () => {
    for (const open of ['[', '{ "a": ', '{ "layers": [', '{ "sequential": [', '{ "layers": [{ "residual": [{ "repeat": 2, "layers": [']) {
      for (const times of [100, 5_000, 100_000]) {
        const text = open.repeat(times);
        analyze(file, text);
      }
    }
    const closed = '{ "sequential": ['.repeat(300) + ']}'.repeat(300);
    assert.equal(said(closed).length, 1);
  });

  it('have comments and commas at their ends, as people write them', () => {
    assert.deepEqual(said(`\uFEFF// Blocks.\r\n${layers('{ "flatten": {}, }, /* the last */')} // the end\n`), []);
  });
});
