// `Symbol`: keys that nobody else has.
import { birth } from '../birth.ts';
import { plain } from '../primitives.ts';
import { NamespaceValue, NativeFunction, SymbolValue, type Value } from '../values.ts';
import { native, otherMember } from './native.ts';

const named = (name: string): SymbolValue => new SymbolValue(`Symbol.${name}`, `Symbol.${name}`);

/** Those that the interpreter itself asks objects for. */
export const wellKnown = {
  iterator: named('iterator'), asyncIterator: named('asyncIterator'), hasInstance: named('hasInstance'), toPrimitive: named('toPrimitive'), toStringTag: named('toStringTag'),
};

const others: ReadonlySet<string> = new Set(['species', 'isConcatSpreadable', 'match', 'matchAll', 'replace', 'search', 'split', 'unscopables', 'dispose', 'asyncDispose']);

export function symbolMember(value: SymbolValue, property: string): Value {
  switch (property) {
    case 'description': return value.description;
    case 'toString': return native('toString', () => nameOf(value));
    case 'valueOf': return native('valueOf', () => value);
    default: return otherMember(Symbol.prototype, property, 'a symbol');
  }
}

/** `Symbol(kind)`. */
export const nameOf = ({ description }: SymbolValue): string => `Symbol(${description ?? ''})`;

export const symbol = new NativeFunction('Symbol', (run, call) => {
  const [description] = call.args.map(plain);
  return description === undefined || typeof description === 'string' ? new SymbolValue(description, `${description ?? ''}\0${birth()}`) : run.unknown('the symbol is not known', call.call);
}, new NamespaceValue('Symbol', property => {
  if (property === 'for') return registered;
  if (property === 'keyFor') return keyFor;
  return Object.hasOwn(wellKnown, property) ? wellKnown[property as keyof typeof wellKnown] : others.has(property) ? named(property) : undefined;
}));

/** The same symbol for the same text. */
const registered = native('for', (run, call) => {
  const [name] = call.args.map(plain);
  return typeof name === 'string' ? new SymbolValue(name, `${name}\0for`) : run.unknown('the symbol is not known', call.call);
});

/** The text that `Symbol.for` has made a symbol for. */
const keyFor = native('keyFor', (run, call) => {
  const value = plain(call.args[0]);
  if (!(value instanceof SymbolValue)) return run.unknown('the symbol is not known', call.call);
  return value.key.endsWith('\0for') ? value.description : undefined;
});
