// The methods of texts that look for a pattern: `match`, `matchAll`, `search`, `replace`, `replaceAll`, `split`.
import { unknown, type Unknown } from '../../shapes/dim.ts';
import { plain } from '../primitives.ts';
import type { Match } from '../regexp/match.ts';
import type { Run } from '../run.ts';
import { textOf } from '../to-primitive.ts';
import { ArrayValue, FunctionValue, NativeFunction, UnknownValue, type NativeCall, type Value } from '../values.ts';
import { limited } from './array-callbacks.ts';
import { IteratorValue } from './iterators.ts';
import { callBack, native } from './native.ts';
import { execute, groupsOf, isGivenUp, matchValue, placeIn, RegExpValue, regularExpression, searchText } from './regexp.ts';

type Search = (run: Run, text: string, regexp: RegExpValue, call: NativeCall) => Value;

const notKnown = (run: Run, name: string, call: NativeCall): Value => run.unknown(`${name} of a text that is not known`, call.call);

const search = (name: string, body: Search): [string, NativeFunction] => [name, native(name, (run, call) => {
  const [text, pattern] = [plain(call.thisValue), plain(call.args[0])];
  const regexp = pattern === null || typeof pattern !== 'object' ? regularExpression(run, String(pattern ?? ''), name === 'matchAll' ? 'g' : '') : pattern;
  return typeof text === 'string' && regexp instanceof RegExpValue ? body(run, text, regexp, call) : notKnown(run, name, call);
})];

export const searchMethods: Readonly<Record<string, NativeFunction>> = Object.fromEntries([
  search('match', (run, text, regexp, call) => {
    if (!regexp.flags.includes('g')) {
      const found = execute(run, regexp, text, call);
      return isGivenUp(found) ? new UnknownValue(found) : found && matchValue(regexp, text, found);
    }
    const found = findAllFromStart(run, text, regexp, call);
    if (isGivenUp(found)) return new UnknownValue(found);
    return found.length === 0 ? null : limited(run, found.map(({ start, end }) => text.slice(start, end)));
  }),
  search('matchAll', (run, text, regexp, call) => {
    const from = placeIn(regexp.properties.get('lastIndex')!.value);
    const found = regexp.flags.includes('g') && from !== undefined ? findAll(run, text, regexp, call, from) : unknown('what matchAll finds is not known', call.call);
    return isGivenUp(found) ? new IteratorValue(new ArrayValue([], found)) : new IteratorValue(limited(run, found.map(match => matchValue(regexp, text, match))));
  }),
  search('search', (run, text, regexp, call) => {
    const found = searchText(run, regexp, text, call, find => find(0));
    return isGivenUp(found) ? new UnknownValue(found) : found?.start ?? -1;
  }),
]);

/** Whether the host may take too long to look for a part: it compares each of its characters with each of the text, at worst. */
export const isLongSearch = (text: string, part: string): boolean => text.length * part.length > mostComparisons;

const mostComparisons = 2_000_000;

/** Every match from a place on. */
function findAll(run: Run, text: string, regexp: RegExpValue, call: NativeCall, from: number): readonly Match[] | Unknown {
  return searchText(run, regexp, text, call, find => {
    const matches: Match[] = [];
    for (let at = from; at <= text.length;) {
      const found = find(at);
      if (!found) break;
      matches.push(found);
      at = found.end > found.start ? found.end : found.end + 1;
    }
    return matches;
  });
}

/** Every match of a text, after which the regular expression starts from the beginning the next time. */
function findAllFromStart(run: Run, text: string, regexp: RegExpValue, call: NativeCall): readonly Match[] | Unknown {
  run.trail.writeKey(regexp.properties, 'lastIndex', { value: 0 });
  return findAll(run, text, regexp, call, 0);
}

