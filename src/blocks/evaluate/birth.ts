// When a thing of the program's state came into being: what is older than a part of the evaluation is what others see.
let births = 0;

/** Everything that the program can write to. */
export interface Born {
  readonly born: number;
}

/** Grows for ever, also from one evaluation to the next, so that no two things of a process are taken for one. */
export const birth = (): number => ++births;
