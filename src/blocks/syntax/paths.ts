// Absolute paths with `/`, as addresses and every system's file names can be written.

/** A path relative to a folder, without `.` and `..`. */
export function joinPath(folder: string, relative: string): string {
  const [root = '', ...parts] = folder.split('/').filter((part, i) => i === 0 || part !== '');
  if (relative.startsWith('/')) parts.length = 0;
  for (const part of relative.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${root}/${parts.join('/')}`;
}
