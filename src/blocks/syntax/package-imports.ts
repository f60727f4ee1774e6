// What `imports` of a package.json makes of a name that begins with `#`.
import type { PathMapping, ReadText } from './path-mapping.ts';
import { joinPath } from './paths.ts';
import { readSettings } from './settings-file.ts';

/** The mapping of the nearest package in a folder or above it. */
export function findPackageImports(folder: string, read: ReadText): PathMapping | undefined {
  for (let at = folder; ; at = joinPath(at, '..')) {
    const text = read(joinPath(at, 'package.json'));
    if (text !== undefined) return { paths: pathsOf(readSettings(text)['imports'], at) };
    if (at === joinPath(at, '..')) return undefined;
  }
}

function pathsOf(imports: unknown, folder: string): NonNullable<PathMapping['paths']> {
  if (typeof imports !== 'object' || imports === null) return [];
  return Object.entries(imports).map(([pattern, target]) => {
    const targets = new Set(targetsOf(target));
    // Where conditions lead to several files, nobody can tell which of them runs.
    const [only] = targets;
    return { pattern, targets: targets.size === 1 && only!.startsWith('./') ? [joinPath(folder, only!)] : [] };
  });
}

/** One path, or those of all conditions that matter when the program runs. */
function targetsOf(target: unknown): string[] {
  if (typeof target === 'string') return [target];
  if (typeof target !== 'object' || target === null || Array.isArray(target)) return [];
  return Object.entries(target).flatMap(([condition, inner]) => (condition === 'types' ? [] : targetsOf(inner)));
}
