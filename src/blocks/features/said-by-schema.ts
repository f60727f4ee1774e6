// What a block file's schema says already. VS Code's own JSON support checks a block file by the schema, where it knows that the file is one:
// by its name, or by the schema that it names. Of two underlines at one place about one thing one is too many, and it is ours that goes, because
// nobody but the JSON support can take its own back. We know more (what is meant, what follows from it), and that stays.
import type { Problem } from '../problems/problem.ts';
import type { Span } from '../syntax/typescript-source.ts';

/** What is wrong by its form alone, which is all that a schema can see. */
const problemsOfForm: ReadonlySet<string> = new Set([
  'unknown-layer', 'unknown-attribute', 'invalid-attribute', 'missing-attribute', 'block-form', 'unknown-block', 'invalid-repeat', 'unknown-parameter', 'missing-parameter', 'invalid-parameter', 'invalid-condition', 'invalid-input',
]);

/** The problems that `bySchema`, the places that the JSON support underlines, do not say already. */
export const beyondSchema = <T extends Pick<Problem, 'id' | 'at'>>(problems: readonly T[], text: string, bySchema: readonly Span[]): readonly T[] =>
  (bySchema.length === 0 ? problems : problems.filter(({ id, at }) => !problemsOfForm.has(id) || !bySchema.some(said => isSamePlace(at, said, text))));

/** A setting and its value, a layer and its name are one place; an object is one with its fields, and not with what is in these. */
function isSamePlace(at: Span, said: Span, text: string): boolean {
  if (at.end <= said.start || said.end <= at.start) return false;
  return said.start >= at.start || depthBetween(text, said.start, at.start) <= 1;
}

function depthBetween(text: string, from: number, to: number): number {
  let depth = 0;
  for (const [token] of text.slice(from, to).matchAll(/"(?:[^"\\]|\\.)*"|[{}[\]]/g)) depth += token === '{' || token === '[' ? 1 : token === '}' || token === ']' ? -1 : 0;
  return depth;
}
