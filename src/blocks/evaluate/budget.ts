// Limits that let any program end: the code that is read may loop for ever, and the editor must not.

export interface Limits {
  /** Evaluated nodes for one statement of the top level, or for one function that nobody calls. */
  readonly steps: number;
  /** Nested calls of the program's functions. */
  readonly callDepth: number;
  /** Turns of one loop before its result is given up. */
  readonly loopTurns: number;
  /** Evaluated nodes for one loop, or one call of a list's method such as `map`, before its result is given up. */
  readonly loopSteps: number;
  /** Elements of one array. Without it a doubling array takes the whole process with it. */
  readonly elements: number;
  /** Characters of one string. */
  readonly characters: number;
  /** Applications of layers in one file. */
  readonly applications: number;
  /** Evaluated nodes for the whole file. */
  readonly totalSteps: number;
}

/** What applying a layer, or evaluating a function on its own, costs in evaluated nodes. */
export const applicationSteps = 20;
export const functionSteps = 20;

export const defaultLimits: Limits = {
  steps: 120_000, callDepth: 150, loopTurns: 5_000, loopSteps: 30_000, elements: 4_096, characters: 65_536, applications: 20_000, totalSteps: 400_000,
};

/** Ends the statement or function that is being evaluated; what comes after it is evaluated all the same. */
export class BudgetExceeded extends Error {}

export class Budget {
  private left: number;
  private total: number;

  constructor(readonly limits: Limits) {
    this.left = limits.steps;
    this.total = limits.totalSteps;
  }

  /** Gives the next statement its own steps. */
  renew(): void {
    this.left = Math.min(this.limits.steps, this.total);
  }

  /** What is left of the file's steps. */
  get remaining(): number {
    return this.total;
  }

  /** Steps that were taken in an evaluation before. */
  charge(count: number): void {
    this.total -= count;
  }

  /** True where the file has used up all of its steps. */
  get exhausted(): boolean {
    return this.total <= 0;
  }

  /** What the file has cost so far. */
  get spent(): number {
    return this.limits.totalSteps - this.total;
  }

  step(): void {
    this.total--;
    if (--this.left < 0) throw new BudgetExceeded('the code takes too many steps to be followed');
  }

  /** Steps of work that must come to an end of its own: false where there are none left. */
  spend(count: number): boolean {
    this.total -= count;
    this.left -= count;
    return this.left >= 0;
  }

  /** For work whose size depends on the program: `count` elements or characters at once. */
  steps(count: number): void {
    this.total -= count;
    this.left -= count;
    if (this.left < 0) throw new BudgetExceeded('the code takes too many steps to be followed');
  }
}
