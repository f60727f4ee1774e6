// Where an object has from what it does not have itself: prototypes, and `instanceof`.
import { unknown, type Unknown } from '../shapes/dim.ts';
import { wellKnown } from './builtins/symbol.ts';
import { TypedArrayValue, typedArrays } from './builtins/typed-arrays.ts';
import { describe, plain } from './primitives.ts';
import { ArrayValue, ClassValue, FunctionValue, LayerValue, ModelValue, NamespaceValue, NativeFunction, ObjectValue, PrototypeValue, TensorValue, UnknownValue, type PropertyValue, type Value } from './values.ts';

interface Found {
  readonly found: PropertyValue | undefined;
  /** The object that has it. */
  readonly holder: ObjectValue | undefined;
  /** What the last of the prototypes has its own from: nothing, or an unknown. */
  readonly root: UnknownValue | undefined;
}

/** A property of the object itself or of a prototype. */
export function findProperty(object: ObjectValue, property: string): Found {
  let found = object.properties.get(property);
  let holder = found && object;
  let root = object.prototype;
  let open: Unknown | undefined;
  for (let depth = 0; root instanceof ObjectValue; root = root.prototype) {
    const inherited: PropertyValue | undefined = root.properties.get(property);
    if (inherited && found?.uncertain) found = eitherProperty(found.uncertain, property, found, inherited);
    else if (inherited && !found) [found, holder] = [inherited, root];
    open ??= root.open;
    // Of prototypes that change in a loop one can be its own.
    if (++depth > mostPrototypes) return { found, holder, root: new UnknownValue(unknown('the prototypes are too many to be followed')) };
  }
  return { found, holder, root: root ?? (open && new UnknownValue(open)) };
}

/** What is its own or inherited, and nobody can tell which. */
function eitherProperty(uncertain: Unknown, property: string, ...either: readonly PropertyValue[]): PropertyValue {
  const isRestricted = either.some(({ getter, setter, writable }) => getter !== undefined || setter !== undefined || writable !== undefined);
  return { value: new UnknownValue(uncertain, property), uncertain, ...(isRestricted ? { writable: uncertain } : {}) };
}

/** A static member of a class or of one that it extends. */
export function findStatic(cls: ClassValue, property: string): { readonly found: PropertyValue | undefined; readonly holder: ClassValue | undefined; readonly open: Unknown | undefined } {
  let open: Unknown | undefined;
  for (let holder: Value = cls; holder instanceof ClassValue; holder = holder.superclass) {
    const found = holder.statics.get(property);
    if (found) return { found, holder, open };
    open ??= holder.open;
  }
  return { found: undefined, holder: undefined, open };
}

const mostPrototypes = 100;

/** What objects that a class or function makes have their methods from. */
export function prototypeOf(maker: ClassValue | FunctionValue): ObjectValue | UnknownValue {
  if (maker instanceof ClassValue) return maker.prototype;
  const set = maker.properties.get('prototype');
  if (!set) return maker.prototype;
  const value = plain(set.value);
  return value instanceof ObjectValue ? value : new UnknownValue(unknown('the prototype is not known'));
}

/** What the prototype of a class has for its own prototype. */
export function inheritedPrototype(superclass: Value): ObjectValue | UnknownValue | undefined {
  const parent = plain(superclass);
  if (parent === undefined || parent === null) return undefined;
  if (parent instanceof ClassValue || parent instanceof FunctionValue) return prototypeOf(parent);
  return parent instanceof UnknownValue ? parent : new UnknownValue(unknown(`what it has from ${parent instanceof NativeFunction ? parent.name : describe(parent)} is not followed`));
}

/** The class or function that made an object, as its `constructor` says; undefined where that is not the program's. */
export function constructorOf(object: ObjectValue): ClassValue | FunctionValue | undefined {
  let link: ObjectValue['prototype'] = object;
  for (let depth = 0; link instanceof ObjectValue && depth < mostPrototypes; link = link.prototype, depth++) {
    if (link.open) return undefined;
    if (link instanceof PrototypeValue) return link.maker;
  }
  return undefined;
}

/** Whether `left instanceof right`; undefined where nobody can tell. */
export function isInstanceOf(left: Value, right: Value): boolean | undefined {
  if (right instanceof NativeFunction) return right.name in modelClasses ? isModelOf(left, modelClasses[right.name]!) : isOfLanguage(left, right.name);
  if (!(right instanceof ClassValue || right instanceof FunctionValue)) return undefined;
  // A class can say itself what its instances are.
  for (let cls: Value = right; cls instanceof ClassValue; cls = cls.superclass) if (cls.statics.has(wellKnown.hasInstance.key)) return undefined;
  if (left === null || typeof left !== 'object') return false;
  if (!(left instanceof ObjectValue)) return undefined;
  const wanted = prototypeOf(right);
  let link = left.prototype;
  for (let depth = 0; link instanceof ObjectValue && depth < mostPrototypes; link = link.prototype, depth++) if (link === wanted) return true;
  return link === undefined && !left.open && wanted instanceof ObjectValue ? false : undefined;
}

/** What `tf.model` and `tf.sequential` make are objects of these classes. */
const modelClasses: Readonly<Record<string, readonly ModelValue['type'][]>> = { 'tf.Sequential': ['sequential'], 'tf.LayersModel': ['sequential', 'model'] };

function isModelOf(left: Value, types: readonly ModelValue['type'][]): boolean | undefined {
  if (left === null || typeof left !== 'object') return false;
  const model = left instanceof ObjectValue ? left.model : left;
  if (model instanceof ModelValue) return types.includes(model.type);
  if (left instanceof ObjectValue) return left.prototype === undefined && !left.open ? false : undefined;
  return left instanceof LayerValue || left instanceof TensorValue || left instanceof ArrayValue || left instanceof FunctionValue ? false : undefined;
}

/** The same for what the language itself has classes for. */
function isOfLanguage(left: Value, name: string): boolean | undefined {
  if (left === null || typeof left !== 'object') return false;
  const kinds = left instanceof TypedArrayValue ? [left.type, 'Object'] : left instanceof ArrayValue ? ['Array', 'Object'] : left instanceof FunctionValue || left instanceof ClassValue ? ['Function', 'Object']
    : left instanceof NamespaceValue && ['Map', 'Set', 'RegExp'].includes(left.name) ? [left.name, 'Object'] : undefined;
  return kinds && (name in typedArrays || ['Array', 'Object', 'Map', 'Set', 'RegExp'].includes(name)) ? kinds.includes(name) : undefined;
}
