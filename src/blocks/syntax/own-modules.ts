// The modules that Blockscope itself has for those who write blocks. They are read from where Blockscope lies, wherever the program is.

/** By the names that programs import them under, as paths from the folder of the manifest, which says the same of them. */
const ownModules: Readonly<Record<string, string>> = {
  'blockscope/blocks': 'src/blocks/library/blocks.ts',
  'blockscope/networks': 'src/blocks/library/networks/networks.ts',
};

export const ownModule = (specifier: string): string | undefined => (Object.hasOwn(ownModules, specifier) ? ownModules[specifier] : undefined);

/** Whoever imports something of these, if only a type, writes blocks. */
export const isOfBlockscope = (specifier: string): boolean => specifier.startsWith('blockscope/');
