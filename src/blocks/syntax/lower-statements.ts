// Lowers the parser's statements to the core syntax tree. Types and ambient declarations disappear.
import * as ts from './typescript-parser.generated.mjs';
import { lowerClass } from './lower-classes.ts';
import { lowerExpression } from './lower-expressions.ts';
import { lowerFunction } from './lower-functions.ts';
import { lowerExport, lowerExportAssignment, lowerImport, lowerImportEquals } from './lower-modules.ts';
import { lowerAssignmentTarget, lowerBindingName } from './lower-patterns.ts';
import { namesOfPattern } from './names-in.ts';
import type { Source } from './typescript-source.ts';
import type { Block, Expression, ForEach, Property, Statement, Try, VariableStatement } from './tree.ts';

const { SyntaxKind } = ts;

export function lowerStatements(source: Source, nodes: readonly ts.Statement[]): Statement[] {
  const statements: Statement[] = [];
  for (const node of nodes) {
    const statement = lowerStatement(source, node);
    if (statement) statements.push(statement);
  }
  return statements;
}

function lowerStatement(source: Source, node: ts.Statement): Statement | undefined {
  const span = source.span(node);
  if (has(node, SyntaxKind.DeclareKeyword)) return undefined;
  switch (node.kind) {
    case SyntaxKind.VariableStatement:
      return lowerVariables(source, (node as ts.Statement & { declarationList: ts.VariableDeclarationList }).declarationList, has(node, SyntaxKind.ExportKeyword));
    case SyntaxKind.ExpressionStatement:
      return { kind: 'expression', expression: lowerExpression(source, expressionOf(node)), start: span.start, end: span.end };
    case SyntaxKind.Block: return lowerBlock(source, node as ts.Block);
    case SyntaxKind.IfStatement: {
      const { thenStatement, elseStatement } = node as ts.Statement & { thenStatement: ts.Statement; elseStatement?: ts.Statement };
      return {
        kind: 'if', test: lowerExpression(source, expressionOf(node)), then: lowerBody(source, thenStatement),
        ...(elseStatement ? { otherwise: lowerBody(source, elseStatement) } : {}), ...span,
      };
    }
    case SyntaxKind.ForStatement: return lowerFor(source, node as ts.ForStatement);
    case SyntaxKind.ForOfStatement: return lowerForEach(source, node as ts.ForInOrOfStatement, 'values');
    case SyntaxKind.ForInStatement: return lowerForEach(source, node as ts.ForInOrOfStatement, 'keys');
    case SyntaxKind.WhileStatement:
    case SyntaxKind.DoStatement:
      return {
        kind: 'while', test: lowerExpression(source, expressionOf(node)), body: lowerBody(source, statementOf(node)),
        bodyFirst: node.kind === SyntaxKind.DoStatement, ...span,
      };
    case SyntaxKind.ReturnStatement: {
      const { expression } = node as ts.Statement & { expression?: ts.Expression };
      return { kind: 'return', ...(expression ? { value: lowerExpression(source, expression) } : {}), ...span };
    }
    case SyntaxKind.BreakStatement:
    case SyntaxKind.ContinueStatement: {
      const { label } = node as ts.Statement & { label?: ts.Identifier };
      const type = node.kind === SyntaxKind.BreakStatement ? 'break' : 'continue';
      return { kind: 'jump', type, ...(label ? { label: source.name(label) } : {}), ...span };
    }
    case SyntaxKind.SwitchStatement: return lowerSwitch(source, node);
    case SyntaxKind.ThrowStatement: return { kind: 'throw', value: lowerExpression(source, expressionOf(node)), ...span };
    case SyntaxKind.TryStatement: return lowerTry(source, node as ts.TryStatement);
    case SyntaxKind.LabeledStatement: {
      const { label } = node as ts.Statement & { label: ts.Identifier };
      return { kind: 'labeled', label: source.name(label), body: lowerBody(source, statementOf(node)), ...span };
    }
    case SyntaxKind.FunctionDeclaration: {
      const declaration = node as ts.FunctionDeclaration;
      // An overload signature has no body.
      if (!declaration.body) return undefined;
      const lowered = lowerFunction(source, declaration);
      return { kind: 'function-declaration', name: lowered.name ?? 'default', function: lowered, exported: exportOf(node), ...span };
    }
    case SyntaxKind.ClassDeclaration: {
      const lowered = lowerClass(source, node as ts.ClassLikeDeclaration);
      return { kind: 'class-declaration', name: lowered.name ?? 'default', class: lowered, exported: exportOf(node), ...span };
    }
    case SyntaxKind.EnumDeclaration: return lowerEnum(source, node as ts.EnumDeclaration);
    case SyntaxKind.ModuleDeclaration: return lowerNamespace(source, node as NamespaceNode);
    case SyntaxKind.ImportDeclaration: return lowerImport(source, node as ts.ImportDeclaration);
    case SyntaxKind.ImportEqualsDeclaration: return lowerImportEquals(source, node);
    case SyntaxKind.ExportDeclaration: return lowerExport(source, node as ts.ExportDeclaration);
    case SyntaxKind.ExportAssignment: return lowerExportAssignment(source, node as ts.ExportAssignment);
    // Types, interfaces and empty statements do nothing that is modelled.
    default: return undefined;
  }
}

