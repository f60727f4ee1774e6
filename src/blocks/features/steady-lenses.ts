// Lines above blocks that stay calm while a statement is being typed: from the last text that parsed to the next one they
// stay with their functions, because lines that come and go make the text jump. Figures that are no longer what the text
// says are marked, as hints are.
import { movedRange, type Edit } from '../text/edit.ts';
import type { Location } from '../text/location.ts';
import { staleMark } from './steady-hints.ts';

interface Lens {
  readonly at: Location;
  readonly title: string;
  readonly action: unknown;
}

/** The lenses of one document from version to version. */
export class SteadyLenses<T extends Lens> {
  /** Of the last version that parsed; undefined before there was one. */
  private kept: readonly T[] | undefined = undefined;

  /** To be told of every edit. */
  edit(edit: Edit): void {
    this.kept = this.kept?.flatMap(lens => {
      const at = movedRange(lens.at, edit);
      return at ? [{ ...lens, at }] : [];
    });
  }

  /** What to show of all lenses of a version. */
  of(lenses: readonly T[], parses: boolean): readonly T[] {
    if (parses) this.kept = lenses;
    if (parses || !this.kept) return lenses;
    const said = new Set(lenses.map(({ at, title }) => `${at.start} ${title}`));
    return this.kept.map(lens => (lens.action !== 'none' || said.has(`${lens.at.start} ${lens.title}`) ? lens : { ...lens, title: `${lens.title}${staleMark}` }));
  }
}
