// Lowers the parser's expressions to the core syntax tree.
import * as ts from './typescript-parser.generated.mjs';
import { longestData } from './long-data.ts';
import { lowerFunction } from './lower-functions.ts';
import { lowerClass } from './lower-classes.ts';
import { lowerAssignmentTarget } from './lower-patterns.ts';
import type { Source, Span } from './typescript-source.ts';
import type { ArrayLiteral, Call, Expression, Hole, Identifier, Literal, Logical, Member, ObjectLiteral, Opaque, Property, PropertyKeyNode, Spread, Template, Unary } from './tree.ts';

const { SyntaxKind } = ts;

// Nodes that a file has many of are written with their spans as fields of their own, and with room for the place that the
// interpreter asks for: what is spread into a literal, or added to it, lies in a second object.
export function lowerExpression(source: Source, node: ts.Expression): Expression {
  const span = source.span(node);
  if (span.end - span.start > longestData && isData(node)) return opaque(source, node, 'it is too long to be followed', partsOf(source, node));
  switch (node.kind) {
    case SyntaxKind.NumericLiteral: return literal(numberOf((node as ts.Expression & { text: string }).text), span);
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral: return literal((node as ts.Expression & { text: string }).text, span);
    case SyntaxKind.TrueKeyword: return literal(true, span);
    case SyntaxKind.FalseKeyword: return literal(false, span);
    case SyntaxKind.NullKeyword: return literal(null, span);
    case SyntaxKind.Identifier: {
      const name = source.name(node as ts.Identifier);
      // The parser puts a nameless identifier where something is missing.
      return name === '' ? opaque(source, node, 'the code is not complete here') : identifier(name, span);
    }
    case SyntaxKind.ThisKeyword: return { kind: 'this', ...span };
    case SyntaxKind.SuperKeyword: return { kind: 'super', ...span };
    case SyntaxKind.TemplateExpression: return lowerTemplate(source, node as ts.TemplateExpression);
    case SyntaxKind.ArrayLiteralExpression: return { kind: 'array', elements: lowerElements(source, (node as ts.ArrayLiteralExpression).elements), start: span.start, end: span.end, place: undefined };
    case SyntaxKind.ObjectLiteralExpression: return lowerObject(source, node as ts.ObjectLiteralExpression);
    case SyntaxKind.ArrowFunction:
    case SyntaxKind.FunctionExpression: return lowerFunction(source, node as ts.ArrowFunction | ts.FunctionExpression);
    case SyntaxKind.ClassExpression: return lowerClass(source, node as ts.ClassLikeDeclaration);
    case SyntaxKind.PropertyAccessExpression:
    case SyntaxKind.ElementAccessExpression:
    case SyntaxKind.CallExpression: return lowerChain(source, node);
    case SyntaxKind.NewExpression: {
      const { expression, arguments: args } = node as ts.NewExpression;
      return call(lowerExpression(source, expression), lowerArguments(source, args ?? []), span, { optional: false, construct: true });
    }
    case SyntaxKind.BinaryExpression: return lowerBinary(source, node as ts.BinaryExpression);
    case SyntaxKind.PrefixUnaryExpression:
    case SyntaxKind.PostfixUnaryExpression: return lowerUnary(source, node);
    case SyntaxKind.TypeOfExpression: return lowerKeywordOperator(source, node, 'typeof');
    case SyntaxKind.VoidExpression: return lowerKeywordOperator(source, node, 'void');
    case SyntaxKind.DeleteExpression: return lowerKeywordOperator(source, node, 'delete');
    case SyntaxKind.ConditionalExpression: {
      const { condition, whenTrue, whenFalse } = node as ts.Expression & Record<'condition' | 'whenTrue' | 'whenFalse', ts.Expression>;
      return {
        kind: 'conditional', test: lowerExpression(source, condition), then: lowerExpression(source, whenTrue),
        otherwise: lowerExpression(source, whenFalse), ...span,
      };
    }
    // What TypeScript adds to an expression has no run-time meaning.
    case SyntaxKind.ParenthesizedExpression:
    case SyntaxKind.AsExpression:
    case SyntaxKind.SatisfiesExpression:
    case SyntaxKind.TypeAssertionExpression:
    case SyntaxKind.NonNullExpression:
    case SyntaxKind.ExpressionWithTypeArguments: return lowerExpression(source, (node as ts.Expression & { expression: ts.Expression }).expression);
    case SyntaxKind.AwaitExpression:
      return { kind: 'await', argument: lowerExpression(source, (node as ts.Expression & { expression: ts.Expression }).expression), ...span };
    case SyntaxKind.YieldExpression: return lowerYield(source, node);
    case SyntaxKind.TaggedTemplateExpression: return lowerTaggedTemplate(source, node);
    case SyntaxKind.PrivateIdentifier: return { kind: 'literal', value: source.name(node as ts.Node as ts.Identifier), ...span };
    case SyntaxKind.RegularExpressionLiteral: {
      const [, pattern = '', flags = ''] = /^\/([^]*)\/(\w*)$/.exec(source.textOf(node)) ?? [];
      return { kind: 'regular-expression', pattern, flags, ...span };
    }
    // A name that nobody can declare: `new.target`. Functions that may read it declare it.
    case SyntaxKind.MetaProperty:
      return (node as ts.Expression & { keywordToken: ts.SyntaxKind }).keywordToken === SyntaxKind.NewKeyword ? { kind: 'identifier', name: 'new.target', ...span } : opaque(source, node, 'this expression is not evaluated');
    case SyntaxKind.BigIntLiteral: return { kind: 'big-integer', digits: source.textOf(node).replace(/[n_]/g, ''), ...span };
    default: return opaque(source, node, 'this expression is not evaluated', partsOf(source, node));
  }
}

