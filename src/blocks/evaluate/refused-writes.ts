// What happens where a program writes to what cannot be written to: sloppy code goes on as if nothing had been written,
// strict code throws.
import { unknown, type Unknown } from '../shapes/dim.ts';
import type { Program } from '../syntax/tree.ts';
import { ProgramThrow } from './completion.ts';
import { forkStatements } from './fork.ts';
import type { Permission } from './integrity.ts';
import type { Run } from './run.ts';
import { UnknownValue } from './values.ts';

/** Whether the code of a file is strict; undefined where that is for those to say who compile or load it. */
export function strictnessOf({ file, body }: Program): boolean | undefined {
  const [first] = body;
  const isDirective = first?.kind === 'expression' && first.expression.kind === 'literal' && first.expression.value === 'use strict';
  const isModule = body.some(statement => ['import', 'export', 'export-from'].includes(statement.kind) || ('exported' in statement && Boolean(statement.exported)));
  return isDirective || isModule || /\.m[jt]s$/.test(file) || (file.endsWith('.cjs') ? false : undefined);
}

/** Whether the code that is being evaluated is strict. */
const isStrict = (run: Run): boolean | undefined => run.frame.callee?.node.strict ?? run.modules.get(run.file)?.strict;

/** `always` is for what throws in sloppy code as well, such as the methods of lists. */
export function refuse(run: Run, { always = false } = {}): void {
  const strict = always || isStrict(run);
  if (strict) throw refusal();
  if (strict === undefined) mayThrow(run);
}

const refusal = (): ProgramThrow => new ProgramThrow(new UnknownValue(unknown('it is the error of a write that is refused')));

/** Something may throw here; the program is evaluated as if it did not, but for the handlers around it. */
export function mayThrow(run: Run): void {
  if (run.guarded > 0) forkStatements(run, [() => undefined, () => { throw refusal(); }], unknown('whether a write is refused is not known'));
}

/** Writes where that is permitted. Where nobody can tell, it is joined with writing nothing. */
export function writeIfPermitted(run: Run, permission: Permission, write: () => void, options?: { always?: boolean }): void {
  if (permission === true) write();
  else if (permission === false) refuse(run, options);
  else {
    mayThrow(run);
    either(run, write, permission);
  }
}

/** A write that may not happen. */
export function either(run: Run, write: () => void, reason: Unknown): void {
  forkStatements(run, [() => { write(); return undefined; }, () => undefined], reason);
}
