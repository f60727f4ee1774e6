// What an export to Python is made of before it is text: calls that make layers, and statements that apply them to tensors.

/** What an argument is set to; numbers, texts, booleans and tuples of them become literals. */
export type PythonValue = number | string | boolean | null | PythonCode | PythonCall | readonly PythonValue[];

/** An expression that no literal gives, such as `float("-inf")`; written by the tables, never by a program that is exported. */
export class PythonCode {
  constructor(readonly code: string) {}
}

export interface PythonArgument {
  readonly name: string;
  readonly value: PythonValue;
  /** What it is where nothing is said; absent where something has to be said. */
  readonly fallback?: PythonValue;
  /** Whether people leave the name away. */
  readonly positional?: boolean;
  /** What to call it where it becomes a parameter of the block, if the name says too little there. */
  readonly parameter?: string;
  /** Arguments that mean the same, as all numbers of channels do: those that agree everywhere become one parameter. */
  readonly family?: string;
}

/** `nn.Conv2d(3, 64, 7, stride=2)`. */
export interface PythonCall {
  readonly callee: string;
  readonly arguments: readonly PythonArgument[];
  /** Written behind it: `.requires_grad_(False)`. */
  readonly behind?: string;
}

export const isCall = (value: PythonValue): value is PythonCall => typeof value === 'object' && value !== null && 'callee' in value;

export const isTuple = (value: PythonValue): value is readonly PythonValue[] => Array.isArray(value);

/** One step of what a graph computes. */
export interface PythonStatement {
  /** The layer that it applies; absent where an expression does it all. */
  readonly call?: PythonCall;
  /** Statements with the same number apply the same layer. */
  readonly layer?: number;
  /** What the layer is called where it needs a name: `conv`. */
  readonly wanted: string;
  /** What the program calls it. */
  readonly given?: string;
  /** The expression: `{layer}` is the layer, `{0}` the first tensor that goes in, `{all}` all of them with commas between. */
  readonly template: string;
  /** Tensors by their numbers. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** The shape of the first tensor that comes out, as a comment shows it. */
  readonly shape: readonly (number | string)[];
  /** Said beside the shape. */
  readonly remark?: string;
  /** The group of the graph that it belongs to. */
  readonly group: number;
}

/** What a whole graph becomes. */
export interface PythonProgram {
  readonly statements: readonly PythonStatement[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}
