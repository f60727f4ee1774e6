// Where the top level of a text is divided, and what is known of the words in its stretches.
import assert from 'node:assert/strict';
import { hashOf } from '../../../src/blocks/syntax/tokens.ts';
import { topLevelOf } from '../../../src/blocks/syntax/top-level-stretches.ts';
import type { TopLevel } from '../../../src/blocks/syntax/top-level.ts';

const topLevel = (text: string): TopLevel => topLevelOf(text, ['tf']);

/** The text with a bar in front of each stretch but the first. */
function divided(text: string): string {
  const found = topLevel(text);
  return Array.from({ length: found.count }, (_, stretch) => text.slice(found.start(stretch), found.start(stretch + 1))).join('¦');
}

describe('stretches of the top level', () => {
  const cases: readonly (readonly [name: string, divided: string])[] = [
    ['statements', 'const a = 1;¦ f(a);¦\nlet b = 2;'],
    ['declarations without semicolons', 'const a = 1¦\nconst b = f()¦\nlet c = [1]¦\nexport const d = `x`¦\nfunction g() {}'],
    ['functions and classes in a line', 'function f() { return 1; }¦function g() {}¦class A { b() {} }¦var c=function(){};¦var d'],
    ['calls without semicolons are not told apart', 'f()\ng()\n(h)'],
    ['what goes on behind a brace', 'if (a) { b(); } else { c(); }¦ try { d(); } catch { e(); } finally { f(); }¦ do { g(); } while (h);¦ i();'],
    ['what goes on behind a semicolon', 'if (a) b(); else c();¦ d();¦ do e(); while (f);'],
    ['a head and its statement', 'if (a)\nvar b = 1;¦ for (;;)\nfunction c() {}'],
    ['the parentheses of a call', 'const a = f(1)¦\nfunction c() {}'],
    ['loops with semicolons in their heads', 'for (let i = 0; i < 3; i++) { f(i); }¦ g();'],
    ['objects', 'const a = { b: 1 }¦\nconst c = { d() { return 1; } };¦ e()'],
    ['operators between lines', 'const a = b +\nc;¦ const d = e\n  .f()\n  .g();¦ h()'],
    ['modifiers', 'export default\nfunction f() {}¦ export async function g() {}¦ declare const a: number;¦ abstract class B {}'],
    ['imports and exports', "import a from 'a'¦\nimport { b,\n c } from 'b';¦\nexport { b } from 'b'¦\nexport * from 'c'¦\nexport default 3"],
    ['decorators', '@first\n@second({ a: 1 })\nclass A {} @third() class B {}'],
    ['strings and comments', "f(';}');¦ // a; b }\n/* ; */ g(\"}\\\";\");¦\nh()"],
    ['comments belong to what follows', 'f();¦ // of g\ng();'],
    ['templates', 'f(`; ${ `}` + { a: 1 }.a } ; }`);¦ g(`\n;\n`);¦ h'],
    ['regular expressions', "const a = /[/;'\"`]}/g;¦ b = c / d;¦ e(); // ' /\n"],
    ['regular expressions behind a head', "if (a) /'}/.test(b);¦ c = (a) / 2;¦ d('/');"],
    ['divisions', 'const a = b / c;¦ d(e / f);'],
    ['types', 'type A = { a: 1 } | { b: 2 };¦ interface B { c: string }¦ const d = e as { f: 1 } as G;¦ enum H { I }'],
    ['labels and blocks', 'a: for (;;) { break a; } { let b; }¦ c()'],
    ['generators', 'function* f() { yield 1; }¦ async function* g() {}'],
    ['a bracket that is not closed', 'const a = 1;¦ f([1,¦\nconst b = 2;¦\nfunction g() {}'],
    ['a bracket too many', 'f());¦ g(); }¦ h();'],
  ];
  for (const [name, text] of cases) it(name, () => assert.equal(divided(text.replaceAll('¦', '')), text));

  it('puts every character into one stretch, whatever the text', () => {
    for (const text of ['', ' ', '}', '`', '"', '/', '`${', '${`', "a'\n'", '/*', '//', '\\', '<a>it\'s</a>', '🙂 = 1; ü()']) assert.equal(divided(text).replaceAll('¦', ''), text);
  });

  for (const blank of [' ', '\t', ' \t', '\n', '  \n']) {
    it(`goes over many blanks: ${JSON.stringify(blank)}`, () => {
      for (const many of [100, 256, 257, 1_000]) assert.equal(divided(`f();${blank.repeat(many)}g();`), `f();¦${blank.repeat(many)}g();`);
    });
  }

  for (const text of ['const a = <b>c</b>;', 'const a = <b c={d} />;', 'f(<b/>);', 'var \\u0061 = 1;']) it(`is not clear: ${text}`, () => assert.ok(topLevel(text).isUnclear));
  for (const text of ["f('</b>');", 'a = b < /c/.d;', 'const a = <T>(b: T) => b;', 'a = b > c;']) it(`is clear: ${text}`, () => assert.ok(!topLevel(text).isUnclear));
});

