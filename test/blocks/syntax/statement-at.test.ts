// The statement around the caret, which stands in the text as |.
import assert from 'node:assert/strict';
import { parseTypeScript } from '../../../src/blocks/syntax/parse-typescript.ts';
import { statementAt } from '../../../src/blocks/syntax/statement-at.ts';

function at(marked: string): { readonly statement: string; readonly unfinished: boolean } {
  const caret = marked.indexOf('|');
  const program = parseTypeScript('a.ts', marked.replace('|', ''));
  assert.deepEqual(program.errors, []);
  const { start, end, unfinished } = statementAt(program, caret);
  return { statement: program.text.slice(start, end), unfinished };
}

describe('the statement at the caret', () => {
  const cases: [what: string, marked: string, statement: string][] = [
    ['at its end', 'f();\ng(1)|\nh();', 'g(1)'],
    ['behind its end', 'f();\nconst g = 1 | \nh();', 'const g = 1 '],
    ['the one that may go on below it', 'f();\nconst g = h\n  |\nk();', 'const g = h\n  '],
    ['none that has ended above', 'f();\nconst g = h;\n|\nk();', ''],
    ['the innermost one', 'const f = () => {\n  g();\n  h(|1);\n};', 'h(1);'],
    ['one that goes over lines', 'f({\n  a: 1|,\n  b: 2,\n});', 'f({\n  a: 1,\n  b: 2,\n});'],
    ['a method', 'class A {\n  f(|) {\n    g();\n  }\n}', 'f() {\n    g();\n  }'],
    ['what a method is in that has no body yet', 'const a = { f(|) };\ng();', 'const a = { f() }'],
    ['a field', 'class A {\n  a = 1|;\n  b = 2;\n}', 'a = 1;'],
    ['what is in a method', 'class A {\n  f() {\n    g(|);\n  }\n}', 'g();'],
    ['a loop by its header', 'for (let i = 0|; i < 3; i++) f(i);', 'for (let i = 0; i < 3; i++) f(i);'],
    ['a loop by its only statement', 'for (const a of b) f(a|);', 'for (const a of b) f(a);'],
    ['a function by its name', 'function fu|n() {\n  g();\n}', 'function fun() {\n  g();\n}'],
    ['nothing between statements', 'function f() {\n  g();\n  |\n  h();\n}', ''],
    ['nothing in a body that is empty', 'function f() { | }', ''],
    ['nothing in a file that is empty', '|', ''],
  ];
  for (const [what, marked, statement] of cases) it(`is ${what}`, () => assert.equal(at(marked).statement, statement));

  const unfinished: [what: string, marked: string, unfinished: boolean][] = [
    ['a word that stands nowhere else', 'const units = 3;\nf(uni|);', true],
    ['a word that stands elsewhere', 'const units = 3;\nf(units|);', false],
    ['a dot', 'model.|\nmodel.add(1);', true],
    ['a number', 'f(3|);', false],
    ['a number with a dot', 'f(3.|);', false],
    ['a constant without a value', 'const a |\nf(a);', true],
    ['a bracket', 'const a = f(|);\n', false],
  ];
  for (const [what, marked, expected] of unfinished) it(`is ${expected ? '' : 'not '}told to go on by ${what}`, () => assert.equal(at(marked).unfinished, expected));
});
