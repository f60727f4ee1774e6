// Marks for objects that are gone through: a field that is compared costs a fraction of a set, in which each object first has to
// be given a hash. A mark is good until the objects are gone through the next time.
let marks = 0;

export interface Marked {
  /** The last way through it that met this one. */
  mark: number;
}

/** Of one way through. */
export const newMark = (): number => ++marks;

/** Whether this is the first time that a way meets an object. */
export function meets(mark: number, marked: Marked): boolean {
  if (marked.mark === mark) return false;
  marked.mark = mark;
  return true;
}
