// Focusing a call: what can be chosen, what lines then show, and how a focus gets along with edits.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { codeLenses } from '../../../src/blocks/features/code-lenses.ts';
import { focusableFunctionAt, focusableFunctions, waysThrough, waysTo, type FocusChoice } from '../../../src/blocks/features/focus-choices.ts';
import { focusLenses } from '../../../src/blocks/features/focus-lenses.ts';
import { findFocus, focusLabel, focusOnCalls, movedFocus, type Focus } from '../../../src/blocks/features/focus.ts';
import { defaultHintOptions, hintText, inlayHints } from '../../../src/blocks/features/inlay-hints.ts';
import { layerMarkdown } from '../../../src/blocks/features/hover.ts';
import type { Places } from '../../../src/blocks/features/places.ts';
import { LineMap } from '../../../src/blocks/text/location.ts';
import { FILE } from './hand-made.ts';

/** Two kinds of calls of `conv`, and a loop around one of them. */
const SOURCE = `import * as tf from '@tensorflow/tfjs';

function conv(x, filters, kernelSize) {
  const y = tf.layers.conv2d({ filters, kernelSize, padding: 'same', useBias: false }).apply(x);
  return tf.layers.reLU().apply(y);
}

function bottleneck(x, filters) {
  const y = conv(x, filters, 1);
  return conv(y, 4 * filters, 3);
}

const image = tf.input({ shape: [32, 32, 3] });
let x = conv(image, 8, 7);
for (const filters of [8, 8, 16]) x = bottleneck(x, filters);
export const net = tf.model({ inputs: image, outputs: tf.layers.flatten().apply(x) });
`;

const opened = (text: string) => {
  const analysis = analyze(FILE, text);
  const lines = new LineMap(text);
  const lineOf = (offset: number): number => lines.lineColumn(offset).line;
  const places: Places = {
    name: at => `line ${lineOf(at.start)}`, address: at => `command:go?${at.start}`,
    focus: { on: focus => `command:focus?${JSON.stringify(focus.time ?? 'all')}`, choose: ({ start }) => `command:choose?${start}`, showAll: 'command:all' },
  };
  const hints = (focus?: Focus): string[] =>
    inlayHints(analysis, defaultHintOptions, focus && findFocus(analysis, focus)).map(hint => `${lineOf(hint.offset)}: ${hintText(hint)}`);
  const waysOf = (name: string): FocusChoice[] => waysTo(analysis, focusableFunctions(analysis).find(called => called.name === name)!, places);
  return { analysis, places, hints, waysOf, lineOf };
};

