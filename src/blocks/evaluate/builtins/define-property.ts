// `Object.defineProperty` and its relatives.
import { unknown } from '../../shapes/dim.ts';
import { assumeNotOverwritten } from '../assumptions.ts';
import { joinIntegrity, levels, namesOfAttributes, permits, raised, type Attributes, type Permission } from '../integrity.ts';
import { holderOf, mayChange, mayDelete, ownProperties, writeMember, type Holder } from '../member-writes.ts';
import { indexOfKey, keyOf, plain, sameValue, truth } from '../primitives.ts';
import { mayThrow, writeIfPermitted } from '../refused-writes.ts';
import type { Run } from '../run.ts';
import { ArrayValue, FunctionValue, ObjectValue, PrototypeValue, UnionValue, UnknownValue, type NativeCall, type Properties, type PropertyValue, type Value } from '../values.ts';

/** `Object.getOwnPropertyDescriptor(object, key)`. */
export function propertyDescriptor(run: Run, call: NativeCall): Value {
  const [holder, key] = [holderOf(plain(call.args[0])), keyOf(call.args[1])];
  const own = holder && key !== undefined ? ownProperties(holder).get(key) : undefined;
  if (holder && own) return descriptorOf(holder, own) ?? run.unknown('how the property is defined is not known', call.call);
  const isMissing = key !== undefined && holder instanceof ObjectValue && !holder.open && !(holder instanceof PrototypeValue && key === 'constructor');
  return isMissing ? undefined : run.unknown('whether it has this property is not known', call.call);
}

export function defineProperties(run: Run, target: Value, descriptors: Value, call: NativeCall): void {
  if (descriptors === undefined) return;
  if (!(descriptors instanceof ObjectValue) || descriptors.open) defineProperty(run, target, undefined, undefined, call);
  else for (const [key, { value }] of descriptors.properties) defineProperty(run, target, key, plain(value), call);
}

export function defineProperty(run: Run, target: Value, key: string | undefined, descriptor: Value, call: NativeCall): void {
  const holder = holderOf(target);
  if (target instanceof ArrayValue) defineOnList(run, target, key, descriptor, call);
  if (!holder) {
    if (target instanceof UnknownValue) mayThrow(run);
    return;
  }
  const own = key === undefined ? undefined : ownProperties(holder).get(key);
  const property = descriptor instanceof ObjectValue && !descriptor.open && !own?.uncertain ? described(descriptor.properties, own && effective(holder, own)) : undefined;
  if (key === undefined || !property) {
    loseProperty(run, holder, key, call);
    return;
  }
  const permission = own ? mayRedefine(effective(holder, own), property) : permits(holder.integrity, levels.closed);
  writeIfPermitted(run, permission, () => { run.trail.writeKey(ownProperties(holder), key, { ...property, at: call.call }); }, { always: true });
}

/** A property with what is permitted for it when the object around it is asked as well. */
const effective = (holder: Holder, own: PropertyValue): PropertyValue => ({ ...own, writable: mayChange(holder, own), configurable: mayDelete(holder, own) });

/** What a descriptor makes of a property, or of none; undefined where that is not known. */
function described(descriptor: Properties, own: PropertyValue | undefined): PropertyValue | undefined {
  if ([...descriptor.values()].some(({ getter, uncertain }) => getter !== undefined || uncertain !== undefined)) return undefined;
  const attributes: { -readonly [attribute in keyof Attributes]: Permission } = {};
  for (const name of namesOfAttributes) {
    const given = descriptor.get(name);
    // What was computed until now is not writable unless that is said.
    const before = own && !(name === 'writable' && isAccessorProperty(own)) ? own[name] ?? true : false;
    const permission = given ? truth(given.value) : before;
    if (permission === undefined) return undefined;
    if (permission !== true) attributes[name] = permission;
  }
  const isAccessor = descriptor.has('get') || descriptor.has('set') || (own !== undefined && isAccessorProperty(own) && !descriptor.has('value') && !descriptor.has('writable'));
  if (!isAccessor) return { value: descriptor.has('value') ? descriptor.get('value')!.value : own?.value, ...attributes };
  const [getter, setter] = [descriptor.has('get') ? plain(descriptor.get('get')!.value) : own?.getter, descriptor.has('set') ? plain(descriptor.get('set')!.value) : own?.setter];
  if (!isAccessorFunction(getter) || !isAccessorFunction(setter)) return undefined;
  delete attributes.writable;
  return { value: undefined, ...(getter && { getter }), ...(setter && { setter }), ...attributes };
}

