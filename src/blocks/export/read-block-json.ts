// Reads a block from JSON text, which anybody may have written.
import { similarName } from '../layers/similar-name.ts';
import { findLayerOfBlocks, namesOfLayersOfBlocks } from '../layers/registry.ts';
import { unknownLayer } from '../problems/unknown-layer.ts';
import { fieldsOfBlocks, merges, mostLayers, mostNested, type Block, type Merge, type Setting, type Settings } from '../vocabulary/block.ts';

/** Places are written as `$.sequential[2].conv2d`. */
export type ReadBlock = { readonly block: Block } | { readonly error: string };

const longestText = 10_000_000;

/** Never throws. What comes out is made anew: nothing of the text but what a block can have. */
export function readBlockJson(text: string): ReadBlock {
  if (text.length > longestText) return { error: `The text is longer than ${longestText.toLocaleString('en')} characters.` };
  try {
    return { block: new Reader().block(parse(text), '$', 0) };
  } catch (error) {
    if (error instanceof NoBlock) return { error: error.message };
    throw error;
  }
}

class NoBlock extends Error {}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new NoBlock(`This is no JSON: ${(error as Error).message}`);
  }
}

type Fields = Readonly<Record<string, unknown>>;

class Reader {
  private count = 0;

  block(value: unknown, at: string, depth: number): Block {
    if (depth > mostNested) throw new NoBlock(`${at}: blocks are nested more than ${mostNested} deep.`);
    if (++this.count > mostLayers) throw new NoBlock(`There are more than ${mostLayers.toLocaleString('en')} blocks.`);
    const fields = fieldsOf(value, at, 'a block');
    const kind = Object.keys(fieldsOfBlocks).find(name => Object.hasOwn(fields, name));
    if (kind === undefined) return layerOf(fields, at);
    const other = Object.keys(fields).find(name => name !== kind && !fieldsOfBlocks[kind]!.includes(name));
    if (other !== undefined) throw new NoBlock(`${at}: a block with ${JSON.stringify(kind)} has no ${JSON.stringify(other)}.`);
    return this.composed(kind, fields, at, depth);
  }

  private composed(kind: string, fields: Fields, at: string, depth: number): Block {
    const list = (name: string): readonly Block[] => this.blocks(fields[name], `${at}.${name}`, depth);
    if (kind === 'sequential') return { sequential: list('sequential') };
    if (kind === 'residual') return { residual: list('residual'), ...(fields['shortcut'] === undefined ? {} : { shortcut: list('shortcut') }) };
    if (kind === 'block') {
      if (typeof fields['block'] !== 'string') throw new NoBlock(`${at}.block: the name of a block is a text, and not ${kindOfValue(fields['block'])}.`);
      const parameters = fields['parameters'] === undefined ? {} : settingsOf(fields['parameters'], `${at}.parameters`);
      return { block: fields['block'], parameters, layers: list('layers') };
    }
    const { merge, split } = fields;
    if (!merges.includes(merge as Merge)) throw new NoBlock(`${at}.merge: branches are joined by ${merges.map(one => JSON.stringify(one)).join(', ')}, and not by ${kindOfValue(merge)}.`);
    if (split !== undefined && typeof split !== 'boolean') throw new NoBlock(`${at}.split is true or false, and not ${kindOfValue(split)}.`);
    const ways = listOf(fields['branches'], `${at}.branches`).map((way, i) => this.blocks(way, `${at}.branches[${i}]`, depth));
    return { branches: ways, merge: merge as Merge, ...(split === undefined ? {} : { split }) };
  }

  private blocks(value: unknown, at: string, depth: number): readonly Block[] {
    return listOf(value, at).map((one, i) => this.block(one, `${at}[${i}]`, depth + 1));
  }
}

function layerOf(fields: Fields, at: string): Block {
  const names = Object.keys(fields);
  if (names.length !== 1) {
    throw new NoBlock(`${at}: a block is one layer by its name, or has ${Object.keys(fieldsOfBlocks).map(name => JSON.stringify(name)).join(', ')}; this has ${names.length === 0 ? 'nothing' : names.slice(0, 5).map(name => JSON.stringify(name)).join(', ')}.`);
  }
  const [name = ''] = names;
  if (!findLayerOfBlocks(name)) {
    throw new NoBlock(`${at}: ${unknownLayer.message({ layer: name, suggestion: similarName(name, namesOfLayersOfBlocks) })}`);
  }
  return { [name]: settingsOf(fields[name], `${at}.${name}`) };
}

/** Names that would reach the prototype of an object instead of the object. */
const dangerous = new Set(['__proto__', 'constructor', 'prototype']);

function settingsOf(value: unknown, at: string): Settings {
  return Object.fromEntries(Object.entries(fieldsOf(value, at, 'settings')).map(([name, setting]) => {
    if (dangerous.has(name)) throw new NoBlock(`${at}: nothing is called ${JSON.stringify(name)}.`);
    return [name, settingOf(setting, `${at}.${name}`, 0)];
  }));
}

/** Lists of lists are padding by side; nothing is deeper. */
const deepestList = 8;

function settingOf(value: unknown, at: string, depth: number): Setting {
  if (Array.isArray(value)) {
    if (depth > deepestList) throw new NoBlock(`${at}: lists are nested more than ${deepestList} deep.`);
    return value.map((one, i) => settingOf(one, `${at}[${i}]`, depth + 1));
  }
  if (typeof value === 'object' && value !== null) throw new NoBlock(`${at}: a setting is a number, a text, true, false, null or a list of such, and no object.`);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new NoBlock(`${at}: the number is too large.`);
  return value as Setting;
}

function fieldsOf(value: unknown, at: string, what: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw new NoBlock(`${at}: ${what} is expected as an object, and not ${kindOfValue(value)}.`);
}

function listOf(value: unknown, at: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new NoBlock(`${at}: a list is expected, and not ${kindOfValue(value)}.`);
}

/** As a message names what it received. */
const kindOfValue = (value: unknown): string =>
  (value === undefined ? 'nothing' : Array.isArray(value) ? 'a list' : typeof value === 'object' && value !== null ? 'an object' : JSON.stringify(value).slice(0, 60));
