// What `paths` and `baseUrl` of a tsconfig.json or jsconfig.json make of a name that an import gives.
import { joinPath } from './paths.ts';
import { readSettings } from './settings-file.ts';

/** The text of a file, by its absolute path with `/`; undefined where there is none, or it may not be read. */
export type ReadText = (path: string) => string | undefined;

export interface PathMapping {
  /** The folder that names without a match start from. */
  readonly baseUrl?: string;
  /** Patterns with one `*` at most, and what they stand for, as absolute paths. */
  readonly paths?: readonly { readonly pattern: string; readonly targets: readonly string[] }[];
}

const FILES = ['tsconfig.json', 'jsconfig.json'];
/** Settings that extend each other in a circle are no settings. */
const DEEPEST = 8;

/** The mapping of the nearest settings in a folder or above it. */
export function findPathMapping(folder: string, read: ReadText): PathMapping | undefined {
  for (let at = folder; ; at = joinPath(at, '..')) {
    for (const name of FILES) {
      const mapping = readMapping(joinPath(at, name), read, DEEPEST);
      if (mapping) return mapping;
    }
    if (at === joinPath(at, '..')) return undefined;
  }
}

/** The paths that a name can mean, without extensions, best first. */
export function mappedPaths(specifier: string, { baseUrl, paths }: PathMapping): string[] {
  const fitting = (paths ?? []).flatMap(({ pattern, targets }) => {
    const [before = '', after] = pattern.split('*');
    if (after === undefined) return pattern === specifier ? [{ exactness: Infinity, targets }] : [];
    const fits = specifier.length >= before.length + after.length && specifier.startsWith(before) && specifier.endsWith(after);
    const middle = specifier.slice(before.length, specifier.length - after.length);
    return fits ? [{ exactness: before.length, targets: targets.map(target => target.replace('*', () => middle)) }] : [];
  });
  const best = fitting.sort((a, b) => b.exactness - a.exactness)[0];
  return [...(best?.targets ?? []), ...(baseUrl === undefined ? [] : [joinPath(baseUrl, specifier)])];
}

function readMapping(file: string, read: ReadText, depth: number): PathMapping | undefined {
  const text = depth > 0 ? read(file) : undefined;
  if (text === undefined) return undefined;
  const settings = readSettings(text);
  const folder = joinPath(file, '..');
  const other = (name: unknown): PathMapping =>
    (typeof name === 'string' && name.startsWith('.') ? readMapping(joinPath(folder, name.endsWith('.json') ? name : `${name}.json`), read, depth - 1) : undefined) ?? {};
  const inherited = Object.assign({}, ...[settings['extends']].flat().map(other)) as PathMapping;
  const { baseUrl, paths } = (settings['compilerOptions'] ?? {}) as Record<string, unknown>;
  const base = typeof baseUrl === 'string' ? joinPath(folder, baseUrl) : inherited.baseUrl;
  const own: PathMapping = { ...inherited, ...(base === undefined ? {} : { baseUrl: base }), ...(isRecord(paths) ? { paths: absolutePaths(paths, base ?? folder) } : {}) };
  // Settings that only name projects leave it to these.
  const projects = Array.isArray(settings['references']) && !own.paths ? settings['references'] : [];
  return projects.map(project => other(isRecord(project) ? project['path'] : undefined)).find(({ paths: found }) => found !== undefined) ?? own;
}

const absolutePaths = (paths: Record<string, unknown>, folder: string): NonNullable<PathMapping['paths']> =>
  Object.entries(paths).map(([pattern, targets]) => ({
    pattern, targets: Array.isArray(targets) ? targets.filter((target): target is string => typeof target === 'string').map(target => joinPath(folder, target)) : [],
  }));

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