const isAccessorFunction = (value: Value): value is FunctionValue | undefined => value === undefined || value instanceof FunctionValue;
const isAccessorProperty = ({ getter, setter }: PropertyValue): boolean => getter !== undefined || setter !== undefined;

/** What is not configurable can only be defined as what it is, except for another value where that may be written. */
function mayRedefine(own: PropertyValue, property: PropertyValue): Permission {
  const { configurable = true } = own;
  if (configurable === true) return true;
  const isSameKind = isAccessorProperty(own) === isAccessorProperty(property) && own.getter === property.getter && own.setter === property.setter;
  const staysAsItIs = (property.configurable ?? true) === configurable && (property.enumerable ?? true) === (own.enumerable ?? true);
  if (!isSameKind || !staysAsItIs) return configurable;
  if (isAccessorProperty(own)) return true;
  const { writable = true } = own;
  if (writable === true) return true;
  const isSame = (property.writable ?? true) === writable ? isSameValue(own.value, property.value) : false;
  return isSame === undefined ? unknown('whether this is the value that it has is not known') : isSame || (configurable === false ? writable : configurable);
}

function isSameValue(first: Value, second: Value): boolean | undefined {
  const [a, b] = [plain(first), plain(second)];
  if (sameValue(a, b)) return true;
  return a instanceof UnknownValue || b instanceof UnknownValue || a instanceof UnionValue || b instanceof UnionValue ? undefined : false;
}

/** Where what is defined is not known: the property may be anything, and may be read-only. */
function loseProperty(run: Run, holder: Holder, key: string | undefined, call: NativeCall): void {
  const reason = unknown('a property is defined that is not followed', call.call);
  mayThrow(run);
  if (permits(holder.integrity, levels.frozen) === false) return;
  if (key !== undefined) run.trail.writeKey(ownProperties(holder), key, { value: new UnknownValue(reason, key), writable: reason, configurable: reason, enumerable: reason });
  else {
    if (holder instanceof ObjectValue) assumeNotOverwritten(run, holder);
    run.trail.write(holder, 'open', holder.open ?? reason);
  }
}

/** What an element permits is not followed: from here on each may refuse what is written to it. */
function defineOnList(run: Run, list: ArrayValue, key: string | undefined, descriptor: Value, call: NativeCall): void {
  const reason = unknown('an element is defined that is not followed', call.call);
  if (key !== undefined && key !== 'length' && indexOfKey(key) === undefined) {
    if (!list.named) run.trail.write(list, 'named', new ObjectValue());
    defineProperty(run, list.named, key, descriptor, call);
    return;
  }
  const properties = descriptor instanceof ObjectValue && !descriptor.open ? descriptor.properties : undefined;
  const value = properties?.has('value') && !properties.has('get') ? properties.get('value')!.value : new UnknownValue(reason);
  if (key !== undefined && (key !== 'length' || properties?.has('value'))) writeMember(run, list, key, value, call.call, { always: true });
  else if (key === undefined) run.trail.write(list, 'elements', list.elements.map(() => new UnknownValue(reason)));
  if (!properties || !namesOfAttributes.every(name => truth(properties.get(name)?.value))) {
    if (!list.named) run.trail.write(list, 'named', new ObjectValue());
    run.trail.write(list, 'integrity', joinIntegrity(list.integrity, raised(list.integrity, levels.frozen), reason));
  }
}

function descriptorOf(holder: Holder, own: PropertyValue): ObjectValue | undefined {
  const { value, getter, setter, uncertain, enumerable = true, configurable, writable } = effective(holder, own);
  const isAccessor = isAccessorProperty(own);
  const known = [enumerable, configurable, ...(isAccessor ? [] : [writable])].every(permission => typeof permission === 'boolean');
  if (!known || uncertain) return undefined;
  const descriptor = new ObjectValue();
  const fields = isAccessor ? { get: getter, set: setter, enumerable, configurable } : { value, writable, enumerable, configurable };
  for (const [name, field] of Object.entries(fields)) descriptor.properties.set(name, { value: field as Value });
  return descriptor;
}
