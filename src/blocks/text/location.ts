// Where something stands: offsets into one file's text, and what they are as lines and columns.

/** A half-open range of UTF-16 offsets in one file, as VS Code and the TypeScript parser count them. */
export interface Location {
  readonly file: string;
  readonly start: number;
  readonly end: number;
}

/** A position for people: both numbers are 1-based. */
export interface LineColumn {
  readonly line: number;
  readonly column: number;
}

/** Finds lines in a text; `\n`, `\r\n` and a lone `\r` end a line. */
export class LineMap {
  private readonly starts: number[] = [0];

  constructor(text: string) {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
      if (code === 10 || code === 13) this.starts.push(i + 1);
    }
  }

  /** The 1-based line and column of an offset; an offset past the end belongs to the last line. */
  lineColumn(offset: number): LineColumn {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.starts[low]! + 1 };
  }

  /** The offset at which a 1-based line starts; undefined past the last line. */
  lineStart(line: number): number | undefined {
    return this.starts[line - 1];
  }
}
