// The state of one evaluation of one file: budget, undo log, what was built so far, and who is being called.
import type { Problem } from '../problems/problem.ts';
import { placeOf, type Spanned } from '../syntax/place.ts';
import type { Programs } from '../syntax/programs.ts';
import type { ClassNode, Expression, FunctionNode } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { unknown, type Unknown } from '../shapes/dim.ts';
import type { Application } from './application.ts';
import { Budget, BudgetExceeded, type Limits } from './budget.ts';
import { CallFrame } from './call-frame.ts';
import type { PendingExit } from './completion.ts';
import { Creations, unknownBefore } from './creations.ts';
import type { Module } from './modules.ts';
import { Part, type UncalledFunction } from './part.ts';
import type { Scope } from './scope.ts';
import { Symbols } from './symbols.ts';
import type { Configuration } from './tensorflow/layer-factory.ts';
import { Trail } from './trail.ts';
import type { Unread } from './unread.ts';
import { UnknownValue, type FunctionValue, type LayerValue, type Value } from './values.ts';

const nothing: readonly string[] = [];

export class Run {
  readonly trail = new Trail();
  readonly budget: Budget;
  /** What is being built; the first is the file's from top to bottom, every other one that of a function that nobody calls. */
  part = new Part();
  readonly parts: Part[] = [this.part];
  /** Functions that were called at least once, in any of the parts. */
  readonly invoked = new Set<FunctionNode>();
  /** The first object that was made of each class, or by each function with methods in its prototype. */
  readonly instances = new Map<ClassNode | FunctionNode, Value>();
  /** Whose prototype a function was put into: `Net.prototype.build = function () { … }`. */
  readonly methodOwners = new Map<FunctionNode, FunctionValue>();
  /** Of layers, by the place where it is passed: the last. */
  readonly configurations = new Map<Location, Configuration>();
  /** What was found out about functions that nobody calls. */
  readonly uncalled = new Map<FunctionNode, UncalledFunction>();
  symbols = new Symbols();
  private namesOfProgram = this.symbols;
  /** What comments of the file call, with the places between the parentheses of the calls. */
  readonly exampleCalls: { readonly target: FunctionNode | ClassNode; readonly argumentsAt: Location }[] = [];
  frame: CallFrame;
  /** The file whose code is being evaluated. */
  file: string;
  /** Conditions that are not known and lie around what is being evaluated. */
  optionalDepth = 0;
  /** Above zero while a loop's body is tried out only to see what it changes: nothing is recorded. */
  mutedDepth = 0;
  /** Ways that were left by return, break, continue or throw in one arm of an unknown condition. */
  exits: PendingExit[] = [];
  /** Blocks around what is being evaluated that have a handler for exceptions. */
  guarded = 0;
  /** How many times something was done so far that may throw without saying so. */
  possibleThrows = 0;
  /** Whether the optional chain that is being evaluated may have ended early. */
  mayEndEarly = false;
  /** What conditions so far took for granted, per call. */
  readonly assumedByFrame = new Map<CallFrame, Set<string>>();
  readonly modules = new Map<string, Module>();
  /** Those files that import something of Blockscope: object literals in them may be blocks. */
  readonly blockFiles = new Set<string>();
  /** Whether the file itself is a block file. */
  isBlockFile = false;
  /** What nobody declares, as it was mentioned last. */
  readonly undeclared = new Map<string, UnknownValue>();
  /** Of the file itself. */
  unread: Unread | undefined = undefined;
  /** What has been made so far, as TensorFlow.js counts it for names. */
  creations = new Creations();
  /** What was asked for of other files: the text of each, undefined for one that is not there. */
  readonly readTexts = new Map<string, string | undefined>();
  /** How often another file was asked for. */
  reads = 0;
  private applied = 0;

  constructor(
    file: string,
    limits: Limits,
    private readonly readModule: (specifier: string, fromFile: string) => { file: string; text: string } | undefined,
    /** Of the files that are imported. */
    readonly programs: Programs,
    /** Set by the interpreter; builtins call back through these. */
    readonly interpreter: Interpreter,
  ) {
    this.file = file;
    this.budget = new Budget(limits);
    this.frame = new CallFrame(undefined, undefined, { file, start: 0, end: 0 }, false);
  }