function lowerSwitch(source: Source, node: ts.Statement): Statement {
  const { caseBlock } = node as ts.Statement & { caseBlock: { clauses: readonly ts.CaseOrDefaultClause[] } };
  const cases = caseBlock.clauses.map(clause => ({
    ...(clause.kind === SyntaxKind.CaseClause ? { test: lowerExpression(source, clause.expression) } : {}),
    body: lowerStatements(source, clause.statements),
  }));
  return { kind: 'switch', discriminant: lowerExpression(source, expressionOf(node)), cases, ...source.span(node) };
}

const expressionOf = (node: ts.Node): ts.Expression => (node as ts.Node & { expression: ts.Expression }).expression;
const statementOf = (node: ts.Node): ts.Statement => (node as ts.Node & { statement: ts.Statement }).statement;

const has = (node: ts.Node, kind: ts.SyntaxKind): boolean =>
  (node as { modifiers?: readonly ts.Node[] }).modifiers?.some(modifier => modifier.kind === kind) ?? false;

const exportOf = (node: ts.Node): 'named' | 'default' | false =>
  !has(node, SyntaxKind.ExportKeyword) ? false : has(node, SyntaxKind.DefaultKeyword) ? 'default' : 'named';

function lowerBody(source: Source, node: ts.Statement): Statement {
  return lowerStatement(source, node) ?? { kind: 'block', body: [], ...source.span(node) };
}

const lowerBlock = (source: Source, node: ts.Block): Block => ({ kind: 'block', body: lowerStatements(source, node.statements), ...source.span(node) });

function lowerVariables(source: Source, list: ts.VariableDeclarationList, exported: boolean): VariableStatement {
  const scope = list.flags & ts.NodeFlags.Const ? 'const' : list.flags & ts.NodeFlags.Let ? 'let' : 'var';
  const declarations = list.declarations.map(declaration => ({
    target: lowerBindingName(source, declaration.name),
    ...(declaration.initializer ? { value: lowerExpression(source, declaration.initializer) } : {}),
  }));
  return { kind: 'variable', scope, declarations, exported, ...source.span(list) };
}

function lowerFor(source: Source, node: ts.ForStatement): Statement {
  const { initializer, condition, incrementor } = node;
  const initial: Statement | undefined = !initializer
    ? undefined
    : initializer.kind === SyntaxKind.VariableDeclarationList
      ? lowerVariables(source, initializer as ts.VariableDeclarationList, false)
      : { kind: 'expression', expression: lowerExpression(source, initializer as ts.Expression), ...source.span(initializer) };
  return {
    kind: 'for', ...(initial ? { initial } : {}), ...(condition ? { test: lowerExpression(source, condition) } : {}),
    ...(incrementor ? { update: lowerExpression(source, incrementor) } : {}), body: lowerBody(source, node.statement), ...source.span(node),
  };
}

function lowerForEach(source: Source, node: ts.ForInOrOfStatement, over: ForEach['over']): Statement {
  const span = source.span(node.expression);
  const iterable: Expression = 'awaitModifier' in node && node.awaitModifier
    ? { kind: 'await', argument: lowerExpression(source, node.expression), ...span } : lowerExpression(source, node.expression);
  const shared = { kind: 'for-each', over, iterable, body: lowerBody(source, node.statement), ...source.span(node) } as const;
  if (node.initializer.kind !== SyntaxKind.VariableDeclarationList) {
    return { ...shared, target: lowerAssignmentTarget(source, node.initializer as ts.Expression) };
  }
  const { scope, declarations } = lowerVariables(source, node.initializer as ts.VariableDeclarationList, false);
  const first = declarations[0];
  const target = first?.target ?? { kind: 'opaque', reason: 'the code is not complete here', parts: [], ...source.span(node.initializer) };
  return { ...shared, scope, target };
}

function lowerTry(source: Source, node: ts.TryStatement): Try {
  const { catchClause, finallyBlock } = node;
  const parameter = catchClause?.variableDeclaration?.name;
  return {
    kind: 'try', body: lowerBlock(source, node.tryBlock),
    ...(parameter ? { parameter: lowerBindingName(source, parameter) } : {}),
    ...(catchClause ? { handler: lowerBlock(source, catchClause.block) } : {}),
    ...(finallyBlock ? { finalizer: lowerBlock(source, finallyBlock) } : {}),
    ...source.span(node),
  };
}

