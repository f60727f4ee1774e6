// Object literals that are blocks as they stand: `{ conv2d: { filters: 8, kernelSize: 3 } }`. In a file that imports something of
// Blockscope they have places, as what a word makes has; one at the top of the file is a whole, where certainly all of it is blocks.
import { findLayerOfBlocks } from '../../layers/registry.ts';
import { keyPlaceOf, placeOf } from '../../syntax/place.ts';
import type { ObjectLiteral, Property } from '../../syntax/tree.ts';
import { fieldsOfBlocks, merges, mostLayers, mostNested } from '../../vocabulary/block.ts';
import { plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, ObjectValue, UnknownValue, type Value } from '../values.ts';
import { BlockValue } from './block-value.ts';

type NamedProperty = Property & { readonly key: { readonly name: string } };

const mostFields = 1 + Math.max(...Object.values(fieldsOfBlocks).map(({ length }) => length));

/** The object that a literal makes, still empty; undefined where it has not the form of a block. */
export function blockLiteral(run: Run, node: ObjectLiteral): BlockValue | undefined {
  const telling = tellingProperty(node);
  if (!telling || !run.blockFiles.has(run.file)) return undefined;
  const { key: { name }, value } = telling;
  return new BlockValue({
    name: name === 'block' && value.kind === 'literal' && typeof value.value === 'string' ? value.value : name,
    at: keyPlaceOf(run.file, telling), call: placeOf(run.file, node), frame: run.frame, part: run.part, assumed: run.assumptions(), isLiteral: true,
  });
}

/** The one that says what kind of block it is, or which layer. */
function tellingProperty({ properties }: ObjectLiteral): NamedProperty | undefined {
  if (properties.length === 0 || properties.length > mostFields || !properties.every(isNamedProperty)) return undefined;
  const named = properties as readonly NamedProperty[];
  const telling = named.find(({ key: { name } }) => Object.hasOwn(fieldsOfBlocks, name));
  if (telling) return named.every(({ key: { name } }) => name === telling.key.name || fieldsOfBlocks[telling.key.name]!.includes(name)) ? telling : undefined;
  const [only] = named;
  return named.length === 1 && findLayerOfBlocks(only!.key.name) ? only : undefined;
}

const isNamedProperty = (property: ObjectLiteral['properties'][number]): boolean =>
  property.kind === 'property' && !property.accessor && 'name' in property.key && property.value.kind !== 'function' && property.value.kind !== 'class';

/** What is written out at the top of a file: the value of a `const`, or the default export. One layer is no whole by itself. */
export function noteWholeLiteral(run: Run, block: BlockValue): void {
  const form: Form = { blocks: 0, hasLayer: false };
  if (kindOf(block) !== undefined && hasForm(block, form, 0) && form.hasLayer) run.part.blocks.push(block);
}

interface Form {
  /** How many were gone through. */
  blocks: number;
  /** Whether one of them is a layer that there is. */
  hasLayer: boolean;
}

const kindOf = ({ properties }: ObjectValue): string | undefined => Object.keys(fieldsOfBlocks).find(name => properties.has(name));

/** Whether a value certainly is a block all the way down. A layer that there is not has the form as well: somebody misspelt it. */
function hasForm(value: Value, form: Form, depth: number): boolean {
  if (depth > mostNested || form.blocks++ > mostLayers) return false;
  const block = plain(value);
  if (block instanceof UnknownValue) return block.oneOf?.every(one => hasForm(one, form, depth)) === true;
  if (!(block instanceof ObjectValue) || block.open || block.prototype) return false;
  for (const { uncertain, getter, setter } of block.properties.values()) if (uncertain || getter || setter) return false;
  const kind = kindOf(block);
  if (kind === undefined) return isLayer(block, form);
  for (const name of block.properties.keys()) if (name !== kind && !fieldsOfBlocks[kind]!.includes(name)) return false;
  const held = (name: string): Value => plain(block.properties.get(name)?.value);
  const isList = (list: Value): boolean => list instanceof ArrayValue && !list.open && list.hasOnlyElements && list.elements.every(one => hasForm(one, form, depth + 1));
  switch (kind) {
    case 'branches': {
      const ways = held('branches');
      return ways instanceof ArrayValue && !ways.open && ways.elements.every(way => isList(plain(way)))
        && merges.some(merge => merge === held('merge')) && [undefined, true, false].some(split => split === held('split'));
    }
    case 'residual': return isList(held('residual')) && (held('shortcut') === undefined || isList(held('shortcut')));
    case 'block': return typeof held('block') === 'string' && isList(held('layers'));
    default: return isList(held(kind));
  }
}

function isLayer({ properties }: ObjectValue, form: Form): boolean {
  if (properties.size !== 1) return false;
  const [[name, { value }]] = properties as unknown as [[string, { readonly value: Value }]];
  const isKnown = findLayerOfBlocks(name) !== undefined;
  if (isKnown && name !== 'input') form.hasLayer = true;
  const settings = plain(value);
  return settings instanceof ObjectValue || (isKnown && settings instanceof UnknownValue);
}
