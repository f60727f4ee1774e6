// Reads TypeScript and JavaScript, with or without JSX, into the core syntax tree.
import * as ts from './typescript-parser.generated.mjs';
import type { Program } from './tree.ts';
import { lowerStatements } from './lower-statements.ts';
import { Source } from './typescript-source.ts';

const tooDeep = 'The code nests too deeply to be read.';

/**
 * Never throws on broken text: what is readable is kept and the rest becomes `opaque`. Text that nests so deeply that
 * the parser runs out of stack gives an empty program with one error.
 */
export function parseTypeScript(file: string, text: string): Program {
  try {
    const sourceFile = ts.createSourceFile(file, text, {
      languageVersion: ts.ScriptTarget.Latest,
      jsDocParsingMode: ts.JSDocParsingMode.ParseNone,
    }, false, scriptKind(file));
    const source = new Source(text);
    const errors = [...diagnosticsOf(sourceFile)];
    const body = sourceFile.statements.flatMap(statement => {
      try {
        return lowerStatements(source, [statement]);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        errors.push({ ...source.span(statement), message: tooDeep });
        return [];
      }
    });
    return { file, text, body, errors };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { file, text, body: [], errors: [{ start: 0, end: text.length, message: tooDeep }] };
  }
}

function scriptKind(file: string): ts.ScriptKind {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'ts' || extension === 'mts' || extension === 'cts') return ts.ScriptKind.TS;
  // JSX is allowed in every JavaScript file, as bundlers do; in TypeScript it would make `<T>value` ambiguous.
  return extension === 'tsx' ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
}

function diagnosticsOf(sourceFile: ts.SourceFile): Program['errors'] {
  const { parseDiagnostics } = sourceFile as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ start, length, messageText }) => ({
    start, end: start + length, message: typeof messageText === 'string' ? messageText : messageText.messageText,
  }));
}
