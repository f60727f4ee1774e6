// The parser that was cut out of TypeScript gives the same trees and the same errors as the whole package: on real
// files and on the same files with something missing or doubled, as they are while someone types.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import * as slice from '../../../src/blocks/syntax/typescript-parser.generated.mjs';
import { seed, randomRuns } from '../layers/random-seed.ts';
import { RandomNumbers } from '../random-numbers.ts';

const projectRoot = path.resolve(import.meta.dirname, '../../..');

describe(`the cut-out parser (BLOCKSCOPE_SEED=${seed})`, () => {
  const files = sources(['src', 'webview', 'test', 'scripts', 'examples', 'node_modules/@tensorflow/tfjs-layers/dist/layers', 'node_modules/preact']);

  it(`reads ${files.length} real files as TypeScript does`, () => {
    assert.ok(files.length > 100, 'the files to compare on were not found');
    for (const file of files) assertSame(file, readFileSync(file, 'utf8'));
  });

  it(`reads ${randomRuns} broken texts as TypeScript does`, () => {
    const random = new RandomNumbers(seed);
    for (let i = 0; i < randomRuns; i++) {
      const file = random.pick(files);
      assertSame(file, broken(readFileSync(file, 'utf8'), random));
    }
  });

  it('finds the start of a token as TypeScript does', () => {
    const text = '  /* a */ const x = // b\n  1;';
    const whole = ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest);
    assert.equal(slice.skipTrivia(text, 0), whole.statements[0]!.getStart(whole));
  });
});

function assertSame(file: string, text: string): void {
  const options = (parser: typeof slice): ts.CreateSourceFileOptions => ({ languageVersion: parser.ScriptTarget.Latest, jsDocParsingMode: parser.JSDocParsingMode.ParseNone });
  const expected = describeTree(ts.createSourceFile(file, text, options(ts as unknown as typeof slice)), ts.forEachChild);
  const actual = describeTree(slice.createSourceFile(file, text, options(slice)), slice.forEachChild);
  if (expected !== actual) assert.fail(`${file}: the trees differ\n${firstDifference(expected, actual)}`);
}

function describeTree(file: ts.SourceFile, forEachChild: typeof ts.forEachChild): string {
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    const { escapedText, text } = node as { escapedText?: string; text?: string };
    lines.push(`${node.kind} ${node.pos} ${node.end} ${node.flags} ${escapedText ?? (node === file ? '' : text ?? '')}`);
    forEachChild(node, visit);
  };
  visit(file);
  const { parseDiagnostics } = file as unknown as { parseDiagnostics: readonly ts.Diagnostic[] };
  for (const { code, start, length, messageText } of parseDiagnostics) lines.push(`${code} ${start} ${length} ${JSON.stringify(messageText)}`);
  return lines.join('\n');
}

function firstDifference(expected: string, actual: string): string {
  const [a, b] = [expected.split('\n'), actual.split('\n')];
  const index = a.findIndex((line, i) => line !== b[i]);
  return `expected ${a[index]}\nactual   ${b[index]}`;
}

/** Takes a piece out, doubles one, or ends the text there. */
function broken(text: string, random: RandomNumbers): string {
  const at = random.integer(0, text.length);
  const length = random.integer(1, 12);
  return random.pick([text.slice(0, at) + text.slice(at + length), text.slice(0, at + length) + text.slice(at), text.slice(0, at)]);
}

function sources(folders: readonly string[]): string[] {
  return folders.flatMap(folder => readdirSync(path.join(projectRoot, folder), { recursive: true, encoding: 'utf8' })
    .filter(file => /\.(ts|tsx|js|mjs)$/.test(file) && !file.includes('generated.mjs') && !file.includes('.min.'))
    .map(file => path.join(projectRoot, folder, file)));
}
