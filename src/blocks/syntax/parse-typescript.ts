// Reads TypeScript and JavaScript, with or without JSX, into the core syntax tree.
import * as ts from './typescript-parser.generated.mjs';
import type { Program, Statement, SyntaxProblem } from './tree.ts';
import { lowerStatements } from './lower-statements.ts';
import { insertClosers, missingClosers } from './missing-closers.ts';
import { Source } from './typescript-source.ts';

const tooDeep = 'The code nests too deeply to be read.';

/**
 * Never throws on broken text: what is readable is kept and the rest becomes `opaque`. Where closing brackets are missing
 * the text is read as if they were there, as long as that leaves fewer errors. Text that nests so deeply that the parser
 * runs out of stack gives an empty program with one error.
 */
export function parseTypeScript(file: string, text: string): Program {
  try {
    const sourceFile = parse(file, text);
    const errors = errorsOf(sourceFile);
    if (errors.length > 0) {
      const repaired = insertClosers(text, missingClosers(text));
      const repairedFile = repaired.text === text ? sourceFile : parse(file, repaired.text);
      if (errorsOf(repairedFile).length < errors.length) {
        const body = lower(repairedFile, repaired.text, []);
        moveSpans(body, repaired.original);
        return { file, text, body, errors };
      }
    }
    return { file, text, body: lower(sourceFile, text, errors), errors };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { file, text, body: [], errors: [{ start: 0, end: text.length, message: tooDeep }] };
  }
}

function parse(file: string, text: string): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(file, text, options, false, scriptKind(file));
}

/** A statement that nests too deeply is left out by itself, with an error of its own. */
function lower(sourceFile: ts.SourceFile, text: string, errors: SyntaxProblem[]): Statement[] {
  const source = new Source(text);
  return sourceFile.statements.flatMap(statement => {
    try {
      return lowerStatements(source, [statement]);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      errors.push({ ...source.span(statement), message: tooDeep });
      return [];
    }
  });
}

const positions = ['start', 'end', 'nameStart', 'nameEnd'] as const;

/** Gives every span of freshly lowered statements its place in the text as it is. */
function moveSpans(body: readonly Statement[], original: (offset: number) => number): void {
  const work: unknown[] = [...body];
  const seen = new Set<object>();
  while (work.length > 0) {
    const node = work.pop();
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const spanned = node as Partial<Record<(typeof positions)[number], number>>;
    for (const position of positions) {
      const offset = spanned[position];
      if (typeof offset === 'number') spanned[position] = original(offset);
    }
    work.push(...Object.values(node));
  }
}

function scriptKind(file: string): ts.ScriptKind {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'ts' || extension === 'mts' || extension === 'cts') return ts.ScriptKind.TS;
  // JSX is allowed in every JavaScript file, as bundlers do; in TypeScript it would make `<T>value` ambiguous.
  return extension === 'tsx' ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
}

function errorsOf(sourceFile: ts.SourceFile): SyntaxProblem[] {
  const { parseDiagnostics } = sourceFile as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ start, length, messageText }) => ({
    start, end: start + length, message: typeof messageText === 'string' ? messageText : messageText.messageText,
  }));
}
