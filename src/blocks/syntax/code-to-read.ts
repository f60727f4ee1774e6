// What is read of a text. Out of a long one everything is left that layers cannot depend on; where that is still too much,
// its beginning is read, and it is known what the rest could do to it.
import { longDataIn, longestData, type Stretch } from './long-data.ts';
import { relevantStretches } from './relevant-stretches.ts';
import { beginningOf, longText, mostCharacters } from './source-size.ts';
import { topLevelOf } from './top-level-stretches.ts';
import type { TopLevel } from './top-level.ts';
import { UnreadCode } from './unread-code.ts';

export interface CodeToRead {
  /** With blanks in place of what is not read, which leaves every offset as it is. */
  readonly text: string;
  /** Where these blanks are. */
  readonly blanks: readonly Stretch[];
  /** Whether there is code that is not read because layers do not depend on it. */
  readonly leavesOut: boolean;
  readonly unread: UnreadCode | undefined;
  /** The first line of that. */
  readonly unreadAt: Stretch | undefined;
  /** How a long text was divided. */
  readonly division: Division | undefined;
}

export interface Division {
  readonly topLevel: TopLevel;
  /** Whether a stretch is read, left out because layers do not depend on it, or not read because the text is too long. */
  of(stretch: number): 'read' | 'left out' | 'unread';
  /** How much more, and how much less, what is read could cost without making a difference to what else is. */
  readonly more: number;
  readonly less: number;
}

export interface HowMuch {
  /** Words by which code has to do with layers. */
  readonly leads: readonly string[];
  /** Characters of code that are read. */
  readonly most?: number | undefined;
}

/** Undefined where a text that is too long cannot be divided. */
export function codeToRead(text: string, { leads, most = mostCharacters }: HowMuch): CodeToRead | undefined {
  if (text.length <= Math.min(longText, most)) return { text, blanks: [], leavesOut: false, unread: undefined, unreadAt: undefined, division: undefined };
  let code = relevantCode(text, leads);
  const data = code.topLevel.longestBracket > longestData ? longDataIn(code.text) : [];
  const { leavesOut } = code;
  // By its length an empty list or object is known to have been data.
  const before = [...code.blanks, ...data.map(({ start, end }) => ({ start: start + longestData, end }))];
  if (data.length > 0) code = relevantCode(without(code.text, data, ' '), leads);
  const { topLevel, isRelevant } = code;
  if (code.cost <= most) {
    const division: Division = { topLevel, of: stretch => (isRelevant[stretch] ? 'read' : 'left out'), more: most - code.cost, less: Infinity };
    return { text: code.text, blanks: joined([...before, ...code.blanks]), leavesOut, unread: undefined, unreadAt: undefined, division };
  }
  const { isRead, left } = readStretches(code, Math.min(most, beginningOf(text.length)));
  const hasCode = isRead.some((read, stretch) => read && isRelevant[stretch]! && !topLevel.isImport(stretch));
  if (topLevel.isUnclear || !hasCode) return undefined;
  const isKept = isRead.map((read, stretch) => read || !isRelevant[stretch]!);
  const first = isKept.indexOf(false);
  const start = startOfCode(text, topLevel.start(first));
  const blanks = stretchesOf(topLevel, isKept);
  return {
    text: without(code.text, blanks, lineEnd), blanks: joined([...before, ...code.blanks, ...blanks]), leavesOut, unread: new UnreadCode(topLevel, isKept), unreadAt: { start, end: endOfLine(text, start) },
    division: {
      topLevel, of: stretch => (!isKept[stretch] ? 'unread' : isRelevant[stretch] ? 'read' : 'left out'),
      more: left, less: Math.min(topLevel.cost(first) - left, code.cost - most) - 1,
    },
  };
}

interface Code {
  readonly text: string;
  readonly blanks: readonly Stretch[];
  readonly topLevel: TopLevel;
  readonly isRelevant: readonly boolean[];
  readonly leavesOut: boolean;
  /** Characters that have to be read. */
  readonly cost: number;
}

function relevantCode(text: string, leads: readonly string[]): Code {
  const topLevel = topLevelOf(text, leads);
  const isRelevant = topLevel.isUnclear ? new Array<boolean>(topLevel.count).fill(true) : relevantStretches(topLevel);
  let cost = 0;
  for (let stretch = 0; stretch < topLevel.count; stretch++) if (isRelevant[stretch]) cost += topLevel.cost(stretch);
  const blanks = stretchesOf(topLevel, isRelevant);
  return { text: without(text, blanks, lineEnd), blanks, topLevel, isRelevant, leavesOut: isRelevant.includes(false), cost };
}

/** A statement may end where a stretch does because a line does. */
const lineEnd = '\n';

/** Those that are not kept, one stretch for several in a row. */
function stretchesOf(topLevel: TopLevel, isKept: readonly boolean[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (let stretch = 0; stretch < topLevel.count; stretch++) {
    if (isKept[stretch]) continue;
    const first = stretch;
    while (stretch + 1 < topLevel.count && !isKept[stretch + 1]) stretch++;
    stretches.push({ start: topLevel.start(first), end: topLevel.start(stretch + 1) });
  }
  return stretches;
}

/** Puts blanks in the place of stretches, with `separator` as the first of them. */
function without(text: string, stretches: readonly Stretch[], separator: string): string {
  if (stretches.length === 0) return text;
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of stretches) {
    if (end === start) continue;
    parts.push(text.slice(from, start), separator, ' '.repeat(end - start - 1));
    from = end;
  }
  parts.push(text.slice(from));
  return parts.join('');
}

/** As many as cost no more than `most`: imports, which hold wherever they stand, and those from the beginning on. */
function readStretches({ topLevel, isRelevant }: Code, most: number): { readonly isRead: boolean[]; readonly left: number } {
  let left = most;
  const takes = (stretch: number): boolean => {
    const cost = isRelevant[stretch] ? topLevel.cost(stretch) : 0;
    if (cost > left) return false;
    left -= cost;
    return true;
  };
  const isRead = isRelevant.map((_, stretch) => topLevel.isImport(stretch) && takes(stretch));
  for (let stretch = 0; stretch < isRead.length && (isRead[stretch]! || takes(stretch)); stretch++) isRead[stretch] = true;
  return { isRead, left };
}

/** In the order of the text, those that touch as one. */
function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: { start: number; end: number }[] = [];
  for (const { start, end } of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else result.push({ start, end });
  }
  return result;
}

function startOfCode(text: string, at: number): number {
  const code = /\S/g;
  code.lastIndex = at;
  return code.exec(text)?.index ?? at;
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}
