// What can be called in a comment like `// @blockscope create(…)`, while it is being written.
import type { Analysis } from '../analysis.ts';
import type { Location } from '../text/location.ts';
import { callSnippet } from './example-arguments.ts';

export interface ExampleCallCompletion {
  /** `create` or `new Encoder`: what somebody types. */
  readonly label: string;
  /** `(inputShape, classes)`. */
  readonly detail: string;
  readonly snippet: string;
  /** What is replaced. */
  readonly at: Location;
}

/** The file's functions, those first that nobody calls; nothing where the caret is past the name of what is called. */
export function exampleCallCompletions(analysis: Analysis, text: string, offset: number): ExampleCallCompletion[] {
  const { file, entryPoints } = analysis;
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const code = analysis.exampleCalls.find(({ start, end }) => start >= lineStart && start <= offset && /\s/.test(text[start - 1] ?? '') && /^[ \t]*$/.test(text.slice(end, offset)));
  if (!code || !/^(new +)?[\w$.]*$/.test(text.slice(code.start, offset))) return [];
  const rest = /^[\w$.]*/.exec(text.slice(offset))![0].length;
  return [...entryPoints]
    .sort((a, b) => Number(b.needsExample) - Number(a.needsExample))
    .map(entry => ({
      label: entry.steps.map(step => step.callee).join(''),
      detail: entry.steps.map(({ parameters }) => `(${parameters.map(({ name = '{…}' }) => name).join(', ')})`).join(''),
      snippet: callSnippet(entry),
      at: { file, start: code.start, end: offset + rest },
    }));
}
