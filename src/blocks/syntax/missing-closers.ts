// Where brackets are missing in text that does not parse. While someone types a call, what stands below it would be read
// as its arguments. A line that starts no deeper than the one that opened a bracket says that it was meant to be closed, a
// bracket around it that is closed says so, too, and the caret says where.

export interface Insertion {
  /** Offset into the text as it is. */
  readonly at: number;
  readonly closers: string;
}

interface Open {
  /** What ends it: a bracket, or the backtick of a template. */
  readonly closer: string;
  /** Of the line that it stands on. */
  readonly indent: number;
  readonly at: number;
}

const closerOf: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Characters that neither open nor close anything, nor end a line. */
const plainCode = /[^'"`()[\]{}/\n]+/y;
const plainTemplateText = /[^`$\\]+/y;

/** A line that begins like this goes on with what stands above it. */
const goesOn = /^[.?:,&|+*/=)\]}<>-]/;

/**
 * The closers that are missing, in the order of the text: those that the indentation asks for, and those of brackets that
 * a bracket around them was closed before. They are missing at the end of the code that stands there, or at the caret where
 * one is given and lies between the bracket and that end: what is being typed is what is not closed yet. With a caret, a
 * string or a template that it stands in may lack its end, too. In data, which has no other use for brackets, a line that begins by
 * closing one says that what was opened deeper was meant to be closed before.
 */
export function missingClosers(text: string, caret?: number, isData = false): Insertion[] {
  return new ClosersScan(text, caret, isData).run();
}

class ClosersScan {
  private readonly insertions: Insertion[] = [];
  private readonly open: Open[] = [];
  private endOfCode = 0;
  private indent = 0;

  constructor(private readonly text: string, private caret: number | undefined, private readonly isData: boolean) {}

  run(): Insertion[] {
    const { text } = this;
    for (let i = 0; i < text.length; ) {
      if (i === this.caret) this.closeTemplate(i);
      if (this.inTemplateText()) {
        i = this.readTemplateText(i);
        continue;
      }
      if (i === 0 || text[i - 1] === '\n') {
        const blank = /^[ \t]*/.exec(text.slice(i, i + 200))![0].length;
        this.startLine(i + blank, blank);
        if (blank > 0) {
          i += blank;
          continue;
        }
      }
      i = this.readCode(i);
    }
    if (this.caret === text.length) this.closeTemplate(text.length);
    this.closeDeeper(-1);
    return joined(this.insertions.sort((a, b) => a.at - b.at));
  }

  private startLine(i: number, indent: number): void {
    const first = this.text.slice(i, i + 2);
    if (first === '' || first[0] === '\n' || first[0] === '\r' || first === '//' || first === '/*') return;
    this.indent = indent;
    if (!goesOn.test(first)) this.closeDeeper(indent);
    else if (this.isData && ']}'.includes(first[0]!)) this.closeDeeper(indent + 1);
  }

  /** Where the longest run from `i` on ends that the pattern fits, or the caret in it. */
  private endOfRun(pattern: RegExp, i: number): number {
    pattern.lastIndex = i;
    const end = pattern.test(this.text) ? pattern.lastIndex : i;
    return this.caret !== undefined && i < this.caret && this.caret < end ? this.caret : end;
  }

  /** Strings and comments are passed over. Returns where the next token starts. */
  private readCode(i: number): number {
    const { text, open, indent } = this;
    const plain = this.endOfRun(plainCode, i);
    if (plain > i) {
      const code = text.slice(i, plain).trimEnd();
      if (code !== '') this.endOfCode = i + code.length;
      return plain;
    }
    const character = text[i]!;
    if (text.startsWith('//', i) || text.startsWith('/*', i)) {
      const end = endOfToken(text, i);
      // What is inserted into a comment would be a part of it.
      if (this.caret !== undefined && i < this.caret && this.caret <= end) this.caret = undefined;
      return end;
    }
    let end = i + 1;
    if (character === '`') open.push({ closer: '`', indent, at: i });
    else if (character === "'" || character === '"') end = this.readString(i);
    else if (character in closerOf) open.push({ closer: closerOf[character]!, indent, at: i });
    else if (')]}'.includes(character)) this.close(character);
    if (character !== '\n') this.endOfCode = end;
    return end;
  }

  /** Also ends it at the caret, where what follows on the line does not make pairs of quotes otherwise. */
  private readString(i: number): number {
    const { text, caret } = this;
    const end = endOfToken(text, i);
    if (caret === undefined || caret <= i || caret > end) return end;
    const quote = text[i]!;
    const closed = end > i + 1 && text[end - 1] === quote;
    if (closed && (caret === end || quotes(text.slice(end, lineEnd(text, end)), quote) % 2 === 0)) return end;
    this.insertions.push({ at: caret, closers: quote });
    return caret;
  }

  private inTemplateText(): boolean {
    return this.open.at(-1)?.closer === '`';
  }

  /** Up to the end of the template, or to the expression in it. */
  private readTemplateText(i: number): number {
    const { text, open, indent } = this;
    const plain = this.endOfRun(plainTemplateText, i);
    if (plain > i) return plain;
    if (text.startsWith('${', i)) {
      open.push({ closer: '}', indent, at: i });
      return i + 2;
    }
    if (text[i] === '`') {
      open.pop();
      this.endOfCode = i + 1;
    }
    return text[i] === '\\' ? i + 2 : i + 1;
  }

  /** A template around the caret, where the backticks after it make pairs without it. */
  private closeTemplate(i: number): void {
    const outermost = this.open.findIndex(({ closer }) => closer === '`');
    if (outermost < 0 || quotes(this.text.slice(i), '`') % 2 === 1) return;
    this.insertClosers(outermost, i);
    this.endOfCode = i;
  }

  /** A bracket that closes one further out says that those inside of it were meant to be closed. */
  private close(closer: string): void {
    const closers = this.open.map(entry => entry.closer);
    const closed = closers.lastIndexOf(closer);
    if (closed <= closers.lastIndexOf('`')) return;
    this.insertClosers(closed + 1, this.endOfCode);
    this.open.pop();
  }

  /** Closes what was opened on a line that starts no less deep than `indent`; the lines of a template are free to start anywhere. */
  private closeDeeper(indent: number): void {
    const { open } = this;
    if (open.some(({ closer }) => closer === '`')) return;
    let from = open.length;
    while (from > 0 && open[from - 1]!.indent >= indent) from--;
    this.insertClosers(from, this.endOfCode);
  }

  /** Closes all that is open from an index on. */
  private insertClosers(from: number, end: number): void {
    for (const { closer, at } of this.open.splice(from).reverse()) {
      const { caret } = this;
      this.insertions.push({ at: caret !== undefined && at < caret && caret < end ? caret : end, closers: closer });
    }
  }
}

