// Text of the user's source inside Markdown: nothing in it may become a link, a table border or a heading.

/** Plain text that Markdown shows as it is. Line breaks become spaces, because a heading or a list could start there. */
export const escapeMarkdown = (text: string): string => oneLine(text).replace(/[\\`*_{}[\]()#+\-!<>|~&.:@=]/g, '\\$&');

/** A code span that holds the text whatever backticks it has. Not for a table: a bar in it would end the cell. */
export function code(text: string): string {
  const flat = oneLine(text);
  if (flat === '') return '';
  const longest = Math.max(0, ...(flat.match(/`+/g) ?? []).map(run => run.length));
  const fence = '`'.repeat(longest + 1);
  const padded = flat.startsWith('`') || flat.endsWith('`') ? ` ${flat} ` : flat;
  return `${fence}${padded}${fence}`;
}

/** A link with the text as it is; without an address, only the text. */
export const link = (text: string, address: string | undefined): string =>
  address === undefined ? escapeMarkdown(text) : `[${escapeMarkdown(text)}](${address.replace(/[()\s<>]/g, encodeURIComponentStrictly)})`;

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ').trim();

const encodeURIComponentStrictly = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
