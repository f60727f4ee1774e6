// The notation of the files in test/fixtures/hints. What the editor shall show stands under the line that it belongs to:
//
//     conv2d({ filters: 32, kernelSize: 3 }),
//     //                                   ^ hint → 26×26×32 · 320
//     conv2d({ filters: 'many' }),
//              //       ^^^^^^ error wrong-attribute: …
//
// The caret of a hint stands under the character that the hint follows; the carets of a problem under all that it
// underlines on its first line. Such lines are taken out before the file is read, so they may stand anywhere, even in
// the middle of code that does not parse.

export type MarkKind = 'hint' | 'error' | 'warning' | 'information';

/** One thing that the editor shows: a hint at `end`, or a problem from `start` to `end`. Offsets into the bare text. */
export interface Mark {
  readonly kind: MarkKind;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const MARK_LINE = /^[ \t]*\/\/[ \t]*\^+ *(hint|error|warning|information)\b.*$/;

/** The text without the notation, as the editor opens it, and how many marks it had. */
export function bareText(fixture: string): { readonly text: string; readonly marks: number } {
  const lines = linesOf(fixture);
  const code = lines.filter(line => !MARK_LINE.test(withoutBreak(line)));
  return { text: code.join(''), marks: lines.length - code.length };
}

/** The bare text with a line for each mark: what the fixture should have been. */
export function annotate(text: string, marks: readonly Mark[]): string {
  const lineBreak = /\r?\n/.exec(text)?.[0] ?? '\n';
  const sorted = [...marks].sort((a, b) => caretsOf(a).start - caretsOf(b).start || a.end - b.end || a.text.localeCompare(b.text));
  let offset = 0;
  let annotated = '';
  for (const line of linesOf(text)) {
    const code = withoutBreak(line);
    const end = offset + line.length;
    const here = sorted.filter(mark => caretsOf(mark).start >= offset && caretsOf(mark).start < end);
    annotated += here.length > 0 ? code + lineBreak : line;
    const hasBreak = line !== code;
    here.forEach((mark, i) => {
      annotated += markLine(code, mark, offset) + (hasBreak || i < here.length - 1 ? lineBreak : '');
    });
    offset = end;
  }
  return annotated;
}

/** A hint is marked by the last character before it. */
const caretsOf = ({ kind, start, end }: Mark): { readonly start: number; readonly end: number } =>
  kind === 'hint' ? { start: end - 1, end } : { start, end: Math.max(end, start + 1) };

/** Tabs are kept, so that the carets stand under the code however wide a tab is. */
function markLine(code: string, mark: Mark, lineStart: number): string {
  const { start, end } = caretsOf(mark);
  const column = start - lineStart;
  if (column < 2) throw new Error(`Nothing can be marked in the first two columns of a line: indent “${code}”.`);
  const before = code.slice(0, column).replace(/[^\t]/g, ' ');
  const indent = /^[ \t]*/.exec(before)![0];
  const slashes = Math.min(/\S/.exec(code)?.index ?? 0, column - 2);
  const carets = '^'.repeat(Math.max(1, Math.min(end - lineStart, code.length) - column));
  return `${indent.slice(0, slashes)}//${before.slice(slashes + 2)}${carets} ${mark.kind} ${mark.text}`;
}

/** Lines with their line breaks. */
const linesOf = (text: string): string[] => text.match(/[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$/g) ?? [];

const withoutBreak = (line: string): string => line.replace(/[\r\n]+$/, '');
