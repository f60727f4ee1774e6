// Nodes of the core syntax tree that a block file is read as.
import type { ArrayLiteral, Call, Expression, Identifier, ObjectLiteral, Opaque, Property, Spread, VariableStatement } from '../syntax/tree.ts';
import type { Span } from '../syntax/typescript-source.ts';

export const identifier = (name: string, { start, end }: Span): Identifier => ({ kind: 'identifier', name, start, end });

export const call = (callee: Expression, given: readonly Expression[], { start, end }: Span): Call =>
  ({ kind: 'call', callee, arguments: given, optional: false, construct: false, start, end });

export const list = (elements: readonly (Expression | Spread)[], { start, end }: Span): ArrayLiteral => ({ kind: 'array', elements, start, end });

export const object = (properties: readonly (Property | Spread)[], { start, end }: Span): ObjectLiteral => ({ kind: 'object', properties, start, end });

export const constant = (name: string, at: Span, value: Expression): VariableStatement =>
  ({ kind: 'variable', scope: 'const', declarations: [{ target: identifier(name, at), value }], exported: false, start: at.start, end: at.end });

/** What is not known, because it is wrong or not written yet. */
export const unreadable = (reason: string, { start, end }: Span): Opaque => ({ kind: 'opaque', reason, parts: [], start, end });
