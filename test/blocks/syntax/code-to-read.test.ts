// Programs with much code around them, and programs that are too long to be read whole: random ones, against what they show
// by themselves.
import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import { analyze, FileAnalyzer } from '../../../src/blocks/analyze.ts';
import type { Analysis, LayerVariant } from '../../../src/blocks/analysis.ts';
import type { Problem } from '../../../src/blocks/problems/problem.ts';
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { programsWithState } from '../evaluate/programs-with-state.ts';
import { randomProgram } from '../evaluate/random-program.ts';
import { seed } from '../layers/random-seed.ts';
import { plainAnalysis } from '../plain-analysis.ts';
import { RandomNumbers } from '../random-numbers.ts';
import { randomEdit } from './random-edit.ts';

const runs = Number(process.env['BLOCKSCOPE_RUNS'] ?? 40);

/** Code that has nothing to do with layers, and with none of the names of other code. */
const unrelated: readonly ((n: string) => string)[] = [
  n => `function f${n}(a${n}, b${n}) {\n  const c${n} = a${n} + b${n};\n  return c${n};\n}`,
  n => `const f${n} = { a: 1, b: [2, '}'], c() { return \`\${this.a}; }\`; } };`,
  n => `class C${n} {\n  constructor(a${n}) { this.a = a${n}; }\n  get(b${n}) { return b${n} / this.a; }\n}`,
  n => `let f${n} = 0\nfor (let i${n} = 0; i${n} < 3; i${n}++) { f${n} += i${n}; }`,
  n => `if (typeof f${n} === 'undefined') var f${n} = /[}"']/.test('a');\nelse f${n}++;`,
  n => `// f${n} is not a layer: tf.layers.dense({\nvar f${n} = function () { return "tf"; };`,
  n => `const f${n} = (a${n}) => a${n}.b.c;`,
  n => `do { f${n}() } while (g${n} > 2)\n;`,
  n => `[1, 2].map(a${n} => { a${n}.d = 3; });`,
];

interface Padded {
  readonly text: string;
  /** Where an offset of the program is now. */
  moved(offset: number): number;
}

/** The program with unrelated code between its statements. */
function padded(random: RandomNumbers, source: string, characters: number): Padded {
  const starts = parseTypeScript('program.js', source).body.map(({ start }) => start);
  const places = [...starts, source.length].map(at => ({ at, padding: '' }));
  let total = 0;
  for (let i = 0; total < characters; i++) {
    const padding = `\n${random.pick(unrelated)(`_${i}`)}\n`;
    places[random.integer(0, places.length - 1)]!.padding += padding;
    total += padding.length;
  }
  let text = '';
  let from = 0;
  for (const { at, padding } of places) {
    text += source.slice(from, at) + padding;
    from = at;
  }
  const moved = (offset: number): number => places.reduce((sum, { at, padding }) => (at <= offset ? sum + padding.length : sum), offset);
  return { text: text + source.slice(from), moved };
}

/** What is told of layers, without names, which may depend on what is not looked at. */
const told = ({ sites, blocks, problems }: Analysis, moved: (offset: number) => number): unknown => withPlaces({
  sites: sites.map(({ layer, at, variants }) => ({ layer, at, variants: variants.map(({ output, params, macs, count, assumed }) => ({ output, params, macs, count, assumed })) })),
  blocks: blocks.map(({ name, at, count, totals }) => ({ name, at, count, params: totals.params })),
  problems,
}, moved);

/** The same data with every place in it moved. */
function withPlaces(data: unknown, moved: (offset: number) => number): unknown {
  if (Array.isArray(data)) return data.map(part => withPlaces(part, moved));
  if (typeof data !== 'object' || data === null) return data;
  const entries = Object.entries(data).filter(([key]) => !('file' in data) || key !== 'end');
  return Object.fromEntries(entries.map(([key, part]) => [key, key === 'start' && 'file' in data ? moved(part as number) : withPlaces(part, moved)]));
}

const itself = (offset: number): number => offset;

describe(`code around a program (BLOCKSCOPE_SEED=${seed}, BLOCKSCOPE_RUNS=${runs})`, function () {
  this.timeout(600_000);

  it('changes nothing', () => {
    for (let i = 0; i < runs; i++) {
      const random = new RandomNumbers(seed + i);
      const { source } = randomProgram(random, { unknowns: i % 2 === 0 });
      // What layers are called depends on what is not looked at.
      if (source.includes('.name')) continue;
      const { text, moved } = padded(random, source, 140_000);
      assert.deepEqual(told(analyze('program.js', text), itself), told(analyze('program.js', source), moved), `BLOCKSCOPE_SEED=${seed + i}`);
    }
  });

  for (const { name, text: source } of programsWithState) {
    it(`changes nothing: ${name}`, () => {
      const { text, moved } = padded(new RandomNumbers(seed), source, 140_000);
      assert.deepEqual(told(analyze('program.ts', text), itself), told(analyze('program.ts', source), moved));
    });
  }
});

