// The file that an import means. Whoever reads files for the evaluator (an editor, a terminal, a test) gives the reading.
import { moduleCandidates } from './module-candidates.ts';
import { findPackageImports } from './package-imports.ts';
import { findPathMapping, mappedPaths, type ReadText } from './path-mapping.ts';
import { joinPath } from './paths.ts';

/** `fromFile` is an absolute path with `/`. Packages are not read, so that their names mean nothing. */
export function resolveModule(specifier: string, fromFile: string, read: ReadText): { readonly path: string; readonly text: string } | undefined {
  const folder = joinPath(fromFile, '..');
  for (const path of pathsOf(specifier, folder, read)) {
    const text = read(path);
    if (text !== undefined) return { path, text };
  }
  return undefined;
}

function* pathsOf(specifier: string, folder: string, read: ReadText): Iterable<string> {
  if (specifier.startsWith('.')) {
    for (const candidate of moduleCandidates(specifier)) yield joinPath(folder, candidate);
    return;
  }
  // An address is not a name in this project.
  if (specifier === '' || specifier.startsWith('/') || /^[a-z+]+:/i.test(specifier)) return;
  const ofPackage = specifier.startsWith('#') ? findPackageImports(folder, read) : undefined;
  const ofProject = findPathMapping(folder, read);
  for (const path of [ofPackage, ofProject].flatMap(mapping => (mapping ? mappedPaths(specifier, mapping) : []))) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    for (const candidate of moduleCandidates(`./${name}`)) yield joinPath(joinPath(path, '..'), candidate);
  }
}
