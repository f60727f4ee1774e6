// Reads a regular expression into a tree. Characters and classes of characters stay as they are written: the host decides
// whether one character is meant, so that cases and Unicode are JavaScript's own.

export type Pattern =
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'start' | 'end' | 'boundary' | 'no-boundary' }
  | { readonly kind: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly kind: 'choice'; readonly ways: readonly Pattern[] }
  /** `number` is absent where the group is not captured. */
  | { readonly kind: 'group'; readonly number: number | undefined; readonly inside: Pattern }
  /** What the groups from `firstGroup` to before `endGroup` caught is forgotten at each turn. */
  | { readonly kind: 'repeat'; readonly inside: Pattern; readonly least: number; readonly most: number; readonly greedy: boolean; readonly firstGroup: number; readonly endGroup: number }
  | { readonly kind: 'look'; readonly inside: Pattern; readonly behind: boolean; readonly negated: boolean }
  | { readonly kind: 'reference'; readonly to: number | string };

export interface Flags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  readonly dotAll: boolean;
  readonly unicode: boolean;
}

export interface RegularExpression {
  readonly pattern: Pattern;
  readonly flags: Flags;
  /** How many groups are captured. */
  readonly groups: number;
  readonly names: ReadonlyMap<string, number>;
}

/** Longer ones nest too deeply to be matched. */
export const mostCharacters = 500;

/** Undefined for what is no regular expression, and for what only old browsers or very new ones mean something by. */
export function readPattern(source: string, flags: string): RegularExpression | undefined {
  if (source.length > mostCharacters || flags.includes('v')) return undefined;
  try {
    // Whether it is one at all. The host never matches it: nobody can tell how long that takes.
    new RegExp(source, flags);
  } catch {
    return undefined;
  }
  const reader = new PatternReader(source, {
    ignoreCase: flags.includes('i'), multiline: flags.includes('m'), dotAll: flags.includes('s'), unicode: flags.includes('u'),
  });
  return reader.read();
}

/** Thrown at what is not read. */
class NotRead extends Error {}

/** Escapes that stand for a class of characters, or for one that has no other name. */
const escapes = /^\\(?:[dDwWsStnrvf]|0(?!\d)|c[a-zA-Z]|x[\da-fA-F]{2}|u[\da-fA-F]{4}|[^\da-zA-Z])/;
const escapesOfUnicode = /^\\(?:u\{[\da-fA-F]+\}|[pP]\{[^}]*\})/;

class PatternReader {
  private at = 0;
  private groups = 0;
  private readonly names = new Map<string, number>();
  private readonly references: (number | string)[] = [];

  constructor(private readonly source: string, private readonly flags: Flags) {}

  read(): RegularExpression | undefined {
    try {
      const pattern = this.readChoice();
      const known = this.references.every(to => (typeof to === 'number' ? to <= this.groups : this.names.has(to)));
      // Elsewhere a number stands for a character, and `\k` for a letter; how cases compare is left to the host.
      if (this.at < this.source.length || !known || (this.references.length > 0 && this.flags.ignoreCase)) return undefined;
      return { pattern, flags: this.flags, groups: this.groups, names: this.names };
    } catch (error) {
      if (!(error instanceof NotRead)) throw error;
      return undefined;
    }
  }

  private readChoice(): Pattern {
    const ways = [this.readSequence()];
    while (this.take('|')) ways.push(this.readSequence());
    return ways.length === 1 ? ways[0]! : { kind: 'choice', ways };
  }

  private readSequence(): Pattern {
    const parts: Pattern[] = [];
    while (this.at < this.source.length && !/[|)]/.test(this.source[this.at]!)) parts.push(this.readTerm());
    return parts.length === 1 ? parts[0]! : { kind: 'sequence', parts };
  }

  private readTerm(): Pattern {
    const firstGroup = this.groups;
    const inside = this.readAtom();
    const [counted, least, comma, most] = this.match(/^\{(\d+)(,?)(\d*)\}/) ?? this.match(/^[*+?]/) ?? [];
    if (counted === undefined) return inside;
    if (inside.kind !== 'character' && inside.kind !== 'group' && inside.kind !== 'reference') throw new NotRead();
    const greedy = !this.take('?');
    const range = counted === '*' ? [0, Infinity] : counted === '+' ? [1, Infinity] : counted === '?' ? [0, 1]
      : [Number(least), comma ? (most ? Number(most) : Infinity) : Number(least)];
    return { kind: 'repeat', inside, least: range[0]!, most: range[1]!, greedy, firstGroup, endGroup: this.groups };
  }

  private readAtom(): Pattern {
    if (this.take('^')) return { kind: 'start' };
    if (this.take('$')) return { kind: 'end' };
    if (this.take('\\b')) return { kind: 'boundary' };
    if (this.take('\\B')) return { kind: 'no-boundary' };
    if (this.source[this.at] === '(') return this.readGroup();
    const reference = this.match(/^\\([1-9]\d*)/) ?? this.match(/^\\k<([^>]+)>/);
    if (reference) {
      const to = reference[0].startsWith('\\k') ? reference[1]! : Number(reference[1]);
      this.references.push(to);
      return { kind: 'reference', to };
    }
    const written = this.match(/^\[(?:\\[^]|[^\]\\])*\]/) ?? (this.flags.unicode ? this.match(escapesOfUnicode) : null) ?? this.match(escapes) ?? this.match(/^[^\\*+?[(]/);
    if (!written) throw new NotRead();
    return { kind: 'character', fits: characterTest(written[0], this.flags) };
  }

  private readGroup(): Pattern {
    const [opening = '', name] = this.match(/^\((?:\?(?:[:=!]|<[=!]|<([^>]+)>))?/)!;
    // What follows is an option that not every browser knows.
    if (opening === '(' && this.source[this.at] === '?') throw new NotRead();
    const isLook = /[=!]$/.test(opening);
    const number = opening === '(' || name !== undefined ? this.groups++ : undefined;
    if (name !== undefined) {
      if (this.names.has(name) || name.includes('\\')) throw new NotRead();
      this.names.set(name, number! + 1);
    }
    const inside = this.readChoice();
    if (!this.take(')')) throw new NotRead();
    if (isLook) return { kind: 'look', inside, behind: opening.includes('<'), negated: opening.endsWith('!') };
    return { kind: 'group', number, inside };
  }

  private take(text: string): boolean {
    if (!this.source.startsWith(text, this.at)) return false;
    this.at += text.length;
    return true;
  }

  private match(expression: RegExp): RegExpMatchArray | null {
    const match = this.source.slice(this.at).match(expression);
    this.at += match?.[0].length ?? 0;
    return match;
  }
}

/** Whether one character is meant by what is written: `a`, `.`, `\d`, `[^x-z]`. */
export function characterTest(written: string, { ignoreCase, dotAll, unicode }: Flags): (character: string) => boolean {
  if (/^[a-z\d _-]$/i.test(written) && !ignoreCase) return character => character === written;
  const expression = new RegExp(`^${/^[{}\]/]$/.test(written) ? `\\${written}` : written}$`, (ignoreCase ? 'i' : '') + (dotAll ? 's' : '') + (unicode ? 'u' : ''));
  return character => expression.test(character);
}
