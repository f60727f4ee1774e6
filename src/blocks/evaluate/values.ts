// The values that the interpreter computes with: JavaScript's own primitives, objects that mirror JavaScript's, and what is not
// known; `tensorflow/values.ts` has the layers, tensors and models.
import { unknown, type Unknown, type SymbolicDim } from '../shapes/dim.ts';
import type { ClassNode, FunctionNode } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { birth } from './birth.ts';
import type { Attributes as PropertyAttributes, Integrity } from './integrity.ts';
import type { Run } from './run.ts';
import type { Scope } from './scope.ts';
import type { LayerValue, ModelValue, TensorValue } from './tensorflow/values.ts';

export { CustomLayerValue, LayerValue, ModelValue, TensorValue, type ModelPart } from './tensorflow/values.ts';

export type Value =
  | undefined | null | boolean | number | string
  | SymbolicDim | RatioValue | SymbolValue | BigIntValue | UnknownValue | UnionValue | AssumedValue
  | ObjectValue | ArrayValue | FunctionValue | NativeFunction | ClassValue | NamespaceValue
  | LayerValue | TensorValue | ModelValue;

/** Of what a program puts in the place of something unknown, more are not kept. */
const mostPossible = 64;

/** A value that nobody can tell before the program runs. Each evaluation of such an expression is an unknown of its own. */
export class UnknownValue {
  readonly kind = 'unknown-value';
  readonly born = birth();
  /** The tensor that it turned out to be when a layer was applied to it. */
  tensor: TensorValue | undefined = undefined;
  /** All that it can be, where that is known: objects of different kinds, between which a condition decides. */
  oneOf: readonly Value[] | undefined = undefined;
  /** Whether it is true or false and nothing else, as what a comparison gives; set on few. */
  declare isBoolean: true | undefined;
  private members: Map<string, UnknownValue> | undefined = undefined;
  /** What it was read from in the end: `tfvis` for `tfvis.show.modelSummary`. */
  private root: string | undefined = undefined;

  constructor(
    readonly reason: Unknown,
    /** As the source calls it: what a dim made from it is named. */
    readonly name?: string,
    /** The declared type, where the source gives one. */
    readonly type?: string,
    /** It is what a caller would pass to a function that nobody calls, so that a default can stand in for it. */
    readonly argument = false,
  ) {
    this.root = name;
  }

  get rootName(): string | undefined {
    return this.root;
  }

  /** What this gives when it is called: it comes from the same root. */
  result(reason: Unknown, name: string | undefined): UnknownValue {
    const result = new UnknownValue(reason, name);
    result.root = this.root;
    return result;
  }

  /** The program has put an object there: what is done to this may be done to it. */
  addPossible(value: Value): void {
    const others = this.oneOf ?? [new UnknownValue(this.reason, this.name)];
    if (others.length < mostPossible) this.oneOf = [...others, value];
  }

  /** Whether the program has put an object into it, or into what it has. */
  get holdsObjects(): boolean {
    if (this.oneOf) return true;
    for (const member of this.members?.values() ?? []) if (member.holdsObjects) return true;
    return false;
  }

  /** Another value has been put there, which is no object that has to be found again. */
  forget(property: string): void {
    if (!this.members?.get(property)?.holdsObjects) this.members?.delete(property);
  }

  /** One that has been asked for before. */
  ownMember(property: string): UnknownValue | undefined {
    return this.members?.get(property);
  }

  /** The same property of the same unknown is the same unknown. */
  member(property: string): UnknownValue {
    let member = this.members?.get(property);
    if (!member) {
      // `config.units` is best called `units`, but `labels.length` would say nothing as `length`.
      const whole = this.name && (property === 'length' || /^\d/.test(property));
      const name = whole ? (property === 'length' ? `${this.name}.length` : `${this.name}[${property}]`) : property;
      member = new UnknownValue(this.reason, name, undefined, this.argument);
      member.root = this.root;
      (this.members ??= new Map()).set(property, member);
    }
    return member;
  }
}

/**
 * Nothing, at a place of a list: `Array(3)`, `[1, , 3]`. A program reads it as undefined, and most methods of lists pass over it;
 * whoever does not expect it here does not know what it is.
 */