/** A figure that is given without doubt. */
const isCertain = ({ output, params, assumed }: LayerVariant): boolean =>
  assumed.length === 0 && typeof params === 'number' && Array.isArray(output) && output.every(dim => dim === null || typeof dim === 'number');

/** What is certain in the part that is read is what the whole shows there; returns how much that is. */
function compareBeginning(source: string, mostCharacters: number, what: string): number {
  const whole = analyze('program.ts', source);
  const beginning = analyze('program.ts', source, { mostCharacters });
  const rest = beginning.problems.find(({ id }) => id === 'rest-not-read');
  let certain = 0;
  for (const { at, variants } of beginning.sites) {
    const known = whole.sites.find(site => site.at.start === at.start)?.variants ?? [];
    for (const variant of variants.filter(isCertain)) {
      certain++;
      const { output, params } = variant;
      const isKnown = known.some(other => isDeepStrictEqual([other.output, other.params], [output, params]));
      assert.ok(isKnown, `${what}: ${source.slice(at.start, at.start + 60)} gives ${JSON.stringify([output, params])}\n${source.slice(0, rest?.at.start)}\n--- rest ---\n${source.slice(rest?.at.start)}`);
    }
  }
  for (const { at, kind, outputShapes, totals } of beginning.blocks) {
    // Layers that are in no model may come to be in one; a model that may have more layers does not know what it gives.
    if (kind === 'loose' || !outputShapes.every(shape => Array.isArray(shape)) || typeof totals.params !== 'number') continue;
    assert.ok(whole.blocks.some(other => other.at.start === at.start && other.totals.params === totals.params), `${what}: the block at ${at.start}\n${source}`);
  }
  return certain;
}

const shows = (units: string): string => `tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: ${units} })] });\n`;

/** A program that shows a number, and what stands behind it and changes that number. */
const changed: readonly (readonly [name: string, beginning: string, rest: string])[] = [
  ['a variable by a function', `let units = 3;\nsetUp();\n${shows('units')}`, 'function setUp() { units = 5; }'],
  ['a variable by a function that another one calls', `let units = 3;\nfunction set() { first(); }\nset();\n${shows('units')}`, 'function first() { second(); }\nfunction second() { [units] = [5]; }'],
  ['a variable by a function of the beginning', `let units = 3;\nfunction set(n) { units = n; }\nsetUp();\n${shows('units')}`, 'function setUp() { set(5); }'],
  ['an object', `const sizes = { units: 3 };\nsetUp();\n${shows('sizes.units')}`, 'function setUp() { sizes.units = 5; }'],
  ['an object under another name', `const sizes = { units: 3 };\nconst all = [sizes];\nsetUp();\n${shows('sizes.units')}`, 'function setUp() { all[0].units = 5; }'],
  ['a list', `const sizes = [1, 2, 3];\nsetUp();\n${shows('sizes.length')}`, 'function setUp() { sizes.push(4); }'],
  ['a model', 'const model = tf.sequential();\nmodel.add(tf.layers.dense({ inputShape: [4], units: 2 }));\nsetUp();\nmodel.add(tf.layers.flatten());\n', 'function setUp() { model.add(tf.layers.dense({ units: 7 })); }'],
  ['a function', `function size() { return 3; }\n${shows('size()')}`, 'function size() { return 5; }'],
  ['a method', `class Net { constructor() { this.units = 3; } set() {} }\nfunction make() { let net = new Net(); net.set(); ${shows('net.units')} }`, 'Net.prototype.set = function () { this.units = 5; };'],
  ['a variable by a method', `let units = 3;\nclass Net {}\nfunction make() { units = 3; new Net().set(); ${shows('units')} }`, 'Net.prototype.set = function () { units = 5; };'],
  ['a variable by a class', `let units;\nfunction make() { units = 3; new Setter(); ${shows('units')} }`, 'class Setter { constructor() { units = 5; } }'],
  ['a variable by an arrow function', `let units;\nfunction make() { units = 3; set(); ${shows('units')} }`, 'const set = () => { units++; };'],
  ['a variable before a function runs', `let units = 3;\nfunction make() { ${shows('units')} }`, 'units = 5;\nmake();'],
  ['a variable by a getter', `let units = 3;\nconst all = {};\nfunction make() { all.it; ${shows('units')} }`, 'Object.assign(all, { f() { units = 5; } });\nunits = 7;\nmake();'],
  ['what CommonJS exports', `exports.units = 3;\nsetUp();\n${shows('exports.units')}`, 'function setUp() { module.exports.units = 5; }'],
  ['a variable of no block', `var units = 3;\nif (window.a) { setUp(); }\n${shows('units')}`, 'function setUp() { ({ units } = { units: 5 }); }'],
  ['a loop over it', `let units = 3;\nsetUp();\n${shows('units')}`, 'function setUp() { for (units of [5]); }'],
];

