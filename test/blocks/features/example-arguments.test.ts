// Example calls as the editor writes them. Every one that it offers is one that can be evaluated.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { callSnippet, exampleArguments } from '../../../src/blocks/features/example-arguments.ts';
import { exampleCallCompletions } from '../../../src/blocks/features/example-call-completions.ts';
import { hintText, inlayHints } from '../../../src/blocks/features/inlay-hints.ts';

const SOURCE = `import * as tf from '@tensorflow/tfjs';

export function createModel(inputShape: number[], classes: number, activation = 'relu') {
  const input = tf.input({ shape: inputShape });
  return tf.model({ inputs: input, outputs: tf.layers.dense({ units: classes, activation }).apply(tf.layers.flatten().apply(input)) });
}

const block = (x, { filters, kernelSize = 3 }) => tf.layers.conv2d({ filters, kernelSize }).apply(x);

class Encoder {
  constructor(private readonly width: number, readonly scale = Math.PI) {}
  encode(x: tf.SymbolicTensor) {
    return tf.layers.dense({ units: this.width }).apply(x);
  }
}

const helpers = { norm(x) { return tf.layers.batchNormalization().apply(x); } };
function nothing(units) { return units + 1; }
const called = (units) => tf.layers.dense({ units }).apply(tf.input({ shape: [3] }));
called(4);
`;

/** The text that a snippet leaves when every tab stop is passed over. */
const filledIn = (snippet: string): string => snippet.replace(/\$\{\d+:((?:\\.|[^\\}])*)\}/g, '$1').replace(/\\([\\$}])/g, '$1');

describe('example arguments', () => {
  const analysis = analyze('file.ts', SOURCE);

  it('are offered for what nobody calls and what makes layers of its arguments', () => {
    assert.deepEqual(exampleArguments(analysis).map(({ name, title }) => `${title} of ${name}`), [
      'set example arguments of createModel', 'set example arguments of block', 'set example arguments of Encoder.encode', 'set example arguments of helpers.norm',
    ]);
  });

  it('are worked out from names, types, defaults and what is done with a parameter', () => {
    assert.deepEqual(analysis.entryPoints.map(entry => filledIn(callSnippet(entry))), [
      "createModel([28, 28, 1], 10, 'relu')",
      'block(tf.input({ shape: [28, 28, 16] }), { filters: 32, kernelSize: 3 })',
      'new Encoder(28, undefined)',
      'new Encoder(28, undefined).encode(tf.input({ shape: [28, 28, 16] }))',
      'helpers.norm(tf.input({ shape: [28, 28, 16] }))',
      'nothing(32)',
      'called(32)',
    ]);
  });

  it('give numbers to every hint once they are all set', () => {
    let text = SOURCE;
    for (const { action } of exampleArguments(analysis).reverse()) {
      if (action.kind === 'set') text = text.slice(0, action.offset) + filledIn(action.snippet) + text.slice(action.offset);
    }
    const after = analyze('file.ts', text);
    assert.deepEqual(after.problems, []);
    assert.deepEqual(inlayHints(after).map(hintText), ['→ 28×28×1', '→ 10 · 7.9k', '→ 784', '→ 26×26×32 · 4.6k', '→ 28×28×28 · 476', '→ 28×28×16 · 64', '→ 4 · 16', '→ 3']);
    const edits = exampleArguments(after).map(({ title, action }) => `${title} ${text.slice(...(action.kind === 'edit' ? [action.at.start, action.at.end] : [0, 0]))}`);
    assert.deepEqual(edits, [
      "edit example arguments [28, 28, 1], 10, 'relu'",
      'edit example arguments tf.input({ shape: [28, 28, 16] }), { filters: 32, kernelSize: 3 }',
      'edit example arguments tf.input({ shape: [28, 28, 16] })',
      'edit example arguments tf.input({ shape: [28, 28, 16] })',
    ]);
  });

  it('have a tab stop for each argument, also inside of an object', () => {
    assert.equal(callSnippet(analysis.entryPoints[1]!), 'block(${1:tf.input({ shape: [28, 28, 16] \\})}, { filters: ${2:32}, kernelSize: ${3:3} })');
  });
});

describe('completions of an example call', () => {
  const completions = (comment: string) => {
    const text = `${comment.replace('|', '')}\n${SOURCE}`;
    const offset = comment.indexOf('|');
    return exampleCallCompletions(analyze('file.ts', text), text, offset).map(({ label, at }) => `${text.slice(at.start, at.end)}→${label}`);
  };

  it('are the functions of the file, those first that nobody calls', () => {
    const all = ['createModel', 'block', 'new Encoder.encode', 'helpers.norm', 'new Encoder', 'nothing', 'called'];
    assert.deepEqual(completions('// @blockscope |'), all.map(label => `→${label}`));
    assert.deepEqual(completions('/** @blockscope cre|at */'), all.map(label => `creat→${label}`));
    assert.deepEqual(completions('// @blockscope new En|'), all.map(label => `new En→${label}`));
  });

  it('come nowhere else', () => {
    for (const comment of ['// @blockscope| ', '// @blockscope create(|', '// @blockscope create(3) |', '//| @blockscope ', '// see @blockscope |', '// |', "'// @blockscope |'"]) {
      assert.deepEqual(completions(comment), [], comment);
    }
  });
});