export class HoleValue extends UnknownValue {
  constructor() {
    super(unknown('there is nothing at this place of the list'));
  }
}

/** What a program reads at a place of a list. */
export const filled = (element: Value): Value => (element instanceof HoleValue ? undefined : element);

/** What a program goes through. */
export const filledAll = (elements: readonly Value[]): readonly Value[] => (elements.some(isHole) ? elements.map(filled) : elements);

const isHole = (element: Value): boolean => element instanceof HoleValue;

/** What a variable or property holds that is set elsewhere, by something that nobody calls in the files that are read. */
export class UnsetValue extends UnknownValue {}

/** JavaScript's big integers: `8n`. */
export class BigIntValue {
  readonly kind = 'bigint';
  constructor(readonly value: bigint) {}
}

/** JavaScript's symbols: a key that no text is. */
export class SymbolValue {
  readonly kind = 'symbol';
  /** The name under which properties keep it: it begins with what no text of a program does. */
  readonly key: string;
  constructor(readonly description: string | undefined, identity: string) {
    this.key = `\0${identity}`;
  }
}

/** A key as the name of the function that is kept under it. */
export const nameOfKey = (key: string): string => (isSymbolKey(key) ? `[${key.split('\0')[1]}]` : key);

export const isSymbolKey = (key: string): boolean => key.startsWith('\0');

/** A division of symbolic dims that has not been rounded yet: `channels / 4`. */
export class RatioValue {
  readonly kind = 'ratio';
  constructor(readonly numerator: SymbolicDim | number, readonly denominator: SymbolicDim | number) {}
}

/**
 * A primitive that was taken for granted: the default of a parameter that nobody passes. What is computed from it is
 * assumed as well, and every figure that depends on it says so.
 */
export class AssumedValue {
  readonly kind = 'assumed';
  constructor(readonly value: Value, readonly notes: readonly string[]) {}
}

/** One of a few values, depending on something unknown. Never nested, never with a single alternative. */
export class UnionValue {
  readonly kind = 'union';
  constructor(readonly alternatives: readonly Value[]) {}
}

export class ObjectValue {
  readonly kind = 'object';
  readonly properties: Properties;
  /** Why there may be properties that are not listed; absent where there are none. */
  open: Unknown | undefined = undefined;
  /** Absent where it has only what every object has. */
  prototype: ObjectValue | UnknownValue | undefined = undefined;
  integrity: Integrity | undefined = undefined;
  /** What it also is, where its class extends one of TensorFlow.js's models. */
  model: ModelValue | undefined = undefined;
  /** What a caller would pass from which come the properties that are not listed, so that defaults can stand in for them; set on few. */
  declare openArgument: UnknownValue | undefined;
  /** What it was taken for granted for that it has these properties and no others; set on few. */
  declare assumedExtent: readonly string[] | undefined;
  constructor(prototype?: ObjectValue | UnknownValue, readonly born = birth()) {
    this.properties = new Properties(born);
    this.prototype = prototype;
  }
}

/** What the objects that a class or a function makes have their methods from. */
export class PrototypeValue extends ObjectValue {
  constructor(readonly maker: ClassValue | FunctionValue, prototype: ObjectValue | UnknownValue | undefined, born?: number) {
    super(prototype, born);
  }
}

export class Properties extends Map<string, PropertyValue> {
  constructor(readonly born = birth()) {
    super();
  }
}

/** A property's value, with the place that it was written at, so that problems and edits can point there. */
export interface PropertyValue extends PropertyAttributes {
  readonly value: Value;
  readonly at?: Location;
  readonly getter?: FunctionValue;
  readonly setter?: FunctionValue;
  /** Why it may not be there. */
  readonly uncertain?: Unknown | undefined;
}

