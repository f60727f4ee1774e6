// Hints that stay calm while a statement is being typed. Half-typed text may lose the layers around it, or be read as a
// program with other figures, for a keystroke or two; and half a word, which parses, leaves unknown what depends on it.
//
// A line keeps the hint that it had, and a trailing `…` tells that this is no longer what the text says:
// - while the text does not parse, until it parses again;
// - while the word at the caret is half typed, until it is whole (see `StatementAtCaret.unfinished`);
// - while the same statement is typed, as long as the text leaves open what the hint knows. Another figure that is as
//   certain is shown at once.
import type { SiteResult } from './counted-variant.ts';
import { isUnknown, namesInDim, type Dim } from '../shapes/dim.ts';
import { isRanked } from '../shapes/shape.ts';
import { movedOffset, movedRange, type Edit } from '../text/edit.ts';
import { hintText, type InlayHint } from './inlay-hints.ts';
import type { TypedStatement } from './typing.ts';

/** What follows a hint that the line had before the edits that are under way. */
export const staleMark = ' …';

/** What the hover of such a hint begins with, as Markdown; what the text says now follows, where it says anything. */
export const staleNotice = '**…** This line had these figures before the statement that is being typed. As the text is now, they do not hold.';

export interface SteadyHint extends InlayHint {
  /** It is what the line had before the edits that are under way; `sites` are what the text says as it is. */
  readonly stale: boolean;
}

/** A hint with the name of the layer that it belongs to, both at their places in the text as it is now. */
interface KeptHint {
  readonly hint: InlayHint;
  readonly name: { readonly start: number; readonly end: number };
}

/** The hints of one document from version to version. */
export class SteadyHints {
  /** What was shown last without a mark, or would have been; undefined before a version that parsed. */
  private kept: readonly KeptHint[] | undefined = undefined;
  /** The statement that they wait for; undefined where they are what the text said. */
  private typed: TypedStatement | undefined = undefined;

  /** To be told of every edit: hints move with their lines, and go with the layer that they speak of. */
  edit(edit: Edit): void {
    this.kept = this.kept?.flatMap(({ hint, name }) => {
      const moved = movedRange(name, edit);
      return moved ? [{ hint: { ...hint, offset: movedOffset(hint.offset, edit) }, name: moved }] : [];
    });
  }

  /** What to show of all hints of a version while `typed` is being typed. */
  of(hints: readonly InlayHint[], parses: boolean, typed: TypedStatement | undefined): SteadyHint[] {
    const now = new Map(hints.map(hint => [hint.sites[0]!.at.start, hint]));
    if (parses) {
      // What waited for another statement has been waited for.
      const kept = typed && (!this.typed || this.typed === typed) ? this.kept ?? [] : [];
      const next = kept.map(({ hint, name }) => {
        const found = now.get(name.start);
        return { hint: found && replaces(found, hint, typed) ? found : hint, name };
      });
      this.kept = [...next, ...newHints(hints, kept)];
      this.typed = typed;
    }
    if (!this.kept) return hints.map(hint => ({ ...hint, stale: false }));
    return this.kept.map(({ hint, name }) => steadyHint(hint, now.get(name.start), !parses && typed !== undefined && hint.offset >= typed.end)).sort((a, b) => a.offset - b.offset);
  }
}

/** A copy, because the place of a layer follows the text by itself. */
const nameOf = (hint: InlayHint): KeptHint['name'] => {
  const { start, end } = hint.sites[0]!.at;
  return { start, end };
};

function newHints(hints: readonly InlayHint[], kept: readonly KeptHint[]): KeptHint[] {
  const known = new Set(kept.map(({ name }) => name.start));
  return hints.filter(({ sites: [first] }) => !known.has(first!.at.start)).map(hint => ({ hint, name: nameOf(hint) }));
}

/** What lies behind the edit of a text that does not parse stays where it was, because nobody knows what was meant to be closed there. */
function steadyHint(kept: InlayHint, now: InlayHint | undefined, stays: boolean): SteadyHint {
  const offset = stays ? kept.offset : now?.offset ?? kept.offset;
  if (now && saysTheSame(now, kept)) return { ...now, offset, stale: false };
  return { offset, parts: [{ text: `${hintText(kept)}${staleMark}` }], sites: now?.sites ?? [], stale: true };
}

/** What was printed is used again for as long as no edit concerns it. */
const saysTheSame = (a: InlayHint, b: InlayHint): boolean => a.parts === b.parts || hintText(a) === hintText(b);

/** Whether the figures of a hint may take the place of others while a statement is being typed. */
const replaces = (next: InlayHint, kept: InlayHint, typed: TypedStatement | undefined): boolean =>
  saysTheSame(next, kept) || (!typed?.unfinished && isAsCertain(certaintyOf(next), certaintyOf(kept)));

/** What the figures of a hint leave open. */
interface Certainty {
  readonly unknown: boolean;
  readonly assumed: boolean;
  /** The symbols that stand for numbers which are not known, and `null` for those that the model leaves open. */
  readonly names: ReadonlySet<string>;
}

function certaintyOf({ sites }: InlayHint): Certainty {
  const variants = sites.flatMap<SiteResult>(site => site.variants);
  const dims = variants.flatMap(dimsOf);
  return { unknown: dims.some(isUnknown), assumed: variants.some(variant => variant.assumed.length > 0), names: new Set(dims.flatMap(dim => (dim === null ? 'null' : namesInDim(dim)))) };
}

/** Without the batch, which is open anyway. */
const dimsOf = ({ output, params }: SiteResult): Dim[] => (isRanked(output) ? [...output.slice(1), params] : [output, params]);

/** A symbol that was not there before stands for something that the half-typed text fails to say. */
const isAsCertain = (next: Certainty, kept: Certainty): boolean =>
  kept.unknown || (!next.unknown && (kept.assumed || !next.assumed) && [...next.names].every(name => kept.names.has(name)));
