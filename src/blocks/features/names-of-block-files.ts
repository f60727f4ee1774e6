// What a block file mentions by its name: parameters and what repetitions count, and the blocks that it uses.
import type { Analysis } from '../analysis.ts';
import type { BlockUse, DeclaredName, FileUse } from '../block-files/block-file.ts';
import { canBeMentioned } from '../block-files/names.ts';
import { readBlockFile } from '../block-files/read-block-file.ts';
import type { Location } from '../text/location.ts';

const isAt = ({ start, end }: Location, offset: number): boolean => start <= offset && offset <= end;

/** The name at an offset, and which of its places that is. */
export function nameAt({ names = [] }: Analysis, offset: number): { readonly name: DeclaredName; readonly at: Location } | undefined {
  for (const name of names) {
    const at = [name.at, ...name.mentions].find(place => isAt(place, offset));
    if (at) return { name, at };
  }
  return undefined;
}

/** The block that is used at an offset: `./other.block.json`, or a name of the library. */
export const usedBlockAt = ({ blockUses = [] }: Analysis, offset: number): { readonly block: string; readonly at: Location } | undefined =>
  blockUses.find(({ at }) => isAt(at, offset));

/** What `with` sets at an offset, and of which block. */
export function argumentAt({ blockUses = [] }: Analysis, offset: number): { readonly use: BlockUse; readonly name: string; readonly at: Location } | undefined {
  for (const use of blockUses) {
    const given = use.given.find(({ at }) => isAt(at, offset));
    if (given) return { use, ...given };
  }
  return undefined;
}

/** The other files that a text uses, with what it sets of each. */
export function fileUsesIn(file: string, text: string): { readonly uses: readonly FileUse[]; readonly parses: boolean } {
  const { fileUses: uses, program } = readBlockFile(file, text);
  return { uses, parses: program.errors.length === 0 };
}

/** Why a name cannot be given a new one; undefined where it can. */
export function refusedName({ names = [] }: Analysis, renamed: DeclaredName, newName: string): string | undefined {
  if (!canBeMentioned(newName)) return `${newName} is no name that an expression can mention.`;
  return names.some(other => other !== renamed && other.name === newName) ? `There is a ${newName} already.` : undefined;
}
