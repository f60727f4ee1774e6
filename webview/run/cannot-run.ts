// Why a block does not run.

/** A block that TensorFlow.js cannot build or run, and the node at which that shows. */
export class CannotRun extends Error {
  constructor(message: string, readonly node?: number) {
    super(message);
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
