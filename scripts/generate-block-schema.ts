// Writes schemas/block.schema.json, by which editors check and complete block files: every layer with its attributes comes from the
// layer definitions. A test says whether it is current.
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { libraryBlocks, parametersOfLibraryBlock, typeOfParameter, type LibraryParameter } from '../src/blocks/block-files/library-blocks.ts';
import type { AttributeType } from '../src/blocks/layers/attribute.ts';
import type { LayerDefinition } from '../src/blocks/layers/define-layer.ts';
import { everyLayer } from '../src/blocks/layers/every-layer.ts';
import { findLayerOfBlocks, namesOfLayersOfBlocks } from '../src/blocks/layers/registry.ts';
import { merges } from '../src/blocks/vocabulary/block.ts';

type Schema = { readonly [keyword: string]: unknown };

export const schemaPath = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../schemas/block.schema.json');

const expression: Schema = { type: 'string', pattern: '^=', markdownDescription: 'An expression over the parameters: `= inFeatures * expansion`.' };
const orExpression = (...others: readonly Schema[]): Schema => ({ anyOf: [...others, { $ref: '#/definitions/expression' }] });
const ref = (name: string): Schema => ({ $ref: `#/definitions/${name}` });
const described = (schema: Schema, doc: string): Schema => ({ ...schema, markdownDescription: doc });

