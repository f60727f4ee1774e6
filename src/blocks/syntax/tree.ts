// The core syntax tree: what the interpreter reads, whatever language a file is written in. Types, decorators and other
// things without a run-time meaning are gone; what cannot be read is `opaque` and evaluates to an unknown.
// Spans are offsets into the file's text; a node starts at its first token.
import type { Named, Spanned } from './place.ts';
import type { Location } from '../text/location.ts';
import type { UnreadCode } from './unread-code.ts';

export type Expression =
  | Literal | BigIntegerLiteral | RegularExpressionLiteral | Template | Identifier | ArrayLiteral | ObjectLiteral | FunctionNode | ClassNode | Unary | Update | Binary
  | Logical | Conditional | Assignment | Member | Chain | Call | Await | This | Super | Sequence | Opaque;

export interface Literal extends Spanned {
  readonly kind: 'literal';
  readonly value: string | number | boolean | null;
}

/** `8n`; `digits` may be those of another base, as in `0x8`. */
export interface BigIntegerLiteral extends Spanned {
  readonly kind: 'big-integer';
  readonly digits: string;
}

/** `/pattern/flags`. */
export interface RegularExpressionLiteral extends Spanned {
  readonly kind: 'regular-expression';
  readonly pattern: string;
  readonly flags: string;
}

/** `texts` has one entry more than `values`. */
export interface Template extends Spanned {
  readonly kind: 'template';
  readonly texts: readonly string[];
  readonly values: readonly Expression[];
}

export interface Identifier extends Spanned {
  readonly kind: 'identifier';
  readonly name: string;
}

export interface ArrayLiteral extends Spanned {
  readonly kind: 'array';
  readonly elements: readonly (Expression | Spread | Hole)[];
  /** Present where nobody can write to it: the texts of a tagged template. */
  readonly frozen?: true;
}

export interface Spread extends Spanned {
  readonly kind: 'spread';
  readonly argument: Expression;
}

export interface Hole extends Spanned {
  readonly kind: 'hole';
}

export interface ObjectLiteral extends Spanned {
  readonly kind: 'object';
  readonly properties: readonly (Property | Spread)[];
}

export interface Property extends Spanned {
  readonly kind: 'property';
  readonly key: PropertyKeyNode;
  readonly value: Expression;
  readonly accessor?: 'get' | 'set';
  /** What it holds where its value is a literal, each time the same; made when it is asked for. */
  held?: { readonly value: Literal['value']; readonly at: Location } | undefined;
  /** Made when it is asked for; see `keyPlaceOf`. */
  keyPlace?: Location | undefined;
}

/** A name written as it is or in quotes, or `[computed]`. */
export type PropertyKeyNode = { readonly name: string; readonly quoted?: true } | { readonly computed: Expression };

export interface FunctionNode extends Named {
  readonly kind: 'function';
  /** `nameStart` is the start of the function where it has none. */
  readonly name?: string;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Statement[] | Expression;
  /** An arrow function has no `this` of its own. */
  readonly arrow: boolean;
  /** Present where its name is declared inside of it alone: of a function expression. */
  readonly knowsItself?: true;
  /** A call gives the list of what it yields. */
  readonly generator: boolean;
  /** Present where its text mentions `arguments` or `new.target`. */
  readonly mayReadCall?: boolean;
  /** Present where it lies in a class, or says so itself or in a function around it; whether the file is strict is another matter. */
  readonly strict?: true;
}

export interface Parameter extends Spanned {
  readonly pattern: Pattern;
  readonly fallback?: Expression;
  readonly rest: boolean;
  /** The declared type as written (`tf.SymbolicTensor`), for the values of functions that nobody calls. */
  readonly type?: string;
  /** `constructor(private readonly filters: number)` also declares a field. */
  readonly property?: boolean;
}

export interface ClassNode extends Named {
  readonly kind: 'class';
  readonly name?: string;
  readonly superclass?: Expression;
  readonly constructorNode?: FunctionNode;
  readonly members: readonly ClassMember[];
}

