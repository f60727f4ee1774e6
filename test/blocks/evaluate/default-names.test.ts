// Where the names that TensorFlow.js gives stay certain, and where they do not: what may make layers that nobody sees.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';

/** The name of the dense layer in the last line of a program that begins so. */
function nameAfter(code: string): string | undefined {
  const { sites } = analyze('f.ts', `import * as tf from '@tensorflow/tfjs';\n${code}\ntf.layers.dense({ units: 1 }).apply(tf.input({ shape: [3] }));\n`);
  return sites.filter(({ layer }) => layer === 'dense').at(-1)!.variants[0]!.names[0];
}

const dense = 'tf.layers.dense({ units: 2 })';

const certain: Readonly<Record<string, number>> = {
  'console.log(1); document.getElementById("x").value; Number(q);': 1,
  "import { z } from 'zod';": 1,
  'for (const n of q) tf.layers.reLU();': 1,
  [`function nobody() { return ${dense}; }`]: 1,
  [`const o = { get d() { return ${dense}; } }; o.d; o.d;`]: 3,
  [`[1, 2].map(() => ${dense});`]: 3,
  [`[1, 2].some(n => { ${dense}; return n === 1; });`]: 2,
  [`tf.tidy(() => { ${dense}; });`]: 2,
  [`class A { d = ${dense}; } new A(); new A();`]: 3,
  [`new Promise(resolve => { ${dense}; resolve(1); });`]: 2,
  [`await q; ${dense};`]: 2,
  [`q ? ${dense} : ${dense};`]: 2,
  [`function f() { if (q) throw new Error('x'); ${dense}; } f();`]: 2,
  "const m = tf.loadGraphModel('x');": 1,
};

const uncertain = [
  'q();', 'new Q();', "import { z } from './z.js';", "const m = tf.loadLayersModel('x');", 'q.call();',
  `if (q) ${dense};`, `q && ${dense};`, `let a = q; a ??= ${dense};`, `const { a = ${dense} } = q;`, `const f = (x = ${dense}) => x; f(q);`,
  `while (q.more) ${dense};`, `for (const n of q) ${dense};`, `switch (q) { case 1: ${dense}; }`, `for (const i of [1, 2]) { if (q) break; ${dense}; }`,
  `function f(a) { if (a) return 1; ${dense}; } f(q);`, `try { JSON.parse(q); ${dense}; } catch {}`, `try { if (q) throw new Error('x'); ${dense}; } catch {}`,
  `[1, ...q].map(() => ${dense});`, `Array.from({ length: q }, () => ${dense});`, `new Map(q).forEach(() => { ${dense}; });`, `[2, 1].sort(() => { ${dense}; return 1; });`,
  `setTimeout(() => { ${dense}; });`, `Promise.resolve(1).then(() => ${dense});`, `(async () => { await 1; ${dense}; })();`, `function* g() { yield ${dense}; } g();`,
  'tf.layers.dense({ units: 2, name: q });', 'tf.layers.dense({ units: 2, ...q });', 'for (let i = 0; i < 1e9; i++);',
];

describe('the names that TensorFlow.js gives', () => {
  for (const [code, number] of Object.entries(certain)) it(`are certain after ${code}`, () => assert.equal(nameAfter(code), `dense_Dense${number}`));
  for (const code of uncertain) it(`are not certain after ${code}`, () => assert.equal(nameAfter(code), undefined));
});
