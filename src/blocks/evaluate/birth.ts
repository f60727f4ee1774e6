// When a thing of the program's state came into being: what is older than a part of the evaluation is what others see.
let births = 0;

/** Everything that the program can write to. */
export interface Born {
  readonly born: number;
  /** What may be the same thing, because a condition that is not known decides which one a value is. */
  mayBeSame?: Sharer[];
}

/** `doubt` says that a field or key of the other one may have been written to. */
export interface Sharer {
  readonly other: Born;
  readonly doubt: (key: string) => void;
}

/** Grows for ever, also from one evaluation to the next, so that no two things of a process are taken for one. */
export const birth = (): number => ++births;
