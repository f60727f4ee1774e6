// `Map` and `Set`, which keep what is put in by what it is.
import { unknown } from '../../shapes/dim.ts';
import { giveUpLoop } from '../fork.ts';
import { assumeTurns, withExtent } from '../extent.ts';
import { binary } from '../operators.ts';
import { assumed, plain, sameValue, truth } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, NamespaceValue, NativeFunction, UnknownValue, filledAll, type NativeCall, type Value } from '../values.ts';
import { setElements } from './array.ts';
import { iterate, iteratorOver, outdated } from './iterators.ts';
import { callBack, native, otherMember } from './native.ts';
import { wellKnown } from './symbol.ts';

/** A map is a list of pairs of key and value, a set a list of values. */
export class CollectionValue extends NamespaceValue {
  constructor(readonly type: 'Map' | 'Set', override readonly items: ArrayValue) {
    super(type, property => memberOf(this, property));
  }

  itemKey(item: Value): Value {
    return this.type === 'Set' ? item : item instanceof ArrayValue ? item.elements[0] : undefined;
  }

  /** Whether an entry that was gone through is still at its place, so that those after it are what is left. */
  keeps(item: Value, index: number): boolean {
    const now = this.items.elements[index];
    return now === item || (this.items.elements.length > index && sameValue(plain(this.itemKey(now)), plain(this.itemKey(item))));
  }

  itemValue(item: Value): Value {
    return this.type === 'Set' ? item : item instanceof ArrayValue ? item.elements[1] : undefined;
  }
}

/** `new Map([[key, value], …])`, `new Set([value, …])`. */
export const collection = (type: 'Map' | 'Set'): NativeFunction => new NativeFunction(type, (run, call) => {
  const given = plain(call.args[0]);
  const source = iterate(run, given, call.call);
  const made = new CollectionValue(type, new ArrayValue([]));
  for (const item of source?.elements ?? (typeof given === 'string' ? given : [])) {
    const pair = plain(item);
    const key = type === 'Set' ? item : pair instanceof ArrayValue ? pair.elements[0] : new UnknownValue(unknown('an entry is not known', call.call));
    put(run, made, key, type === 'Set' || !(pair instanceof ArrayValue) ? item : pair.elements[1]);
  }
  const open = source ? source.open : given === undefined || given === null || typeof given === 'string' ? undefined : unknown('what it is made from is not known', call.call);
  if (open) lose(run, made, open);
  return withExtent(made, source?.assumedExtent);
}, new NamespaceValue(type, property => (type === 'Map' && property === 'groupBy' ? groupBy : otherMember({ Map, Set }[type], property, type))));

/** `Map.groupBy(items, item => key)`. */
const groupBy = native('groupBy', (run, call) => {
  const list = iterate(run, plain(call.args[0]), call.call);
  const made = new CollectionValue('Map', new ArrayValue([]));
  const groups: Value[][] = [];
  for (const [i, item] of filledAll(list?.elements ?? []).entries()) {
    const key = callBack(run, call.args[1], [item, i], call);
    const index = find(run, made, key);
    if (index === undefined) return run.unknown('the group of an item is not known', call.call);
    if (index >= 0) groups[index]!.push(item);
    else {
      groups.push([item]);
      put(run, made, key, undefined);
    }
  }
  for (const [i, group] of groups.entries()) put(run, made, made.itemKey(made.items.elements[i]), new ArrayValue(group));
  return list && !list.open ? made : run.unknown('the items are not known', call.call);
});

function memberOf(target: CollectionValue, property: string): Value {
  const { items } = target;
  /** What may be otherwise if there are other entries. */
  const resting = (value: Value): Value => (items.assumedExtent === undefined ? value : assumed(value, items.assumedExtent));
  switch (property) {
    case 'size': return items.open ? new UnknownValue(items.open) : resting(items.elements.length);
    case 'set':
    case 'add': return native(property, (run, { args }) => { put(run, target, args[0], property === 'set' ? args[1] : args[0]); return target; });
    case 'get': return native('get', (run, call) => {
      const index = find(run, target, call.args[0]);
      return index === undefined ? notKnown(target, call) : resting(index < 0 ? undefined : target.itemValue(items.elements[index]));
    });
    case 'has': return native('has', (run, call) => {
      const index = find(run, target, call.args[0]);
      return index === undefined ? notKnown(target, call) : resting(index >= 0);
    });
    case 'delete': return native('delete', (run, call) => {
      const index = find(run, target, call.args[0]);
      if (index === undefined) {
        lose(run, target, unknown('which entry is taken out is not known', call.call));
        return notKnown(target, call);
      }
      if (index >= 0) run.trail.write(items, 'elements', items.elements.filter((_, i) => i !== index));
      return resting(index >= 0);
    });
    case 'clear': return native('clear', run => {
      run.trail.write(items, 'elements', []);
      run.trail.write(items, 'open', undefined);
      return undefined;
    });
    case 'forEach': return native('forEach', (run, call) => {
      assumeTurns(run, target);
      for (let i = 0; i < items.elements.length; i++) {
        const item = items.elements[i];
        callBack(run, call.args[0], [target.itemValue(item), target.itemKey(item), target], call);
        if (target.keeps(item, i)) continue;
        const nothing = new UnknownValue(outdated);
        giveUpLoop(run, () => { callBack(run, call.args[0], [nothing, nothing, target], call); return undefined; }, outdated);
        break;
      }
      return undefined;
    });
    case 'keys': return native('keys', () => iteratorOver(items, item => target.itemKey(item)));
    case 'values': return native('values', () => iteratorOver(items, item => target.itemValue(item)));
    case 'entries': return native('entries', () => iteratorOver(items, item => new ArrayValue([target.itemKey(item), target.itemValue(item)])));
    case wellKnown.iterator.key: return native('[Symbol.iterator]', () => iteratorOver(items));
    default: return undefined;
  }
}

const notKnown = ({ items }: CollectionValue, call: NativeCall): UnknownValue => new UnknownValue(items.open ?? unknown('which entry this is is not known', call.call));

/** The index of a key, -1 where it certainly is none, undefined where nobody can tell. */
function find(run: Run, target: CollectionValue, key: Value): number | undefined {
  run.budget.steps(target.items.elements.length);
  for (const [i, item] of target.items.elements.entries()) {
    const known = target.itemKey(item);
    // As in JavaScript, NaN is the same key as itself.
    const same = sameValue(plain(known), plain(key)) || truth(binary(run, '===', known, key));
    if (same !== false) return same ? i : undefined;
  }
  return target.items.open ? undefined : -1;
}

function put(run: Run, target: CollectionValue, key: Value, value: Value): void {
  const { items } = target;
  const index = find(run, target, key);
  const item = target.type === 'Set' ? value : new ArrayValue([key, value]);
  if (index === undefined) lose(run, target, items.open ?? unknown('whether it has such an entry already is not known'));
  else if (index >= 0) run.trail.write(items, 'elements', items.elements.map((element, i) => (i === index ? item : element)));
  else setElements(run, items, [...items.elements, item]);
}

/** A change that may concern any entry. */
function lose({ trail }: Run, { items }: CollectionValue, open: UnknownValue['reason']): void {
  trail.write(items, 'elements', []);
  trail.write(items, 'open', items.open ?? open);
}