  /** The file that an import means; undefined for one that cannot be had. */
  read(specifier: string): { file: string; text: string } | undefined {
    const source = this.readModule(specifier, this.file);
    this.reads++;
    this.readTexts.set(`${specifier}\n${this.file}`, source?.text);
    return source;
  }

  at(node: Spanned | Location): Location {
    return 'file' in node ? node : placeOf(this.file, node);
  }

  unknown(reason: string, node: Spanned | Location, name?: string, type?: string): UnknownValue {
    return new UnknownValue(unknown(reason, this.at(node)), name, type);
  }

  report(problem: Problem): void {
    if (this.mutedDepth === 0 && this.optionalDepth === 0) this.part.problems.push(problem);
  }

  assume(notes: readonly string[]): void {
    if (notes.length === 0) return;
    const known = this.assumedByFrame.get(this.frame);
    if (known) for (const note of notes) known.add(note);
    else this.assumedByFrame.set(this.frame, new Set(notes));
  }

  /** What the present call and those around it took for granted. */
  assumptions(): readonly string[] {
    if (this.assumedByFrame.size === 0) return nothing;
    const notes = new Set<string>();
    for (let frame: CallFrame | undefined = this.frame; frame; frame = frame.parent) {
      for (const note of this.assumedByFrame.get(frame) ?? nothing) notes.add(note);
    }
    return [...notes];
  }

  /** From here on names of dims are given away anew each time that `forgetSymbols` is called. */
  keepSymbols(): void {
    this.namesOfProgram = this.symbols;
  }

  /** Names may repeat from one function that nobody calls to the next, because their dims never meet. */
  forgetSymbols(): void {
    this.symbols = new Symbols(this.namesOfProgram);
  }

  /** What `build` evaluates belongs to a part of its own. */
  within(part: Part, build: () => void): void {
    const { part: outer, symbols, creations } = this;
    this.part = part;
    this.creations = new Creations(unknownBefore);
    this.parts.push(part);
    this.forgetSymbols();
    try {
      build();
    } finally {
      this.part = outer;
      this.symbols = symbols;
      this.creations = creations;
    }
  }

  /** Takes over a part that is the same as in an evaluation before. */
  reuse(part: Part): void {
    this.parts.push(part);
    this.applied += part.applications.length;
    for (const node of part.invoked.keys()) this.invoked.add(node);
    for (const [node, found] of part.uncalled) this.uncalled.set(node, found);
  }

  noteUncalled(node: FunctionNode, found: UncalledFunction): void {
    this.uncalled.set(node, found);
    this.part.uncalled.push([node, found]);
  }

  /** Each part knows all of its own: what was called before it may no longer be in the next version. */
  noteInvoked(node: FunctionNode): void {
    if (!this.part.invoked.has(node)) this.part.invoked.set(node, !this.invoked.has(node));
    this.invoked.add(node);
  }

  noteApplication(application: Application): void {
    this.applied++;
    this.part.applications.push(application);
  }

  /** The first application of a layer. */
  applicationOf(layer: LayerValue): Application | undefined {
    for (const { applications } of this.parts) {
      const found = applications.find(application => application.layer === layer);
      if (found) return found;
    }
    return undefined;
  }

  /** Whether as many layers can still be applied as an evaluation before has applied, with the steps that it took. */
  hasRoomFor({ applications }: Part, steps: number): boolean {
    return steps <= this.budget.remaining && this.applied + applications.length <= this.budget.limits.applications;
  }

  checkApplications(): void {
    if (this.applied >= this.budget.limits.applications) throw new BudgetExceeded('the code applies more layers than can be followed');
  }
}

/** What builtins need of the interpreter; an interface, so that they do not depend on its parts. */
export interface Interpreter {
  evaluate(run: Run, expression: Expression, scope: Scope): Value;
  /** Calls a value; an unknown or something that is no function gives an unknown. */
  call(run: Run, callee: Value, call: { thisValue: Value; args: readonly Value[]; at: Location; call: Location; argsAt: readonly Location[]; open?: Unknown | undefined }): Value;
  /** Reads a property as the program would. */
  member(run: Run, object: Value, property: string, node: Spanned): Value;
}
