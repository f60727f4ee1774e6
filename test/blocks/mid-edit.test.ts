// Statements of the fixtures and the examples, and objects and properties of JSON, are typed anew, key by key, with brackets that the editor closes and without.
// What the other lines show stays, is as certain as it was, or is marked; and nothing is said that was not said before.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { hintText } from '../../src/blocks/features/inlay-hints.ts';
import { staleMark, type SteadyHint } from '../../src/blocks/features/steady-hints.ts';
import type { Problem } from '../../src/blocks/problems/problem.ts';
import { blockFileFixtures, hintFixtures } from '../hint-fixtures.ts';
import { RandomNumbers } from './random-numbers.ts';
import { Editor, retype, statementsOf, type Span } from './retyping.ts';
import { seed } from './layers/random-seed.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = readdirSync(path.join(root, 'examples')).filter(name => /\.[jt]s$/.test(name));
const blockFiles = readdirSync(path.join(root, 'examples/block-json'));
/** Two ways that meet, and layers behind them. */
const savedModel = JSON.stringify({
  format: 'layers-model',
  modelTopology: {
    class_name: 'Functional',
    config: {
      name: 'ways', input_layers: [['x', 0, 0]], output_layers: [['head', 0, 0]],
      layers: [
        ['InputLayer', 'x', { batch_input_shape: [null, 8, 8, 4] }], ['Conv2D', 'left', { filters: 4, kernel_size: [3, 3], padding: 'same' }, 'x'], ['Conv2D', 'right', { filters: 4, kernel_size: [1, 1] }, 'x'],
        ['Add', 'sum', {}, 'left', 'right'], ['Flatten', 'flat', {}, 'sum'], ['Dense', 'head', { units: 10 }, 'flat'],
      ].map(([class_name, name, config, ...from]) => ({ class_name, name, config: { ...config as object, name }, inbound_nodes: from.length === 0 ? [] : [from.map(layer => [layer, 0, 0, {}])] })),
    },
  },
}, null, 2);
const programs = [
  ...hintFixtures(root).filter(({ name }) => !name.startsWith('broken/')).map(({ path: file, text }) => ({ file, text })),
  ...blockFileFixtures(root).filter(({ name }) => !name.endsWith('/half-a-line.block.json')).map(({ path: file, text }) => ({ file, text })),
  ...blockFiles.map(name => path.join(root, 'examples/block-json', name)).map(file => ({ file, text: readFileSync(file, 'utf8') })),
  { file: path.join(root, 'saved/model.json'), text: savedModel },
  ...examples.map(name => path.join(root, 'examples', name)).map(file => ({ file, text: readFileSync(file, 'utf8') })),
];
/** Statements per program, and the most characters of one. */
const statements = Number(process.env['BLOCKSCOPE_RUNS'] ?? 1);
const longest = 300;

