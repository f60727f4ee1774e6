// Lowers functions of every form: declarations, expressions, arrows, methods, accessors and constructors.
import * as ts from './typescript-parser.generated.mjs';
import { lowerExpression, lowerPropertyName } from './lower-expressions.ts';
import { lowerBindingName } from './lower-patterns.ts';
import { lowerStatements } from './lower-statements.ts';
import type { Source } from './typescript-source.ts';
import type { FunctionNode, Parameter } from './tree.ts';

const { SyntaxKind } = ts;

export const lowerFunction = (source: Source, node: ts.FunctionLikeDeclaration): FunctionNode =>
  source.withinStrict(hasStrictDirective(source, node), () => lowerWithin(source, node));

function lowerWithin(source: Source, node: ts.FunctionLikeDeclaration): FunctionNode {
  const span = source.span(node);
  const name = nameOf(source, node);
  const nameSpan = node.name ? source.span(node.name) : { start: span.start, end: span.start };
  const { body } = node as { body?: ts.Block | ts.Expression };
  return {
    kind: 'function',
    ...(name ? { name } : {}),
    nameStart: nameSpan.start, nameEnd: nameSpan.end,
    // The static block of a class has no parameters at all.
    parameters: (node.parameters as typeof node.parameters | undefined ?? []).filter(parameter => !isThisParameter(source, parameter)).map(parameter => lowerParameter(source, parameter)),
    body: !body ? [] : body.kind === SyntaxKind.Block ? lowerStatements(source, (body as ts.Block).statements) : lowerExpression(source, body as ts.Expression),
    arrow: node.kind === SyntaxKind.ArrowFunction,
    ...(name && node.kind === SyntaxKind.FunctionExpression ? { knowsItself: true as const } : {}),
    generator: 'asteriskToken' in node && node.asteriskToken !== undefined,
    ...(/arguments|new\s*\.\s*target/.test(source.text.slice(span.start, span.end)) ? { mayReadCall: true } : {}),
    ...(source.isStrict ? { strict: true as const } : {}),
    ...span,
  };
}

function hasStrictDirective(source: Source, { body }: ts.FunctionLikeDeclaration & { body?: ts.Node | undefined }): boolean {
  const first = body?.kind === SyntaxKind.Block ? (body as ts.Block).statements[0] : undefined;
  return first !== undefined && /^(['"])use strict\1/.test(source.textOf(first));
}

function nameOf(source: Source, node: ts.FunctionLikeDeclaration): string | undefined {
  if (!node.name) return undefined;
  const key = lowerPropertyName(source, node.name);
  return 'name' in key && key.name !== '' ? key.name : undefined;
}

/** `function f(this: Model)` declares a type, not a parameter. */
const isThisParameter = (source: Source, parameter: ts.ParameterDeclaration): boolean =>
  parameter.name.kind === SyntaxKind.Identifier && source.name(parameter.name) === 'this';

function lowerParameter(source: Source, parameter: ts.ParameterDeclaration): Parameter {
  return {
    pattern: lowerBindingName(source, parameter.name),
    ...(parameter.initializer ? { fallback: lowerExpression(source, parameter.initializer) } : {}),
    ...(parameter.type ? { type: source.textOf(parameter.type) } : {}),
    ...(parameter.modifiers?.some(modifier => isFieldModifier(modifier.kind)) ? { property: true } : {}),
    rest: parameter.dotDotDotToken !== undefined,
    ...source.span(parameter),
  };
}

const isFieldModifier = (kind: ts.SyntaxKind): boolean =>
  kind === SyntaxKind.PublicKeyword || kind === SyntaxKind.PrivateKeyword || kind === SyntaxKind.ProtectedKeyword ||
  kind === SyntaxKind.ReadonlyKeyword || kind === SyntaxKind.OverrideKeyword;
