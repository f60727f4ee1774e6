// JSON as a light tree that knows where everything stands.

export type JsonNode = JsonObject | JsonArray | JsonValue;

/** Classes, because a large file has hundreds of thousands of these, which are told apart by their hidden class. */
export class JsonObject {
  readonly kind = 'object';
  end = 0;
  /** Whether something in it, itself or its brackets, could not be read. What it contains further inside says so for itself. */
  damaged = false;
  private read: JsonMember[] | undefined = undefined;

  constructor(readonly start: number, readonly unread?: UnreadObject) {}

  get members(): JsonMember[] {
    return (this.read ??= this.unread?.members() ?? []);
  }
}

/** An object that is known to be whole, and is read when it is asked for. */
export interface UnreadObject {
  /** Its text without its name: objects that have the same say the same. */
  readonly text: string;
  /** The value of its member `name`. */
  readonly name: JsonValue | undefined;
  members(): JsonMember[];
}

export class JsonArray {
  readonly kind = 'array';
  end = 0;
  damaged = false;
  /** Whether it is a list of objects many of which are alike, so that these are put off. */
  hasAlike = false;
  private read: JsonNode[] | undefined = undefined;

  constructor(readonly start: number, readonly unread?: UnreadArray) {}

  get items(): JsonNode[] {
    return (this.read ??= this.unread?.items() ?? []);
  }
}

/** A list that is known to be whole, and is read when it is asked for. */
export interface UnreadArray {
  /** What `JSON.parse` makes of it. */
  readonly value: readonly unknown[];
  items(): JsonNode[];
}

/** A string, a number, true, false or null. */
export class JsonValue {
  readonly kind = 'value';

  constructor(readonly value: string | number | boolean | null, readonly start: number, readonly end: number) {}
}

export interface JsonString extends JsonValue {
  readonly value: string;
}

export class JsonMember {
  /** `start` and `nameEnd` are the quotes of the name. The value is absent where none is written that can be read. */
  constructor(readonly name: string, readonly start: number, readonly nameEnd: number, readonly value: JsonNode | undefined) {}

  get key(): JsonString {
    return new JsonValue(this.name, this.start, this.nameEnd) as JsonString;
  }

  get end(): number {
    return this.value?.end ?? this.nameEnd;
  }
}

export const isObject = (node: JsonNode | undefined): node is JsonObject => node?.kind === 'object';
export const isArray = (node: JsonNode | undefined): node is JsonArray => node?.kind === 'array';
export const isString = (node: JsonNode | undefined): node is JsonString => node?.kind === 'value' && typeof node.value === 'string';

/** The value of a member. Where a name is there twice the last one counts, as in JavaScript. */
export function member(object: JsonNode | undefined, name: string): JsonNode | undefined {
  if (!isObject(object)) return undefined;
  const { unread } = object;
  if (unread && name === 'name') return unread.name;
  // It has no escapes, so that a name that is not in its text is none of its names.
  if (unread && !unread.text.includes(`"${name}"`)) return undefined;
  for (let i = object.members.length - 1; i >= 0; i--) if (object.members[i]!.name === name) return object.members[i]!.value;
  return undefined;
}

/** As `member`, for a name that is written in snake case in files and in camel case in memory. */
export function field(object: JsonNode | undefined, name: string): JsonNode | undefined {
  return member(object, name) ?? (name.includes('_') ? member(object, camelCase(name)) : undefined);
}

export const objectAt = (object: JsonNode | undefined, name: string): JsonObject | undefined => only(field(object, name), isObject);
export const arrayAt = (object: JsonNode | undefined, name: string): JsonArray | undefined => only(field(object, name), isArray);
export const stringAt = (object: JsonNode | undefined, name: string): string | undefined => only(field(object, name), isString)?.value;

const only = <T extends JsonNode>(node: JsonNode | undefined, is: (node: JsonNode | undefined) => node is T): T | undefined => (is(node) ? node : undefined);

/** As TensorFlow.js converts every name and every text of a configuration: `kernel_size` to `kernelSize`. */
export function camelCase(text: string): string {
  if (!text.includes('_')) return text;
  let converted = conversions.get(text);
  if (converted !== undefined) return converted;
  converted = text.length <= 1 ? text : text.replace(/[_]+(\w|$)/g, (_, next: string) => next.toUpperCase());
  if (conversions.size >= mostConverted) conversions.clear();
  conversions.set(text, converted);
  return converted;
}

/** The same few dozen names stand in every layer. */
const conversions = new Map<string, string>();
const mostConverted = 2_000;
