// Long work in steps: it yields wherever it may be interrupted or given up, and goes on when it is asked for the next step.

export type Steps<T> = Generator<undefined, T, undefined>;

/** Without interruption. */
export function finished<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