/** Texts, and lists and objects of which nothing is left. */
function isData(node: ts.Expression): boolean {
  switch (node.kind) {
    case SyntaxKind.ArrayLiteralExpression: return (node as ts.ArrayLiteralExpression).elements.length === 0;
    case SyntaxKind.ObjectLiteralExpression: return (node as ts.ObjectLiteralExpression).properties.length === 0;
    case SyntaxKind.StringLiteral:
    case SyntaxKind.NoSubstitutionTemplateLiteral:
    case SyntaxKind.TemplateExpression:
    case SyntaxKind.TaggedTemplateExpression: return true;
    default: return false;
  }
}

export const opaque = (source: Source, node: ts.Node, reason: string, parts: readonly Expression[] = []): Opaque => ({
  kind: 'opaque', reason, parts, ...source.span(node),
});

export function lowerPropertyName(source: Source, name: ts.PropertyName): PropertyKeyNode {
  switch (name.kind) {
    case SyntaxKind.ComputedPropertyName: return { computed: lowerExpression(source, name.expression) };
    case SyntaxKind.Identifier: return { name: source.name(name) };
    case SyntaxKind.PrivateIdentifier: return { name: source.name(name) };
    case SyntaxKind.NumericLiteral: return { name: String(numberOf(name.text)) };
    case SyntaxKind.BigIntLiteral: return { name: name.text.replace(/n$/, '') };
    case SyntaxKind.StringLiteral: return { name: name.text, quoted: true };
    default: return { name: name.text };
  }
}

/** Expressions inside a construct that is not modelled (JSX, tagged templates, …), outermost first. */
function partsOf(source: Source, node: ts.Node): Expression[] {
  const parts: Expression[] = [];
  const visit = (child: ts.Node): void => {
    if (isJsxLike(child)) ts.forEachChild(child, visit);
    else if (isExpressionKind(child.kind)) parts.push(lowerExpression(source, child as ts.Expression));
  };
  ts.forEachChild(node, visit);
  return parts;
}

const isJsxLike = (node: ts.Node): boolean => node.kind >= SyntaxKind.JsxElement && node.kind <= SyntaxKind.JsxNamespacedName;

const isExpressionKind = (kind: ts.SyntaxKind): boolean =>
  (kind >= SyntaxKind.ArrayLiteralExpression && kind <= SyntaxKind.SatisfiesExpression && kind !== SyntaxKind.OmittedExpression) ||
  kind === SyntaxKind.TemplateExpression;

function lowerTemplate(source: Source, node: ts.TemplateExpression): Template {
  return {
    kind: 'template', texts: [node.head.text, ...node.templateSpans.map(part => part.literal.text)],
    values: node.templateSpans.map(part => lowerExpression(source, part.expression)), ...source.span(node),
  };
}

/** ``tag`a${b}` `` calls `tag` with the texts and the values. */
function lowerTaggedTemplate(source: Source, node: ts.Expression): Expression {
  const { tag, template } = node as ts.Expression & { tag: ts.Expression; template: ts.Expression };
  if (source.textOf(tag) === 'String.raw') return lowerRawTemplate(source, template);
  const lowered = lowerExpression(source, template);
  const span = source.span(template);
  const texts = lowered.kind === 'template' ? lowered.texts : lowered.kind === 'literal' ? [String(lowered.value)] : [];
  const first: Expression = { kind: 'array', elements: texts.map(value => ({ kind: 'literal', value, ...span })), frozen: true, ...span };
  const values = lowered.kind === 'template' ? lowered.values : [];
  return { kind: 'call', callee: lowerExpression(source, tag), arguments: [first, ...values], optional: false, construct: false, ...source.span(node) };
}

