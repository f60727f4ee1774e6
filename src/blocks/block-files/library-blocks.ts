// The blocks of the library that a block file can use by their names: those that are made with one object of parameters.
import { libraryParameters } from './library-parameters.generated.ts';

/** A parameter as the block's TypeScript declares it. It may be a number, a boolean, and one of some texts. */
export interface LibraryParameter {
  readonly name: string;
  readonly required: boolean;
  readonly number?: true;
  readonly boolean?: true;
  readonly choices?: readonly string[];
  /** As the block's code writes it, where it does so itself. */
  readonly default?: string;
  readonly doc?: string;
  /** The file of the library that declares it. */
  readonly declaredIn: string;
}

export const libraryBlocks: readonly string[] = Object.keys(libraryParameters);

export const parametersOfLibraryBlock = (name: string): readonly LibraryParameter[] => (Object.hasOwn(libraryParameters, name) ? libraryParameters[name]! : []);

/** What a value can be, for people to read. */
export const typeOfParameter = ({ number, boolean, choices = [] }: LibraryParameter): string =>
  [...(number ? ['a number'] : []), ...(boolean ? ['true or false'] : []), ...(choices.length > 0 ? [`one of ${choices.join(', ')}`] : [])].join(' or ');