/** `replace` and `replaceAll`, by a text or by what a function gives. */
export const replace = (name: 'replace' | 'replaceAll'): NativeFunction => native(name, (run, call) => {
  const [text, pattern, by] = [plain(call.thisValue), plain(call.args[0]), plain(call.args[1])];
  if (typeof text !== 'string' || (pattern !== null && typeof pattern === 'object' && !(pattern instanceof RegExpValue))) return notKnown(run, name, call);
  if (!(pattern instanceof RegExpValue) && isLongSearch(text, String(pattern))) return notKnown(run, name, call);
  run.budget.steps(text.length / 16);
  const found = pattern instanceof RegExpValue ? matchesOf(run, text, pattern, call, name) : occurrences(text, String(pattern), name === 'replaceAll');
  if (isGivenUp(found)) return new UnknownValue(found);
  let [result, from] = ['', 0];
  for (const match of found) {
    const written = replacement(run, text, pattern, match, by, call);
    if (typeof written !== 'string') return written;
    result += text.slice(from, match.start) + written;
    from = match.end;
    run.budget.steps(written.length / 16);
    if (result.length > run.budget.limits.characters) return run.unknown('the text gets too long to be followed', call.call);
  }
  return result + text.slice(from);
});

function matchesOf(run: Run, text: string, regexp: RegExpValue, call: NativeCall, name: string): readonly Match[] | Unknown {
  if (regexp.flags.includes('g')) return findAllFromStart(run, text, regexp, call);
  if (name === 'replaceAll') return unknown('replaceAll throws for a regular expression that finds one place only', call.call);
  const found = execute(run, regexp, text, call);
  return isGivenUp(found) ? found : found ? [found] : [];
}

function occurrences(text: string, part: string, all: boolean): Match[] {
  const found: Match[] = [];
  for (let start = text.indexOf(part); start >= 0; start = text.indexOf(part, start + Math.max(1, part.length))) {
    found.push({ start, end: start + part.length, captures: [] });
    // An empty text is found at the very end as well, and then again and again.
    if (!all || start >= text.length) break;
  }
  return found;
}

function replacement(run: Run, text: string, pattern: Value, { start, end, captures }: Match, by: Value, call: NativeCall): Value {
  const matched = text.slice(start, end);
  const caught = captures.map(captured => captured && text.slice(...captured));
  const groups = pattern instanceof RegExpValue ? groupsOf(pattern, caught) : undefined;
  if (by instanceof FunctionValue || by instanceof NativeFunction) {
    return textOf(run, callBack(run, by, [matched, ...caught, start, text, ...(groups ? [groups] : [])], call));
  }
  if (by !== null && typeof by === 'object') return notKnown(run, 'replace', call);
  const template = String(by);
  // Each `$` may put in the whole text.
  if ((template.split('$').length - 1) * text.length > run.budget.limits.characters) return run.unknown('the text gets too long to be followed', call.call);
  return expand(template, text, { start, end, captures }, caught, groups && pattern instanceof RegExpValue ? pattern : undefined);
}

/** `$1`, `$<name>`, `$&` and their like in a text that is put in. */
function expand(template: string, text: string, { start, end }: Match, caught: readonly (string | undefined)[], named: RegExpValue | undefined): string {
  return template.replace(/\$(?:([$&`'])|(\d\d?)|<([^>]*)>)/g, (whole: string, sign?: string, digits?: string, name?: string) => {
    if (sign !== undefined) return sign === '$' ? '$' : sign === '&' ? text.slice(start, end) : sign === '`' ? text.slice(0, start) : text.slice(end);
    if (name !== undefined) return named ? caught[(named.expression!.names.get(name) ?? 0) - 1] ?? '' : whole;
    const isGroup = (number: number): boolean => number >= 1 && number <= caught.length;
    if (isGroup(Number(digits))) return caught[Number(digits) - 1] ?? '';
    const first = Number(digits![0]);
    return digits!.length === 2 && isGroup(first) ? `${caught[first - 1] ?? ''}${digits![1]}` : whole;
  });
}

/** `split` at every match. */
export function splitAt(run: Run, text: string, regexp: RegExpValue, limit: Value, call: NativeCall): Value {
  if (limit !== null && typeof limit === 'object') return notKnown(run, 'split', call);
  const parts = searchText(run, regexp, text, call, find => {
    if (text === '') return find(0, true) ? [] : [text];
    const found: (string | undefined)[] = [];
    let from = 0;
    for (let at = 0; at < text.length;) {
      const match = find(at, true);
      if (!match || match.end === from) at++;
      else {
        found.push(text.slice(from, at), ...match.captures.map(captured => captured && text.slice(...captured)));
        at = from = match.end;
      }
    }
    return [...found, text.slice(from)];
  });
  return isGivenUp(parts) ? new UnknownValue(parts) : limited(run, parts.slice(0, limit === undefined ? undefined : Number(limit) >>> 0));
}
