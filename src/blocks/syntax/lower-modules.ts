// Lowers imports and exports.
import * as ts from './typescript-parser.generated.mjs';
import { lowerExpression } from './lower-expressions.ts';
import { isOfBlockscope } from './own-modules.ts';
import type { Source } from './typescript-source.ts';
import type { Export, ExportFrom, Expression, Identifier, Import, Statement } from './tree.ts';

const { SyntaxKind } = ts;

export function lowerImport(source: Source, node: ts.ImportDeclaration): Import | undefined {
  const clause = node.importClause;
  // `import type` is gone at run time; `import './x'` binds nothing, but runs.
  if (clause?.phaseModifier === SyntaxKind.TypeKeyword) return lowerTypeImport(source, node);
  const bindings: { imported: string; local: string }[] = [];
  if (clause?.name) bindings.push({ imported: 'default', local: source.name(clause.name) });
  const named = clause?.namedBindings;
  if (named?.kind === SyntaxKind.NamespaceImport) bindings.push({ imported: '*', local: source.name(named.name) });
  else if (named) {
    for (const element of named.elements) {
      if (element.isTypeOnly) continue;
      bindings.push({ imported: exportedName(source, element.propertyName ?? element.name), local: source.name(element.name) });
    }
  }
  return { kind: 'import', from: moduleName(node.moduleSpecifier), bindings, ...source.span(node) };
}

/** That a file has to do with blocks is worth knowing. */
function lowerTypeImport(source: Source, node: ts.ImportDeclaration): Import | undefined {
  const from = moduleName(node.moduleSpecifier);
  return isOfBlockscope(from) ? { kind: 'import', from, bindings: [], typeOnly: true, ...source.span(node) } : undefined;
}

export function lowerExport(source: Source, node: ts.ExportDeclaration): Export | ExportFrom | undefined {
  if (node.isTypeOnly) return undefined;
  const span = source.span(node);
  const clause = node.exportClause;
  if (node.moduleSpecifier) {
    const from = moduleName(node.moduleSpecifier);
    if (!clause) return { kind: 'export-from', from, names: '*', ...span };
    if (clause.kind === SyntaxKind.NamespaceExport) {
      return { kind: 'export-from', from, names: [{ exported: exportedName(source, clause.name), imported: '*' }], ...span };
    }
    const names = clause.elements.map(element => ({
      exported: exportedName(source, element.name), imported: exportedName(source, element.propertyName ?? element.name),
    }));
    return { kind: 'export-from', from, names, ...span };
  }
  if (clause?.kind !== SyntaxKind.NamedExports) return undefined;
  const names = clause.elements.map(element => {
    const local = element.propertyName ?? element.name;
    const value: Identifier = { kind: 'identifier', name: exportedName(source, local), ...source.span(local) };
    return { exported: exportedName(source, element.name), value };
  });
  return { kind: 'export', names, ...span };
}

type ImportEquals = ts.Statement & {
  readonly isTypeOnly: boolean;
  readonly name: ts.Identifier;
  readonly moduleReference: ts.Expression & { readonly expression: ts.Expression };
};

/** `import a = require('a')`; a name for a part of a namespace gives nothing. */
export function lowerImportEquals(source: Source, node: ts.Statement): Statement | undefined {
  const span = source.span(node);
  const { isTypeOnly, name, moduleReference } = node as ImportEquals;
  if (isTypeOnly || moduleReference.kind !== SyntaxKind.ExternalModuleReference) return undefined;
  const value: Expression = {
    kind: 'call', callee: { kind: 'identifier', name: 'require', ...span }, arguments: [lowerExpression(source, moduleReference.expression)],
    optional: false, construct: false, ...span,
  };
  return { kind: 'variable', scope: 'const', declarations: [{ target: { kind: 'identifier', name: source.name(name), ...source.span(name) }, value }], exported: false, ...span };
}

/** `export default value`, and `export = value`, which is `module.exports = value`. */
export function lowerExportAssignment(source: Source, node: ts.ExportAssignment): Statement {
  const value = lowerExpression(source, node.expression);
  if (node.isExportEquals) {
    const span = source.span(node);
    const target = { kind: 'member', object: { kind: 'identifier', name: 'module', ...span }, property: 'exports', nameStart: span.start, nameEnd: span.start, optional: false, ...span } as const;
    return { kind: 'expression', expression: { kind: 'assignment', operator: '=', target, value, ...span }, ...span };
  }
  return { kind: 'export', names: [{ exported: 'default', value }], ...source.span(node) };
}

const moduleName = (specifier: ts.Expression): string => (specifier as ts.Expression & { text?: string }).text ?? '';

const exportedName = (source: Source, name: ts.Node): string =>
  name.kind === SyntaxKind.Identifier ? source.name(name as ts.Identifier) : ((name as ts.Node & { text?: string }).text ?? '');
