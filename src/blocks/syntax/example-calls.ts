// Finds example calls: comments such as `// @blockscope createModel([28, 28, 1], 10)`, which say how a function is meant
// to be called that nothing in the file calls.
import * as ts from './typescript-parser.generated.mjs';
import type { Program } from './tree.ts';

export const exampleCallKeyword = '@blockscope';

const directive = new RegExp(`${exampleCallKeyword}(?![\\w.-])[ \\t]*(.*)`, 'g');

/** What may stand before it in its line: the start of a comment, or the margin of one with several lines. */
const margin = /(?:\/\/+|\/\*+|^[ \t]*\*?)[ \t]*$/;

/** Where the code of each stands; nothing may be written there yet. */
export function exampleCallsIn(sourceFile: ts.SourceFile, text: string): Program['exampleCalls'] {
  return [...text.matchAll(directive)].flatMap(({ 0: whole, 1: rest = '', index }) => {
    const before = text.slice(Math.max(text.lastIndexOf('\n', index), text.lastIndexOf('\r', index)) + 1, index);
    if (!margin.test(before) || !isComment(sourceFile, text, index + 1)) return [];
    // A line comment goes to the end of its line; any other may end before that.
    const code = /\/\/+[ \t]*$/.test(before) ? rest : rest.split('*/')[0]!;
    const start = index + whole.length - rest.length;
    return [{ start, end: start + code.trimEnd().length }];
  });
}

/** Whether an offset at a word lies in none of the words, strings, templates and pieces of markup. */
function isComment(sourceFile: ts.SourceFile, text: string, offset: number): boolean {
  let inside: ts.Node = sourceFile;
  for (let next: ts.Node | undefined = inside; next; ) {
    inside = next;
    next = ts.forEachChild(inside, child => {
      const start = child.kind === ts.SyntaxKind.JsxText ? child.pos : ts.skipTrivia(text, child.pos);
      return start <= offset && offset < child.end ? child : undefined;
    });
  }
  const isLiteral = inside.kind >= ts.SyntaxKind.FirstLiteralToken && inside.kind <= ts.SyntaxKind.LastTemplateToken;
  return !isLiteral && inside.kind !== ts.SyntaxKind.Identifier;
}
