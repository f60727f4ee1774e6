// Settings as tsconfig.json holds them: JSON with comments and commas too many.
import { parseTypeScript } from './parse-typescript.ts';
import type { Expression } from './tree.ts';

/** Empty where the text is no object. What cannot be read is left out. */
export function readSettings(text: string): Record<string, unknown> {
  const [statement] = parseTypeScript('settings.ts', `(${text}\n)`).body;
  const data = statement?.kind === 'expression' ? dataOf(statement.expression) : undefined;
  return typeof data === 'object' && data !== null && !Array.isArray(data) ? data as Record<string, unknown> : {};
}

function dataOf(node: Expression): unknown {
  switch (node.kind) {
    case 'literal': return node.value;
    case 'array': return node.elements.map(element => (element.kind === 'spread' || element.kind === 'hole' ? undefined : dataOf(element)));
    case 'object': return Object.fromEntries(node.properties.flatMap(property =>
      (property.kind === 'property' && 'name' in property.key ? [[property.key.name, dataOf(property.value)]] : [])));
    default: return undefined;
  }
}
