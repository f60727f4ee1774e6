// The statement around the caret, and whether the word at the caret is still being typed.
import type { Program, Statement, VariableStatement } from './tree.ts';

/** Offsets into the text of the program that was asked. */
export interface StatementAtCaret {
  readonly start: number;
  readonly end: number;
  /**
   * Whether it can be told to go on, though it parses: a word that stands nowhere else in the text is at the caret, or a dot
   * that nothing follows yet (`model.ad`), or it declares a constant that has no value. What such a text means is hardly
   * what it is going to mean.
   */
  readonly unfinished: boolean;
  /** Where the statements start that it is a part of, such as a function with a body. */
  readonly around: readonly number[];
}

interface Node {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
  readonly nameEnd?: number;
  readonly parameters?: readonly { readonly end: number }[];
}

/** Members of a class are typed one at a time, too. */
const statementKinds: ReadonlySet<string> = new Set<Statement['kind'] | 'method' | 'get' | 'set' | 'field' | 'static-block'>([
  'variable', 'expression', 'block', 'if', 'for', 'for-each', 'while', 'return', 'jump', 'switch', 'throw', 'try', 'labeled',
  'function-declaration', 'class-declaration', 'import', 'export', 'export-from', 'method', 'get', 'set', 'field', 'static-block',
]);

/** What holds statements or members, with nothing but blanks and comments between them. */
const bodyKinds: ReadonlySet<string> = new Set(['block', 'function', 'class', 'switch']);

/** Nothing that matters to what is typed at the caret is as many characters away from it. */
const farthest = 1000;

/**
 * The innermost statement of a list of them that the caret is in or behind, so that a loop's header and a body without
 * braces belong to the loop; where the caret is between statements, what stands there.
 */
export function statementAt({ text, body }: Pick<Program, 'text' | 'body'>, caret: number): StatementAtCaret {
  const { statement = statementBehind(text, body, caret), around } = innermostStatement(text, body, caret);
  const { start, end } = statement ?? gapAt(text, caret);
  return { start, end: Math.max(end, caret), around: around.filter(outer => outer < start), unfinished: endsInHalfWord(text, caret) || (statement !== undefined && lacksValue(statement)) };
}

/** One that ends before the caret on the same line, or on the line above where no semicolon says that it has ended. */
function statementBehind(text: string, body: readonly Statement[], caret: number): Node | undefined {
  const [blank, lineBreak] = /[ \t]*(\n[ \t]*|\r\n[ \t]*)?$/.exec(text.slice(Math.max(0, caret - farthest), caret))!;
  const end = caret - blank.length;
  return lineBreak !== undefined && /[;}]/.test(text.charAt(end - 1)) ? undefined : innermostStatement(text, body, end).statement;
}

/** Undefined between the statements of a body; with all statements that the offset is in. */
function innermostStatement(text: string, body: readonly Statement[], offset: number): { readonly statement?: Node; readonly around: readonly number[] } {
  const around: number[] = [];
  let statement: Node | undefined;
  let innermost: Node | undefined;
  // Not by recursion: a chain of calls nests as deeply as it is long.
  const work: { readonly part: unknown; readonly inList: boolean }[] = [{ part: body, inList: false }];
  while (work.length > 0) {
    const { part, inList } = work.pop()!;
    if (typeof part !== 'object' || part === null) continue;
    if (isNode(part)) {
      if (offset < part.start || offset > part.end) continue;
      innermost = part;
      if (inList && statementKinds.has(part.kind)) around.push((statement = part).start);
    }
    for (const inner of Object.values(part).reverse()) work.push({ part: inner, inList: Array.isArray(part) });
  }
  if (!innermost || !statement) return { around };
  const { kind, start, nameEnd = start, parameters, end } = innermost;
  const brace = text.indexOf('{', parameters?.at(-1)?.end ?? nameEnd);
  return bodyKinds.has(kind) && brace >= 0 && brace < offset && offset < end ? { around } : { statement, around };
}

const isNode = (part: object): part is Node => 'kind' in part && 'start' in part && 'end' in part;

/** What stands around the offset on its line, up to where statements and bodies begin and end. */
function gapAt(text: string, offset: number): { start: number; end: number } {
  const before = /[^{};]*$/.exec(lineBefore(text, offset))![0].trimStart();
  const lineEnd = text.indexOf('\n', offset);
  const after = /^[^{};]*/.exec(text.slice(offset, lineEnd < 0 ? text.length : lineEnd))![0].trimEnd();
  return { start: offset - before.length, end: offset + after.length };
}

/** The end of it, where the line is longer than people write them. */
const lineBefore = (text: string, offset: number): string => text.slice(Math.max(text.lastIndexOf('\n', offset - 1) + 1, offset - farthest), offset);

const lacksValue = (statement: Node): boolean => {
  const { kind, scope, declarations } = statement as Partial<VariableStatement>;
  return kind === 'variable' && scope === 'const' && declarations!.some(({ value }) => !value);
};

/** Whether a word that stands nowhere else in the text is at the caret, or a dot that nothing follows yet. */
export function endsInHalfWord(text: string, caret: number): boolean {
  const line = lineBefore(text, caret);
  if (/(^|[^.\d])\.$/.test(line)) return true;
  const start = /[\p{L}_$][\p{L}\d_$]*$/u.exec(line)?.[0];
  if (start === undefined) return false;
  const word = start + /^[\p{L}\d_$]*/u.exec(text.slice(caret, caret + 200))![0];
  const at = caret - start.length;
  for (let i = text.indexOf(word); i >= 0; i = text.indexOf(word, i + 1)) {
    const alone = !/[\p{L}\d_$]/u.test(text.charAt(i - 1) + text.charAt(i + word.length));
    if (alone && i !== at) return false;
  }
  return true;
}
