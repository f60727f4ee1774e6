// Lowers classes: constructor, fields, methods and accessors, static or not.
import * as ts from './typescript-parser.generated.mjs';
import { lowerExpression, lowerPropertyName } from './lower-expressions.ts';
import { lowerFunction } from './lower-functions.ts';
import type { Source } from './typescript-source.ts';
import type { ClassMember, ClassNode, FunctionNode } from './tree.ts';

const { SyntaxKind } = ts;

/** The code of a class is strict. */
export const lowerClass = (source: Source, node: ts.ClassLikeDeclaration): ClassNode => source.withinStrict(true, () => lowerWithin(source, node));

function lowerWithin(source: Source, node: ts.ClassLikeDeclaration): ClassNode {
  const span = source.span(node);
  const nameSpan = node.name ? source.span(node.name) : { start: span.start, end: span.start };
  const superclass = node.heritageClauses?.find(clause => clause.token === SyntaxKind.ExtendsKeyword)?.types[0];
  let constructorNode: FunctionNode | undefined;
  const members: ClassMember[] = [];
  for (const member of node.members) {
    const { modifiers } = member as { modifiers?: readonly ts.Node[] };
    const isStatic = modifiers?.some(modifier => modifier.kind === SyntaxKind.StaticKeyword) ?? false;
    const add = (name: ts.PropertyName, kind: ClassMember['kind'], value?: ClassMember['value']): void => {
      members.push({ key: lowerPropertyName(source, name), static: isStatic, kind, ...(value ? { value } : {}), ...source.span(member) });
    };
    switch (member.kind) {
      case SyntaxKind.Constructor: {
        const constructor = member as ts.ConstructorDeclaration;
        // Overload signatures have no body; only the implementation counts.
        if (constructor.body) constructorNode = lowerFunction(source, constructor);
        break;
      }
      case SyntaxKind.MethodDeclaration: {
        const method = member as ts.MethodDeclaration;
        if (method.body) add(method.name, 'method', lowerFunction(source, method));
        break;
      }
      case SyntaxKind.GetAccessor:
      case SyntaxKind.SetAccessor: {
        const accessor = member as ts.FunctionLikeDeclaration & { name: ts.PropertyName };
        add(accessor.name, member.kind === SyntaxKind.GetAccessor ? 'get' : 'set', lowerFunction(source, accessor));
        break;
      }
      case SyntaxKind.PropertyDeclaration: {
        const field = member as ts.Node as { name: ts.PropertyName; initializer?: ts.Expression } & ts.Node;
        add(field.name, 'field', field.initializer ? lowerExpression(source, field.initializer) : undefined);
        break;
      }
      case SyntaxKind.ClassStaticBlockDeclaration:
        members.push({ key: { name: '' }, static: true, kind: 'static-block', value: lowerFunction(source, member as ts.Node as ts.FunctionLikeDeclaration), ...source.span(member) });
        break;
      default: break;
    }
  }
  return {
    kind: 'class', ...(node.name ? { name: source.name(node.name) } : {}), nameStart: nameSpan.start, nameEnd: nameSpan.end,
    ...(superclass ? { superclass: lowerExpression(source, superclass.expression) } : {}),
    ...(constructorNode ? { constructorNode } : {}),
    members, ...span,
  };
}