describe('a focus', () => {
  const { analysis, places, hints, waysOf, lineOf } = opened(SOURCE);
  const unchanged = ['13: → 32×32×3', '16: → 65536'];

  it('is offered for functions whose calls give different results, by the ways that lead there', () => {
    assert.deepEqual(focusableFunctions(analysis).map(({ name }) => name), ['conv', 'bottleneck']);
    assert.deepEqual(waysOf('conv').map(({ label, description, times }) => [label, description, times.length]), [
      ['conv line 14', '32×32×3 → 32×32×8 · 1.2k params · 1.2M MACs', 0],
      ['bottleneck line 15 › conv line 9', '→ 32×32×8 · 64 … 32×32×16 · 512 ×3', 3],
      ['bottleneck line 15 › conv line 10', '→ 32×32×32 · 2.3k | 32×32×64 · 9.2k ×3', 3],
    ]);
    const [way] = waysOf('bottleneck');
    assert.deepEqual(way!.times.map(({ label, description }) => `${label}: ${description}`), [
      'call 1 of 3: 32×32×8 → 32×32×32 · 2.4k params · 2.4M MACs',
      'call 2 of 3: 32×32×32 → 32×32×32 · 2.6k params · 2.6M MACs',
      'call 3 of 3: 32×32×32 → 32×32×64 · 9.7k params · 10M MACs',
    ]);
  });

  it('is not offered where all calls give the same', () => {
    const same = opened("const head = x => tf.layers.dense({ units: 3 }).apply(x);\nhead(tf.input({ shape: [4] }));\nhead(tf.input({ shape: [4] }));\n");
    assert.deepEqual(focusableFunctions(same.analysis), []);
  });

  it('without one, lines show all of their results', () => {
    assert.deepEqual(hints(), ['4: → 32×32×8…64 ×7 · Σ 15.8k', '5: → 32×32×8…64 ×7', ...unchanged]);
  });

  it('on a call shows what it alone gives', () =>
    assert.deepEqual(hints(waysOf('conv')[0]!.focus), ['4: → 32×32×8 · 1.2k', '5: → 32×32×8', ...unchanged]));

  it('on a call in a loop shows what its turns give, and how many they are of how many', () =>
    assert.deepEqual(hints(waysOf('conv')[2]!.focus), ['4: → 32×32×32 | 32×32×64 (3 of 7)', '5: → 32×32×32 | 32×32×64 (3 of 7)', ...unchanged]));

  it('on one turn shows what that one gives, all through the functions that it calls', () => {
    const [, second, third] = waysOf('bottleneck')[0]!.times;
    assert.deepEqual(hints(second!.focus), ['4: → 32×32×8 · 256 | 32×32×32 · 2.3k (2 of 7)', '5: → 32×32×8 | 32×32×32 (2 of 7)', ...unchanged]);
    assert.deepEqual(hints(third!.focus).slice(0, 1), ['4: → 32×32×16 · 512 | 32×32×64 · 9.2k (2 of 7)']);
    assert.deepEqual(hints(waysOf('conv')[1]!.times[2]!.focus).slice(0, 2), ['4: → 32×32×16 · 512', '5: → 32×32×16']);
  });

  it('counts a range as well', () => {
    const text = SOURCE.replace('[8, 8, 16]', '[8, 8, 16, 32, 64, 128]');
    const many = opened(text);
    assert.deepEqual(many.hints(many.waysOf('conv')[2]!.focus).slice(0, 1), ['4: → 32×32×32…512 ×6 of 13 · Σ 788k']);
  });

  it('also narrows the lenses of the functions on its way, which name it and take it off', () => {
    const titles = (focus?: Focus): string[] => {
      const call = focus && findFocus(analysis, focus);
      return [...codeLenses(analysis, call).filter(({ action }) => action === 'none'), ...focusLenses(analysis, call, places)].map(({ at, title }) => `${lineOf(at.start)}: ${title}`);
    };
    assert.deepEqual(titles().slice(-2), ['3: 3 call paths', '8: 3 calls']);
    assert.deepEqual(titles(waysOf('bottleneck')[0]!.times[2]!.focus), [
      '3: → 32×32×16 · 512 | 32×32×64 · 9.2k ×2',
      '8: 32×32×32 → 32×32×64 · 9.7k params · 10M MACs',
      titles().find(title => title.startsWith('16:'))!,
      '3: only bottleneck line 15, call 3 of 3', '3: show all', '8: only bottleneck line 15, call 3 of 3', '8: show all',
    ]);
    assert.deepEqual(titles(waysOf('conv')[0]!.focus).slice(-3), ['3: only conv line 14', '3: show all', '8: 3 calls']);
  });

  it('is found from the caret: the call under it, or the function around it', () => {
    const through = (text: string): string[] => waysThrough(analysis, SOURCE.indexOf(text), places).map(({ label }) => label);
    assert.deepEqual(through('conv(y'), ['bottleneck line 15 › conv line 10']);
    assert.deepEqual(through('bottleneck(x, filters);'), ['bottleneck line 15']);
    assert.deepEqual(through('flatten'), []);
    const around = (line: number): string | undefined => focusableFunctionAt(analysis, line, lineOf)?.name;
    assert.deepEqual([2, 3, 5, 6, 7, 9, 15].map(around), [undefined, 'conv', 'conv', 'conv', undefined, 'bottleneck', undefined]);
  });

  it('on the calls of one result is as narrow as it can be', () => {
    const [, conv] = analysis.calledFunctions.map(({ callPaths }) => callPaths).reverse();
    assert.equal(focusOnCalls(analysis, conv!.slice(1, 2)).time, 0);
    assert.equal(focusOnCalls(analysis, conv!.slice(3, 4)).time, 1);
    assert.equal(focusOnCalls(analysis, conv!.slice(0, 1)).time, undefined);
  });

  describe('after an edit', () => {
    /** Where the focus is after a text was replaced. */
    const after = (focus: Focus, search: string, replacement: string) => {
      const start = SOURCE.indexOf(search);
      const text = SOURCE.slice(0, start) + replacement + SOURCE.slice(start + search.length);
      const now = opened(text);
      const moved = movedFocus(focus, FILE, { start, end: start + search.length, length: replacement.length });
      const call = findFocus(now.analysis, moved);
      return call && focusLabel(now.analysis, call, now.places);
    };
    const { focus } = waysOf('conv')[2]!;

    it('stays with its call, wherever that goes', () => {
      assert.equal(after(focus, '\n\nfunction conv', '\n\n\n\nfunction conv'), 'bottleneck line 17 › conv line 12');
      assert.equal(after(focus, 'return ', 'return\t'), 'bottleneck line 15 › conv line 10');
      assert.equal(after(focus, 'conv(y, 4 * filters, 3)', 'conv(y, 2 * filters, 5)'), 'bottleneck line 15 › conv line 10');
      assert.equal(after(focus, 'x = bottleneck', '{\n  x = bottleneck'), undefined, 'the loop does not end');
    });

    it('is lost with its call', () => {
      assert.equal(after(focus, '  return conv(y, 4 * filters, 3);\n', ''), undefined);
      assert.equal(after(focus, 'for (const filters of [8, 8, 16]) x = bottleneck(x, filters);\n', ''), undefined);
      assert.equal(after(waysOf('bottleneck')[0]!.times[2]!.focus, ', 8, 16', ', 16'), undefined, 'there is no third turn any more');
    });

    it('knows a turn by its number', () =>
      assert.equal(after(waysOf('bottleneck')[0]!.times[1]!.focus, '8, 8, 16', '8, 8, 16, 32'), 'bottleneck line 15, call 2 of 4'));
  });

  describe('in a hover', () => {
    const site = analysis.sites.find(({ layer }) => layer === 'conv2d')!;
    const results = (markdown: string): string[] => markdown.split('\n').filter(line => line.startsWith('- '));

    it('is offered for every way to a result', () => {
      assert.deepEqual(results(layerMarkdown(site, analysis, places)).map(line => line.split(' — ')[1]!.replace(/\(command:go\?\d+\)/g, '').replaceAll('\u00a0', ' ')), [
        '[line 14] ([focus](command:focus?"all"))',
        'bottleneck [line 15] › [line 9] ([focus](command:focus?0))',
        'bottleneck [line 15] › [line 10] ([focus](command:focus?"all"))',
        'bottleneck [line 15] › [line 9] ([focus](command:focus?1))',
        'bottleneck [line 15] › [line 9] ([focus](command:focus?2))',
        'bottleneck [line 15] › [line 10] ([focus](command:focus?2))',
      ]);
    });

    it('is named, and works out what the focused call gives', () => {
      const markdown = layerMarkdown(site, analysis, places, findFocus(analysis, waysOf('conv')[1]!.times[2]!.focus));
      assert.deepEqual(results(markdown), []);
      assert.match(markdown, /^Named `\w+`$/m);
      assert.match(markdown, /^Only \*\*bottleneck line 15 › conv line 9, call 3 of 3\*\* · \[show all\]\(command:all\)$/m);
      assert.match(markdown, /^`\[null, 32, 32, 32\]` → `\[null, 32, 32, 16\]`/m);
      assert.equal(results(layerMarkdown(site, analysis, places, findFocus(analysis, waysOf('conv')[1]!.focus))).length, 3);
    });

    it('names the first way to a result, and leads to all of them', () => {
      const text = `const head = (x, units) => tf.layers.dense({ units }).apply(x);\nconst x = tf.input({ shape: [4] });\n${'head(x, 3);\n'.repeat(42)}head(x, 5);\n`;
      const many = opened(text);
      const [result] = results(layerMarkdown(many.analysis.sites[0]!, many.analysis, many.places));
      assert.match(result!, / ×42 — \[line\u00a03\]\S+ \(\S+\) and \[41 more\]\(command:choose\?13\)$/);
    });
  });
});
