// The names that a piece of the syntax tree mentions or writes to, at any depth, without regard to scopes.
import type { ClassMember, Expression, FunctionNode, Member, Pattern, Statement, VariableStatement } from './tree.ts';

type Node = Partial<Record<string, unknown>> & { readonly kind?: (Expression | Statement | Pattern | ClassMember)['kind'] };

/** Every identifier, and every member's name. */
export function mentionedNames(root: unknown): Set<string> {
  const names = new Set<string>();
  walk(root, ({ kind, name, property }) => {
    if (kind === 'identifier' && typeof name === 'string') names.add(name);
    if (kind === 'member' && typeof property === 'string') names.add(property);
  });
  return names;
}

/** Every identifier; names of members are not among them. */
export function identifiersIn(root: unknown): Set<string> {
  const names = new Set<string>();
  walk(root, ({ kind, name }) => {
    if (kind === 'identifier' && typeof name === 'string') names.add(name);
  });
  return names;
}

/** Every variable that is declared or assigned to. */
export function writtenNames(root: unknown): Set<string> {
  const names = new Set<string>();
  walk(root, node => {
    if (node['target'] === undefined) return;
    // A target may be a pattern that names several variables; defaults inside of it name a few too many.
    for (const name of mentionedNames(node['target'])) names.add(name);
  });
  return names;
}

/** Variables that a function assigns to and does not declare itself. */
export function namesSetOutside({ body, parameters }: FunctionNode): ReadonlySet<string> {
  const set: Pattern[] = [];
  const declared = parameters.map(({ pattern }) => pattern);
  walk(body, ({ kind, target, declarations }) => {
    if (kind === 'variable') for (const each of declarations as VariableStatement['declarations']) declared.push(each.target);
    if (kind === 'assignment' || kind === 'update') set.push(target as Pattern);
  });
  if (set.length === 0) return noNames;
  const names = new Set(set.flatMap(namesOfPattern));
  for (const pattern of declared) for (const name of namesOfPattern(pattern)) names.delete(name);
  return names;
}

const noNames: ReadonlySet<string> = new Set();

/** Whether one of a generator and the code that goes through it may write to what the other reads, as far as names tell. */
export function sharesState({ body, parameters }: FunctionNode, other: unknown): boolean {
  const declared = new Set(parameters.flatMap(({ pattern }) => namesOfPattern(pattern)));
  const declare = (target: Pattern): void => namesOfPattern(target).forEach(name => declared.add(name));
  walk(body, ({ kind, declarations, scope, target }) => {
    if (kind === 'variable') for (const each of declarations as VariableStatement['declarations']) declare(each.target);
    if (kind === 'for-each' && scope !== undefined) declare(target as Pattern);
  });
  const meets = (written: ReadonlySet<string>, read: ReadonlySet<string>): boolean => [...written].some(name => read.has(name) && !declared.has(name));
  return meets(changedNames(other), mentionedNames([body, parameters])) || meets(changedNames(body), mentionedNames(other));
}

/** What is written to, also by methods that change what they are called on: `items.push(…)`. */
function changedNames(root: unknown): Set<string> {
  const names = writtenNames(root);
  walk(root, ({ kind, callee }) => {
    const { object, property } = kind === 'call' ? callee as Partial<Member> : {};
    if (typeof property === 'string' && changingMethods.has(property)) for (const name of mentionedNames(object)) names.add(name);
  });
  return names;
}

const changingMethods: ReadonlySet<string> = new Set(['push', 'pop', 'shift', 'unshift', 'splice', 'sort', 'reverse', 'fill', 'copyWithin', 'set', 'add', 'delete', 'clear']);

/** The variables that a pattern declares. */
export function namesOfPattern(pattern: Pattern): string[] {
  switch (pattern.kind) {
    case 'identifier': return [pattern.name];
    case 'array-pattern': return pattern.elements.flatMap(element => (element.kind === 'hole' ? [] : namesOfPattern(element.target)));
    case 'object-pattern': return pattern.properties.flatMap(property => namesOfPattern(property.target));
    default: return [];
  }
}

/** Visits every node, at any depth; what lies in one that `visit` answers false for is left out. */
export function walk(root: unknown, visit: (node: Node) => boolean | void): void {
  const work: unknown[] = [root];
  while (work.length > 0) {
    const node = work.pop();
    if (Array.isArray(node)) for (const element of node) work.push(element);
    else if (typeof node === 'object' && node !== null && visit(node as Node) !== false) {
      for (const key in node) work.push((node as Node)[key]);
    }
  }
}
