// What an object has itself, in JavaScript's order: what listings go through and copies take over.
import type { Unknown } from '../shapes/dim.ts';
import type { Spanned } from '../syntax/place.ts';
import type { Location } from '../text/location.ts';
import type { Permission } from './integrity.ts';
import { indexOfKey } from './primitives.ts';
import type { Run } from './run.ts';
import { HoleValue, ObjectValue, PrototypeValue, UnknownValue, isSymbolKey, type ArrayValue, type PropertyValue, type Value } from './values.ts';

/** What is certainly there, in order, and why there may be more behind it. */
export interface Listing<T> {
  readonly certain: readonly T[];
  readonly open: Unknown | undefined;
}

type Named = readonly [key: string, property: PropertyValue];

/** Whole numbers by size, then the other texts as they were added. */
function inOrder(run: Run, { properties }: ObjectValue): Named[] {
  run.budget.steps(properties.size / 32);
  const named = [...properties].filter(([key]) => !key.startsWith('#') && !isSymbolKey(key));
  const isIndex = ([key]: Named): boolean => indexOfKey(key) !== undefined;
  return [...named.filter(isIndex).sort(([a], [b]) => Number(a) - Number(b)), ...named.filter(entry => !isIndex(entry))];
}

/** What comes behind a property that may not be listed has no certain place. */
function upToDoubt(object: ObjectValue, named: readonly Named[], isListed: (property: PropertyValue) => Permission): Listing<Named> {
  const certain: Named[] = [];
  for (const entry of named) {
    const listed = isListed(entry[1]);
    if (typeof listed === 'object') return { certain, open: object.open ?? listed };
    if (listed) certain.push(entry);
  }
  return { certain, open: object.open };
}

const isEnumerable = ({ enumerable = true, uncertain }: PropertyValue): Permission => (enumerable === false ? false : uncertain ?? enumerable);

/** What `Object.keys` gives. */
export function listedNames(run: Run, object: ObjectValue): Listing<string> {
  const { certain, open } = upToDoubt(object, inOrder(run, object), isEnumerable);
  return { certain: certain.map(([key]) => key), open };
}

/** The indices at which a list holds something, and the names of what it has besides. */
export function namesOfList(run: Run, { elements, named, open }: ArrayValue): Listing<string> {
  run.budget.steps(elements.length / 32);
  const indices = [...elements.keys()].filter(i => !(elements[i] instanceof HoleValue)).map(String);
  if (!(named instanceof ObjectValue)) return { certain: indices, open: open ?? named?.reason };
  const own = listedNames(run, named);
  return { certain: [...indices, ...own.certain], open: open ?? own.open };
}

/** The same with what each property is read as. */
export function listedProperties(run: Run, object: ObjectValue, node: Spanned | Location): Listing<readonly [string, Value]> {
  const { certain, open } = upToDoubt(object, inOrder(run, object), isEnumerable);
  return { certain: certain.map(([key, property]) => [key, valueOf(run, object, key, property, node)] as const), open };
}

/** What `Object.getOwnPropertyNames` gives. */
export function allNames(run: Run, object: ObjectValue): Listing<string> {
  const { certain, open } = upToDoubt(object, inOrder(run, object), ({ uncertain }) => uncertain ?? true);
  const names = certain.map(([key]) => key);
  // Every prototype has its class or function, without the program's doing.
  return { certain: object instanceof PrototypeValue && !object.properties.has('constructor') ? ['constructor', ...names] : names, open };
}

const nothing = (): boolean => false;

/** What a copy takes over: the values, and not how they are read or what is permitted. One that may be missing says so. */
export function copiedProperties(run: Run, object: ObjectValue, node: Spanned | Location, isLeftOut: (key: string) => boolean = nothing): Named[] {
  const copied: Named[] = [];
  const symbols = [...object.properties].filter(([key]) => isSymbolKey(key));
  for (const [key, property] of [...inOrder(run, object), ...symbols]) {
    const listed = isEnumerable(property);
    if (listed === false || isLeftOut(key)) continue;
    const { at } = property;
    copied.push([key, { value: valueOf(run, object, key, property, node), ...(at && { at }), ...(listed !== true && { uncertain: listed }) }]);
  }
  return copied;
}

const valueOf = (run: Run, object: ObjectValue, key: string, { value, getter }: PropertyValue, node: Spanned | Location): Value =>
  (getter ? run.interpreter.member(run, object, key, run.at(node)) : value instanceof UnknownValue ? value.tensor ?? value : value);

/** What `for (key in object)` goes through: also what the object inherits. */
export function enumerableNames(run: Run, object: ObjectValue): Listing<string> {
  const seen = new Set<string>();
  const certain: string[] = [];
  let link: ObjectValue['prototype'] = object;
  for (let depth = 0; link instanceof ObjectValue && depth < 100; link = link.prototype, depth++) {
    const own = upToDoubt(link, inOrder(run, link).filter(([key]) => !seen.has(key)), isEnumerable);
    for (const [key] of own.certain) certain.push(key);
    if (own.open) return { certain, open: own.open };
    // What is not listed hides what is inherited all the same.
    for (const key of link.properties.keys()) seen.add(key);
  }
  return { certain, open: link instanceof UnknownValue ? link.reason : undefined };
}
