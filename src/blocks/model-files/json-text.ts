// A text that JSON was read from, with where each of its characters stands in the file: a topology can itself be a text within
// JSON, whose quotes are escaped there.
import { characterOffsets } from '../json/character-offsets.ts';
import type { JsonString } from '../json/json-tree.ts';
import type { Location } from '../text/location.ts';

export class JsonText {
  /** Whether something in it could not be read; where not, nothing has to be looked for that is damaged. */
  broken = false;

  constructor(
    readonly file: string,
    readonly text: string,
    /** For each character where it begins in the file, and one more for the end; absent where the text is the file. */
    private readonly offsets?: Int32Array,
  ) {}

  offset(offset: number): number {
    return this.offsets ? this.offsets[Math.min(offset, this.offsets.length - 1)]! : offset;
  }

  at(start: number, end: number): Location {
    return { file: this.file, start: this.offset(start), end: this.offset(end) };
  }

  /** What a string says, as a text of its own. */
  inString({ start, value }: JsonString): JsonText {
    const offsets = characterOffsets(this.text, start, value);
    return new JsonText(this.file, value, this.offsets ? offsets.map(offset => this.offset(offset)) : offsets);
  }
}