describe(`the beginning of a program (BLOCKSCOPE_SEED=${seed}, BLOCKSCOPE_RUNS=${runs})`, function () {
  this.timeout(600_000);

  it('shows nothing for certain that the whole does not show', () => {
    let certain = 0;
    for (let i = 0; i < runs; i++) {
      const random = new RandomNumbers(seed + i);
      const { source } = randomProgram(random, { unknowns: i % 2 === 0 });
      certain += compareBeginning(source, random.integer(source.length >> 2, source.length), `BLOCKSCOPE_SEED=${seed + i}`);
    }
    assert.ok(certain > runs, 'nothing is certain');
  });

  for (const { name, text } of programsWithState) {
    it(`shows nothing for certain that the whole does not show: ${name}`, () => {
      for (let most = 30; most < text.length; most += 10) compareBeginning(text, most, `${most} characters`);
    });
  }

  for (const [name, beginning, rest] of changed) {
    it(`does not believe what the rest may change: ${name}`, () => {
      const source = `${beginning}${rest}\n${'later(1, 2, 3);\n'.repeat(10)}${shows('later')}`;
      let seen = 0;
      for (let most = 30; most < source.length; most += 5) {
        compareBeginning(source, most, `${most} characters`);
        if (analyze('program.ts', source, { mostCharacters: most }).problems.some(({ id }) => id === 'rest-not-read')) seen++;
      }
      assert.ok(seen > 5);
    });
  }

  it('is told from the rest', () => {
    const lines = Array.from({ length: 100 }, (_, i) => `x = tf.layers.dense({ units: ${i + 1} }).apply(x);`);
    const source = `let x = tf.input({ shape: [4] });\n${lines.join('\n')}`;
    const { sites, problems } = analyze('program.js', source, { mostCharacters: 1_000 });
    assert.deepEqual(problems.map(({ id, severity }) => [id, severity]), [['rest-not-read', 'information']]);
    const [{ at }] = problems as [Problem];
    assert.equal(source.slice(at.start, at.end), lines[sites.length - 1]);
    assert.ok(sites.length > 20 && sites.every(({ variants: [only] }) => isCertain(only!)));
  });
});

/** A few characters within a line that has to do with layers, or with nothing. */
function typedInto(random: RandomNumbers, text: string): string {
  const at = text.indexOf(random.pick(['tf.layers.', 'return ', '= ']), random.integer(0, text.length)) + random.integer(2, 30);
  return text.slice(0, at) + random.pick(['1', 'new_word', 'x', '3, units: 4', ' ', '// ', '(', '}', ';', 'b = 1', '/*', '`']) + text.slice(at);
}

describe(`versions of a program with much code around it (BLOCKSCOPE_SEED=${seed})`, function () {
  this.timeout(600_000);

  /** What is read of the beginning by one, of the whole program by the other. */
  for (const mostCharacters of [1_000, 100_000]) {
    it(`give what they give by themselves, of ${mostCharacters} characters`, () => {
      for (let i = 0; i < runs / 10; i++) {
        const random = new RandomNumbers(seed + i);
        const { source } = randomProgram(random, { unknowns: i % 2 === 0 });
        let { text } = padded(random, source, 140_000);
        const analyzer = new FileAnalyzer('program.js');
        analyzer.analyze(text, { mostCharacters });
        for (let edit = 0; edit < 4; edit++) {
          const next = random.chance(0.1) ? text.slice(0, random.integer(0, text.length)) : random.chance(0.5) ? typedInto(random, text) : randomEdit(random, text);
          const caret = random.chance(0.5) ? undefined : random.integer(0, next.length);
          const fresh = new FileAnalyzer('program.js').analyze(next, { mostCharacters }, caret);
          assert.deepEqual(plainAnalysis(analyzer.analyze(next, { mostCharacters }, caret)), plainAnalysis(fresh), `edit ${edit}, BLOCKSCOPE_SEED=${seed + i}`);
          if (random.chance(0.3)) text = next;
          else analyzer.analyze(text, { mostCharacters });
        }
      }
    });
  }

  it('see that what was left out has come to matter', () => {
    const { text } = padded(new RandomNumbers(seed), `let units = 3;\n${shows('units')}`, 140_000);
    const analyzer = new FileAnalyzer('program.js');
    const paramsOf = (version: string): unknown => analyzer.analyze(version).sites.map(({ variants }) => variants[0]!.params);
    assert.deepEqual(paramsOf(text), [15]);
    const place = text.indexOf('\nconst f_', text.indexOf('let units')) + 1;
    assert.ok(place > 0 && place < text.indexOf('tf.sequential'));
    assert.deepEqual(paramsOf(`${text.slice(0, place)}units++;\n${text.slice(place)}`), [20]);
    assert.deepEqual(paramsOf(text), [15]);
  });
});
