// A block as the program has it: plain data, which a word of the vocabulary makes or an object literal is, with the place where that was.
import type { Location } from '../../text/location.ts';
import type { CallFrame } from '../call-frame.ts';
import type { Part } from '../part.ts';
import { withExtent } from '../extent.ts';
import { copyProperties } from '../object-literals.ts';
import { notesOf, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, ObjectValue, UnknownValue, type FunctionValue, type Value } from '../values.ts';

/** A call of a function that `block(…)` made a block function. */
export interface BuildingCall {
  readonly function: FunctionValue;
  readonly frame: CallFrame;
  /** False where nothing in the program calls it. */
  readonly called: boolean;
}

export interface Origin {
  /** The word, the property that tells what a literal is, or the name of the block: `residual`, `mbConv`. */
  readonly name: string;
  /** The word where it is called, and the whole call; of a literal the property's name, and the whole object. */
  readonly at: Location;
  readonly call: Location;
  readonly frame: CallFrame;
  /** The part of the program that made it. */
  readonly part: Part;
  /** What conditions around it took for granted. */
  readonly assumed: readonly string[];
  readonly builtBy?: BuildingCall;
  /** Whether it is an object literal. */
  readonly isLiteral?: true;
}

/** Its properties are those of the data that the word gives; `origin` is what the data does not say. */
export class BlockValue extends ObjectValue {
  /** The variable that the program puts it in. */
  variable: string | undefined = undefined;
  /** Whether another block that was applied has it inside. */
  isInside = false;
  /** Whether a function gives it that nobody calls. */
  isResult = false;

  constructor(readonly origin: Origin) {
    super();
  }

  with(name: string, value: Value, at?: Location): this {
    this.properties.set(name, at ? { value, at } : { value });
    return this;
  }
}

/** What a function gives that nobody calls: one block, one of several, or a list of them. */
export function noteResult(value: Value): void {
  if (value instanceof BlockValue) value.isResult = true;
  else if (value instanceof ArrayValue) value.elements.forEach(noteResult);
  else if (value instanceof UnknownValue) value.oneOf?.forEach(noteResult);
}

/** A copy of a list of blocks without those that are not there (`strides > 1 && pool`): what the program does to the list later is nothing to the block. */
export function withoutNothing({ elements, open, placed, assumedExtent }: ArrayValue): ArrayValue {
  const notes = elements.filter(isNothing).flatMap(notesOf);
  const kept = new ArrayValue(elements.filter(element => !isNothing(element)), open, placed && elements.slice(0, placed).filter(element => !isNothing(element)).length);
  return withExtent(withExtent(kept, assumedExtent), notes.length > 0 ? notes : undefined);
}

/** The settings that a block keeps: what the program does to its own object later is nothing to the block. */
export function copyOf(run: Run, settings: Value, at: Location): Value {
  const given = plain(settings);
  if (given !== undefined && !(given instanceof ObjectValue)) return given;
  const copy = new ObjectValue();
  if (given) copyProperties(run, copy, given, at);
  return copy;
}

/** What stands in the place of a block that is left out. */
export const isNothing = (value: Value): boolean => plain(value) === false || plain(value) === undefined;
