// A block file after it was read: the program that it means, and what is wrong with it whatever the program gives.
import type { Problem } from '../problems/problem.ts';
import type { Location } from '../text/location.ts';
import type { Program } from '../syntax/tree.ts';

export interface BlockFile {
  readonly program: Program;
  readonly problems: readonly Problem[];
  readonly parameters: readonly ParameterOfBlock[];
  /** Every `use` of another file, in the order of the text. */
  readonly fileUses: readonly FileUse[];
  /** The same with those of the library, which have their places alone. */
  readonly blockUses: readonly BlockUse[];
  /** Every name that stands for a value, with the places that mention it. */
  readonly names: readonly DeclaredName[];
}

export interface ParameterOfBlock {
  readonly name: string;
  readonly required: boolean;
}

export interface BlockUse {
  /** `./other.block.json`, or a name of the library. */
  readonly block: string;
  readonly at: Location;
  /** What `with` sets. */
  readonly given: readonly { readonly name: string; readonly at: Location }[];
  /** Of another file, where it is there. */
  readonly parameters?: readonly DeclaredName[];
}

export interface FileUse {
  /** As it is written: `./other.block.json`. */
  readonly file: string;
  readonly at: Location;
  readonly given: BlockUse['given'];
}

/** A parameter, or what a repetition counts. */
export interface DeclaredName {
  readonly name: string;
  readonly at: Location;
  readonly mentions: readonly Location[];
  /** What the file says of it, where it is a parameter. */
  readonly parameter?: AboutParameter;
}

export interface AboutParameter {
  readonly doc: string | undefined;
  /** As written; undefined where whoever uses the block has to give it. */
  readonly default: string | undefined;
  /** The presets that set it, with what each sets, as written. */
  readonly presets: readonly { readonly name: string; readonly value: string }[];
}

/** What other files say of the uses of a file, by what is written there: why one cannot be followed, or which parameters it lacks. */
export type UseFault = { readonly reason: string } | { readonly missing: readonly string[] };
