// Where the editor offers to write an example call, or to edit the one that is there: `// @blockscope create([28, 28, 1])`.
import type { Analysis, EntryParameter, EntryPoint } from '../analysis.ts';
import { exampleCallKeyword } from '../syntax/example-calls.ts';
import type { Location } from '../text/location.ts';

export interface ExampleArguments {
  /** `createModel` or `Encoder.encode`. */
  readonly name: string;
  readonly at: Location;
  readonly title: string;
  /** The arguments that stand there already, or a comment to be inserted as a snippet. */
  readonly action: { readonly kind: 'edit'; readonly at: Location } | { readonly kind: 'set'; readonly offset: number; readonly snippet: string };
}

/** What nobody calls although its layers depend on its arguments, and what has an example; in the order of the source. */
export const exampleArguments = (analysis: Analysis): ExampleArguments[] => analysis.entryPoints.flatMap((entry): ExampleArguments[] => {
  const { name, at, start, examples: [example], needsExample } = entry;
  if (example) return [{ name, at, title: 'edit example arguments', action: { kind: 'edit', at: example } }];
  if (!needsExample) return [];
  return [{ name, at, title: 'set example arguments', action: { kind: 'set', offset: start, snippet: `// ${exampleCallKeyword} ${callSnippet(entry)}\n` } }];
});

/** `create(${1:[28, 28, 1]}, ${2:10})`: a call in the snippet syntax of editors, with a tab stop for each argument. */
export function callSnippet({ steps }: EntryPoint): string {
  let stops = 0;
  const snippet = (parameter: EntryParameter): string => {
    if (parameter.properties?.length) return `{ ${parameter.properties.map(property => `${property.name ?? ''}: ${snippet(property)}`).join(', ')} }`;
    return `\${${++stops}:${escaped(placeholder(parameter))}}`;
  };
  return steps.map(({ callee, parameters }) => `${escaped(callee)}(${parameters.map(snippet).join(', ')})`).join('');
}

const escaped = (text: string): string => text.replace(/[\\$}]/g, '\\$&');

/** A value that is plausible for what a parameter is called and declared to be. */
function placeholder({ name = '', type = '', fallback, rank, properties }: EntryParameter): string {
  if (fallback !== undefined) return literal.test(fallback) ? fallback : 'undefined';
  const isList = /\[\]$|Array</.test(type);
  if (rank !== undefined || /Tensor\b/.test(type) || (type === '' && /^(x|inputs?|image|tensor)$/i.test(name))) {
    const input = `tf.input({ shape: ${typicalShapes[rank ?? 4] ?? '[28, 28, 16]'} })`;
    return isList ? `[${input}]` : input;
  }
  if (/shape$/i.test(name)) return '[28, 28, 1]';
  if (isList) return /string/.test(type) ? "['a', 'b']" : '[32, 64]';
  const choice = /^(['"]).*?\1/.exec(type);
  if (choice) return choice[0];
  if (/^string/.test(type)) return typicalTexts.find(([pattern]) => pattern.test(name))?.[1] ?? `'${name || 'name'}'`;
  if (/^boolean/.test(type) || (type === '' && /^(is|has|use|with)[A-Z]/.test(name))) return 'true';
  if (properties || (type !== '' && !/^number/.test(type))) return '{}';
  return typicalNumbers.find(([pattern]) => pattern.test(name))?.[1] ?? '10';
}

/** A default that means the same at the top of the file as in the function. */
const literal = /^(-?[\d.e]+|'[^'\\]*'|"[^"\\]*"|true|false|null|\[[-\d., ]*\]|\{\})$/;

const typicalShapes: Readonly<Record<number, string>> = { 1: '[]', 2: '[16]', 3: '[50, 16]', 4: '[28, 28, 16]', 5: '[8, 28, 28, 16]' };

const typicalTexts: readonly (readonly [RegExp, string])[] = [[/activation/i, "'relu'"], [/padding/i, "'same'"]];

const typicalNumbers: readonly (readonly [RegExp, string])[] = [
  [/kernel|pool/i, '3'], [/stride|dilation/i, '1'], [/rate|dropout|alpha|momentum|epsilon/i, '0.5'],
  [/class|label|categor/i, '10'], [/depth|block|layer|repeat|stage/i, '2'], [/height|width|size|length/i, '28'],
  [/filter|channel|unit|hidden|feature|dim/i, '32'],
];
