// Names for variables and layers, each given once.

/** What a variable of the text must not be called: words of the language, and what the text itself uses. */
const reserved = new Set((
  'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements '
  + 'import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield '
  + 'tf async'
).split(' '));

export class Identifiers {
  private readonly taken = new Set<string>(reserved);
  private readonly counts = new Map<string, number>();
  private readonly layerNames = new Set<string>();

  /** A variable for the wanted name: as it is if `plain` and free, else with the next number behind it. */
  take(wanted: string, plain = false): string {
    const base = wanted.replace(/[^A-Za-z0-9_]+/g, '_').replace(/^(?=\d)/, '_') || '_';
    if (plain && !this.taken.has(base)) return this.keep(base);
    let count = this.counts.get(base) ?? 0;
    do count++; while (this.taken.has(`${base}_${count}`));
    this.counts.set(base, count);
    return this.keep(`${base}_${count}`);
  }

  /** TensorFlow.js refuses two layers of one name in one model: the second is called like its variable. */
  layerName(wanted: string | undefined, variable: string): { readonly name?: string } {
    if (wanted === undefined) return {};
    const name = this.layerNames.has(wanted) ? variable : wanted;
    this.layerNames.add(name);
    return { name };
  }

  private keep(name: string): string {
    this.taken.add(name);
    return name;
  }
}
