// Regular expressions: `exec`, `test`, and what the methods of texts find with them.
import { unknown, type Unknown } from '../../shapes/dim.ts';
import { plain } from '../primitives.ts';
import { Matcher, MatchGivenUp, type Match } from '../regexp/match.ts';
import { mostCharacters, readPattern, type RegularExpression } from '../regexp/pattern.ts';
import type { Run } from '../run.ts';
import { ArrayValue, NamespaceValue, NativeFunction, ObjectValue, Properties, UnknownValue, type NativeCall, type Value } from '../values.ts';
import { native, otherMember } from './native.ts';

export class RegExpValue extends NamespaceValue {
  readonly expression: RegularExpression | undefined;
  /** `lastIndex`, which is all that the program can write to. */
  readonly properties = new Properties();

  constructor(readonly source: string, readonly flags: string) {
    super('RegExp', property => memberOf(this, property));
    this.expression = readPattern(source, flags);
    this.properties.set('lastIndex', { value: 0 });
  }

  /** As it is written in a program. */
  get text(): string {
    return `/${this.source}/${[...this.flags].sort().join('')}`;
  }

  /** Whether it goes on where it found something the last time. */
  get remembers(): boolean {
    return this.flags.includes('g') || this.flags.includes('y');
  }
}

/** A regular expression of the program; reading one takes longer the longer it is. */
export function regularExpression(run: Run, source: string, flags: string): RegExpValue {
  run.budget.steps(Math.min(source.length, mostCharacters));
  return new RegExpValue(source, flags);
}

/** Steps for all that one call of a method looks for. */
const mostSteps = 50_000;

/** Finds as often as `look` asks, with a limit for all of it; gives why nobody can tell where that is reached. */
export function searchText<T>(run: Run, regexp: RegExpValue, text: string, call: NativeCall, look: (find: (from: number, sticky?: boolean) => Match | undefined) => T): T | Unknown {
  const { expression } = regexp;
  if (!expression) return unknown('the regular expression is not one that is evaluated', call.call);
  // A character that takes two places is one or two characters, depending on the flags.
  if (expression.flags.unicode && /[\ud800-\udfff]/.test(text)) return unknown('characters beyond the first plane are not looked for', call.call);
  let steps = 0;
  const matcher = new Matcher(expression, text, () => { if (++steps > mostSteps) throw new MatchGivenUp(); });
  try {
    return look((from, sticky = regexp.flags.includes('y')) => matcher.find(from, sticky));
  } catch (error) {
    if (!(error instanceof MatchGivenUp)) throw error;
    return unknown('the regular expression takes too many steps, or nests too deeply, to be followed', call.call);
  } finally {
    run.budget.steps(steps / 16);
  }
}

export const isGivenUp = (found: unknown): found is Unknown => typeof found === 'object' && found !== null && 'kind' in found && found.kind === 'unknown';

/** What `exec` finds, from where the expression stands; moves it on. */
export function execute(run: Run, regexp: RegExpValue, text: Value, call: NativeCall): Match | null | Unknown {
  const { properties, remembers } = regexp;
  const from = remembers ? placeIn(properties.get('lastIndex')!.value) : 0;
  const moveTo = (value: Value): void => { if (remembers) run.trail.writeKey(properties, 'lastIndex', { value }); };
  const found = typeof text === 'string' && from !== undefined
    ? searchText(run, regexp, text, call, find => (from > text.length ? undefined : find(from)))
    : unknown('what it is looked for in is not known', call.call);
  moveTo(isGivenUp(found) ? new UnknownValue(found) : found?.end ?? 0);
  return found ?? null;
}

/** What `lastIndex` means for a place. */
export function placeIn(value: Value): number | undefined {
  const index = plain(value);
  return index === null || typeof index !== 'object' ? Math.max(0, Math.trunc(Number(index)) || 0) : undefined;
}

/** A match as the program sees it. */
export function matchValue(regexp: RegExpValue, text: string, { start, end, captures }: Match): ArrayValue {
  const caught = captures.map(captured => captured && text.slice(...captured));
  const match = new ArrayValue([text.slice(start, end), ...caught]);
  const groups = groupsOf(regexp, caught);
  match.named = new ObjectValue();
  for (const [name, value] of Object.entries({ index: start, input: text, groups })) match.named.properties.set(name, { value });
  if (regexp.flags.includes('d')) match.named.properties.set('indices', { value: new UnknownValue(unknown('where the groups of a match lie is not evaluated')) });
  return match;
}

/** What groups with a name caught; undefined where there are none. */
export function groupsOf({ expression }: RegExpValue, caught: readonly (string | undefined)[]): ObjectValue | undefined {
  if (!expression || expression.names.size === 0) return undefined;
  const groups = new ObjectValue();
  for (const [name, number] of expression.names) groups.properties.set(name, { value: caught[number - 1] });
  return groups;
}

function memberOf(regexp: RegExpValue, property: string): Value {
  const { source, flags } = regexp;
  const find = (run: Run, call: NativeCall) => execute(run, regexp, textOf(call.args[0]), call);
  switch (property) {
    case 'test': return native('test', (run, call) => {
      const found = find(run, call);
      return isGivenUp(found) ? new UnknownValue(found) : found !== null;
    });
    case 'exec': return native('exec', (run, call) => {
      const found = find(run, call);
      return isGivenUp(found) ? new UnknownValue(found) : found && matchValue(regexp, textOf(call.args[0]) as string, found);
    });
    case 'lastIndex': return regexp.properties.get('lastIndex')!.value;
    case 'source': return source;
    case 'flags': return [...flags].sort().join('');
    case 'toString': return native('toString', () => regexp.text);
    default: return Object.hasOwn(flagNames, property) ? flags.includes(flagNames[property]!) : otherMember(RegExp.prototype, property, 'a regular expression');
  }
}

const flagNames: Readonly<Record<string, string>> = {
  global: 'g', ignoreCase: 'i', multiline: 'm', dotAll: 's', unicode: 'u', unicodeSets: 'v', sticky: 'y', hasIndices: 'd',
};

/** What a method takes an argument for that should be a text. */
function textOf(value: Value): Value {
  const text = plain(value);
  return text === null || typeof text !== 'object' ? String(text) : text;
}

/** `RegExp(pattern, flags)`, with or without `new`. */
export const makeRegExp = new NativeFunction('RegExp', (run, call) => {
  const [pattern, flags] = call.args.map(plain);
  if (pattern instanceof RegExpValue && flags === undefined && !call.isNew) return pattern;
  const source = pattern instanceof RegExpValue ? pattern.source : typeof pattern === 'number' ? String(pattern) : pattern ?? '';
  const given = flags ?? (pattern instanceof RegExpValue ? pattern.flags : '');
  if (pattern === null || typeof source !== 'string' || source.length > mostCharacters || typeof given !== 'string') return run.unknown('the regular expression is not known', call.call);
  try {
    // The host writes an empty pattern, a slash and the end of a line in its own manner.
    return regularExpression(run, new RegExp(source, given).source, given);
  } catch {
    return run.unknown('what is given is no regular expression', call.call);
  }
});
