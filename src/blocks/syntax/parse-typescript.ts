// Reads TypeScript and JavaScript, with or without JSX, into the core syntax tree.
import * as ts from './typescript-parser.generated.mjs';
import type { Call, Member, Program, Property, Statement, SyntaxProblem } from './tree.ts';
import { relocate, type Spanned } from './place.ts';
import { withoutDeepNesting } from './deep-nesting.ts';
import { exampleCallKeyword, exampleCallsIn } from './example-calls.ts';
import { lowerStatements } from './lower-statements.ts';
import type { Stretch } from './long-data.ts';
import { insertClosers, missingClosers, type RepairedText } from './missing-closers.ts';
import { editBetween } from '../text/edit.ts';
import { Source } from './typescript-source.ts';
import { withoutBlanks, type ShorterText } from './without-blanks.ts';

const tooDeep = 'The code nests too deeply to be read.';

/** Reads a text once; see `TypeScriptReader`. */
export const parseTypeScript = (file: string, text: string, caret?: number): Program => new TypeScriptReader(file).read(text, caret);

/** How well a text was understood: errors first, and as many statements as can be told apart. */
interface Quality {
  readonly errors: number;
  readonly statements: number;
}

const isBetter = (a: Quality, b: Quality): boolean => a.errors < b.errors || (a.errors === b.errors && a.statements > b.statements);

/** A top-level statement in the core syntax tree, which is used again as long as the parser keeps the statement. */
interface Lowered {
  readonly kind: ts.SyntaxKind;
  readonly statements: readonly Statement[];
  /** Every node in it that has a place; found when it has to be moved for the first time. */
  placed: readonly Spanned[] | undefined;
  /** Where its first token was when the places were last right. */
  start: number;
  /** From there to its end. */
  length: number;
  /** From the end of the token before it to its first, as the parser reads it. */
  readonly lead: number;
}

/** A text without errors, with its statements in order. */
interface Version extends Pick<Program, 'text' | 'exampleCalls'> {
  readonly statements: readonly Lowered[];
}

/**
 * Reads the versions of one file. What an edit leaves alone is neither parsed nor lowered again: a statement of the
 * program before is found in the next one as the same object, at its new place. So a program is good only until the next
 * text is read.
 */
export class TypeScriptReader {
  private tree: ts.SourceFile | undefined = undefined;
  private lowered = new Map<ts.Statement, Lowered>();
  /** The last text that was read, if it has no errors. */
  private last: Version | undefined = undefined;

  constructor(readonly file: string) {}

  /**
   * Never throws on broken text: what is readable is kept and the rest becomes `opaque`. Where closing brackets are
   * missing the text is read as if they were there, as long as that leaves fewer errors; `caret`, the end of the last edit,
   * is where they are looked for first. What nests so deeply that the parser runs out of stack is left out, with an error.
   * `blanks` are stretches of the text with nothing in them, which the parser is spared.
   */
  read(text: string, caret?: number, blanks: readonly Stretch[] = []): Program {
    try {
      return this.readShallow(text, caret, blanks);
    } catch (error) {
      this.giveUp(error);
    }
    const { text: shallow, left } = withoutDeepNesting(text);
    try {
      const { errors, ...program } = this.readShallow(shallow, caret, blanks);
      return { ...program, text, errors: [...left.map(place => ({ ...place, message: tooDeep })), ...errors] };
    } catch (error) {
      this.giveUp(error);
      return { file: this.file, text, body: [], errors: [{ start: 0, end: text.length, message: tooDeep }], exampleCalls: [] };
    }
  }

  /** The parser may have been left in the middle of its work. */
  private giveUp(error: unknown): void {
    if (!(error instanceof RangeError)) throw error;
    this.tree = undefined;
    this.last = undefined;
  }

  private readShallow(text: string, caret: number | undefined, blanks: readonly Stretch[]): Program {
    const { file } = this;
    const edited = this.last && this.readEdited(this.last, text);
    this.last = edited;
    if (edited) return { file, text, body: edited.statements.flatMap(({ statements }) => statements), errors: [], exampleCalls: edited.exampleCalls };
    const shorter = withoutBlanks(text, blanks);
    const tree = this.parse(shorter.text);
    const errors = errorsOf(tree).map(error => ({ ...error, ...inOriginal(shorter, error) }));
    const exampleCalls = exampleCallsIn(tree, shorter.text).map(call => inOriginal(shorter, call));
    const repaired = errors.length > 0 ? this.bestRepair(shorter, caret, qualityOf(tree)) : undefined;
    if (repaired) return { file, text, body: this.lower(this.parse(repaired.text), repaired, []), errors, exampleCalls };
    const body = this.lower(this.parse(shorter.text), shorter, errors);
    if (errors.length === 0) this.last = { text, exampleCalls, statements: [...this.lowered.values()] };
    return { file, text, body, errors, exampleCalls };
  }