export interface ClassMember extends Spanned {
  readonly key: PropertyKeyNode;
  readonly static: boolean;
  /** A static block has a function without parameters for its value, and no name. */
  readonly kind: 'method' | 'get' | 'set' | 'field' | 'static-block';
  readonly value?: Expression;
}

export interface Unary extends Spanned {
  readonly kind: 'unary';
  readonly operator: '-' | '+' | '!' | '~' | 'typeof' | 'void' | 'delete';
  readonly argument: Expression;
}

export interface Update extends Spanned {
  readonly kind: 'update';
  readonly operator: '++' | '--';
  readonly prefix: boolean;
  readonly target: Expression;
}

export interface Binary extends Spanned {
  readonly kind: 'binary';
  readonly operator: string;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Logical extends Spanned {
  readonly kind: 'logical';
  readonly operator: '&&' | '||' | '??';
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional extends Spanned {
  readonly kind: 'conditional';
  readonly test: Expression;
  readonly then: Expression;
  readonly otherwise: Expression;
}

export interface Assignment extends Spanned {
  readonly kind: 'assignment';
  /** `=`, `+=`, `??=`, … */
  readonly operator: string;
  readonly target: Pattern;
  readonly value: Expression;
}

export interface Member extends Named {
  readonly kind: 'member';
  readonly object: Expression;
  readonly property: Expression | string;
  readonly optional: boolean;
}

/** The whole of `a?.b.c`: a nullish `a` makes all of it undefined. */
export interface Chain extends Spanned {
  readonly kind: 'chain';
  readonly expression: Expression;
}

export interface Call extends Spanned {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly arguments: readonly (Expression | Spread)[];
  readonly optional: boolean;
  readonly construct: boolean;
  /** Where the arguments stand; made when it is asked for. */
  argumentPlaces?: readonly Location[] | undefined;
  /** What people know the call by, where that is not the name of the function: a preset of a block file. */
  readonly shownAs?: string;
}

/** A promise stands for what it resolves to; other parts of the program may run before it does. */
export interface Await extends Spanned {
  readonly kind: 'await';
  readonly argument: Expression;
}

export interface This extends Spanned {
  readonly kind: 'this';
}

export interface Super extends Spanned {
  readonly kind: 'super';
}

export interface Sequence extends Spanned {
  readonly kind: 'sequence';
  readonly expressions: readonly Expression[];
}

/** Something whose value is not modelled. Its parts are still evaluated, because functions and layers may lie there. */
export interface Opaque extends Spanned {
  readonly kind: 'opaque';
  readonly reason: string;
  readonly parts: readonly Expression[];
}

/** What can stand left of `=`. */
export type Pattern = Identifier | Member | ArrayPattern | ObjectPattern | Opaque;

export interface ArrayPattern extends Spanned {
  readonly kind: 'array-pattern';
  readonly elements: readonly (PatternElement | Hole)[];
}

export interface ObjectPattern extends Spanned {
  readonly kind: 'object-pattern';
  readonly properties: readonly (PatternElement & { readonly key?: PropertyKeyNode })[];
}

/** One place of a pattern; `rest` takes what is left over. */
export interface PatternElement {
  readonly kind: 'element';
  readonly target: Pattern;
  readonly fallback?: Expression;
  readonly rest: boolean;
}

export type Statement =
  | VariableStatement | ExpressionStatement | Block | If | For | ForEach | While | Return | Jump | Switch | Throw | Try
  | Labeled | FunctionStatement | ClassStatement | Import | Export | ExportFrom;

export interface VariableStatement extends Spanned {
  readonly kind: 'variable';
  readonly scope: 'var' | 'let' | 'const';
  readonly declarations: readonly { readonly target: Pattern; readonly value?: Expression }[];
  readonly exported: boolean;
  /** An enum or a namespace adds to what is declared under its name already. */
  readonly adds?: boolean;
}

export interface ExpressionStatement extends Spanned {
  readonly kind: 'expression';
  readonly expression: Expression;
}

export interface Block extends Spanned {
  readonly kind: 'block';
  readonly body: readonly Statement[];
}

export interface If extends Spanned {
  readonly kind: 'if';
  readonly test: Expression;
  readonly then: Statement;
  readonly otherwise?: Statement;
}

export interface For extends Spanned {
  readonly kind: 'for';
  readonly initial?: Statement;
  readonly test?: Expression;
  readonly update?: Expression;
  readonly body: Statement;
}

/** `for (… of …)` and `for (… in …)`. */
export interface ForEach extends Spanned {
  readonly kind: 'for-each';
  readonly over: 'values' | 'keys';
  /** Absent where the loop assigns to something that exists. */
  readonly scope?: 'var' | 'let' | 'const';
  readonly target: Pattern;
  readonly iterable: Expression;
  readonly body: Statement;
}

export interface While extends Spanned {
  readonly kind: 'while';
  readonly test: Expression;
  readonly body: Statement;
  /** `do … while`: the body runs once before the test. */
  readonly bodyFirst: boolean;
}

export interface Return extends Spanned {
  readonly kind: 'return';
  readonly value?: Expression;
}

export interface Jump extends Spanned {
  readonly kind: 'jump';
  readonly type: 'break' | 'continue';
  readonly label?: string;
}

export interface Switch extends Spanned {
  readonly kind: 'switch';
  readonly discriminant: Expression;
  readonly cases: readonly { readonly test?: Expression; readonly body: readonly Statement[] }[];
}

export interface Throw extends Spanned {
  readonly kind: 'throw';
  readonly value: Expression;
}

export interface Try extends Spanned {
  readonly kind: 'try';
  readonly body: Block;
  readonly parameter?: Pattern;
  readonly handler?: Block;
  readonly finalizer?: Block;
}

export interface Labeled extends Spanned {
  readonly kind: 'labeled';
  readonly label: string;
  readonly body: Statement;
}

export interface FunctionStatement extends Spanned {
  readonly kind: 'function-declaration';
  readonly name: string;
  readonly function: FunctionNode;
  readonly exported: 'named' | 'default' | false;
}

export interface ClassStatement extends Spanned {
  readonly kind: 'class-declaration';
  readonly name: string;
  readonly class: ClassNode;
  readonly exported: 'named' | 'default' | false;
}

export interface Import extends Spanned {
  readonly kind: 'import';
  readonly from: string;
  /** `imported` is `default`, `*` or a name. */
  readonly bindings: readonly { readonly imported: string; readonly local: string }[];
  /** Present where it is gone at run time: such imports are kept of Blockscope's modules alone. */
  readonly typeOnly?: true;
}

/** `export { a as b }` and `export default expression`. */
export interface Export extends Spanned {
  readonly kind: 'export';
  readonly names: readonly { readonly exported: string; readonly value: Expression }[];
}

/** `export { a as b } from './other'` and `export * from './other'` (`*` as the only name). */
export interface ExportFrom extends Spanned {
  readonly kind: 'export-from';
  readonly from: string;
  readonly names: readonly { readonly exported: string; readonly imported: string }[] | '*';
}

/** A whole file. */
export interface Program {
  readonly file: string;
  readonly text: string;
  readonly body: readonly Statement[];
  readonly errors: readonly SyntaxProblem[];
  /** The code of comments like `// @blockscope create(10)`, which say how a function is meant to be called. */
  readonly exampleCalls: readonly Spanned[];
  /** Present where it was read from a block file. */
  readonly isBlockFile?: true;
  /** Whether there is code besides that makes no layers, as far as names tell. */
  readonly leavesOut?: boolean;
  /** Code besides that was too long to be read. */
  readonly unread?: UnreadCode | undefined;
}

export interface SyntaxProblem extends Spanned {
  readonly message: string;
}
