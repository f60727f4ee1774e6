// A problem is an id, its data and the place that is blamed; its sentence lives in its definition.
import type { Location } from '../text/location.ts';

export type Severity = 'error' | 'warning' | 'information';

/** One thing that is wrong at one place. Plain data. */
export interface Problem {
  /** The definition's id, as users see and configure it: `shape-mismatch`. */
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Location;
  /** Other places that take part, each with a line of its own. */
  readonly related: readonly RelatedPlace[];
}

export interface RelatedPlace {
  readonly message: string;
  readonly at: Location;
}

/** A kind of problem. One file each under `problems/`, named by the id, or beside the layer that it belongs to. */
export interface ProblemDefinition<Data> {
  readonly id: string;
  readonly severity: Severity;
  /** One sentence that names the values received. */
  readonly message: (data: Data) => string;
  /** What it means and what to do, for the documentation. */
  readonly doc: string;
}

export const defineProblem = <Data>(definition: ProblemDefinition<Data>): ProblemDefinition<Data> => definition;
