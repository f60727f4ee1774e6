// How much of a source file is read. Blanks, comments and long data do not count, nor does in a long text what has nothing to
// do with layers.

/** A shorter text is read whole, because looking for what can be left out of it takes longer than it saves. */
export const longText = 131_072;

/** Of a text with more the beginning is read: the whole would keep the editor busy for a second and more at every change. */
export const mostCharacters = 262_144;

/** Nobody can ask for more to be read whole. */
export const upperLimit = 1_048_576;

/**
 * How long that beginning is: reading code that is all layers takes five microseconds a character. A longer text has taken longer
 * before, to be divided. Whole megabytes count, so that few edits make a difference.
 */
export const beginningOf = (length: number): number => Math.max(8_192, 16_384 - 1_100 * Math.floor(length / 2 ** 20));