describe(`typing a statement anew (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const closing of [false, true]) {
    describe(closing ? 'with brackets that close themselves' : 'with nothing after the caret', () => {
      for (const [index, { file, text }] of programs.entries()) {
        it(path.relative(root, file), () => {
          const random = new RandomNumbers(seed + index);
          const spans = statementsOf(file, text, longest);
          for (let i = 0; i < statements && spans.length > 0; i++) typeAnew(file, text, spans.splice(random.integer(0, spans.length - 1), 1)[0]!, closing);
        });
      }
    });
  }
});

function typeAnew(file: string, text: string, span: Span, closing: boolean): void {
  const editor = new Editor(file, text);
  const hints = editor.lines();
  const problems = problemsAround(editor.problems, span);
  // In JSON a layer's hint can stand behind the property that is its name and its settings.
  const isTyped = ({ sites: [site] }: SteadyHint): boolean => span.start <= site!.at.start && site!.at.end <= span.end;
  const before = hintsAround(editor.hints.filter(hint => !isTyped(hint)), span);
  let lastGood = before;
  for (const now of retype(editor, span, closing)) {
    const typed = `after “${editor.text.slice(now.start, editor.caret)}”`;
    const shown = hintsAround(editor.hints, now);
    for (const [place, { hint: wasShown, text: was }] of before) {
      const found = shown.get(place);
      assert.ok(found, `${was} is gone ${typed}`);
      if (!editor.parses) assert.equal(found.text, lastGood.get(place)!.text, typed);
      if (found.hint.stale) continue;
      assert.ok(editor.hintsOfText.some(text => (editor.parses ? text === `${found.hint.offset} ${found.text}` : text.endsWith(` ${found.text}`))), `${found.text} is not what the text says ${typed}`);
      if (isKnown(wasShown)) assert.ok(isKnown(found.hint), `${found.text} in place of ${was} ${typed}`);
    }
    if (editor.parses) lastGood = shown;
    for (const problem of problemsAround(editor.problems, now)) assert.ok(problems.has(problem), `${problem} ${typed}`);
  }
  assert.equal(editor.text, text);
  editor.moveCaret(span.start === 0 ? text.length : 0);
  assert.deepEqual(editor.lines(), hints);
  assert.deepEqual(problemsAround(editor.problems, span), problems);
}

interface Shown {
  readonly hint: SteadyHint;
  /** Without the mark. */
  readonly text: string;
}

/** The hints of other statements by their distance from the one that is typed. */
function hintsAround(hints: readonly SteadyHint[], { start, end }: Span): Map<number, Shown> {
  return new Map(hints.flatMap(hint => {
    const label = hintText(hint);
    const shown = { hint, text: hint.stale ? label.slice(0, -staleMark.length) : label };
    if (hint.offset <= start) return [[hint.offset - start, shown] as const];
    return hint.offset > end ? [[hint.offset - end, shown] as const] : [];
  }));
}

/** Problems in the statement itself have no place of their own: they are there or not. */
const problemsAround = (problems: readonly Problem[], { start, end }: Span): Set<string> =>
  new Set(problems.map(({ id, at }) => `${id} ${at.start < start ? `${at.start - start}` : at.start >= end ? `+${at.start - end}` : 'in it'}`));

const isKnown = (hint: SteadyHint): boolean => !hintText(hint).includes('?');

const HEAD = `import * as tf from '@tensorflow/tfjs';\n`;

describe('while a statement is being typed', () => {
  /** `|` is where the caret is put. */
  const open = (marked: string): Editor => {
    const text = HEAD + marked;
    const editor = new Editor('typing.ts', text.replace('|', ''));
    editor.moveCaret(text.indexOf('|'));
    return editor;
  };
  const type = (editor: Editor, keys: string): void => { for (const key of keys) editor.replace(editor.caret, editor.caret, key); };
  const backspace = (editor: Editor, times: number): void => { for (let i = 0; i < times; i++) editor.replace(editor.caret - 1, editor.caret, ''); };
  /** What the layers have, without those of inputs. */
  const linesOf = (editor: Editor): string[] => editor.lines().filter(line => !editor.text.split('\n')[Number.parseInt(line)]!.includes('tf.input('));
  const problemsOf = (editor: Editor): string[] => editor.problems.map(problem => problem.id);
  const show = (editor: Editor, expected: Record<number, string>): void => assert.deepEqual(linesOf(editor), Object.entries(expected).map(([line, hint]) => `${line}: ${hint}`));

  const chain = `const x = tf.input({ shape: [4] });
const y = tf.layers.dense({ units: 3 }).apply(x|) as tf.SymbolicTensor;
const z = tf.layers.dense({ units: 2 }).apply(y);
`;

  it('half a word that parses leaves what depends on it as it was, marked, until it is whole', () => {
    const editor = open(chain);
    show(editor, { 2: '→ 3 · 15', 3: '→ 2 · 8' });
    backspace(editor, 1);
    type(editor, 'half');
    assert.ok(editor.parses);
    show(editor, { 2: '→ 3 · 15 …', 3: '→ 2 · 8 …' });
    backspace(editor, 4);
    type(editor, 'x');
    show(editor, { 2: '→ 3 · 15', 3: '→ 2 · 8' });
  });

  it('another figure that is as certain is shown at once', () => {
    const editor = open(chain.replace('units: 3', 'units: 3|').replace('(x|)', '(x)'));
    type(editor, '2');
    show(editor, { 2: '→ 32 · 160', 3: '→ 2 · 66' });
  });

  it('what depends on it is unknown as soon as the caret has left it', () => {
    const editor = open(chain);
    type(editor, 's');
    show(editor, { 2: '→ 3 · 15 …', 3: '→ 2 · 8 …' });
    editor.moveCaret(editor.text.length);
    show(editor, { 2: '→ ?', 3: '→ ?' });
  });

  it('an edit elsewhere ends it, too, and so does a new line', () => {
    for (const elsewhere of ['\n', 'const other = 1;']) {
      const editor = open(chain);
      type(editor, 's');
      const end = elsewhere === '\n' ? editor.text.indexOf(';', editor.caret) + 1 : editor.text.length;
      editor.replace(end, end, elsewhere);
      assert.ok(editor.hints.every(hint => !hint.stale), JSON.stringify(editor.lines()));
    }
  });

  it('a problem waits until the caret has left it, and goes as soon as it is gone', () => {
    const editor = open(`const x = tf.input({ shape: [28, 28, 1|] });\nconst y = tf.layers.conv2d({ filters: 2, kernelSize: 3 }).apply(x);\n`);
    backspace(editor, 3);
    assert.ok(editor.problemsOfText.length > 0);
    assert.deepEqual(problemsOf(editor), []);
    show(editor, { 2: '→ 26×26×2 · 20 …' });
    editor.moveCaret(0);
    assert.deepEqual(problemsOf(editor), ['wrong-rank']);
    editor.replace(editor.text.indexOf(', 28]') + 4, editor.text.indexOf(', 28]') + 4, ', 1');
    assert.deepEqual(problemsOf(editor), []);
    show(editor, { 2: '→ 26×26×2 · 20' });
  });

  const settings = `const settings = {
  filters: 8|,
  kernelSize: 3,
};
const x = tf.input({ shape: [8, 8, 1] });
const y = tf.layers.conv2d(settings).apply(x) as tf.SymbolicTensor;
const z = tf.layers.flatten().apply(y);
`;

  it('one property of an object on several lines is typed', () => {
    const editor = open(settings);
    show(editor, { 6: '→ 6×6×8 · 80', 7: '→ 288' });
    backspace(editor, 1);
    show(editor, { 6: '→ 6×6×8 · 80 …', 7: '→ 288 …' });
    type(editor, 'wid');
    show(editor, { 6: '→ 6×6×8 · 80 …', 7: '→ 288 …' });
    backspace(editor, 3);
    type(editor, '16');
    show(editor, { 6: '→ 6×6×16 · 160', 7: '→ 576' });
    editor.replace(editor.caret, editor.caret, ',\n  str');
    show(editor, { 7: '→ 6×6×16 · 160', 8: '→ 576' });
    assert.deepEqual(problemsOf(editor), []);
  });

  it('it stands in a function, in a method, or in a loop without braces', () => {
    for (const [before, after] of [
      ['function head(x: tf.SymbolicTensor) {\n', '}\nhead(x);\n'],
      ['class Head {\n  apply(x: tf.SymbolicTensor) {\n', '  }\n}\nnew Head().apply(x);\n'],
      ['const head = (x: tf.SymbolicTensor) => {\n', '};\nhead(x);\n'],
    ] as const) {
      const editor = open(`const x = tf.input({ shape: [4] });\n${before}    const width = 5|;
    const y = tf.layers.dense({ units: width }).apply(x) as tf.SymbolicTensor;
    return tf.layers.dense({ units: 2 }).apply(y);\n${after}`);
      const hints = linesOf(editor);
      assert.equal(hints.length, 2);
      const stale = hints.map(hint => hint + staleMark);
      backspace(editor, 'const width = 5'.length);
      assert.deepEqual(linesOf(editor), stale);
      type(editor, 'const width =');
      assert.deepEqual(linesOf(editor), stale);
      type(editor, ' 5');
      assert.deepEqual(linesOf(editor), hints);
    }
  });

  it('a call is added to the end of a chain', () => {
    const editor = open(`const x = tf.input({ shape: [4] });
const y = tf.layers.dense({ units: 3 })|
const z = tf.layers.dense({ units: 2 }).apply(y);
`);
    show(editor, { 3: '→ ?' });
    type(editor, '.apply(x');
    assert.deepEqual(problemsOf(editor), []);
    type(editor, ')');
    show(editor, { 2: '→ 3 · 15', 3: '→ 2 · 8' });
    backspace(editor, 2);
    show(editor, { 2: '→ 3 · 15 …', 3: '→ 2 · 8 …' });
  });

  it('a template is not closed yet', () => {
    const editor = open(`const x = tf.input({ shape: [4] });
const y = tf.layers.dense({ units: 3, name: | }).apply(x);
const z = tf.layers.dense({ units: 2, name: \`z\${1}\` }).apply(x);
`);
    for (const key of '`y${1}') {
      type(editor, key);
      assert.deepEqual(editor.lines().at(-1), '3: → 2 · 10', editor.text);
    }
  });

  it('it is deleted from its end to its start, and the deletion undone', () => {
    const editor = open(chain.replace('(x|) as tf.SymbolicTensor;', '(x) as tf.SymbolicTensor;|'));
    const before = editor.text;
    const length = 'const y = tf.layers.dense({ units: 3 }).apply(x) as tf.SymbolicTensor;'.length;
    for (let i = 0; i < length; i++) {
      backspace(editor, 1);
      assert.ok(['3: → 2 · 8', '3: → 2 · 8 …', '3: → 2 · 0', '3: → 2 · 10'].includes(editor.lines().at(-1)!), `${editor.lines().at(-1)} with ${editor.text}`);
      assert.deepEqual(problemsOf(editor), []);
    }
    const [line] = before.split('\n').slice(2, 3);
    editor.replace(editor.caret, editor.caret, line!);
    assert.equal(editor.text, before);
    show(editor, { 2: '→ 3 · 15', 3: '→ 2 · 8' });
  });

  it('a broken block is pasted, and mended', () => {
    const editor = open(`${chain.replace('|', '')}|\n`);
    editor.replace(editor.caret, editor.caret, 'const a = tf.layers.dense({ units: 7 }).apply(x;\nconst b = tf.layers.dense({ units: 8 }).apply(a');
    assert.deepEqual(linesOf(editor).slice(0, 2), ['2: → 3 · 15', '3: → 2 · 8']);
    assert.deepEqual(problemsOf(editor), []);
    editor.replace(editor.text.indexOf('(x;\n') + 2, editor.text.indexOf('(x;\n') + 2, ')');
    editor.replace(editor.text.length - 1, editor.text.length - 1, ')');
    editor.moveCaret(0);
    show(editor, { 2: '→ 3 · 15', 3: '→ 2 · 8', 4: '→ 7 · 35', 5: '→ 8 · 64' });
  });
});
