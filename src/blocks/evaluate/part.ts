// What a part of the program builds: the file from top to bottom, or one function that nobody calls.
import type { Problem } from '../problems/problem.ts';
import type { FunctionNode } from '../syntax/tree.ts';
import type { Application } from './application.ts';
import type { CallFrame } from './call-frame.ts';
import type { BlockValue } from './vocabulary/block-value.ts';
import type { ClassValue, FunctionValue, LayerValue, ModelValue, TensorValue, Value } from './values.ts';

/** A call of a user's function that took tensors in and gave tensors back. */
export interface FunctionCall {
  readonly function: FunctionValue;
  readonly frame: CallFrame;
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
  /** How many conditions lie around the call that are not known. */
  readonly conditions: number;
  /** What the call applied, in order. */
  readonly applications: readonly Application[];
}

/** A block applied to a tensor. */
export interface BlockUse {
  readonly block: BlockValue;
  readonly input: TensorValue;
  readonly output: TensorValue;
  readonly conditions: number;
  /** What it consists of, in order. */
  readonly applications: readonly Application[];
}

/** What was found out about a function that nobody calls by evaluating it with unknowns. */
export interface UncalledFunction {
  readonly args: readonly Value[];
  readonly makesLayers: boolean;
}

/** Everything in the order of evaluation. */
export class Part {
  readonly applications: Application[] = [];
  private readonly madeLayers: LayerValue[] = [];
  readonly layers: readonly LayerValue[] = this.madeLayers;
  readonly models: ModelValue[] = [];
  readonly functionCalls: FunctionCall[] = [];
  readonly problems: Problem[] = [];
  /** Functions and classes that came into being. */
  readonly functions: FunctionValue[] = [];
  readonly classes: ClassValue[] = [];
  /** Functions that were called, or evaluated although nobody calls them, and whether no part before did so. */
  readonly invoked = new Map<FunctionNode, boolean>();
  readonly uncalled: (readonly [FunctionNode, UncalledFunction])[] = [];
  /** What the words of the vocabulary have made, and what is written out at the top of a file. */
  readonly blocks: BlockValue[] = [];
  readonly blockUses: BlockUse[] = [];
  /** Those that are no part of another one. */
  readonly wholeBlocks: BlockUse[] = [];
  /** Whether blocks were applied that another part has made. */
  usesOtherBlocks = false;

  addLayer(layer: LayerValue): void {
    layer.place = this.madeLayers.push(layer) - 1;
  }

  /** Takes away those from a place on, for somebody who adds them in another order. */
  takeLayers(from: number): readonly LayerValue[] {
    return this.madeLayers.splice(from);
  }

  private readonly derived = new Map<unknown, unknown>();

  /**
   * What is worked out of a part stays with it. (In a `WeakMap` it would outlive the part: to V8's collector of young objects the
   * values of one are strong, so that each version of a file would be kept until the next full collection.)
   */
  derive<T>(key: unknown, work: () => T): T {
    if (!this.derived.has(key)) this.derived.set(key, work());
    return this.derived.get(key) as T;
  }

  /** Whether it applies layers, or applies them to tensors, that are as old as `born` or older. */
  refersBack(born: number): boolean {
    return this.usesOtherBlocks || this.applications.some(({ layer, inputs }) => layer.born <= born || inputs.some(input => input.born <= born));
  }
}
