// What the core says about one file. Everything the editor, the terminal and the webview show is made from this.
import type { BlockUse, DeclaredName } from './block-files/block-file.ts';
import type { BlockGraph, CallPath, GraphNode, Totals } from './graph/block-graph.ts';
import type { Problem } from './problems/problem.ts';
import type { Dim } from './shapes/dim.ts';
import type { Shape } from './shapes/shape.ts';
import type { Block as BlockData } from './vocabulary/block.ts';
import type { StatementAtCaret } from './syntax/statement-at.ts';
import type { Location } from './text/location.ts';

export interface Analysis {
  readonly file: string;
  /** Every place where a layer is made, in the order of the source; places in imported files carry that file. */
  readonly sites: readonly LayerSite[];
  readonly blocks: readonly Block[];
  /** Functions that take a tensor in and apply layers to it: the building blocks that people write themselves. */
  readonly functions: readonly FunctionBlock[];
  /** Every place where a block is put together of others, in the order of the source. */
  readonly blockSites: readonly BlockSite[];
  /** Functions of the file that calls of the program go through to make layers, in the order of the source. */
  readonly calledFunctions: readonly CalledFunction[];
  /** What a call at the top of the file can reach, in the order of the source. */
  readonly entryPoints: readonly EntryPoint[];
  /** Where comments like `// @blockscope create(10)` have their code. */
  readonly exampleCalls: readonly Location[];
  readonly problems: readonly Problem[];
  /** True where the text parses without errors. Problems that only a whole statement has are kept back where not. */
  readonly parses: boolean;
  /** Of a block file: its names that stand for values, with the places that mention them. */
  readonly names?: readonly DeclaredName[];
  /** Of a block file: the blocks of the library and of other files that it uses. */
  readonly blockUses?: readonly BlockUse[];
  /** Where the caret was given, and the text parses. */
  readonly statementAtCaret?: StatementAtCaret;
}

/** A function, method or constructor, with what leads to it. */
export interface CalledFunction {
  readonly name: string;
  /** The function's name where it is declared. */
  readonly at: Location;
  /** From its first word to its end. */
  readonly whole: Location;
  /** The calls of it that come to make a layer, in the order of evaluation; a call in a loop once for each turn. */
  readonly callPaths: readonly CallPath[];
}

/** A function, method or class that an example call can be written for. */
export interface EntryPoint {
  /** `createModel`, `Encoder` or `Encoder.encode`. */
  readonly name: string;
  readonly at: Location;
  /** Where the statement or the member begins that declares it. */
  readonly start: number;
  /** The calls that lead there: `new Encoder(…)`, then `.encode(…)`. */
  readonly steps: readonly { readonly callee: string; readonly parameters: readonly EntryParameter[] }[];
  /** Whether nothing calls it, and it makes layers whose sizes depend on its arguments. */
  readonly needsExample: boolean;
  /** Where the arguments of its example calls stand. */
  readonly examples: readonly Location[];
}

/** What is known of a parameter that no call gives a value. */
export interface EntryParameter {
  readonly name?: string;
  /** As written. */
  readonly type?: string;
  readonly fallback?: string;
  /** The rank that it has as a tensor, batch included. */
  readonly rank?: number;
  /** Of an object that is taken apart: `{ width, height }`. */
  readonly properties?: readonly EntryParameter[];
}

/** A place in the source where a layer is made, with everything it turns out to be. */
export interface LayerSite {
  /** The layer's name in the registry, or the class name of a layer that is not in it. */
  readonly layer: string;
  /** Set for a layer that only block definitions have, or have with more settings. */
  readonly vocabulary?: 'blocks';
  /** The layer's name in the call: `conv2d` in `tf.layers.conv2d(…)`. */
  readonly at: Location;
  /** The whole call, from `tf` to its closing parenthesis: an inlay hint goes to its end. */
  readonly call: Location;
  /** What differs in its result or in the shapes that go in, in the order of evaluation; empty where the layer is made but never applied. */
  readonly variants: readonly LayerVariant[];
  /** Of a layer that a file describes instead of calling it. */
  readonly settings?: Settings;
}

/** The configuration of a saved layer. */
export interface Settings {
  readonly at: Location;
  /** In the order of the file. */
  all(): readonly Setting[];
}

/** What a file says of a layer, by a name that is not always that of the attribute. */
export interface Setting {
  readonly written: string;
  /** The name of the layer that it belongs to, which may be one inside of another. */
  readonly layer: string;
  /** Undefined where the layer has none that it could be. */
  readonly attribute: string | undefined;
  /** Where its name stands. */
  readonly at: Location;
}

export interface LayerVariant {
  readonly output: Shape;
  readonly params: Dim;
  readonly trainableParams: Dim;
  readonly macs: Dim;
  /** How many times the line gave this result. */
  readonly count: number;
  readonly assumed: readonly string[];
  /** What led to it, each of the `count` times. */
  readonly callPaths: readonly CallPath[];
  /** What the layer is called, each of these times: by the program, or by TensorFlow.js where that is certain. */
  readonly names: readonly (string | undefined)[];
  /** Results of one place with equal keys are those of one layer, which has its weights once. */
  readonly weightsKey: number;
  /** One node that has this result: attributes, inputs, workings. */
  readonly node: GraphNode;
  /** The shapes that went in. */
  readonly inputs: readonly Shape[];
}

/** A place where a word of the vocabulary, or a block function, is called: `residual(…)`, `mbConv({ … })`. */
export interface BlockSite {
  /** The word, or the name of the block. */
  readonly name: string;
  readonly at: Location;
  /** The whole call: an inlay hint goes to its end. */
  readonly call: Location;
  readonly variants: readonly BlockVariant[];
}

/** A block on one input: what a hint says of it has the same names as that of a layer. */
export interface BlockVariant extends FunctionVariant {
  readonly inputs: readonly Shape[];
  readonly output: Shape;
  readonly params: Dim;
  readonly macs: Dim;
  readonly weightsKey: number;
}

/** A model, a block that is no part of another one, or layers that belong to none. */
export interface Block {
  /** The variable or function that holds it, or the name that the source gives the model. */
  readonly name: string;
  readonly kind: 'sequential' | 'model' | 'block' | 'loose';
  /** `sequential` in `tf.sequential(…)`; for loose layers the function they lie in, or the first of them. */
  readonly at: Location;
  /** What led to it, each of the `count` times. */
  readonly callPaths: readonly CallPath[];
  readonly graph: BlockGraph;
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly totals: Totals;
  /** How many times the same place gave exactly this block. */
  readonly count: number;
  /** Of a block of the vocabulary, where all of it is certain. */
  readonly data: BlockData | undefined;
}

/** A function of the user's that turns tensors into tensors by applying layers: `residualBlock(x, filters)`. */
export interface FunctionBlock {
  readonly name: string;
  /** The function's name where it is declared. */
  readonly at: Location;
  /** Distinct results of its calls, in the order of evaluation. */
  readonly variants: readonly FunctionVariant[];
}

export interface FunctionVariant {
  readonly inputShapes: readonly Shape[];
  readonly outputShapes: readonly Shape[];
  readonly totals: Totals;
  readonly count: number;
  readonly assumed: readonly string[];
  /** What led to it, each of the `count` times. */
  readonly callPaths: readonly CallPath[];
  /** The part of the model that this call made, with its inputs as `inputLayer` nodes: it can be drawn and run. */
  readonly graph: BlockGraph;
}