/**
 * An enum is an object, in which a number also leads back to its name: `enum Size { Small, Large = 8 }` becomes
 * `const Size = { Small: 0, 0: 'Small', Large: 8, 8: 'Large' }`.
 */
function lowerEnum(source: Source, node: ts.EnumDeclaration): VariableStatement {
  const span = source.span(node);
  const values = new Map<string, Expression>();
  let last: Expression | undefined;
  const properties = node.members.flatMap((member): Property[] => {
    const memberSpan = source.span(member);
    const name = member.name.kind === SyntaxKind.Identifier ? source.name(member.name) : source.textOf(member.name).replace(/^['"]|['"]$/g, '');
    const computed: Expression = member.initializer ? withMembers(lowerExpression(source, member.initializer), values)
      : last === undefined ? { kind: 'literal', value: 0, ...memberSpan }
      : last.kind === 'literal' && typeof last.value === 'number' ? { kind: 'literal', value: last.value + 1, ...memberSpan }
      : { kind: 'binary', operator: '+', left: last, right: { kind: 'literal', value: 1, ...memberSpan }, ...memberSpan };
    const value: Expression = isLong(computed) ? { kind: 'opaque', reason: 'this enum member is computed from too many others', parts: [], ...memberSpan } : computed;
    values.set(name, value);
    last = value;
    const property: Property = { kind: 'property', key: { name }, value, ...memberSpan };
    return isNumeric(value) ? [property, { kind: 'property', key: { computed: value }, value: { kind: 'literal', value: name, ...memberSpan }, ...memberSpan }] : [property];
  });
  const target = { kind: 'identifier', name: source.name(node.name), ...source.span(node.name) } as const;
  return { kind: 'variable', scope: 'const', declarations: [{ target, value: { kind: 'object', properties, ...span } }], exported: has(node, SyntaxKind.ExportKeyword), adds: true, ...span };
}

/** Whether an enum's member is computed from numbers alone. */
function isNumeric(node: Expression): boolean {
  switch (node.kind) {
    case 'literal': return typeof node.value === 'number';
    case 'unary': return isNumeric(node.argument);
    case 'binary': return isNumeric(node.left) && isNumeric(node.right);
    default: return false;
  }
}

/** Members that double the one before would make an expression that nobody could evaluate. */
function isLong(node: Expression): boolean {
  const work = [node];
  for (let count = 0; work.length > 0; count++) {
    if (count > longestMember) return true;
    const next = work.pop()!;
    if (next.kind === 'binary') work.push(next.left, next.right);
    else if (next.kind === 'unary') work.push(next.argument);
  }
  return false;
}

const longestMember = 200;

/** A member's value may name earlier members: `Both = Left | Right`. */
function withMembers(node: Expression, values: ReadonlyMap<string, Expression>): Expression {
  switch (node.kind) {
    case 'identifier': return values.get(node.name) ?? node;
    case 'unary': return { ...node, argument: withMembers(node.argument, values) };
    case 'binary': return { ...node, left: withMembers(node.left, values), right: withMembers(node.right, values) };
    default: return node;
  }
}

type NamespaceNode = ts.Statement & { readonly name: ts.Identifier; readonly body?: NamespaceNode | (ts.Node & { readonly statements: readonly ts.Statement[] }) };

/** `namespace Sizes { export const small = 8; }` is `const Sizes = (() => { const small = 8; return { small }; })()`. */
function lowerNamespace(source: Source, node: NamespaceNode): VariableStatement | undefined {
  const { name, body } = node;
  if (name.kind !== SyntaxKind.Identifier || !body) return undefined;
  const span = source.span(node);
  // `namespace A.B` exports B.
  const inner: Statement[] = 'statements' in body ? lowerStatements(source, body.statements) : [lowerNamespace(source, body) ?? []].flat();
  const exported = inner.flatMap(statement => {
    if (!('exported' in statement) || (!statement.exported && 'statements' in body)) return [];
    return statement.kind === 'variable' ? statement.declarations.flatMap(({ target }) => namesOfPattern(target)) : [statement.name];
  });
  const properties = exported.map((key): Property => ({ kind: 'property', key: { name: key }, value: { kind: 'identifier', name: key, ...span }, ...span }));
  const statements = inner.map((statement): Statement => ('exported' in statement ? { ...statement, exported: false } : statement));
  const make: Expression = {
    kind: 'function', nameStart: span.start, nameEnd: span.start, parameters: [], arrow: true, generator: false,
    body: [...statements, { kind: 'return', value: { kind: 'object', properties, ...span }, ...span }], ...span,
  };
  const value: Expression = { kind: 'call', callee: make, arguments: [], optional: false, construct: false, ...span };
  return { kind: 'variable', scope: 'const', declarations: [{ target: { kind: 'identifier', name: source.name(name), ...source.span(name) }, value }], exported: has(node, SyntaxKind.ExportKeyword), adds: true, ...span };
}
