// The types of the sliced parser are those of the package that it is cut from.
export {
  createSourceFile, updateSourceFile, forEachChild, SyntaxKind, NodeFlags, ScriptKind, ScriptTarget, JSDocParsingMode,
  tokenToString,
} from 'typescript';
/** Internal in the package: the offset of the first character at or after `pos` that is neither space nor comment. */
export declare function skipTrivia(text: string, pos: number): number;
export type {
  ArrayBindingPattern, ArrayLiteralExpression, ArrowFunction, BinaryExpression, BindingElement, BindingName, Block, CallExpression,
  CaseOrDefaultClause, ClassLikeDeclaration, ConstructorDeclaration, DiagnosticWithLocation, ElementAccessExpression, EnumDeclaration,
  ExportAssignment, ExportDeclaration, Expression, ForInOrOfStatement, ForStatement, FunctionDeclaration, FunctionExpression,
  FunctionLikeDeclaration, Identifier, ImportDeclaration, JsxAttributes, MethodDeclaration, ModuleDeclaration, NewExpression, Node, NodeArray,
  ObjectBindingPattern, ObjectLiteralExpression, ParameterDeclaration, PrivateIdentifier, PropertyAccessExpression, PropertyName,
  SourceFile, Statement, TemplateExpression, TextChangeRange, TryStatement, VariableDeclarationList,
} from 'typescript';
