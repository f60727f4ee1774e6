// Lowers what stands left of `=`: declared names, destructuring, and assignments to something that exists.
import * as ts from './typescript-parser.generated.mjs';
import { lowerExpression, lowerPropertyName, opaque } from './lower-expressions.ts';
import type { Source } from './typescript-source.ts';
import type { ArrayPattern, Hole, ObjectPattern, Pattern, PatternElement, PropertyKeyNode } from './tree.ts';

const { SyntaxKind } = ts;

/** `a`, `[a, b = 1, ...rest]` or `{ a, b: { c } }` in a declaration or a parameter. */
export function lowerBindingName(source: Source, node: ts.BindingName): Pattern {
  const span = source.span(node);
  switch (node.kind) {
    case SyntaxKind.Identifier: return { kind: 'identifier', name: source.name(node), start: span.start, end: span.end, place: undefined };
    case SyntaxKind.ArrayBindingPattern:
      return {
        kind: 'array-pattern',
        elements: node.elements.map((element): PatternElement | Hole =>
          element.kind === SyntaxKind.OmittedExpression ? { kind: 'hole', ...source.span(element) } : lowerBindingElement(source, element)),
        ...span,
      };
    case SyntaxKind.ObjectBindingPattern:
      return {
        kind: 'object-pattern',
        properties: node.elements.map(element => {
          const lowered = lowerBindingElement(source, element);
          if (element.dotDotDotToken) return lowered;
          const key: PropertyKeyNode = element.propertyName
            ? lowerPropertyName(source, element.propertyName)
            : { name: element.name.kind === SyntaxKind.Identifier ? source.name(element.name) : '' };
          return { ...lowered, key };
        }),
        ...span,
      };
  }
}

function lowerBindingElement(source: Source, element: ts.BindingElement): PatternElement {
  const target = lowerBindingName(source, element.name);
  const rest = element.dotDotDotToken !== undefined;
  return element.initializer
    ? { kind: 'element', target, fallback: lowerExpression(source, element.initializer), rest }
    : { kind: 'element', target, rest };
}

/** The left side of an assignment, where destructuring is written as array and object literals. */
export function lowerAssignmentTarget(source: Source, node: ts.Expression): Pattern {
  switch (node.kind) {
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.AsExpression: return lowerAssignmentTarget(source, (node as ts.Expression & { expression: ts.Expression }).expression);
    case SyntaxKind.ArrayLiteralExpression: return lowerArrayTarget(source, node as ts.ArrayLiteralExpression);
    case SyntaxKind.ObjectLiteralExpression: return lowerObjectTarget(source, node as ts.ObjectLiteralExpression);
    default: {
      const target = lowerExpression(source, node);
      if (target.kind === 'identifier' || target.kind === 'member' || target.kind === 'opaque') return target;
      return opaque(source, node, 'nothing can be assigned to this', [target]);
    }
  }
}

function lowerArrayTarget(source: Source, node: ts.ArrayLiteralExpression): ArrayPattern {
  const elements = node.elements.map((element): PatternElement | Hole => {
    if (element.kind === SyntaxKind.OmittedExpression) return { kind: 'hole', ...source.span(element) };
    if (element.kind === SyntaxKind.SpreadElement) {
      const { expression } = element as ts.Expression & { expression: ts.Expression };
      return { kind: 'element', target: lowerAssignmentTarget(source, expression), rest: true };
    }
    return lowerTargetWithDefault(source, element);
  });
  return { kind: 'array-pattern', elements, ...source.span(node) };
}

function lowerObjectTarget(source: Source, node: ts.ObjectLiteralExpression): ObjectPattern {
  const properties = node.properties.flatMap((property): (PatternElement & { key?: PropertyKeyNode })[] => {
    switch (property.kind) {
      case SyntaxKind.ShorthandPropertyAssignment: {
        const name = source.name(property.name);
        const target: Pattern = { kind: 'identifier', name, ...source.span(property.name) };
        const fallback = property.objectAssignmentInitializer;
        return [{
          kind: 'element', target, rest: false, key: { name }, ...(fallback ? { fallback: lowerExpression(source, fallback) } : {}),
        }];
      }
      case SyntaxKind.PropertyAssignment:
        return [{ ...lowerTargetWithDefault(source, property.initializer), key: lowerPropertyName(source, property.name) }];
      case SyntaxKind.SpreadAssignment:
        return [{ kind: 'element', target: lowerAssignmentTarget(source, property.expression), rest: true }];
      default: return [];
    }
  });
  return { kind: 'object-pattern', properties, ...source.span(node) };
}

function lowerTargetWithDefault(source: Source, node: ts.Expression): PatternElement {
  const assignment = node as ts.BinaryExpression;
  if (node.kind === SyntaxKind.BinaryExpression && assignment.operatorToken.kind === SyntaxKind.EqualsToken) {
    return {
      kind: 'element', target: lowerAssignmentTarget(source, assignment.left), fallback: lowerExpression(source, assignment.right), rest: false,
    };
  }
  return { kind: 'element', target: lowerAssignmentTarget(source, node), rest: false };
}
