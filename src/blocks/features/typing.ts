// Which statement of a document is being typed. From its first edit until the caret leaves it, what its text means may
// change with every key, and most of that is not meant: hints and problems wait for it, each in its way.
import type { Analysis } from '../analysis.ts';
import { movedOffset, type Edit } from '../text/edit.ts';

/** The same object for as long as the same statement is typed; its place follows the edits. */
export interface TypedStatement {
  readonly start: number;
  readonly end: number;
  /** Whether the text does not parse, or can be told to go on at the caret. */
  readonly unfinished: boolean;
}

/** One document, from version to version. */
export class Typing {
  private current: { -readonly [key in keyof TypedStatement]: TypedStatement[key] } | undefined = undefined;

  /** Undefined where nothing is being typed. */
  get statement(): TypedStatement | undefined {
    return this.current;
  }

  /** To be told of every edit. */
  edit(edit: Edit): void {
    const { current } = this;
    const end = edit.start + edit.length;
    if (!current) {
      this.current = { start: edit.start, end, unfinished: false };
      return;
    }
    const touches = edit.start <= current.end && edit.end >= current.start;
    current.start = movedOffset(current.start, edit);
    current.end = touches ? Math.max(end, movedOffset(current.end, edit)) : movedOffset(current.end, edit);
  }

  /** To be told where the caret is. True where it has left the statement, so that what waits for that can be shown. */
  moveCaret(offset: number): boolean {
    const { current } = this;
    if (!current || (current.start <= offset && offset <= current.end)) return false;
    this.current = undefined;
    return true;
  }

  /** To be told what a version was read as, with the statement that its caret was in: the edit may have left the one before. */
  read({ parses, statementAtCaret }: Analysis): void {
    const { current } = this;
    if (!current) return;
    current.unfinished = !parses || statementAtCaret?.unfinished === true;
    if (!parses) return;
    // The body of a function that is being written is a part of it.
    if (statementAtCaret?.around.includes(current.start)) return;
    if (!statementAtCaret || current.start < statementAtCaret.start || current.start > statementAtCaret.end) this.current = undefined;
    else Object.assign(current, { start: statementAtCaret.start, end: statementAtCaret.end });
  }
}
