// Lowers the parser's statements to the core syntax tree. Types and ambient declarations disappear.
import * as ts from './typescript-parser.generated.mjs';
import { lowerClass } from './lower-classes.ts';
import { lowerExpression } from './lower-expressions.ts';
import { lowerFunction } from './lower-functions.ts';
import { lowerExport, lowerExportAssignment, lowerImport, lowerImportEquals } from './lower-modules.ts';
import { lowerAssignmentTarget, lowerBindingName } from './lower-patterns.ts';
import type { Source } from './typescript-source.ts';
import type { Block, Expression, ForEach, Property, Statement, Try, VariableStatement } from './tree.ts';

const { SyntaxKind } = ts;

export const lowerStatements = (source: Source, nodes: readonly ts.Statement[]): Statement[] =>
  nodes.flatMap(node => lowerStatement(source, node) ?? []);

function lowerStatement(source: Source, node: ts.Statement): Statement | undefined {
  const span = source.span(node);
  if (has(node, SyntaxKind.DeclareKeyword)) return undefined;
  switch (node.kind) {
    case SyntaxKind.VariableStatement:
      return lowerVariables(source, (node as ts.Statement & { declarationList: ts.VariableDeclarationList }).declarationList, has(node, SyntaxKind.ExportKeyword));
    case SyntaxKind.ExpressionStatement:
      return { kind: 'expression', expression: lowerExpression(source, expressionOf(node)), ...span };
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
    case SyntaxKind.SwitchStatement: {
      const { caseBlock } = node as ts.Statement & { caseBlock: { clauses: readonly ts.CaseOrDefaultClause[] } };
      const cases = caseBlock.clauses.map(clause => ({
        ...(clause.kind === SyntaxKind.CaseClause ? { test: lowerExpression(source, clause.expression) } : {}),
        body: lowerStatements(source, clause.statements),
      }));
      return { kind: 'switch', discriminant: lowerExpression(source, expressionOf(node)), cases, ...span };
    }
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
    case SyntaxKind.ImportDeclaration: return lowerImport(source, node as ts.ImportDeclaration);
    case SyntaxKind.ImportEqualsDeclaration: return lowerImportEquals(source, node);
    case SyntaxKind.ExportDeclaration: return lowerExport(source, node as ts.ExportDeclaration);
    case SyntaxKind.ExportAssignment: return lowerExportAssignment(source, node as ts.ExportAssignment);
    // Types, interfaces, namespaces and empty statements do nothing that is modelled.
    default: return undefined;
  }
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
  const shared = { kind: 'for-each', over, iterable: lowerExpression(source, node.expression), body: lowerBody(source, node.statement), ...source.span(node) } as const;
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

/** An enum is an object: `enum Size { Small, Large = 8 }` becomes `const Size = { Small: 0, Large: 8 }`. */
function lowerEnum(source: Source, node: ts.EnumDeclaration): VariableStatement {
  const span = source.span(node);
  let next: number | undefined = 0;
  const properties = node.members.map((member): Property => {
    const memberSpan = source.span(member);
    const key = { name: member.name.kind === SyntaxKind.Identifier ? source.name(member.name) : source.textOf(member.name).replace(/^['"]|['"]$/g, '') };
    let value: Expression;
    if (member.initializer) {
      value = lowerExpression(source, member.initializer);
      next = value.kind === 'literal' && typeof value.value === 'number' ? value.value + 1 : undefined;
    } else if (next !== undefined) {
      value = { kind: 'literal', value: next++, ...memberSpan };
    } else {
      value = { kind: 'opaque', reason: 'the value of this enum member is computed', parts: [], ...memberSpan };
    }
    return { kind: 'property', key, value, ...memberSpan };
  });
  const target = { kind: 'identifier', name: source.name(node.name), ...source.span(node.name) } as const;
  return { kind: 'variable', scope: 'const', declarations: [{ target, value: { kind: 'object', properties, ...span } }], exported: has(node, SyntaxKind.ExportKeyword), ...span };
}
