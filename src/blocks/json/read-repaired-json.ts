// JSON that somebody writes by hand, line by line: how the lines are indented says more of what is not closed yet than the brackets do.
import { insertClosers, missingClosers, type Insertion } from '../syntax/missing-closers.ts';
import { JsonArray, JsonMember, JsonObject, JsonValue, type JsonNode } from './json-tree.ts';
import { readJson, type ReadJson } from './read-json.ts';

/** As `readJson`. With the caret, what is not closed yet is taken to end there. The errors are those of the text as it is. */
export function readRepairedJson(text: string, caret?: number): ReadJson {
  const read = readJson(text);
  if (read.errors.length === 0) return read;
  const quotes = missingQuotes(text, caret);
  // A quote that is missing may be one that begins a text: then putting another one in makes it worse.
  const repaired = (quotes.length > 0 ? [quotes, []] : [quotes]).map(inserted => readWith(text, inserted, caret));
  const best = repaired.reduce((one, other) => (other.errors.length < one.errors.length ? other : one));
  // What is missing in a line that is half written remains: a value and a comma. More is wrong where the lines say nothing.
  const { root } = best.errors.length <= read.errors.length + 2 ? best : read;
  return { root, errors: read.errors };
}

function readWith(text: string, quotes: readonly Insertion[], caret: number | undefined): ReadJson {
  const quoted = insertClosers(text, quotes);
  const moved = caret === undefined ? undefined : movedCaret(caret, quotes);
  const repaired = insertClosers(quoted.text, missingClosers(quoted.text, moved, true));
  const { root, errors } = readJson(repaired.text);
  return { root: root && placed(root, offset => quoted.original(repaired.original(offset))), errors };
}

/** Behind a quote that is missing at it. */
const movedCaret = (caret: number, quotes: readonly Insertion[]): number => caret + quotes.filter(({ at }) => at <= caret).length;

const stringsAndComments = /"(?:[^"\\\r\n]|\\[^\r\n])*("?)|\/\/[^\r\n]*|\/\*[^]*?(?:\*\/|$)/g;

/** A text without its end, which the end of the line ends as well. Where it is typed, it ends at the caret; else before what separates it. */
function missingQuotes(text: string, caret: number | undefined): Insertion[] {
  const insertions: Insertion[] = [];
  for (const { 0: token, 1: quote, index } of text.matchAll(stringsAndComments)) {
    if (!token.startsWith('"') || quote !== '') continue;
    const end = index + token.length;
    const isTyped = caret !== undefined && index < caret && caret <= end;
    insertions.push({ at: isTyped ? caret : Math.max(index + 1, index + token.replace(/[\s,:{}[\]\\]*$/, '').length), closers: '"' });
  }
  return insertions;
}

/** The same with other places. What is read nests to a depth that is bounded. */
function placed(node: JsonNode, place: (offset: number) => number): JsonNode {
  if (node.kind === 'value') return new JsonValue(node.value, place(node.start), place(node.end));
  const copy = node.kind === 'object' ? new JsonObject(place(node.start)) : new JsonArray(place(node.start));
  copy.end = place(node.end);
  copy.damaged = node.damaged;
  if (copy.kind === 'array') for (const item of (node as JsonArray).items) copy.items.push(placed(item, place));
  else for (const { name, start, nameEnd, value } of (node as JsonObject).members) copy.members.push(new JsonMember(name, place(start), place(nameEnd), value && placed(value, place)));
  return copy;
}
