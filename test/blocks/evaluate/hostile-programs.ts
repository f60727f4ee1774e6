// Programs that never end, grow without bound, try to get out or are just far too large, by name. They are tested, and the
// time that each takes is a part of `npm run bench`.

/** What stands behind each of them. */
export const behindHostile = "\nexport function fine() { return tf.sequential({ layers: [tf.layers.dense({ inputShape: [4], units: 2 })] }); }\n";

const lines = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => line(i)).join('\n');

const shared = (start: string, double: string): string => `${start} for (let i = 0; i < 40; i++) { ${double} }`;

export const hostilePrograms: Readonly<Record<string, string>> = {
  'an endless loop': 'while (true) {}',
  'an endless loop that grows': 'const a = []; for (;;) a.push(1);',
  'a loop of a billion turns': 'let s = 0; for (let i = 0; i < 1e9; i++) s += i;',
  'nested loops': 'let s = 0; for (let i = 0; i < 1e6; i++) for (let j = 0; j < 1e6; j++) s += i * j;',
  'exponential recursion': 'function fib(n) { return n < 2 ? n : fib(n - 1) + fib(n - 2); } const x = fib(40);',
  'mutual recursion': 'const f = n => g(n + 1), g = n => f(n + 1); const y = f(0);',
  'recursion on what is not known': 'function r(n) { if (n > 3) return r(n - 1); return tf.layers.dense({ units: n }); } r(window.n);',
  'a huge array': 'const a = Array.from({ length: 1e9 }, (_, i) => i); const b = new Array(1e9).fill(0);',
  'a doubling array': 'let a = [1, 2, 3]; for (let i = 0; i < 60; i++) a = a.concat(a);',
  'a doubling spread': 'let a = [1, 2, 3]; for (let i = 0; i < 60; i++) a = [...a, ...a];',
  'a doubling string': "let s = 'ab'; for (let i = 0; i < 60; i++) s = s + s;",
  'a doubling template': "let s = 'ab'; for (let i = 0; i < 60; i++) s = `${s}${s}`;",
  'a padded string': "const s = 'a'.padEnd(1e9, 'b'); const t = 'ab'.repeat(1e9);",
  'endless layers': 'let x = tf.input({ shape: [8] }); while (true) x = tf.layers.dense({ units: 8 }).apply(x);',
  'open conditions in a row': `let x = tf.input({ shape: [8] });\n${Array.from({ length: 40 }, (_, i) => `if (window.c${i}) x = tf.layers.dense({ units: ${i + 1} }).apply(x); else x = tf.layers.dense({ units: ${i + 2} }).apply(x);`).join('\n')}`,
  'open conditions inside each other': `let x = tf.input({ shape: [8] });\n${Array.from({ length: 20 }, (_, i) => `if (window.c${i}) {`).join('')} x = tf.layers.dense({ units: 3 }).apply(x); ${'}'.repeat(20)}`,
  'open conditions in a loop': 'let x = tf.input({ shape: [8] }); for (let i = 0; i < 200; i++) { if (window.c) x = tf.layers.dense({ units: i + 1 }).apply(x); }',
  'loops of open length inside each other': `let x = tf.input({ shape: [8] });\n${Array.from({ length: 12 }, (_, i) => `for (const v${i} of window.list${i}) {`).join('')} x = tf.layers.dense({ units: 3 }).apply(x); ${'}'.repeat(12)}`,
  'ways out': [
    "const o = {}; o.__proto__.polluted = 1; const F = o.constructor.constructor; F('globalThis.executed = 1')();",
    "[].map.constructor('globalThis.executed = 1')(); (0, eval)('globalThis.executed = 1');",
    "const k = 'constructor'; tf[k][k]('globalThis.executed = 1')(); new Function('globalThis.executed = 1')();",
    "({}).__defineGetter__('x', () => { globalThis.executed = 1; }); Math.constructor.constructor('globalThis.executed = 1')();",
  ].join('\n'),
  'a long chain of calls': `const q = m${'.add(1)'.repeat(2000)};`,
  'a long sum': `const q = ${'1 + '.repeat(20_000)}1;`,
  'nested parentheses': `const z = ${'('.repeat(3000)}1${')'.repeat(3000)};`,
  'nested lists': `const z = ${'['.repeat(3000)}1${']'.repeat(3000)};`,
  'nested calls': `const z = ${'f('.repeat(3000)}1${')'.repeat(3000)};`,
  'nested blocks': `${'{'.repeat(3000)}let a = 1;${'}'.repeat(3000)}`,
  'parentheses that are never closed': `const z = ${'('.repeat(3000)}1`,
  'a list of ten thousand lines': `const list = [\n${Array.from({ length: 10_000 }, (_, i) => `  ${i},`).join('\n')}\n];`,
  'twenty thousand functions': Array.from({ length: 20_000 }, (_, i) => `const f${i} = x => x + ${i};`).join(''),
  'objects that double': 'let o = { a: 1 }; for (let i = 0; i < 40; i++) o = { ...o, [`k${i}`]: o, b: { ...o } };',
  'texts cut and joined again': "let t = 'a'.repeat(60_000); for (let i = 0; i < 1000; i++) t = t.split('a').join('b').split('b').join('a');",
  'a variable that five thousand statements set and as many functions read': `let x = 0;\n${'x = x + 1;\n'.repeat(5_000)}${Array.from({ length: 5_000 }, (_, i) => `function f${i}() { return x; }`).join('\n')}`,
  'calls that double': 'function a(n) { if (n > 0) { a(n - 1); a(n - 1); } return tf.layers.dense({ units: 2 }).apply(tf.input({ shape: [3] })); } a(30);',
  'an expression that backtracks without end': "const r = /^(a+)+$/; const q = r.test('a'.repeat(40) + '!'); 'a'.repeat(40).replace(/(a*)*b/, '');",
  'regular expressions that backtrack, nest and grow': [
    "const t = 'a'.repeat(60_000); /(a|a)*$/.test(t + 'b'); /(?:a?){200}a{200}/.exec(t); t.replace(/a/g, '$&$`$\\'$&'); t.split(/(a)(a)?(a)?/);",
    `/${'('.repeat(200)}a${')*'.repeat(200)}b/.test(t); new RegExp('(x+x+)+y').exec('x'.repeat(5_000)); for (let i = 0; i < 1e6; i++) /(a+)+b/.test(t);`,
    `let s = 'ab'; for (let i = 0; i < 60; i++) s = s.replace(/./g, '$&$&'); for (const m of t.matchAll(/(?=(a*))/g)) m.groups;`,
  ].join('\n'),
  'regular expressions that are long, and written again and again': [
    `let r; for (let i = 0; i < 1e6; i++) r = new RegExp('('.repeat(10_000) + i + ')'.repeat(10_000)); for (let i = 0; i < 1e6; i++) r = /${'(a|b)*'.repeat(80)}/;`,
    "for (let i = 0; i < 1e6; i++) r = 'abc'.match('(a|b)*'.repeat(80) + i); for (let i = 0; i < 1e6; i++) r = /(a*)\\1b/.test('a'.repeat(60_000));",
  ].join('\n'),
  'texts that are looked for everywhere': [
    "const t = 'a'.repeat(60_000), p = 'a'.repeat(30_000) + 'b'; let r; for (let i = 0; i < 1e6; i++) r = t.lastIndexOf(p);",
    "for (let i = 0; i < 1e6; i++) r = t.split(p); for (let i = 0; i < 1e6; i++) r = t.replaceAll(p, 'x');",
  ].join('\n'),
  'objects that become texts without end': [
    'const o = { toString() { return `${this}`; } }; `${o}`; const v = { valueOf() { return this * 2; } }; v * 3; const l = []; l.push(l); `${l}`; JSON.stringify(l);',
    "let s = 'a'; for (let i = 0; i < 1e5; i++) s = `${[s, s]}`; const many = Array(4096).fill('x'.repeat(60_000)); ''.concat(...many); many.join(); JSON.stringify(many);",
    'class A { constructor() { new new.target(); } } new A(); let b = 2n ** 4000n; for (let i = 0; i < 1e6; i++) b = b * b; b.toString(3);',
  ].join('\n'),
  'lists that share their parts': `${shared('let l = [1];', 'l = [l, l];')} l.flat(Infinity); JSON.stringify(l); structuredClone(l); window.change(l); String(l); \`\${l}\`;`,
  'shared lists in a condition': `${shared('let l = [1], k = [2];', 'l = [l, l]; k = [k, k];')} const either = window.c ? l : k;`,
  'shared objects in a condition': `${shared('let o = { a: 1 };', 'o = { a: o, b: o };')} if (window.c) o = { a: o, b: o };`,
  'a shared list as a default': `${shared('let l = [1];', 'l = [l, l];')} function f(a = l) { return a; }`,
  'a shared list in a configuration': `${shared('let l = [1];', 'l = [l, l];')} tf.layers.dense({ units: 3, list: l });`,
  'a generator without an end': 'function* all() { for (;;) yield 1; } for (const one of all()) { if (window.c) break; } [...all()];',
  'iterators without an end': [
    'const endless = { [Symbol.iterator]() { return { next: () => ({ value: 1, done: false }) }; } }; const all = [...endless]; Math.max(...endless);',
    'const [one, ...others] = endless; for (const x of endless) { for (const y of endless) if (window.c) break; }',
    'const itself = { [Symbol.iterator]() { return itself; }, next() { return { value: [...itself], done: false }; } }; for (const x of itself) x.length;',
    'function* again() { yield* again(); } [...again()]; const odd = { [Symbol.iterator]: () => 5, next: 3 }; for (const x of odd) x; const [p] = odd;',
  ].join('\n'),
  'prototypes that lead to themselves': [
    'const a = {}, b = Object.create(a); Object.setPrototypeOf(a, b); a.missing; for (const k in a) k; a instanceof Object; b.constructor; a.x = 1;',
    'function F() {} F.prototype = new F(); F.prototype.__proto__ = F.prototype; new F() instanceof F; new F().missing; let o = {};',
    'for (let i = 0; i < 1e5; i++) o = Object.create(o); o.missing; class X extends X {} new X(); 10n ** 10n ** 10n; (2n ** 4000n) ** 99n; 1n + 1;',
    'new Float32Array(1e9); new Int8Array(4096).map(() => new Float32Array(4096)); Object.defineProperty(Array.prototype, "x", {}); [].x; String(Symbol());',
  ].join('\n'),
  'five megabytes of numbers': `const data = [${'0.123456, -7.5,\n'.repeat(320_000)}];`,
  'five megabytes of rows': `const rows = [${'{ name: "abc", at: [1, 2, 3] },\n'.repeat(165_000)}];`,
  'five megabytes of calls': 'f([1, 2, 3]);\n'.repeat(370_000),
  'five megabytes of constants': lines(300_000, i => `const a${i} = 1;`),
  'five megabytes of functions that call each other': lines(75_000, i => `function f${i}(a) {\n  const b = f${i + 1}(a) + 1;\n  return b;\n}`),
  'five megabytes of classes': lines(50_000, i => `class A${i} {\n  constructor(a) { this.a = a; this.b = ${i}; }\n  get(b) { return this.a[b]; }\n}`),
  'five megabytes of comments': "// It's a comment that says (nothing of layers\n".repeat(105_000),
  'five megabytes in one string': `const s = '${'abc [1, 2 '.repeat(500_000)}';`,
  'five megabytes in one template': `const s = \`${'abc [1, 2 \n'.repeat(450_000)}\`;`,
  'five megabytes in one line': Array.from({ length: 75_000 }, (_, i) => `function f${i}(a,b){return a[${i}]?b.c(a):f${i + 1}(b,a)}`).join(''),
  'half a megabyte of minified code': Array.from({ length: 3_500 }, (_, i) => `var f${i}=function(e,t){if(!e)return t;for(var n=0,r=[];n<t.length;n++)r.push({k:t[n],v:e(t[n],${i})});return r.concat(f${i + 1}(e,[]))};`).join(''),
  'a sum of what is not known': 'let s = 0, p = 1; for (let i = 0; i < 1e6; i++) { s += window.list[i].size; p *= window.list[i].size; }',
  'deep nesting of functions': `const q = ${'() => '.repeat(500)}1;`,
};

/** Programs of which only the beginning is read, because the whole would take too long. */
export const oversizedPrograms: Readonly<Record<string, string>> = {
  'ten thousand functions that build layers': lines(10_000, i => `function f${i}(x) { return tf.layers.dense({ units: ${i + 1} }).apply(x); }`),
  'ten thousand layers': `let x = tf.input({ shape: [8] });\n${lines(10_000, i => `x = tf.layers.dense({ units: ${i + 1} }).apply(x);`)}`,
  'five megabytes of layers': `const x = tf.input({ shape: [8] });\n${lines(75_000, i => `const d${i} = tf.layers.dense({ units: ${i + 1} }).apply(x);`)}`,
};

/** Programs that cannot be divided. */
export const unreadPrograms: Readonly<Record<string, string>> = {
  'five megabytes in one function': `function all() {\n${'tf.layers.dense([1, 2, 3]);\n'.repeat(180_000)}}`,
};