export class ArrayValue {
  readonly kind = 'array';
  readonly born = birth();
  /** Why there may be more elements, or others; absent where there are none. */
  open: Unknown | undefined = undefined;
  /** Replaced as a whole by every change, so that a change can be undone. */
  elements: readonly Value[];
  /** How many of the first elements certainly stand where they are listed, where the list is open; absent for all. */
  placed: number | undefined = undefined;
  /** What it has besides its elements: `match.index`. */
  named: ObjectValue | UnknownValue | undefined = undefined;
  /** Of its elements; what it has besides has its own, and is there where this is. */
  integrity: Integrity | undefined = undefined;
  /** What its length rests on that was taken for granted; set on few. */
  declare assumedExtent: readonly string[] | undefined;
  constructor(elements: readonly Value[], open?: Unknown, placed?: number) {
    this.elements = elements;
    this.open = open;
    this.placed = placed;
  }

  get hasOnlyElements(): boolean {
    return this.named === undefined || (this.named instanceof ObjectValue && this.named.properties.size === 0 && !this.named.open);
  }

  /** Whether nothing that is not listed can stand before an element. */
  isPlaced(index: number): boolean {
    return !this.open || this.placed === undefined || index < this.placed;
  }

  /** `placed` for a list that goes on with other elements after these. */
  get placedSoFar(): number | undefined {
    return this.open ? this.placed ?? this.elements.length : undefined;
  }
}

export class FunctionValue {
  readonly kind = 'function';
  /** Static members assigned to the function: `createModel.defaults = …`. */
  readonly properties = new Properties();
  /** Why there may be properties that are not listed. */
  open: Unknown | undefined = undefined;
  integrity: Integrity | undefined = undefined;
  /** The variable or property that the program puts it in. */
  variable: string | undefined = undefined;
  /** The name of the blocks that it makes, where the program says so with `block(name, build)`; set on few. */
  declare block: string | undefined;
  constructor(
    readonly node: FunctionNode,
    readonly scope: Scope,
    readonly file: string,
    readonly name: string | undefined,
    readonly thisValue: Value,
    /** The class whose method it is, for `super`. */
    readonly home: ClassValue | undefined = undefined,
  ) {}

  private ownPrototype: PrototypeValue | undefined = undefined;

  get born(): number {
    return this.properties.born;
  }

  /** What people call it, who see where a function without a name is kept. */
  get shownName(): string | undefined {
    return this.name ?? this.variable;
  }

  /** Made for those that ask, as few functions make objects; as old as the function all the same. */
  get prototype(): PrototypeValue {
    return (this.ownPrototype ??= new PrototypeValue(this, undefined, this.properties.born));
  }
}

/** A function of the language or of TensorFlow.js that the interpreter knows. */
export class NativeFunction {
  readonly kind = 'native';
  constructor(
    readonly name: string,
    readonly call: (run: Run, call: NativeCall) => Value,
    /** What it has besides being called: `Array.from`. */
    readonly members?: NamespaceValue,
  ) {}
}

export interface NativeCall {
  readonly thisValue: Value;
  readonly args: readonly Value[];
  /** The name that is called: `conv2d` in `tf.layers.conv2d(…)`. */
  readonly at: Location;
  /** The whole call. */
  readonly call: Location;
  /** Where each argument stands. */
  readonly argsAt: readonly Location[];
  /** Why there may be more arguments than are listed. */
  readonly open?: Unknown | undefined;
  /** Present where it is called with `new`. */
  readonly isNew?: true;
}

export class ClassValue {
  readonly kind = 'class';
  readonly statics = new Properties();
  /** Why there may be static members that are not listed. */
  open: Unknown | undefined = undefined;
  integrity: Integrity | undefined = undefined;
  /** Has the methods. */
  readonly prototype: PrototypeValue;
  constructor(
    readonly node: ClassNode,
    readonly scope: Scope,
    readonly file: string,
    readonly name: string | undefined,
    readonly superclass: Value,
    inherited: ObjectValue | UnknownValue | undefined,
  ) {
    this.prototype = new PrototypeValue(this, inherited);
  }

  get born(): number {
    return this.statics.born;
  }
}

/** An object whose members are made when they are asked for: `tf`, `tf.layers`, `Math`. */
export class NamespaceValue {
  readonly kind = 'namespace';
  /** What it can be gone through for: the items of a map, the rest of an iterator. */
  readonly items?: ArrayValue;
  constructor(readonly name: string, readonly member: (property: string) => Value) {}
}

/** What `import * as m` gives: nobody can write to it. */
export class ModuleNamespaceValue extends NamespaceValue {}
