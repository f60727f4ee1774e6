import assert from 'node:assert/strict';
import { annotate, bareText } from '../hint-notation.ts';

const fixture = [
  'const model = tf.sequential();',
  '\t\tmodel.add(tf.layers.dense({ units: 10 }));',
  '\t\t//                                     ^ hint → 10 · 7.9k',
  'model.add(tf.layers.dense({ units: "a" }));',
  '//                                 ^^^ error wrong: "a" is no integer',
  '//                                      ^ hint → ?',
  '// a comment with a ^ caret',
  'model.add(',
  '',
].join('\n');

describe('the notation of hint fixtures', () => {
  it('is taken out before a file is read', () => {
    const { text, marks } = bareText(fixture);
    assert.equal(marks, 3);
    assert.deepEqual(text.split('\n').length, 6);
    assert.match(text, /a comment with a \^ caret/);
  });

  it('is written back exactly', () => {
    const { text } = bareText(fixture);
    const dense = text.indexOf('10 })') + 5;
    const wrong = text.indexOf('"a"');
    const rewritten = annotate(text, [
      { kind: 'hint', start: 0, end: wrong + 6, text: '→ ?' }, { kind: 'error', start: wrong, end: wrong + 3, text: 'wrong: "a" is no integer' },
      { kind: 'hint', start: 0, end: dense, text: '→ 10 · 7.9k' },
    ]);
    assert.equal(rewritten, fixture);
  });

  it('keeps the line breaks of the file, and a last line without one', () => {
    const windows = fixture.replaceAll('\n', '\r\n');
    assert.equal(bareText(windows).text, bareText(fixture).text.replaceAll('\n', '\r\n'));
    assert.equal(annotate('  dense(x)', [{ kind: 'hint', start: 0, end: 10, text: '→ 1' }]), '  dense(x)\n  //     ^ hint → 1');
  });

  it('underlines a problem of several lines on its first', () => {
    assert.equal(annotate('  add([\n  ])\n', [{ kind: 'error', start: 2, end: 12, text: 'x: y' }]), '  add([\n//^^^^^ error x: y\n  ])\n');
  });

  it('refuses what it could not mark', () => {
    assert.throws(() => annotate('dense(x)', [{ kind: 'error', start: 0, end: 5, text: 'x: y' }]), /first two columns/);
  });
});
