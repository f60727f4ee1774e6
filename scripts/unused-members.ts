// Leaves out of a function that makes one large object, as TypeScript's node factory does, the members that nobody names.
import { parse, type AnyNode, type Property, type SpreadElement, type Statement } from 'acorn';

/** Something of the function's body that goes if nobody names it. */
interface Unit {
  readonly start: number;
  readonly end: number;
  readonly name: string;
}

/**
 * `code` is a declared function, or one that is called where it stands. `others` are words that are mentioned elsewhere. Words are
 * compared without regard to what they mean, so that too much may be kept but never too little.
 */
export function withoutUnusedMembers(code: string, others: ReadonlySet<string>): string {
  const units = bodyOf(parse(code, { ecmaVersion: 'latest' }).body[0]!).flatMap(statement => unitsOf(statement));
  const named = new Set([...others, ...wordsIn(without(code, units))]);
  let left = units;
  for (;;) {
    const used = left.filter(({ name }) => named.has(name));
    if (used.length === 0) return without(code, left);
    left = left.filter(unit => !used.includes(unit));
    for (const { start, end } of used) for (const word of wordsIn(code.slice(start, end))) named.add(word);
  }
}

export const wordsIn = (code: string): readonly string[] => code.match(/[\w$]+/g) ?? [];

function bodyOf(statement: AnyNode): readonly Statement[] {
  if (statement.type === 'FunctionDeclaration') return statement.body.body;
  if (statement.type !== 'ExpressionStatement' || statement.expression.type !== 'CallExpression') return [];
  const { callee } = statement.expression;
  return callee.type === 'ArrowFunctionExpression' && callee.body.type === 'BlockStatement' ? callee.body.body : [];
}

function unitsOf(statement: Statement): Unit[] {
  const { start, end } = statement;
  if (statement.type === 'FunctionDeclaration') return [{ start, end, name: statement.id.name }];
  if (statement.type === 'ReturnStatement' && statement.argument?.type === 'ObjectExpression') return statement.argument.properties.flatMap(memberOf);
  if (statement.type === 'VariableDeclaration' && statement.declarations.length === 1) {
    const { id, init } = statement.declarations[0]!;
    if (init?.type === 'ObjectExpression') return init.properties.flatMap(memberOf);
    return id.type === 'Identifier' ? [{ start, end, name: id.name }] : [];
  }
  // `Debug2.fail = fail;`
  if (statement.type === 'ExpressionStatement' && statement.expression.type === 'AssignmentExpression') {
    const { left } = statement.expression;
    if (left.type === 'MemberExpression' && left.property.type === 'Identifier' && !left.computed) return [{ start, end, name: left.property.name }];
  }
  return [];
}

const memberOf = (property: Property | SpreadElement): Unit[] =>
  property.type === 'Property' && property.key.type === 'Identifier' && !property.computed ? [{ start: property.start, end: property.end, name: property.key.name }] : [];

/** The commas between members that are left out stay behind one another, which is no object any more: they go too. */
function without(code: string, units: readonly Unit[]): string {
  let rest = '';
  let from = 0;
  for (const { start, end } of [...units].sort((a, b) => a.start - b.start)) {
    rest += code.slice(from, start);
    from = end + (/^\s*,/.exec(code.slice(end, end + 100))?.[0].length ?? 0);
  }
  return rest + code.slice(from);
}
