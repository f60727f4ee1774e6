// Which files are block files: those that are called so, and JSON that says so by its schema.

const schemaOfBlocks = /"\$schema"\s*:\s*"[^"\n]*\bblockscope\b[^"\n]*\bblock\.schema\.json"/;

/** Where a `$schema` is looked for. */
const beginning = 2_000;

export const isBlockFile = (file: string, text: string): boolean =>
  file.endsWith('.block.json') || (/\.jsonc?$/.test(file) && schemaOfBlocks.test(text.slice(0, beginning)));
