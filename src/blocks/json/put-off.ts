// Objects and lists that are left to be read when somebody asks for them: most layers of a long model are configured alike, and need not be
// read again to know that.
import { endOfPlainText, isAt } from './plain-text.ts';
import { wholeValue } from './whole-value.ts';

export interface PutOffObject {
  readonly end: number;
  /** Its text without its name: objects that have the same say the same. */
  readonly alike: string;
  /** Of its own name, with the quotes; both 0 without one. */
  readonly nameStart: number;
  readonly nameEnd: number;
}

/** An object that is whole: others that are written alike are, too. */
interface KnownObject {
  /** What stands before its own name and behind it; all of it and nothing where it has none. */
  readonly before: string;
  readonly after: string;
  readonly isNamed: boolean;
  readonly alike: string;
}

/** More are not looked for. */
const mostKnown = 64;

export class PutOff {
  private readonly known: KnownObject[] = [];

  constructor(private readonly text: string) {}

  /** Undefined where it has to be read now. */
  object(start: number): PutOffObject | undefined {
    const { text } = this;
    for (const { before, after, isNamed, alike } of this.known) {
      if (!isAt(text, before, start)) continue;
      const behind = start + before.length;
      const nameEnd = isNamed ? endOfPlainText(text, behind) : behind;
      if (nameEnd === undefined || !isAt(text, after, nameEnd)) continue;
      return { end: nameEnd + after.length, alike, nameStart: isNamed ? behind : 0, nameEnd: isNamed ? nameEnd : 0 };
    }
    const found = wholeValue(text, start);
    if (!found) return undefined;
    const { end, nameStart, nameEnd } = found;
    const written = text.slice(start, end);
    if (written.includes('\\') || parsed(written) === undefined) return undefined;
    const isNamed = nameEnd > 0;
    const [before, after] = isNamed ? [text.slice(start, nameStart), text.slice(nameEnd, end)] : [written, ''];
    const alike = before + after;
    if (this.known.length < mostKnown) this.known.push({ before, after, isNamed, alike });
    return { end, alike, nameStart, nameEnd };
  }

  /** With what `JSON.parse` makes of it. Undefined where it has to be read now. */
  list(start: number): { readonly end: number; readonly value: readonly unknown[] } | undefined {
    const end = wholeValue(this.text, start)?.end;
    const value = end === undefined ? undefined : parsed(this.text.slice(start, end));
    return end === undefined || value === undefined ? undefined : { end, value: value as readonly unknown[] };
  }
}

/** Undefined for what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
