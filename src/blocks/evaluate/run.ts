// The state of one evaluation of one file: budget, undo log, what was built so far, and who is being called.
import type { Problem } from '../problems/problem.ts';
import { placeOf, type Spanned } from '../syntax/place.ts';
import type { ClassNode, Expression, FunctionNode } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { unknown } from '../shapes/dim.ts';
import type { Application } from './application.ts';
import { Budget, BudgetExceeded, type Limits } from './budget.ts';
import { CallFrame } from './call-frame.ts';
import type { PendingExit } from './completion.ts';
import { Creations } from './creations.ts';
import type { Module } from './modules.ts';
import type { Scope } from './scope.ts';
import { Trail } from './trail.ts';
import { UnknownValue, type ClassValue, type FunctionValue, type LayerValue, type ModelValue, type TensorValue, type Value } from './values.ts';

/** A call of a user's function that took tensors in and gave tensors back. */
export interface FunctionCall {
  readonly function: FunctionValue;
  readonly frame: CallFrame;
  readonly inputs: readonly TensorValue[];
  readonly outputs: readonly TensorValue[];
  /** What the call applied, in order. */
  readonly applications: readonly Application[];
}

export class Run {
  readonly trail = new Trail();
  readonly budget: Budget;
  readonly problems: Problem[] = [];
  applications: Application[] = [];
  layers: LayerValue[] = [];
  models: ModelValue[] = [];
  functionCalls: FunctionCall[] = [];
  /** Functions of the inspected file in the order of their creation, and those that were called at least once. */
  readonly functions: FunctionValue[] = [];
  readonly invoked = new Set<FunctionNode>();
  /** Classes of the program in the order of their creation, and the first object that was made of each. */
  readonly classes: ClassValue[] = [];
  readonly instances = new Map<ClassNode, Value>();
  /** What was found out about functions that nobody calls by evaluating them with unknowns. */
  readonly uncalled = new Map<FunctionNode, { readonly args: readonly Value[]; readonly makesLayers: boolean }>();
  /** What comments of the file call, with the places between the parentheses of the calls. */
  readonly exampleCalls: { readonly target: FunctionNode | ClassNode; readonly argumentsAt: Location }[] = [];
  frame: CallFrame;
  /** The file whose code is being evaluated. */
  file: string;
  /** Conditions that are not known and lie around what is being evaluated. */
  optionalDepth = 0;
  /** Above zero while a loop's body is tried out only to see what it changes: nothing is recorded. */
  mutedDepth = 0;
  /** Ways that were left by return, break or continue in one arm of an unknown condition. */
  exits: PendingExit[] = [];
  /** What conditions so far took for granted, per call. */
  readonly assumedByFrame = new Map<CallFrame, Set<string>>();
  readonly modules = new Map<string, Module>();
  /** What has been made so far, as TensorFlow.js counts it for names. */
  readonly creations = new Creations();

  private nextId = 0;
  private readonly symbolNames = new Map<string, number>();
  private readonly namedUnknowns = new Map<UnknownValue, string>();

  constructor(
    file: string,
    limits: Limits,
    readonly readModule: (specifier: string, fromFile: string) => { file: string; text: string } | undefined,
    /** Set by the interpreter; builtins call back through these. */
    readonly interpreter: Interpreter,
  ) {
    this.file = file;
    this.budget = new Budget(limits);
    this.frame = new CallFrame(0, undefined, undefined, { file, start: 0, end: 0 }, false);
  }

  newId(): number {
    return ++this.nextId;
  }

  at(node: Spanned | Location): Location {
    return 'file' in node ? node : placeOf(this.file, node);
  }

  unknown(reason: string, node: Spanned | Location, name?: string, type?: string): UnknownValue {
    return new UnknownValue(unknown(reason, this.at(node)), name, type);
  }

  report(problem: Problem): void {
    if (this.mutedDepth === 0 && this.optionalDepth === 0) this.problems.push(problem);
  }

  /** The name of the dim that an unknown number becomes; two unknowns never share one. */
  symbolName(value: UnknownValue): string | undefined {
    if (value.name === undefined) return undefined;
    let name = this.namedUnknowns.get(value);
    if (name === undefined) {
      name = this.freshSymbol(value.name);
      this.namedUnknowns.set(value, name);
    }
    return name;
  }

  /** `H`, then `H2`, `H3`, …: the first free name. */
  freshSymbol(wanted: string): string {
    const count = (this.symbolNames.get(wanted) ?? 0) + 1;
    this.symbolNames.set(wanted, count);
    return count === 1 ? wanted : `${wanted}${count}`;
  }

  /** Names may repeat from one function that nobody calls to the next, because their dims never meet. */
  forgetSymbols(): void {
    this.symbolNames.clear();
  }

  assume(notes: readonly string[]): void {
    const known = this.assumedByFrame.get(this.frame);
    if (known) for (const note of notes) known.add(note);
    else this.assumedByFrame.set(this.frame, new Set(notes));
  }

  /** What the present call and those around it took for granted. */
  assumptions(): string[] {
    const notes: string[] = [];
    if (this.assumedByFrame.size === 0) return notes;
    for (let frame: CallFrame | undefined = this.frame; frame; frame = frame.parent) {
      const own = this.assumedByFrame.get(frame);
      if (own) notes.push(...own);
    }
    return notes;
  }

  checkApplications(): void {
    if (this.applications.length >= this.budget.limits.applications) throw new BudgetExceeded('the code applies more layers than can be followed');
  }
}

/** What builtins need of the interpreter; an interface, so that they do not depend on its parts. */
export interface Interpreter {
  evaluate(run: Run, expression: Expression, scope: Scope): Value;
  /** Calls a value; an unknown or something that is no function gives an unknown. */
  call(run: Run, callee: Value, call: { thisValue: Value; args: readonly Value[]; at: Location; call: Location; argsAt: readonly Location[] }): Value;
  /** Reads a property as the program would. */
  member(run: Run, object: Value, property: string, node: Spanned): Value;
}

