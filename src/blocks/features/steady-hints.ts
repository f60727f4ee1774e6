// Hints that stay calm while a statement is being typed. Half-typed text may lose the layers around it, or be read as a
// program with other figures, for a keystroke or two. From the last text that parsed to the next one, every line keeps the
// hint that it had; where that is no longer what the text says, a trailing `…` tells.
import { movedOffset, movedRange, type Edit } from '../text/edit.ts';
import { hintText, type InlayHint } from './inlay-hints.ts';

/** What follows a hint that the line had when the text last parsed. */
export const staleMark = ' …';

export interface SteadyHint extends InlayHint {
  /** It is what the line had when the text last parsed. */
  readonly stale: boolean;
}

/** A hint with the name of the layer that it belongs to, both at their places in the text as it is now. */
interface KeptHint {
  readonly hint: InlayHint;
  readonly name: { readonly start: number; readonly end: number };
}

/** The hints of one document from version to version. */
export class SteadyHints {
  /** Of the last version that parsed; undefined before there was one. */
  private kept: readonly KeptHint[] | undefined;

  /** To be told of every edit: hints move with their lines, and go with the layer that they speak of. */
  edit(edit: Edit): void {
    this.kept = this.kept?.flatMap(({ hint, name }) => {
      const moved = movedRange(name, edit);
      return moved ? [{ hint: { ...hint, offset: movedOffset(hint.offset, edit) }, name: moved }] : [];
    });
  }

  /** What to show of all hints of a version. */
  of(hints: readonly InlayHint[], parses: boolean): SteadyHint[] {
    if (parses) this.kept = hints.map(hint => ({ hint, name: hint.sites[0]!.at }));
    if (parses || !this.kept) return hints.map(hint => ({ ...hint, stale: false }));
    const byName = new Map(hints.map(hint => [hint.sites[0]!.at.start, hint]));
    return this.kept.map(({ hint, name }) => {
      const now = byName.get(name.start);
      const text = hintText(hint);
      if (now && hintText(now) === text) return { ...now, stale: false };
      return { ...hint, offset: now?.offset ?? hint.offset, parts: [{ text: `${text}${staleMark}` }], stale: true };
    });
  }
}
