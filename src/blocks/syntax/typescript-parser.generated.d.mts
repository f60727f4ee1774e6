// The types of the sliced parser are those of the package that it is cut from.
export {
  createSourceFile, updateSourceFile, forEachChild, SyntaxKind, NodeFlags, ScriptKind, ScriptTarget, JSDocParsingMode,
  tokenToString, skipTrivia,
} from 'typescript';
