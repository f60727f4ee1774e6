// The hover on an attribute's name within a layer's call: its type, default, documentation, and what it comes to here.
import type { Analysis, LayerSite } from '../analysis.ts';
import { formatValue, type AttributeType, type AttributeValue } from '../layers/attribute.ts';
import { schemaOf } from '../layers/every-layer.ts';
import { findLayerOf } from '../layers/registry.ts';
import { parseTypeScript } from '../syntax/parse-typescript.ts';
import type { Call, Expression, ObjectLiteral, Program } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { code, escapeMarkdown } from './markdown.ts';
import { odditiesOfAttribute } from './oddities.ts';
import { siteAt } from './site-at.ts';

/** The most values that are listed where the line is evaluated several times. */
const MOST_VALUES = 4;

/** Undefined where the offset is not on the name of an attribute that the layer has. */
export function attributeHover(analysis: Analysis, text: string, offset: number): { readonly at: Location; readonly markdown: string } | undefined {
  const site = siteAt(analysis, offset);
  const definition = site && findLayerOf(site);
  if (!site || !definition || offset <= site.at.end) return undefined;
  // The call alone, at its place in the file. A brace would begin a block of statements there.
  const written = text.slice(site.call.start, site.call.end);
  const program = parseTypeScript(analysis.file, written.startsWith('{') ? `${' '.repeat(site.call.start - 1)}(${written})` : ' '.repeat(site.call.start) + written);
  const key = attributeNameAt(program, site.call, offset);
  const schema = schemaOf(definition);
  if (!key || !Object.hasOwn(schema, key.name)) return undefined;
  return { at: { file: analysis.file, start: key.start, end: key.end }, markdown: attributeMarkdown(`**${escapeMarkdown(key.name)}**`, schema[key.name]!, valuesHere(key.name, site), odditiesOfAttribute(definition, key.name)) };
}

/** What the attribute comes to in all results of the line. */
function valuesHere(name: string, site: LayerSite): string {
  const values = [...new Set(site.variants.flatMap(({ node }) => (name in node.attributes ? [formatValue(node.attributes[name])] : [])))];
  return values.length === 0 || values.length > MOST_VALUES ? '' : `\n\nHere: ${values.map(code).join(', ')}`;
}

/** `spell` says types and defaults as the source would. */
export function attributeMarkdown(title: string, attribute: AttributeType<unknown>, here: string, oddities: readonly string[], spell = (text: string): string => text): string {
  const fallback = attribute.default === undefined ? (attribute.required ? 'required' : 'optional') : `default ${code(spell(formatValue(attribute.default as AttributeValue)))}`;
  return `${title} ${code(spell(attribute.type))} · ${fallback}\n\n${attribute.doc}${here}${oddities.map(oddity => `\n\n⚠ ${oddity}`).join('')}`;
}

interface Name {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/** The property name under the offset, where its object is an argument of the call itself, or what a literal says of its layer. */
function attributeNameAt(program: Program, call: Location, offset: number): Name | undefined {
  const found = nodesAround(program.body, offset).find((node): node is Call | ObjectLiteral => (node.kind === 'call' || node.kind === 'object') && node.end === call.end);
  for (const argument of found?.kind === 'object' ? settingsIn(found) : found?.arguments ?? []) {
    if (argument.kind !== 'object') continue;
    for (const property of argument.properties) {
      if (property.kind !== 'property' || !('name' in property.key)) continue;
      const { name } = property.key;
      const quoted = text(program, property.start, 1) === name.charAt(0) ? 0 : 2;
      const end = property.start + name.length + quoted;
      if (property.start <= offset && offset <= end) return { name, start: property.start, end };
    }
  }
  return undefined;
}

const settingsIn = ({ properties }: ObjectLiteral): readonly Expression[] => properties.flatMap(property => (property.kind === 'property' ? property.value : []));

const text = (program: Program, start: number, length: number): string => program.text.slice(start, start + length);

interface Spanned {
  readonly kind: string;
  readonly start: number;
  readonly end: number;
}

/** All nodes of the tree that hold the offset. */
function nodesAround(value: unknown, offset: number): Spanned[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isSpanned(value)) {
    if (offset < value.start || value.end < offset) return [];
    return [value, ...Object.values(value).flatMap(child => nodesAround(child, offset))];
  }
  return Object.values(value).flatMap(child => nodesAround(child, offset));
}

const isSpanned = (value: object): value is Spanned => 'kind' in value && 'start' in value && typeof value.start === 'number' && 'end' in value && typeof value.end === 'number';
