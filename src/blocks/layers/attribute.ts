// The attributes of a layer call as the evaluator hands them over, and the types that a layer's schema gives them.
import type { Dim, Unknown } from '../shapes/dim.ts';
import type { Location } from '../text/location.ts';

/**
 * What an attribute can hold. `alternatives` is a value that depends on something unknown (`flag ? 1 : 2`, at most four
 * of them); `opaque` is an object that no shape rule reads, such as an initializer.
 */
export type AttributeValue =
  | Dim
  | string
  | boolean
  | undefined
  | readonly AttributeValue[]
  | { readonly kind: 'alternatives'; readonly values: readonly AttributeValue[] }
  | { readonly kind: 'opaque'; readonly text: string };

/** A value with the place in the source that it came from, so that an error can blame it and an edit can change it. */
export interface Attribute {
  readonly value: AttributeValue;
  readonly at?: Location;
}

export type Attributes = Readonly<Record<string, Attribute>>;

/** What a reader makes of a raw value: the value that the rules use, an unknown, or what was expected instead. */
export type Reading<T> = { readonly value: T } | { readonly unknown: Unknown } | { readonly expected: string };

/** The type of one attribute: how it is read, its default, and what the hover and completion say of it. */
export interface AttributeType<T> {
  /** As the documentation names it: `integer`, `integer or [height, width]`, `'valid' | 'same'`. */
  readonly type: string;
  readonly doc: string;
  readonly required: boolean;
  readonly default?: T;
  /** True where neither shape nor weights depend on it, so that an unknown value does no harm. */
  readonly inert: boolean;
  /** All values it can take, where they can be listed: an unknown is then tried with each. */
  readonly choices?: readonly T[];
  read(raw: AttributeValue): Reading<T>;
}

export type AttributeSchema = Readonly<Record<string, AttributeType<unknown>>>;

/** The attributes as a rule sees them: read, defaults filled in. */
export type ReadAttributes<S extends AttributeSchema> = {
  readonly [K in keyof S]: S[K] extends AttributeType<infer T> ? T : never;
};