/** What goes to the same place is one insertion; `insertions` are in the order of the text. */
function joined(insertions: readonly Insertion[]): Insertion[] {
  const result: Insertion[] = [];
  for (const { at, closers } of insertions) {
    const last = result.at(-1);
    if (last?.at === at) result[result.length - 1] = { at, closers: last.closers + closers };
    else result.push({ at, closers });
  }
  return result;
}

const quotes = (text: string, quote: string): number => text.split(quote).length - 1;

/** A text with insertions made, and the way back from its offsets. */
export interface RepairedText {
  readonly text: string;
  original(offset: number): number;
}

export function insertClosers(text: string, insertions: readonly Insertion[]): RepairedText {
  let repaired = '';
  let from = 0;
  const starts: { readonly at: number; readonly length: number }[] = [];
  for (const { at, closers } of insertions) {
    repaired += text.slice(from, at);
    starts.push({ at: repaired.length, length: closers.length });
    repaired += closers;
    from = at;
  }
  const original = (offset: number): number => {
    let shift = 0;
    for (const { at, length } of starts) {
      if (offset <= at) break;
      shift += Math.min(length, offset - at);
    }
    return offset - shift;
  };
  return { text: repaired + text.slice(from), original };
}

/** Strings and comments are one token each, everything else is one character. A quote without its end ends the line. */
export function endOfToken(text: string, i: number): number {
  const character = text[i]!;
  if (text.startsWith('//', i)) return lineEnd(text, i);
  if (text.startsWith('/*', i)) return after(text, '*/', i + 2);
  if (character === '`') {
    for (let k = i + 1; k < text.length; k++) {
      if (text[k] === '\\') k++;
      else if (text[k] === '`') return k + 1;
    }
    return text.length;
  }
  if (character !== "'" && character !== '"') return i + 1;
  for (let k = i + 1; k < text.length; k++) {
    if (text[k] === '\n') return k;
    if (text[k] === '\\' && text[k + 1] !== '\n') k++;
    else if (text[k] === character) return k + 1;
  }
  return text.length;
}

function lineEnd(text: string, i: number): number {
  const end = text.indexOf('\n', i);
  return end < 0 ? text.length : end;
}

function after(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found + end.length;
}