  /**
   * An edit inside of one statement, whose end cannot have changed, is read by reading that statement alone: the parser
   * would visit every node behind it. Undefined where that may not be what the whole text means.
   */
  private readEdited({ text: before, statements, exampleCalls }: Version, text: string): Version | undefined {
    const edit = editBetween(before, text);
    if (!edit) return undefined;
    const { start: from, end: to, length: typed } = edit;
    const index = indexAt(statements, from);
    const edited = statements[index];
    if (!edited) return undefined;
    const { kind, start, length } = edited;
    const [end, by] = [start + length, typed - (to - from)];
    if (from <= start || to >= end || before.slice(start, end).includes(exampleCallKeyword)) return undefined;
    const read = readAlone(this.file, text.slice(start, end + by), kind);
    if (!read) return undefined;
    const alone: Lowered = { ...edited, statements: read, placed: placedIn(read), start: 0, length: length + by };
    move(alone, start);
    for (const later of statements.slice(index + 1)) move(later, later.start + by);
    return {
      text, statements: [...statements.slice(0, index), alone, ...statements.slice(index + 1)],
      exampleCalls: exampleCalls.map(call => (call.start < start ? call : { start: call.start + by, end: call.end + by })),
    };
  }

  /** With the missing brackets at the caret, and where that does not make it whole, with those that the indentation asks for. */
  private bestRepair(shorter: ShorterText, caret: number | undefined, unrepaired: Quality): RepairedText | undefined {
    const { text } = shorter;
    let best: RepairedText | undefined;
    let quality = unrepaired;
    const tried = new Set([text]);
    for (const at of caret === undefined ? [undefined] : [shorter.placeOf(caret), undefined]) {
      if (quality.errors === 0) break;
      const repaired = insertClosers(text, missingClosers(text, at));
      if (tried.has(repaired.text)) continue;
      tried.add(repaired.text);
      const found = qualityOf(this.parse(repaired.text));
      if (!isBetter(found, quality)) continue;
      quality = found;
      best = { text: repaired.text, original: offset => shorter.original(repaired.original(offset)) };
    }
    return best;
  }

  private parse(text: string): ts.SourceFile {
    const before = this.tree;
    const edit = before && editBetween(before.text, text);
    if (before && !edit) return before;
    // The tree before is the parser's to take apart from here on, whether or not it comes to an end.
    this.tree = undefined;
    const tree = edit ? ts.updateSourceFile(before, text, { span: { start: edit.start, length: edit.end - edit.start }, newLength: edit.length }) : createTree(this.file, text);
    for (const { start } of errorsOf(tree)) tree.statements.forEach(statement => markAsBroken(statement, start));
    return (this.tree = tree);
  }

  /**
   * Lowers a tree of a text that the parser was given, and gives everything its place in the text as it is. A statement that
   * nests too deeply is left out by itself, with an error of its own.
   */
  private lower(tree: ts.SourceFile, { text, original }: RepairedText, errors: SyntaxProblem[]): Statement[] {
    const source = new Source(text);
    const before = this.lowered;
    this.lowered = new Map();
    return tree.statements.flatMap(statement => {
      const known = before.get(statement);
      const start = known ? statement.pos + known.lead : source.start(statement);
      let lowered = known;
      // Where something was put into the statement, or taken out of it, it is not what another version can use.
      if (known?.length !== statement.end - start) {
        try {
          const { kind, pos, end } = statement;
          lowered = { kind, statements: lowerStatements(source, [statement]), placed: undefined, start, length: end - start, lead: start - pos };
        } catch (error) {
          if (!(error instanceof RangeError)) throw error;
          const { start, end } = source.span(statement);
          errors.push({ start: original(start), end: original(end), message: tooDeep });
          return [];
        }
      }
      this.place(lowered!, original(start), original(statement.end), original);
      this.lowered.set(statement, lowered!);
      return lowered!.statements;
    });
  }

  private place(lowered: Lowered, start: number, end: number, original: (offset: number) => number): void {
    if (end - start === lowered.length) {
      move(lowered, start);
      return;
    }
    for (const node of (lowered.placed ??= placedIn(lowered.statements))) relocate(node, original);
    lowered.start = start;
    lowered.length = end - start;
  }
}

