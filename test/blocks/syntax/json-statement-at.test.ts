// Which piece of JSON the caret is in: `|` is the caret, and what is found stands between `«` and `»`.
import assert from 'node:assert/strict';
import { jsonStatementAt } from '../../../src/blocks/syntax/json-statement-at.ts';

const cases: Readonly<Record<string, string>> = {
  'an attribute is a part of its layer': '{ "layers": [«{ "conv2d": { "filters": 8| } }», { "flatten": {} }] }',
  'the layer that ends there': '{ "layers": [«{ "flatten": {} }»|, { "flatten": {} }] }',
  'the layer that begins there': '{ "layers": [{ "flatten": {} }, |«{ "flatten": {} }»] }',
  'the innermost layer': '{ "layers": [{ "residual": [«{ "flatten": { | } }»] }] }',
  'the layer around, beside its list': '{ "layers": [«{ "residual": [{ "flatten": {} }], "when": | true }»] }',
  'a list of numbers is a part of its layer': '{ "layers": [«{ "conv2d": { "kernelSize": [3, |3] } }»] }',
  'between layers': '{ "layers": [{ "flatten": {} }, «»| { "flatten": {} }] }',
  'a parameter': '{ "parameters": { «"filters": |8», "depth": 2 }, "layers": [] }',
  'a parameter on its own line': '{\n  "parameters": {\n    "a": 1,\n    «"filters": 8|»\n  },\n  "layers": []\n}',
  'a setting of a preset': '{ "layers": [], "presets": { "small": { «"filters": 1|6» } } }',
  'the shape that goes in': '{ «"input": [1, |8, 8]», "layers": [] }',
  'brackets in texts and comments': '{ "layers": [«{ "a": "]}", /* ]} */ "b": |1 }» // {\n, { "c": 1 }] }',
  'nothing': '|«»{}',
};

describe('the piece of JSON at the caret', () => {
  for (const [name, marked] of Object.entries(cases)) {
    it(name, () => {
      const text = marked.replace(/[«»|]/g, '');
      const { start, end } = jsonStatementAt(text, marked.replace(/[«»]/g, '').indexOf('|'));
      assert.equal(`${text.slice(0, start)}«${text.slice(start, end)}»${text.slice(end)}`, marked.replace('|', ''));
    });
  }

  it('tells what it is a part of', () => {
    const text = '{ "layers": [{ "residual": [{ "flatten": {} }] }] }';
    assert.deepEqual(jsonStatementAt(text, text.indexOf('flatten')).around, [text.indexOf('{ "residual'), text.indexOf('"layers')]);
  });

  it('tells a word that is half typed', () => {
    const text = '{ "parameters": { "filters": 8 }, "layers": [{ "dense": { "units": "= filt" } }] }';
    assert.equal(jsonStatementAt(text, text.indexOf('filt"') + 4).unfinished, true);
    assert.equal(jsonStatementAt(text.replace('filt"', 'filters"'), text.indexOf('filt"') + 7).unfinished, false);
  });
});