/** Words of a text with a property, in their order. */
function wordsThat(text: string, has: (found: TopLevel, word: number, isDeclared: boolean, isWritten: boolean) => boolean): string {
  const found = topLevel(text);
  const names = new Map([...text.matchAll(/[\w$]+/g)].map(([name]) => [hashOf(name), name]));
  const result = new Set<string>();
  for (let stretch = 0; stretch < found.count; stretch++) {
    for (let i = found.firstWord(stretch); i < found.firstWord(stretch + 1); i++) {
      const word = found.wordAt(i);
      if (has(found, word, found.isDeclaredAt(i), found.isWrittenAt(i))) result.add(names.get(found.numbers.hashOf(word))!);
    }
  }
  return [...result].join(' ');
}

describe('the longest bracket', () => {
  const longest: readonly (readonly [text: string, characters: number])[] = [
    ['const a = [1, 2, 3];', 8], ['function f() { return [1, 2]; }', 5], ['const f = () => { g({ a: 1 }); };', 9], ['class A { b() { return 1; } }', 20], ['if (a) { b(c); }', 8],
  ];
  for (const [text, characters] of longest) it(`${characters}: ${text}`, () => assert.equal(topLevel(text).longestBracket, characters));
});

describe('words of the top level', () => {
  const declared: readonly (readonly [text: string, names: string])[] = [
    ['const a = b, c = d(e, f); let g; var h', 'a c g h'], ['function f(a, b = c) { const d = 1; let e; }', 'f'], ['class A extends B { c() { const d = 1; } }', 'A'],
    ['const { a, b: [c], ...d } = e, [f] = g(h);', 'a b c d f'], ['enum A { B } namespace C {} interface D { e: F } type G = H', 'A C D G'],
    ['if (a) { var b = 1; let c = 2; } for (var d of e) {}', 'b d'], ['function a() { var b; { var c; } } const d = () => { var e; };', 'a d'],
    ['function* a() {} async function b() {} export default class C {}', 'a b C'], ['const a = function b(c) {}, d = class {};', 'a b d'],
  ];
  for (const [text, names] of declared) it(`declared: ${text}`, () => assert.equal(wordsThat(text, (_, __, isDeclared) => isDeclared), names));

  const written: readonly (readonly [text: string, names: string])[] = [
    ['a = 1; b += 2; c++; ++d; e.f = 3; g[h].i -= 4; j().k = 5;', 'a b c d e g j'], ['if (a == b || c === d || e <= f || g >= h || i != j) k >>= 1;', 'k'],
    ['[a, b.c] = d; ({ e, f: g } = h);', 'a b e f g'], ['for (a of b) c; for (d.e in f) g;', 'a d'], ['(a) => b; c.d(e => f);', ''], ['this.a = 1; a?.b; c!.d = 2;', 'c'],
    ['function f() { a **= 2; b ||= c; d ??= e; }', 'a b d'],
  ];
  for (const [text, names] of written) it(`written to: ${text}`, () => assert.equal(wordsThat(text, (_, __, ___, isWritten) => isWritten), names));

  const shared: readonly (readonly [text: string, names: string])[] = [
    ['function f(a) { a = 1; const b = 2; let c; c++; d = 3; }', 'f d'], ['const f = (a, { b }) => { a = 1; b = 2; };', 'f'], ['const f = a => { a = 1; };', 'f'],
    ['Math.floor = 1; for (let i = 0; i < 3; i++) f(i);', 'Math'], ["import { a as b } from 'c'; d(b);", 'a as b from'], ['exports.a = 1; f(module.exports);', 'exports'],
  ];
  for (const [text, names] of shared) it(`shared: ${text}`, () => assert.equal(wordsThat(text, (found, word) => found.isShared(word)), names));

  const acting = ['tf.a();', 'f(window.tf);', "window['tf'];", "import 'a';", "require('a');", "import('a');", "export * from 'a';", 'Array.prototype.a = 1;', 'a.__proto__ = b;', 'f(globalThis);',
    '[].constructor.prototype.a = 1;', "Array['prototype'].a = 1;", '// @blockscope f(1)\nf();', 'f(`${tf.a()}`);', 'const a = class { b = tf; };', 'Object.setPrototypeOf(a, b);'];
  for (const text of acting) it(`acts: ${text}`, () => assert.ok(topLevel(`const z = 1;\n${text}\nconst y = 1;`).acts(1)));
  it('ties what CommonJS exports together', () => {
    const found = topLevel('f(module);');
    const words: number[] = [];
    for (let i = 0; i < found.firstWord(1); i++) words.push(found.wordAt(i));
    assert.ok(words.includes(found.numbers.numberOf(hashOf('exports'))));
  });
  const others = ["f('tf');", '// tf\nf();', 'f(`tf`);', 'function A() {} A.prototype.b = 1;', 'const a = /tf/;', 'tfx.a();'];
  for (const text of others) it(`does not act: ${text}`, () => { const found = topLevel(text); for (let i = 0; i < found.count; i++) assert.ok(!found.acts(i)); });
});
