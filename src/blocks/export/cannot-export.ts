// Why a graph has no other form.

/** A graph that cannot be written in another way, and the node at which that shows. */
export class CannotExport extends Error {
  constructor(message: string, readonly node?: number) {
    super(message);
  }
}
