// Layer calls of the fixtures and the examples are typed anew, character by character, with brackets that are closed by
// the editor and without. As long as the text does not parse, every other line keeps the hint that it had when it last did,
// and nothing else is shown there.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { FileAnalyzer } from '../../src/blocks/analyze.ts';
import type { LayerSite } from '../../src/blocks/analysis.ts';
import { diagnostics } from '../../src/blocks/features/diagnostics.ts';
import { hintText, inlayHints } from '../../src/blocks/features/inlay-hints.ts';
import { staleMark, SteadyHints } from '../../src/blocks/features/steady-hints.ts';
import { hintFixtures } from '../hint-fixtures.ts';
import { RandomNumbers } from './random-numbers.ts';
import { readModule } from './read-module.ts';
import { seed } from './layers/random-seed.ts';

const root = path.resolve(import.meta.dirname, '../..');
const examples = readdirSync(path.join(root, 'examples')).filter(name => /\.[jt]s$/.test(name));
const programs = [
  ...hintFixtures(root).filter(({ name }) => !name.startsWith('broken/')).map(({ path: file, text }) => ({ file, text })),
  ...examples.map(name => path.join(root, 'examples', name)).map(file => ({ file, text: readFileSync(file, 'utf8') })),
];
/** Calls per program. */
const calls = Number(process.env['BLOCKSCOPE_RUNS'] ?? 2);
const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

describe(`typing a layer's call anew (BLOCKSCOPE_SEED=${seed})`, () => {
  for (const closing of [false, true]) {
    describe(closing ? 'with brackets that close themselves' : 'with nothing after the caret', () => {
      for (const [index, { file, text }] of programs.entries()) {
        it(path.relative(root, file), () => {
          const random = new RandomNumbers(seed + index);
          const sites = new FileAnalyzer(file).analyze(text, { readModule }).sites.filter(site => site.at.file === file);
          for (let i = 0; i < calls && sites.length > 0; i++) retype(file, text, sites.splice(random.integer(0, sites.length - 1), 1)[0]!, closing);
        });
      }
    });
  }
});

function retype(file: string, text: string, { call: { start, end } }: LayerSite, closing: boolean): void {
  const editor = new Editor(file, text);
  const after = editor.hints;
  const others = [...after.keys()].filter(offset => offset <= start || offset > end);
  let lastGood = after;
  editor.replace(start, end, '');
  let closers = '';
  for (let i = start; i < end; i++) {
    const character = text[i]!;
    const typedOver = closers.startsWith(character);
    if (typedOver) closers = closers.slice(1);
    const closer = closing && !typedOver ? closerOf[character] ?? '' : '';
    closers = closer + closers;
    editor.replace(i, typedOver ? i + 1 : i, character + closer);
    const shift = i + 1 + closers.length - end;
    const shown = new Map(others.map(offset => [offset, editor.hints.get(offset <= start ? offset : offset + shift)]));
    if (editor.parses) {
      lastGood = new Map([...shown].filter((entry): entry is [number, string] => entry[1] !== undefined));
      continue;
    }
    assert.deepEqual(editor.problems, [], 'nothing is said about text that does not parse');
    for (const [offset, hint] of shown) {
      const before = lastGood.get(offset);
      if (hint !== before) assert.equal(hint, `${before}${staleMark}`, `after “${text.slice(start, i + 1)}”`);
    }
  }
  assert.equal(editor.text, text);
  assert.deepEqual(editor.hints, after);
}

/** A document with its hints by their places, as it goes from version to version. */
class Editor {
  private readonly analyzer: FileAnalyzer;
  private readonly steady = new SteadyHints();
  hints = new Map<number, string>();
  problems: unknown[] = [];
  parses = true;

  constructor(file: string, public text: string) {
    this.analyzer = new FileAnalyzer(file);
    this.update();
  }

  replace(start: number, end: number, inserted: string): void {
    this.text = this.text.slice(0, start) + inserted + this.text.slice(end);
    this.steady.edit({ start, end, length: inserted.length });
    this.update();
  }

  private update(): void {
    const analysis = this.analyzer.analyze(this.text, { readModule });
    this.parses = analysis.parses;
    this.problems = diagnostics(analysis);
    this.hints = new Map(this.steady.of(inlayHints(analysis), analysis.parses).map(hint => [hint.offset, hintText(hint)]));
  }
}
