// What nobody calls is evaluated again where an edit can have changed what it shows: each version of a file gives what it
// gives by itself.
import assert from 'node:assert/strict';
import { analyze, FileAnalyzer } from '../../../src/blocks/analyze.ts';
import { defaultLimits } from '../../../src/blocks/evaluate/budget.ts';
import { plainAnalysis } from '../plain-analysis.ts';
import { programsWithState } from './programs-with-state.ts';

type Modules = Readonly<Record<string, string>>;

const reading = (modules: Modules) => (specifier: string): { file: string; text: string } | undefined =>
  modules[specifier] === undefined ? undefined : { file: `${specifier.slice(2)}.ts`, text: modules[specifier] };

describe('what is used again of the version before', () => {
  for (const { name, text, edits, modules = {} } of programsWithState) {
    it(name, () => {
      const analyzer = new FileAnalyzer('state.ts');
      const options = { readModule: reading(modules) };
      analyzer.analyze(text, options);
      let version = text;
      for (const [from, to] of edits) {
        assert.ok(version.includes(from), from);
        version = version.replace(from, to);
        assert.deepEqual(plainAnalysis(analyzer.analyze(version, options)), plainAnalysis(analyze('state.ts', version, options)), `${from} → ${to}`);
      }
    });
  }

  it('another file, which only functions read', () => {
    const text = ['one', 'other'].map(name => `function ${name}() {
  const { width } = require('./settings');
  return tf.layers.dense({ units: width }).apply(tf.input({ shape: [4] }));
}
`).join('');
    const analyzer = new FileAnalyzer('state.js');
    for (const width of [4, 5, 6]) {
      const options = { readModule: reading({ './settings': `exports.width = ${width};` }) };
      const whole = `const tf = require('@tensorflow/tfjs');\n${text}`;
      assert.deepEqual(plainAnalysis(analyzer.analyze(whole, options)), plainAnalysis(analyze('state.js', whole, options)), `width ${width}`);
    }
  });

  it('only as many layers as may be applied', () => {
    const limits = { ...defaultLimits, applications: 3 };
    const apply = (times: number): string => 'tf.layers.reLU().apply(x);'.repeat(times);
    const version = (first: number): string => `import * as tf from '@tensorflow/tfjs';
function first() { const x = tf.input({ shape: [4] }); ${apply(first)} }
function second() { const x = tf.input({ shape: [4] }); ${apply(2)} }
`;
    const analyzer = new FileAnalyzer('state.ts');
    for (const times of [1, 2, 3]) assert.deepEqual(plainAnalysis(analyzer.analyze(version(times), { limits })), plainAnalysis(analyze('state.ts', version(times), { limits })));
  });
});
