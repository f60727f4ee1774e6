// A document as an editor holds it, with what is shown of it from key to key, and statements that are typed anew in it.
import { getLanguageService, TextDocument, type ASTNode } from 'vscode-json-languageservice';
import { analyzerFor, type Analyzer } from '../../src/blocks/analyze.ts';
import type { Analysis } from '../../src/blocks/analysis.ts';
import { diagnostics } from '../../src/blocks/features/diagnostics.ts';
import { hintText, inlayHints } from '../../src/blocks/features/inlay-hints.ts';
import { SteadyDiagnostics } from '../../src/blocks/features/steady-diagnostics.ts';
import { SteadyHints, type SteadyHint } from '../../src/blocks/features/steady-hints.ts';
import { Typing } from '../../src/blocks/features/typing.ts';
import type { Problem } from '../../src/blocks/problems/problem.ts';
import { parseTypeScript } from '../../src/blocks/syntax/parse-typescript.ts';
import { readModule } from './read-module.ts';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export class Editor {
  private readonly analyzer: Analyzer;
  private readonly typing = new Typing();
  private readonly steadyHints = new SteadyHints();
  private readonly steadyProblems = new SteadyDiagnostics<{ readonly problem: Problem }>();
  hints: readonly SteadyHint[] = [];
  /** What the text says by itself, without what came before it. */
  hintsOfText: readonly string[] = [];
  problems: readonly Problem[] = [];
  problemsOfText: readonly Problem[] = [];
  parses = true;
  caret = 0;

  constructor(file: string, public text: string) {
    this.analyzer = analyzerFor(file);
    this.read();
  }

  /** Puts text in place of what stands between two offsets; the caret goes `back` from its end. */
  replace(start: number, end: number, inserted: string, back = 0): void {
    const edit = { start, end, length: inserted.length };
    this.text = this.text.slice(0, start) + inserted + this.text.slice(end);
    this.caret = start + inserted.length - back;
    this.typing.edit(edit);
    this.steadyHints.edit(edit);
    this.steadyProblems.edit(edit);
    this.typing.moveCaret(this.caret);
    this.read();
    this.moveCaret(this.caret);
  }

  moveCaret(offset: number): void {
    this.caret = offset;
    if (this.typing.moveCaret(offset)) this.show();
  }

  /** What is shown by line, as `2: → 4 · 16`. */
  lines(): string[] {
    return this.hints.map(hint => `${this.text.slice(0, hint.offset).split('\n').length - 1}: ${hintText(hint)}`);
  }

  private read(): void {
    this.analysis = this.analyzer.analyze(this.text, { readModule }, this.caret);
    this.typing.read(this.analysis);
    this.show();
  }

  private analysis!: Analysis;

  private show(): void {
    const { analysis, typing: { statement } } = this;
    const hints = inlayHints(analysis);
    this.parses = analysis.parses;
    this.hints = this.steadyHints.of(hints, analysis.parses, statement);
    this.hintsOfText = hints.map(hint => `${hint.offset} ${hintText(hint)}`);
    this.problemsOfText = diagnostics(analysis);
    this.problems = this.steadyProblems.of(this.problemsOfText.map(problem => ({ problem })), analysis.parses, statement).map(({ problem }) => problem);
  }
}

/** What is typed as one thing in JSON: objects in lists, and properties, with or without what is in them. */
function piecesOf(text: string, longest: number): Span[] {
  const service = getLanguageService({});
  const found: Span[] = [];
  const work: ASTNode[] = [service.parseJSONDocument(TextDocument.create('file:///pieces.json', 'json', 1, text)) as unknown as { root: ASTNode }].map(({ root }) => root);
  while (work.length > 0) {
    const { type, parent, offset, length, children = [] } = work.pop()!;
    if (length <= longest && (type === 'property' || (type === 'object' && parent?.type === 'array'))) found.push({ start: offset, end: offset + length });
    work.push(...children);
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Statements that hold no other statement but in functions, in the order of the text. */
export function statementsOf(file: string, text: string, longest: number): Span[] {
  if (file.endsWith('.json')) return piecesOf(text, longest);
  const kinds = new Set(['variable', 'expression', 'return', 'throw', 'export']);
  const found = new Set<Span>();
  const work: unknown[] = [parseTypeScript(file, text).body];
  while (work.length > 0) {
    const part = work.pop();
    if (typeof part !== 'object' || part === null) continue;
    const { kind, start, end } = part as Span & { kind?: string };
    if (kind !== undefined && kinds.has(kind) && end - start <= longest) found.add({ start, end });
    work.push(...Object.values(part));
  }
  return [...found].sort((a, b) => a.start - b.start);
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', "'": "'", '"': '"', '`': '`' };

/**
 * Deletes a stretch of the text and types it again, with brackets and quotes that the editor closes, or without. Yields
 * after the deletion and after each key, with where in the text the stretch ends for now.
 */
export function* retype(editor: Editor, { start, end }: Span, closing: boolean): Generator<Span> {
  const typed = editor.text.slice(start, end);
  editor.replace(start, end, '');
  yield { start, end: start };
  let closers = '';
  for (let i = 0; i < typed.length; i++) {
    const key = typed[i]!;
    const at = start + i;
    const escaped = typed[i - 1] === '\\';
    if (closing && !escaped && closers.startsWith(key)) {
      closers = closers.slice(1);
      editor.replace(at, at + 1, key);
    } else {
      const inString = /^['"`]/.test(closers);
      const closer = closing && !escaped && !(inString && !'{'.includes(key)) ? closerOf[key] ?? '' : '';
      closers = closer + closers;
      editor.replace(at, at, key + closer, closer.length);
    }
    yield { start, end: at + 1 + closers.length };
  }
}