/** `String.raw` takes the texts as they are written. */
function lowerRawTemplate(source: Source, template: ts.Expression): Expression {
  const span = source.span(template);
  if (template.kind !== SyntaxKind.TemplateExpression) return { kind: 'literal', value: source.textOf(template).slice(1, -1), ...span };
  const { head, templateSpans } = template as ts.TemplateExpression;
  const parts = [head, ...templateSpans.map(({ literal }) => literal)];
  const texts = parts.map((part, i) => source.textOf(part).slice(1, i < parts.length - 1 ? -2 : -1));
  return { kind: 'template', texts, values: templateSpans.map(part => lowerExpression(source, part.expression)), ...span };
}

/** `yield` is a function of the generator's scope; `yield*` gives it each element. */
function lowerYield(source: Source, node: ts.Expression): Expression {
  const { expression, asteriskToken } = node as ts.Expression & { expression?: ts.Expression; asteriskToken?: ts.Node };
  const span = source.span(node);
  const value: Expression = expression ? lowerExpression(source, expression) : { kind: 'identifier', name: 'undefined', ...span };
  return { kind: 'call', callee: { kind: 'identifier', name: 'yield', ...span }, arguments: [asteriskToken ? { kind: 'spread', argument: value, ...span } : value], optional: false, construct: false, ...span };
}

const literal = (value: Literal['value'], { start, end }: Span): Literal => ({ kind: 'literal', value, start, end });

const identifier = (name: string, { start, end }: Span): Identifier => ({ kind: 'identifier', name, start, end, place: undefined });

const call = (callee: Expression, args: Call['arguments'], { start, end }: Span, { optional, construct }: { optional: boolean; construct: boolean }): Call => ({
  kind: 'call', callee, arguments: args, optional, construct, start, end, place: undefined, argumentPlaces: undefined,
});

// Loops, because a function for each list would keep its variables at every node.
function lowerElements(source: Source, nodes: readonly ts.Expression[]): ArrayLiteral['elements'] {
  const elements: (Expression | Spread | Hole)[] = [];
  for (const node of nodes) elements.push(lowerElement(source, node));
  return elements;
}

function lowerArguments(source: Source, nodes: readonly ts.Expression[]): Call['arguments'] {
  const args: (Expression | Spread)[] = [];
  for (const node of nodes) args.push(lowerArgument(source, node));
  return args;
}

function lowerElement(source: Source, node: ts.Expression): Expression | Spread | Hole {
  return node.kind === SyntaxKind.OmittedExpression ? { kind: 'hole', ...source.span(node) } : lowerArgument(source, node);
}

export function lowerArgument(source: Source, node: ts.Expression): Expression | Spread {
  if (node.kind !== SyntaxKind.SpreadElement) return lowerExpression(source, node);
  const { expression } = node as ts.Expression & { expression: ts.Expression };
  return { kind: 'spread', argument: lowerExpression(source, expression), ...source.span(node) };
}

function lowerObject(source: Source, node: ts.ObjectLiteralExpression): ObjectLiteral {
  const properties: (Property | Spread)[] = [];
  for (const property of node.properties) properties.push(lowerProperty(source, property));
  const { start, end } = source.span(node);
  return { kind: 'object', properties, start, end, place: undefined };
}

function lowerProperty(source: Source, property: ts.ObjectLiteralExpression['properties'][number]): Property | Spread {
  const { start, end } = source.span(property);
  switch (property.kind) {
    case SyntaxKind.SpreadAssignment: return { kind: 'spread', argument: lowerExpression(source, property.expression), start, end };
    case SyntaxKind.ShorthandPropertyAssignment:
      return { kind: 'property', key: { name: source.name(property.name) }, value: lowerExpression(source, property.name), start, end, place: undefined, held: undefined, keyPlace: undefined };
    case SyntaxKind.PropertyAssignment:
      return { kind: 'property', key: lowerPropertyName(source, property.name), value: lowerExpression(source, property.initializer), start, end, place: undefined, held: undefined, keyPlace: undefined };
    case SyntaxKind.MethodDeclaration:
      return { kind: 'property', key: lowerPropertyName(source, property.name), value: lowerFunction(source, property), start, end, place: undefined, held: undefined, keyPlace: undefined };
    case SyntaxKind.GetAccessor:
      return { kind: 'property', key: lowerPropertyName(source, property.name), value: lowerFunction(source, property), accessor: 'get', start, end };
    case SyntaxKind.SetAccessor:
      return { kind: 'property', key: lowerPropertyName(source, property.name), value: lowerFunction(source, property), accessor: 'set', start, end };
  }
}

