// What the lowering needs of the text: where a token really starts, and names as they are written.
import * as ts from './typescript-parser.generated.mjs';

export interface Span {
  readonly start: number;
  readonly end: number;
}

export class Source {
  /** Whether what is being lowered lies in a class, or in a function that is said to be strict. */
  private strict = false;

  constructor(readonly text: string) {}

  get isStrict(): boolean {
    return this.strict;
  }

  withinStrict<T>(strict: boolean, lower: () => T): T {
    const outer = this.strict;
    this.strict ||= strict;
    try {
      return lower();
    } finally {
      this.strict = outer;
    }
  }

  /** The start of a node's first token; the parser's own `pos` is the end of the token before. */
  start(node: ts.Node): number {
    return ts.skipTrivia(this.text, node.pos);
  }

  span(node: ts.Node): Span {
    const start = this.start(node);
    return { start, end: Math.max(start, node.end) };
  }

  textOf(node: ts.Node): string {
    return this.text.slice(this.start(node), node.end);
  }

  /** The parser marks names that begin with two underscores by a third one. */
  name(identifier: ts.Identifier | ts.PrivateIdentifier): string {
    const escaped = String(identifier.escapedText);
    return escaped.startsWith('___') ? escaped.slice(1) : escaped;
  }
}
