// Variables: each scope holds the names declared in it and knows the scope around it.
import { birth, type Born } from './birth.ts';
import type { ClassValue, Value } from './values.ts';

export interface Binding extends Born {
  value: Value;
}

/** What another module holds, whatever that is when it is read. */
class LiveBinding implements Binding {
  readonly born = birth();
  constructor(private readonly read: () => Value) {}
  get value(): Value { return this.read(); }
  set value(_: Value) { /* JavaScript refuses this. */ }
}

export class Scope {
  /** Absent in a scope that declares nothing, as most blocks and turns of loops do. */
  private bindings: Map<string, Binding> | undefined = undefined;

  constructor(
    readonly parent: Scope | undefined,
    /** What `this` means here; undefined in scopes that take it from the one around. */
    readonly receiver: { readonly thisValue: Value; readonly home: ClassValue | undefined } | undefined = undefined,
    /** True for the scope of a function or a file, where `var` declares. */
    readonly hoistsVar = false,
  ) {}

  declare(name: string, value: Value): Binding {
    const binding: Binding = { born: birth(), value };
    (this.bindings ??= new Map()).set(name, binding);
    return binding;
  }

  /** A name for what another module holds, whatever that is when it is read. Nobody can write to it. */
  declareLive(name: string, read: () => Value): void {
    (this.bindings ??= new Map()).set(name, new LiveBinding(read));
  }

  own(name: string): Binding | undefined {
    return this.bindings?.get(name);
  }

  find(name: string): Binding | undefined {
    return this.bindings?.get(name) ?? this.parent?.find(name);
  }

  thisValue(): Value {
    return this.receiver ? this.receiver.thisValue : this.parent?.thisValue();
  }

  /** The class whose method the code lies in, for `super`. */
  home(): ClassValue | undefined {
    return this.receiver ? this.receiver.home : this.parent?.home();
  }

  varScope(): Scope {
    return this.hoistsVar || !this.parent ? this : this.parent.varScope();
  }

  names(): Iterable<string> {
    return this.bindings?.keys() ?? [];
  }
}
