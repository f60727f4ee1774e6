// What is read of the versions of one text. A long one is not gone through again for an edit inside of a statement that changes
// nothing of what the statement has to do with others.
import { codeToRead, type CodeToRead, type Division, type HowMuch } from './code-to-read.ts';
import { exampleCallKeyword } from './example-calls.ts';
import { longestData } from './long-data.ts';
import { beginningOf, longText, mostCharacters } from './source-size.ts';
import { COMMENT, Tokens } from './tokens.ts';
import { topLevelOf } from './top-level-stretches.ts';
import type { TopLevel } from './top-level.ts';
import { editBetween } from '../text/edit.ts';

/** A version that was gone through. */
interface Version {
  readonly text: string;
  readonly howMuch: HowMuch;
  readonly code: CodeToRead;
  readonly division: Division;
}

export class CodeReader {
  private last: Version | undefined = undefined;

  /** As `codeToRead`. */
  read(text: string, howMuch: HowMuch): CodeToRead | undefined {
    const edited = this.last && readEdited(this.last, text, howMuch);
    if (edited) return edited;
    const code = codeToRead(text, howMuch);
    this.last = code?.division && { text, howMuch, code, division: code.division };
    return code;
  }
}

function readEdited({ text: before, howMuch: known, code, division }: Version, text: string, howMuch: HowMuch): CodeToRead | undefined {
  const { leads, most = mostCharacters } = howMuch;
  if (known.most !== howMuch.most || known.leads.join() !== leads.join() || text.length <= Math.min(longText, most) || beginningOf(text.length) !== beginningOf(before.length)) return undefined;
  const edit = editBetween(before, text);
  if (!edit) return code;
  const { start, end } = edit;
  const { topLevel } = division;
  const stretch = stretchAt(topLevel, start);
  const [from, to] = [topLevel.start(stretch), topLevel.start(stretch + 1)];
  const by = text.length - before.length;
  const [old, edited] = [before.slice(from, to), text.slice(from, to + by)];
  const kind = division.of(stretch);
  const isLast = stretch + 1 === topLevel.count;
  if (end > to || kind === 'unread' || !isSameAtEnds(old, start - from, isLast ? undefined : to - end)) return undefined;
  const [a, b] = [topLevelOf(old, leads), topLevelOf(edited, leads)];
  const costs = b.cost(0) - a.cost(0);
  if (kind === 'read' && (costs > division.more || -costs > division.less)) return undefined;
  if (![a, b].every(alone => isWhole(alone) && (isLast || alone.endOfCode === alone.start(1))) || a.acts(0) !== b.acts(0) || !hasSameTies(a, b, topLevel) || [old, edited].some(part => part.includes(exampleCallKeyword))) return undefined;
  const shown = kind === 'read' ? text.slice(start, end + by) : ' '.repeat(end + by - start);
  const { unreadAt } = code;
  const moved = (offset: number): number => (offset < end ? offset : offset + by);
  return {
    ...code, text: code.text.slice(0, start) + shown + code.text.slice(end), blanks: code.blanks.map(blank => ({ start: moved(blank.start), end: moved(blank.end) })),
    unreadAt: unreadAt && start < unreadAt.start ? { start: unreadAt.start + by, end: unreadAt.end + by } : unreadAt,
  };
}

/** The stretch that an offset lies in. */
function stretchAt(topLevel: TopLevel, offset: number): number {
  let [low, high] = [0, topLevel.count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (topLevel.start(middle) <= offset) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * Whether an edit leaves the first word of a stretch alone, and the end of its last statement: these decide where stretches
 * end. `left` are the characters behind the edit; behind the last stretch there is none.
 */
function isSameAtEnds(stretch: string, start: number, left: number | undefined): boolean {
  const tokens = new Tokens(stretch);
  while (tokens.next() && tokens.kind === COMMENT);
  return start > tokens.end && (left === undefined || (left > 0 && /[;}]$/.test(stretch)));
}

/** Whether a stretch by itself is one, and nothing in it needs another look. */
const isWhole = (topLevel: TopLevel): boolean =>
  topLevel.count === 1 && topLevel.isBalanced && !topLevel.isUnclear && !topLevel.isImport(0) && topLevel.longestBracket <= longestData;

/** Whether the words by which two versions of a stretch have to do with others are the same. What no other stretch mentions makes no difference. */
function hasSameTies(a: TopLevel, b: TopLevel, { numbers }: TopLevel): boolean {
  const [before, after] = [tiesOf(a), tiesOf(b)];
  const isSame = (hash: number): boolean => before.get(hash) === after.get(hash);
  const isFree = (hash: number): boolean => !numbers.has(hash) && after.get(hash) === 0;
  return [...before.keys()].every(isSame) && [...after.keys()].every(hash => isSame(hash) || isFree(hash));
}

/** Words by their hashes, with 0 for what is only mentioned. */
function tiesOf(topLevel: TopLevel): Map<number, number> {
  const ties = new Map<number, number>();
  for (let i = 0; i < topLevel.firstWord(1); i++) {
    const word = topLevel.wordAt(i);
    const hash = topLevel.numbers.hashOf(word);
    ties.set(hash, (ties.get(hash) ?? 0) | (topLevel.isDeclaredAt(i) ? 1 : 0) | (topLevel.isWrittenAt(i) ? 2 : 0) | (topLevel.isShared(word) ? 4 : 0));
  }
  return ties;
}