/** Member accesses and calls; the outermost of an optional chain is wrapped, because it ends the short circuit. */
function lowerChain(source: Source, node: ts.Expression): Expression {
  const link = lowerLink(source, node);
  return node.flags & ts.NodeFlags.OptionalChain ? { kind: 'chain', expression: link, start: link.start, end: link.end } : link;
}

function lowerLink(source: Source, node: ts.Expression): Expression {
  switch (node.kind) {
    case SyntaxKind.PropertyAccessExpression: {
      const { expression, name, questionDotToken } = node as ts.PropertyAccessExpression;
      return member(source, node, expression, source.name(name), source.span(name), questionDotToken !== undefined);
    }
    case SyntaxKind.ElementAccessExpression: {
      const { expression, argumentExpression, questionDotToken } = node as ts.ElementAccessExpression;
      return member(source, node, expression, lowerExpression(source, argumentExpression), source.span(argumentExpression), questionDotToken !== undefined);
    }
    case SyntaxKind.CallExpression: {
      const { expression, arguments: args, questionDotToken } = node as ts.CallExpression;
      // `await import('x')` gives the same namespace as `import * as`.
      const callee = expression.kind === SyntaxKind.ImportKeyword ? identifier('import', source.span(expression)) : lowerBase(source, node, expression);
      return call(callee, lowerArguments(source, args), source.span(node), { optional: questionDotToken !== undefined, construct: false });
    }
    default: return lowerExpression(source, node);
  }
}

function member(source: Source, node: ts.Expression, object: ts.Expression, property: Member['property'], name: Span, optional: boolean): Member {
  const { start, end } = source.span(node);
  return { kind: 'member', object: lowerBase(source, node, object), property, nameStart: name.start, nameEnd: name.end, optional, start, end, place: undefined, namePlace: undefined };
}

/** What a link of a chain is put behind. */
const lowerBase = (source: Source, node: ts.Expression, object: ts.Expression): Expression =>
  (node.flags & ts.NodeFlags.OptionalChain && object.flags & ts.NodeFlags.OptionalChain ? lowerLink(source, object) : lowerExpression(source, object));

function lowerBinary(source: Source, node: ts.BinaryExpression): Expression {
  const span = source.span(node);
  const operator = ts.tokenToString(node.operatorToken.kind) ?? '?';
  if (node.operatorToken.kind >= SyntaxKind.FirstAssignment && node.operatorToken.kind <= SyntaxKind.LastAssignment) {
    return { kind: 'assignment', operator, target: lowerAssignmentTarget(source, node.left), value: lowerExpression(source, node.right), start: span.start, end: span.end };
  }
  // A long sum is a deep tree to the left; walking it in a loop keeps the stack flat.
  const operands: { node: ts.BinaryExpression; right: Expression }[] = [];
  let left: ts.Expression = node;
  while (left.kind === SyntaxKind.BinaryExpression && isPlainOperator((left as ts.BinaryExpression).operatorToken.kind)) {
    const binary = left as ts.BinaryExpression;
    operands.push({ node: binary, right: lowerExpression(source, binary.right) });
    left = binary.left;
  }
  let result = lowerExpression(source, left);
  for (const { node: binary, right } of operands.reverse()) result = combine(binary, result, right);
  return result;
}

const isPlainOperator = (kind: ts.SyntaxKind): boolean => kind < SyntaxKind.FirstAssignment || kind > SyntaxKind.LastAssignment;

function combine(node: ts.BinaryExpression, left: Expression, right: Expression): Expression {
  const span = { start: left.start, end: Math.max(left.end, node.end) };
  const operator = ts.tokenToString(node.operatorToken.kind) ?? '?';
  if (operator === ',') return { kind: 'sequence', expressions: [left, right], ...span };
  if (operator === '&&' || operator === '||' || operator === '??') {
    return { kind: 'logical', operator: operator as Logical['operator'], left, right, ...span };
  }
  return { kind: 'binary', operator, left, right, start: span.start, end: span.end };
}

function lowerUnary(source: Source, node: ts.Expression): Expression {
  const { operator, operand } = node as ts.Expression & { operator: ts.SyntaxKind; operand: ts.Expression };
  const text = ts.tokenToString(operator);
  const span = source.span(node);
  const argument = lowerExpression(source, operand);
  if (text === '++' || text === '--') {
    return { kind: 'update', operator: text, prefix: node.kind === SyntaxKind.PrefixUnaryExpression, target: argument, ...span };
  }
  return { kind: 'unary', operator: text as Unary['operator'], argument, ...span };
}

function lowerKeywordOperator(source: Source, node: ts.Expression, operator: Unary['operator']): Unary {
  const { expression } = node as ts.Expression & { expression: ts.Expression };
  return { kind: 'unary', operator, argument: lowerExpression(source, expression), ...source.span(node) };
}

const numberOf = (text: string): number => Number(text.replaceAll('_', ''));