/** What the type of an attribute, as its documentation names it, is in JSON. */
function valueOf({ type, choices }: AttributeType<unknown>): Schema {
  const texts = choices?.filter(choice => typeof choice === 'string') ?? [];
  const quoted = [...type.matchAll(/'([^']+)'/g)].map(([, text]) => text!);
  const named = [...new Set([...texts, ...quoted])];
  const options: Schema[] = named.length > 0 ? [{ enum: named }] : [];
  if (/\b(integer|number)\b/.test(type)) options.push({ type: /\binteger\b/.test(type) && !/\bnumber\b/.test(type) ? 'integer' : 'number' });
  if (/\[/.test(type)) options.push({ type: 'array', items: ref(/\binteger\b|height/.test(type) ? 'sizes' : 'inList') });
  if (/\bboolean\b/.test(type)) options.push({ type: 'boolean' });
  if (/\bstring\b/.test(type) && named.length === 0) options.push({ type: 'string' });
  // What has no form in JSON that could be told from others, such as an initializer, may be anything that a setting can be.
  return options.length > 0 ? orExpression(...options) : ref('setting');
}

function attribute(type: AttributeType<unknown>): Schema {
  const { default: byDefault, doc, type: named } = type;
  const isShown = byDefault !== undefined && (typeof byDefault !== 'object' || Array.isArray(byDefault));
  return described({ ...valueOf(type), ...(isShown ? { default: byDefault } : {}) }, `${doc}\n\n\`${named}\`${isShown ? `, by default \`${JSON.stringify(byDefault)}\`` : ''}`);
}

/** What all layers have is written once. */
const isOfEvery = (name: string, type: AttributeType<unknown>): boolean => (everyLayer as Readonly<Record<string, AttributeType<unknown>>>)[name] === type;

function layer(definition: LayerDefinition): Schema {
  const { attributes, doc } = definition;
  const schema: Readonly<Record<string, AttributeType<unknown>>> = { ...everyLayer, ...attributes };
  const required = Object.entries(schema).filter(([, type]) => type.required).map(([name]) => name);
  const properties = Object.fromEntries(Object.entries(schema).map(([name, type]) => [name, isOfEvery(name, type) ? ref(`every ${name}`) : attribute(type)]));
  const snippet = Object.fromEntries(required.map((name, i) => [name, `\${${i + 1}}`]));
  return described({ type: 'object', additionalProperties: false, properties, ...(required.length > 0 ? { required } : {}), defaultSnippets: [{ label: '{ … }', body: snippet }] },
    `${doc.summary}\n\n${doc.formula}`);
}

const fields = {
  when: described(orExpression({ type: 'boolean' }), 'Whether it is there; of a `residual`, whether what goes in is added to what comes out.'),
  repeat: described(orExpression({ type: 'integer', minimum: 0 }), 'How often `layers` follow each other.'),
  as: described({ type: 'string' }, 'The name that expressions in `layers` have for the number of the repetition, counted from 0.'),
  layers: described(ref('layers'), 'What is applied one after the other.'),
  use: described({ anyOf: [{ enum: libraryBlocks }, { type: 'string', pattern: '^\\.{1,2}/.*\\.json$' }] }, 'A block of the library by its name, or another block file: `./other.block.json`.'),
  with: described({ type: 'object', additionalProperties: ref('setting') }, 'The parameters of the block that is used.'),
  sequential: described(ref('layers'), 'One after the other.'),
  residual: described(ref('layers'), 'What comes out is added to what goes in.'),
  shortcut: described(ref('layers'), 'What is made of the input before it is added.'),
  branches: described({ anyOf: [{ type: 'array', items: ref('layers') }, { type: 'object', additionalProperties: ref('layers') }] }, 'Several ways from one tensor: a list, or an object of lists by their names.'),
  merge: described({ enum: merges }, 'How the branches are joined.'),
  split: described({ type: 'boolean', default: false }, 'Whether each branch gets a share of the channels of its own.'),
  block: described({ type: 'string' }, 'The name of the block, which the picture draws a frame around.'),
  parameters: described({ type: 'object', additionalProperties: ref('setting') }, 'What a block inside of this one was made with.'),
} satisfies Readonly<Record<string, Schema>>;

/** What `with` can set of a block of the library. What is missing says Blockscope, at the name of the block: a schema would say it elsewhere. */
const parametersOf = (block: string): Schema =>
  ({ type: 'object', additionalProperties: false, properties: Object.fromEntries(parametersOfLibraryBlock(block).map(parameter => [parameter.name, parameterOf(parameter)])) });

function parameterOf(parameter: LibraryParameter): Schema {
  const { number, boolean, choices, default: byDefault, doc = '', required } = parameter;
  const values = [...(number ? [{ type: 'number' }] : []), ...(boolean ? [{ type: 'boolean' }] : []), ...(choices ? [{ enum: choices }] : [])];
  return described(orExpression(...values), `${doc === '' ? '' : `${doc}\n\n`}${typeOfParameter(parameter)}${required ? '' : byDefault === undefined ? ', optional' : `, by default \`${byDefault}\``}`);
}

/** The fields that tell the kinds which are no layer, and what each needs. */
const required: readonly (readonly [telling: string, others: readonly string[]])[] = [['branches', ['merge']], ['repeat', ['layers']], ['block', ['layers']]];

/** The schema of block files as the layers demand it. */
export function blockSchema(): Schema {
  const names = namesOfLayersOfBlocks.filter(name => name !== 'input' && name !== 'inputLayer');
  const layers = Object.fromEntries(names.map(name => [name, ref(`layer ${findLayerOfBlocks(name)!.name}`)]));
  const definitions = Object.fromEntries(names.map(name => findLayerOfBlocks(name)!).map(definition => [`layer ${definition.name}`, layer(definition)]));
  const input = described({ anyOf: [ref('shape'), { type: 'object', additionalProperties: false, required: ['shape'], properties: { shape: ref('shape'), dataFormat: described(orExpression({ enum: ['channelsLast', 'channelsFirst'] }), 'Where the channels stand; last by default.') } }] },
    'What goes into the block, the batch first: `[1, 56, 56, 32]`.');
  const item: Schema = {
    type: 'object', additionalProperties: false, minProperties: 1, properties: { ...layers, ...fields, input },
    dependencies: { ...Object.fromEntries(required), shortcut: ['residual'], merge: ['branches'], split: ['branches'], with: ['use'], as: ['repeat'], parameters: ['block'] },
    allOf: libraryBlocks.map(block => ({ if: { properties: { use: { const: block } }, required: ['use'] }, then: { properties: { with: ref(`with ${block}`) } } })),
  };
  const parameter: Schema = { anyOf: [
    ref('setting'), { type: 'object', additionalProperties: false, properties: { default: described(ref('setting'), 'What it is where nobody says otherwise.'), doc: described({ type: 'string' }, 'What it means.') } },
  ] };
  return {
    $schema: 'http://json-schema.org/draft-07/schema#', title: 'Block of Blockscope', allowComments: true, allowTrailingCommas: true,
    type: 'object', additionalProperties: false, minProperties: 1,
    properties: {
      ...layers, ...fields, input,
      $schema: { type: 'string' },
      doc: described({ type: 'string' }, 'What the block is.'),
      parameters: described({ type: 'object', additionalProperties: parameter }, 'What expressions can mention, with defaults; `null` for one that whoever uses the block has to give.'),
      presets: described({ type: 'object', additionalProperties: { type: 'object', additionalProperties: ref('setting') } }, 'The block with other parameters, by their names: each has totals of its own.'),
    },
    dependencies: Object.fromEntries([...required, ['presets', ['layers']], ['shortcut', ['residual']], ['merge', ['branches']]]),
    definitions: {
      expression, item, layers: { type: 'array', items: ref('item') },
      shape: { type: 'array', items: orExpression({ type: ['integer', 'null'] }) },
      sizes: orExpression({ type: ['integer', 'null'] }, { type: 'array', items: ref('sizes') }),
      inList: { anyOf: [{ type: ['number', 'string', 'boolean', 'null'] }, { type: 'array' }] },
      setting: { anyOf: [{ type: ['number', 'string', 'boolean', 'null'] }, { type: 'array', items: ref('inList') }] },
      ...Object.fromEntries(Object.entries(everyLayer).map(([name, type]) => [`every ${name}`, attribute(type)])),
      ...definitions,
      ...Object.fromEntries(libraryBlocks.map(block => [`with ${block}`, parametersOf(block)])),
    },
  };
}

export const blockSchemaText = (): string => `${JSON.stringify(blockSchema(), null, 1)}\n`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  mkdirSync(path.dirname(schemaPath), { recursive: true });
  writeFileSync(schemaPath, blockSchemaText());
}