function createTree(file: string, text: string): ts.SourceFile {
  const options = { languageVersion: ts.ScriptTarget.Latest, jsDocParsingMode: ts.JSDocParsingMode.ParseNone };
  return ts.createSourceFile(file, text, options, false, scriptKind(file));
}

/** The last statement that starts no later than an offset. */
function indexAt(statements: readonly Lowered[], offset: number): number {
  let [low, high] = [0, statements.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (statements[middle]!.start <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * A statement by itself. It has to be one that cannot go on after its last character, whatever follows, nor go on with
 * what stands before it, as `++a` would that becomes `+a`; and what `await` means at the top of a file is decided by the
 * other statements.
 */
function readAlone(file: string, code: string, kind: ts.SyntaxKind): Statement[] | undefined {
  const isDeclaration = kind === ts.SyntaxKind.FunctionDeclaration || kind === ts.SyntaxKind.ClassDeclaration;
  if (isDeclaration ? !code.endsWith('}') : !code.endsWith(';') || code.includes('await')) return undefined;
  if (/^[-+]/.test(code) || code.includes(exampleCallKeyword)) return undefined;
  try {
    const tree = createTree(file, code);
    const [statement, more] = tree.statements;
    if (!statement || more || statement.kind !== kind || statement.end !== code.length || errorsOf(tree).length > 0) return undefined;
    return lowerStatements(new Source(code), [statement]);
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/**
 * Keeps the parser from using a node again that has an error in it. It sees to that itself, except where the token that
 * it found the error at leaves no trace in the tree (`{ a: b ...c }`): the error would be gone in the next version.
 */
function markAsBroken(node: ts.Node, error: number): void {
  if (error < node.pos || error > node.end) return;
  (node as { flags: ts.NodeFlags }).flags |= ts.NodeFlags.ThisNodeHasError | ts.NodeFlags.ThisNodeOrAnySubNodesHasError;
  ts.forEachChild(node, child => markAsBroken(child, error));
}

function move(lowered: Lowered, start: number): void {
  const by = start - lowered.start;
  if (by === 0) return;
  lowered.start = start;
  const to = (offset: number): number => offset + by;
  for (const node of (lowered.placed ??= placedIn(lowered.statements))) relocate(node, to);
}

/** What has locations in it that were made of nodes, which move with these. */
const holdsPlaces: ReadonlySet<string> = new Set(['place', 'namePlace', 'keyPlace', 'argumentPlaces', 'held'] satisfies (keyof Call | keyof Member | keyof Property)[]);

/** Every node with a place, once, at any depth. */
function placedIn(statements: readonly Statement[]): Spanned[] {
  const found = new Set<Spanned>();
  const work: unknown[] = [statements];
  while (work.length > 0) {
    const node = work.pop();
    if (typeof node !== 'object' || node === null || found.has(node as Spanned)) continue;
    if (Array.isArray(node)) {
      for (const element of node) work.push(element);
      continue;
    }
    if ('start' in node) found.add(node as Spanned);
    for (const key in node) {
      if (holdsPlaces.has(key)) continue;
      const part = (node as Record<string, unknown>)[key];
      if (typeof part === 'object') work.push(part);
    }
  }
  return [...found];
}

const inOriginal = ({ original }: ShorterText, { start, end }: Stretch): Stretch => ({ start: original(start), end: original(end) });

function scriptKind(file: string): ts.ScriptKind {
  const extension = file.slice(file.lastIndexOf('.') + 1).toLowerCase();
  if (extension === 'ts' || extension === 'mts' || extension === 'cts') return ts.ScriptKind.TS;
  // JSX is allowed in every JavaScript file, as bundlers do; in TypeScript it would make `<T>value` ambiguous.
  return extension === 'tsx' ? ts.ScriptKind.TSX : ts.ScriptKind.JSX;
}

const qualityOf = (tree: ts.SourceFile): Quality => ({ errors: errorsOf(tree).length, statements: tree.statements.length });

function errorsOf(sourceFile: ts.SourceFile): SyntaxProblem[] {
  const { parseDiagnostics } = sourceFile as unknown as { parseDiagnostics: readonly ts.DiagnosticWithLocation[] };
  return parseDiagnostics.map(({ start, length, messageText }) => ({
    start, end: start + length, message: firstOf(typeof messageText === 'string' ? messageText : messageText.messageText),
  }));
}

/**
 * Behind a block that the parser takes over from the tree before, it says less of an equals sign than when it reads the block anew: what
 * it always says is what is shown.
 */
const firstOf = (message: string): string => message.replace(/(?<=expected\.) This '=' follows .*$/s, '');
