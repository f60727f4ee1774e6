// Code of the file that is not read: what it declares is not known, and whatever is called that is not known may run it.
import { unknown } from '../shapes/dim.ts';
import type { UnreadCode } from '../syntax/unread-code.ts';
import { loseContents } from './fork.ts';
import type { Run } from './run.ts';
import type { Binding, Scope } from './scope.ts';
import { ArrayValue, ModelValue, NamespaceValue, ObjectValue, UnknownValue, type Value } from './values.ts';

export class Unread {
  private readonly reason = unknown('it may be changed by the part of the file that is too long to be read');

  constructor(private readonly run: Run, private readonly file: string, private readonly code: UnreadCode) {}

  /** What a name stands for that is declared there and nowhere else. */
  valueOf(name: string): Value | undefined {
    return this.code.declares(name) ? new UnknownValue(this.reason, name) : undefined;
  }

  /** To be told when the functions of the file have been declared: of several of a name the last one is meant. */
  hoist(scope: Scope): void {
    for (const name of scope.names()) if (this.code.declares(name)) this.lose(scope.own(name)!, name);
  }

  /** It has run, or a part of it may have. */
  mayRun(): void {
    const { run, code } = this;
    const scope = run.modules.get(this.file)?.scope;
    for (const name of scope?.names() ?? []) {
      run.budget.step();
      if (code.writes(name)) this.lose(scope!.own(name)!, name);
      else if (code.mentions(name)) this.loseContents(scope!.own(name)!.value);
    }
  }

  private lose(binding: Binding, name: string): void {
    if (binding.value instanceof UnknownValue) return;
    this.loseContents(binding.value);
    this.run.trail.write(binding, 'value', new UnknownValue(this.reason, name));
  }

  private loseContents(value: Value): void {
    const held = value instanceof NamespaceValue ? value.items : value;
    if ((held instanceof ArrayValue || held instanceof ObjectValue || held instanceof ModelValue) && held.open !== this.reason) loseContents(this.run, held, this.reason);
  }
}
