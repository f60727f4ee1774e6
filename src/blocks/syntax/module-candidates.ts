// The files that an import can mean. Whoever reads modules for the evaluator (an editor, a terminal, a test) tries them.

const EXTENSIONS = ['.ts', '.tsx', '.js', '.jsx', '.mjs', '.cjs', '.mts', '.cts'];

/** TypeScript source is imported by the name that its output will have. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  '.js': ['.ts', '.tsx', '.js', '.jsx'], '.jsx': ['.tsx', '.jsx'], '.mjs': ['.mts', '.mjs'], '.cjs': ['.cts', '.cjs'],
};

/** Paths relative to the importing file's folder, in the order in which to try them; none for a package's name. */
export function moduleCandidates(specifier: string): string[] {
  if (!/^\.{1,2}(\/|$)/.test(specifier)) return [];
  if (specifier.endsWith('.json')) return [specifier];
  const extension = /\.[^./]+$/.exec(specifier)?.[0] ?? '';
  if (EXTENSIONS.includes(extension)) {
    const stem = specifier.slice(0, -extension.length);
    return (SOURCES[extension] ?? [extension]).map(source => stem + source);
  }
  const folder = specifier.replace(/\/$/, '');
  const isFolder = folder !== specifier || /(^|\/)\.{1,2}$/.test(folder);
  return [...(isFolder ? [] : EXTENSIONS.map(e => folder + e)), ...EXTENSIONS.map(e => `${folder}/index${e}`)];
}
