import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { hoverAt } from '../../../src/blocks/features/hover.ts';
import type { Places } from '../../../src/blocks/features/places.ts';
import { LineMap } from '../../../src/blocks/text/location.ts';
import { FILE } from './hand-made.ts';

/** Hovers at the `|` in the text. */
function hover(marked: string): { readonly markdown: string; readonly text: string } | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const lines = new LineMap(text);
  const places: Places = { name: at => `line ${lines.lineColumn(at.start).line}`, address: at => `command:go?${at.start}` };
  const found = hoverAt(analyze(FILE, text), text, offset, places);
  return found && { markdown: found.markdown, text: text.slice(found.at.start, found.at.end) };
}

const HEAD = "import * as tf from '@tensorflow/tfjs';\n";
const lines = (text: string): string[] => text.split(/ {2}\n|\n+/);

describe('hovers', () => {
  it('work out the shape, the parameters and the MACs', () => {
    const found = hover(`${HEAD}tf.layers.con|v2d({ filters: 128, kernelSize: 3 }).apply(tf.input({ shape: [56, 56, 64] }));`);
    assert.equal(found!.text, 'tf.layers.conv2d');
    const told = lines(found!.markdown);
    assert.match(told[0]!, /^\*\*conv2d\*\* — \w.*\.$/);
    assert.deepEqual(told.slice(1, 6), [
      '`[null, 56, 56, 64]` → `[null, 54, 54, 128]`',
      '`height: ⌊(56 − 3) / 1⌋ + 1 = 54`', '`width: ⌊(56 − 3) / 1⌋ + 1 = 54`',
      'Parameters: `3·3·64·128 + 128` = **73,856** (kernel, bias)',
      'MACs: `54·54·3·3·64·128` = **214,990,848** (multiply-accumulates of one example)',
    ]);
    assert.match(found!.markdown, /\*Inferred from the source; nothing was run\.\* \[.+\]\(https:\/\/js\.tensorflow\.org\/.+\)$/);
  });

  it('say what is seen of the input of the block', () => {
    const found = hover(`${HEAD}const x = tf.layers.conv2d({ filters: 8, kernelSize: 3, strides: 2 }).apply(tf.input({ shape: [56, 56, 64] }));\ntf.layers.maxPool|ing2d({}).apply(x);`);
    assert.equal(lines(found!.markdown)[4], 'Sees 5×5 of the input, one step is 4×4');
    const vector = hover(`${HEAD}tf.layers.den|se({ units: 2 }).apply(tf.input({ shape: [3] }));`);
    assert.doesNotMatch(vector!.markdown, /sees|of the input/i);
  });

  it('list what a line sees in each of its places, where its results are the same', () => {
    const stacked = (calls: string): string => `${HEAD}const conv = x => tf.layers.con|v2d({ filters: 4, kernelSize: 3, padding: 'same' }).apply(x);
const model = inputs => tf.model({ inputs, outputs: tf.layers.flatten().apply(${calls}) });\nmodel(tf.input({ shape: [32, 32, 4] }));\n`;
    assert.match(hover(stacked('conv(conv(conv(inputs)))'))!.markdown, /^Sees 3×3, 5×5, 7×7 of the input, one step is 1×1$/m);
    assert.match(hover(stacked('conv(conv(conv(conv(conv(inputs)))))'))!.markdown, /^Sees 3×3 … 11×11 of the input, one step is 1×1$/m);
  });

  it('tell blocks apart in which a line sees something else', () => {
    const found = hover(`${HEAD}const conv = x => tf.layers.con|v2d({ filters: 4, kernelSize: 3, padding: 'same' }).apply(x);
const a = tf.input({ shape: [32, 32, 4] });\nconst once = tf.model({ inputs: a, outputs: conv(a) });
const b = tf.input({ shape: [32, 32, 4] });\nconst twice = tf.model({ inputs: b, outputs: conv(conv(b)) });\n`);
    assert.match(found!.markdown, /^In once it sees 3×3 of the input, one step is 1×1 {2}\nIn twice it sees 3×3, 5×5 of the input, one step is 1×1$/m);
  });

  it('say why it is not known what is seen, but not of what is not known at all', () => {
    const found = hover(`${HEAD}tf.layers.ls|tm({ units: 2, returnSequences: true }).apply(tf.input({ shape: [9, 3] }));`);
    assert.match(found!.markdown, /^What it sees of the input is not known\\: each step sees all steps before it, which are more and more$/m);
    const unknown = hover(`${HEAD}tf.layers.res|hape({ targetShape: fetched() }).apply(tf.input({ shape: [9, 3] }));`);
    assert.doesNotMatch(unknown!.markdown, /it sees/);
  });

  it('say it inside of functions that nobody calls', () => {
    const found = hover(`${HEAD}export function block(x, kernelSize) {\n  const y = tf.layers.conv2d({ filters: 8, kernelSize, strides: 2 }).apply(x);\n  return tf.layers.conv|2d({ filters: 8, kernelSize: 3 }).apply(y);\n}\n`);
    assert.match(found!.markdown, /^Sees \\\(kernelSize\\\+4\\\)×\\\(kernelSize\\\+4\\\) of the input, one step is 2×2$/m);
  });

  it('tell trainable and other parameters apart', () => {
    const found = hover(`${HEAD}tf.layers.batch|Normalization().apply(tf.input({ shape: [8, 8, 32] }));`);
    assert.match(found!.markdown, /`32 \+ 32 \+ 32 \+ 32` = \*\*128\*\* \(gamma, beta, .+\), 64 trainable and 64 not/);
    const frozen = hover(`${HEAD}tf.layers.den|se({ units: 2, trainable: false }).apply(tf.input({ shape: [3] }));`);
    assert.match(frozen!.markdown, /\*\*8\*\* \(kernel, bias\), not trainable/);
  });

  it('list the results of a line with links to the calls, without what all have in common', () => {
    const found = hover(`${HEAD}function head(x, units) {\n  return tf.layers.d|ense({ units }).apply(x);\n}\nfunction both() {\n  const x = tf.input({ shape: [4] });\n  head(x, 10);\n  head(x, 10);\n  head(x, 5);\n}\nboth();\n`);
    assert.deepEqual(lines(found!.markdown).slice(1, 3), [
      '- 4 → **10** · 50 params · 40 MACs ×2 — [line\u00a07](command:go?172) and 1 more',
      '- 4 → **5** · 25 params · 20 MACs — [line\u00a09](command:go?202)',
    ]);
  });

  it('count calls that read alike', () => {
    const found = hover(`${HEAD}const head = x => tf.layers.d|ense({ units: 3 }).apply(x);\nhead(head(head(tf.input({ shape: [4] }))));\n`);
    assert.match(found!.markdown, /^- 4 → \*\*3\*\* · 15 params · 12 MACs — \[line\u00a03\]\(command:go\?\d+\)$/m);
    assert.match(found!.markdown, /^- 3 → \*\*3\*\* · 12 params · 9 MACs ×2 — \[line\u00a03\]\(command:go\?\d+\) and 1 more$/m);
  });

  it('leave out figures that are zero or a long expression', () => {
    const found = hover(`${HEAD}const head = (x, units) => tf.layers.d|ense({ units }).apply(x);
export const f = (features, channels, classes) => head(tf.input({ shape: [features * channels + channels] }), classes * classes + features);
export const g = x => tf.layers.flatten().apply(head(tf.input({ shape: [4] }), 3));\n`);
    assert.deepEqual(lines(found!.markdown).slice(1, 3).map(line => line.replace(/ — .*/, '')), ['- … → **classes²\\+features**', '- 4 → **3** · 15 params · 12 MACs']);
    const pool = hover(`${HEAD}const half = x => tf.layers.max|Pooling2d({}).apply(x);\nhalf(half(tf.input({ shape: [8, 8, 3] })));\n`);
    assert.match(pool!.markdown, /^- 8×8×3 → \*\*4×4×3\*\* — /m);
  });

  it('name the layers as TensorFlow.js does, where that is certain', () => {
    const twice = hover(`${HEAD}const x = tf.input({ shape: [4] });\nfor (const units of [1, 2]) tf.layers.d|ense({ units }).apply(x);\n`);
    assert.match(twice!.markdown, /^Named `dense_Dense1`, `dense_Dense2`$/m);
    const unsure = hover(`${HEAD}unknown();\ntf.layers.d|ense({ units: 3 }).apply(tf.input({ shape: [4] }));\n`);
    assert.doesNotMatch(unsure!.markdown, /Named/);
  });

  it('say what was assumed', () => {
    const found = hover(`${HEAD}export function head(units = 10) {\n  return tf.layers.d|ense({ units }).apply(tf.input({ shape: [3] }));\n}\n`);
    assert.match(found!.markdown, /^\\\* Assumed, .+: `units = 10`$/m);
  });

  it('say why something is not known, and where that began', () => {
    const found = hover(`${HEAD}export const head = x => tf.layers.den|se({ units: 3 }).apply(x);\n`);
    assert.match(found!.markdown, /^`\?`: \S.+/m);
  });

  it('say that a layer is never applied', () =>
    assert.match(hover(`${HEAD}const later = tf.layers.fla|tten();`)!.markdown, /nothing that can be read applies it to a tensor/));

  it('explain an attribute, with its value here and what is odd about it', () => {
    const found = hover(`${HEAD}tf.layers.conv2d({ filters: 8, kernelSize: 3, 'pad|ding': 'same' }).apply(tf.input({ shape: [9, 9, 1] }));`);
    assert.equal(found!.text, "'padding'");
    assert.match(found!.markdown, /^\*\*padding\*\* `'valid' \| 'same'.*` · default `"valid"`\n\n\S.+\n\nHere: `"same"`/);
    assert.match(found!.markdown, /⚠ .*asymmetric/);
    assert.doesNotMatch(hover(`${HEAD}tf.layers.conv|2d({ filters: 8, kernelSize: 3 }).apply(tf.input({ shape: [9, 9, 1] }));`)!.markdown, /asymmetric/);
  });

  it('leave the rest of the code alone', () => {
    for (const code of ['tf.layers.dense({ units: 1|2 })', 'tf.layers.dense({ units: { uni|ts: 3 } })', 'tf.layers.dense({ nothing|Such: 3 })', 'const a| = 1; tf.layers.flatten()']) {
      assert.equal(hover(`${HEAD}${code}.apply(tf.input({ shape: [3] }));`), undefined, code);
    }
  });
});
