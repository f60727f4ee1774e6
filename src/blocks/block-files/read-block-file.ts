// Reads a block file as a program in the core syntax tree: a function of the parameters that gives the layers, and a call of it for each
// preset. From there on it is evaluated like any other program. docs/block-json.md describes the format.
import { findLayerOfBlocks } from '../layers/registry.ts';
import { similarName } from '../layers/similar-name.ts';
import { blockForm } from '../problems/block-form.ts';
import { missingParameter } from '../problems/missing-parameter.ts';
import { unknownParameter } from '../problems/unknown-parameter.ts';
import type { Span } from '../syntax/typescript-source.ts';
import type { Expression, FunctionNode, Import, Parameter, PatternElement, Property, Statement } from '../syntax/tree.ts';
import { fieldsOfBlocks } from '../vocabulary/block.ts';
import type { BlockFile, ParameterOfBlock, UseFault } from './block-file.ts';
import { call, constant, identifier, list, object, unreadable } from './core-nodes.ts';
import { isExpression, mathName } from './expression.ts';
import { isString, JsonObject, type JsonMember, type JsonNode } from '../json/json-tree.ts';
import { readRepairedJson } from '../json/read-repaired-json.ts';
import { fieldsIn, Items } from './items.ts';
import { canBeMentioned, Names } from './names.ts';
import { Problems } from './problems.ts';

export interface ReadOptions {
  /** Where a person types. */
  readonly caret?: number | undefined;
  /** Whether another file uses it: then it says nothing of its input, and makes no presets. */
  readonly isUsed?: boolean;
  /** What other files say of the uses, by where each stands. */
  readonly faults?: ReadonlyMap<number, UseFault>;
}

/** Never throws. */
export function readBlockFile(file: string, text: string, options: ReadOptions = {}): BlockFile {
  const { root, errors } = readRepairedJson(text, options.caret);
  const reader = new FileReader(file, text, errors.length > 0, options);
  const body = root?.kind === 'object' ? reader.read(root) : [];
  if (root && root.kind !== 'object') reader.problems.add(blockForm, { message: 'A block file is an object: { "layers": [ … ] }.' }, root);
  return {
    program: { file, text, body, errors: errors.slice(0, 1), exampleCalls: [], isBlockFile: true },
    problems: reader.problems.found, parameters: reader.parameters, fileUses: reader.items.fileUses, blockUses: reader.items.blockUses, names: reader.names.declared,
  };
}

const fieldsOfFile = ['$schema', 'block', 'doc', 'parameters', 'input', 'layers', 'presets'];
const selfName = ' block';

class FileReader {
  readonly problems: Problems;
  readonly names: Names;
  readonly items: Items;
  readonly parameters: ParameterOfBlock[] = [];

  constructor(private readonly file: string, private readonly text: string, isBroken: boolean, private readonly options: ReadOptions) {
    this.problems = new Problems(file, isBroken);
    this.names = new Names(file, this.problems);
    this.items = new Items(file, text, { names: this.names, problems: this.problems, faults: options.faults ?? new Map() });
  }

  read(root: JsonObject): readonly Statement[] {
    const fields = fieldsIn(root);
    const isData = !fields.has('layers') && root.members.some(({ name }) =>
      (name !== 'block' && (Object.hasOwn(fieldsOfBlocks, name) || name === 'use' || name === 'repeat')) || (findLayerOfBlocks(name) !== undefined && name !== 'input'));
    const body = isData ? this.readData(root) : this.readBlock(root, fields);
    return [...this.imports(root), ...body];
  }

  /** A block as it stands, which is what `blockscope export --as json` writes of one without a name. */
  private readData(root: JsonObject): readonly Statement[] {
    const item = new JsonObject(root.start);
    item.end = root.end;
    item.members.push(...root.members.filter(({ name }) => name !== '$schema' && name !== 'doc'));
    const before: Statement[] = [];
    const value = this.items.single(item, before);
    const at = { start: root.start, end: root.start };
    return [...before, { kind: 'export', names: [{ exported: 'default', value: call(identifier(' whole', at), [value], root) }], ...at }];
  }

  private readBlock(root: JsonObject, fields: ReadonlyMap<string, JsonMember>): readonly Statement[] {
    this.checkFields(root, fields);
    const block = fields.get('block');
    const name = isString(block?.value) && block.value.value !== '' ? block.value.value : undefined;
    if (block?.value && name === undefined) this.problems.add(blockForm, { message: 'The name of a block is a text.' }, block.value);
    const shown = block?.value && name !== undefined ? within(block.value) : within((fields.get('layers') ?? root.members[0])?.key ?? root);
    const parameters = this.readParameters(fields.get('parameters'));
    const node = this.functionOf(fields, { name: name ?? stem(this.file), shown, parameters, root });
    const made = call(identifier(' named', shown), [{ kind: 'literal', value: name ?? stem(this.file), ...shown }, node], shown);
    const start = { start: root.start, end: root.start };
    const declared = constant(selfName, shown, made);
    const exported: Statement = { kind: 'export', names: [{ exported: 'default', value: identifier(selfName, start) }], ...start };
    return [declared, exported, ...(this.options.isUsed ? [] : this.instances(fields, shown, block ?? { ...shown }))];
  }

  private checkFields(root: JsonObject, fields: ReadonlyMap<string, JsonMember>): void {
    let misspelt = false;
    for (const { key } of root.members) {
      if (fieldsOfFile.includes(key.value)) continue;
      const suggestion = similarName(key.value, fieldsOfFile);
      misspelt ||= suggestion === 'layers';
      this.problems.add(blockForm, { message: `A block file has no ${JSON.stringify(key.value)}${suggestion === undefined ? `: it has ${fieldsOfFile.slice(1).join(', ')}` : `; is ${JSON.stringify(suggestion)} meant?`}` }, within(key));
    }
    this.checkDoc(fields.get('doc')?.value);
    if (!fields.has('layers') && !misspelt) this.problems.add(blockForm, { message: 'A block file needs "layers".' }, { start: root.start, end: root.start + 1 });
  }

  private checkDoc(doc: JsonNode | undefined): void {
    if (doc && !isString(doc)) this.problems.add(blockForm, { message: 'doc is a text.' }, doc);
  }

  private readParameters(property: JsonMember | undefined): readonly PatternElement[] {
    const value = property?.value;
    if (value && value.kind !== 'object') this.problems.add(blockForm, { message: 'parameters are an object: { "filters": 64 }.' }, value);
    if (value?.kind !== 'object') return [];
    return value.members.map(({ key, value: given }) => {
      const settings = given?.kind === 'object' ? given : undefined;
      if (settings) for (const { key: field } of settings.members) {
        if (!['default', 'doc'].includes(field.value)) this.problems.add(blockForm, { message: `A parameter has "default" and "doc", and no ${JSON.stringify(field.value)}.` }, within(field));
      }
      const written = settings ? fieldsIn(settings).get('default')?.value : given;
      // Nothing is what a parameter has that whoever uses the block has to give.
      const required = written === undefined || (written.kind === 'value' && written.value === null);
      const fallback = required ? undefined : this.items.setting(written);
      if (!canBeMentioned(key.value)) this.problems.add(blockForm, { message: `${JSON.stringify(key.value)} is no name that an expression can mention.` }, key);
      const doc = settings && fieldsIn(settings).get('doc')?.value;
      this.checkDoc(doc);
      this.names.declare(key, { doc: isString(doc) ? doc.value : undefined, default: required ? undefined : this.written(written) });
      this.parameters.push({ name: key.value, required });
      const target = identifier(key.value, within(key));
      return { kind: 'element', key: { name: key.value }, target, rest: false, ...(fallback ? { fallback } : {}) };
    });
  }

  private written({ start, end }: Span): string {
    return this.text.slice(start, end);
  }

  private functionOf(fields: ReadonlyMap<string, JsonMember>, { name, shown, parameters, root }: { name: string; shown: Span; parameters: readonly PatternElement[]; root: JsonObject }): FunctionNode {
    const body: Statement[] = [];
    const layers = fields.get('layers');
    const input = fields.get('input');
    const first = input && !this.options.isUsed ? this.items.input(input) : undefined;
    const made = layers ? this.items.list(layers.value, layers.key, body) : list([], shown);
    const all = first && made.kind === 'array' ? { ...made, elements: [first, ...made.elements] } : made;
    body.push({ kind: 'return', value: all, start: all.start, end: all.end });
    this.names.close();
    const pattern = { kind: 'object-pattern' as const, properties: parameters, start: shown.start, end: shown.end };
    const parameter: Parameter = { pattern, rest: false, start: shown.start, end: shown.end };
    return { kind: 'function', name, parameters: [parameter], body, arrow: true, generator: false, nameStart: shown.start, nameEnd: shown.end, start: root.start, end: root.end };
  }

  /** What the file makes: its presets, else the block with its defaults, where each parameter has one. */
  private instances(fields: ReadonlyMap<string, JsonMember>, shown: Span, place: Span): readonly Statement[] {
    const presets = fields.get('presets')?.value;
    if (presets && presets.kind !== 'object') this.problems.add(blockForm, { message: 'presets are an object: { "small": { "filters": 16 } }.' }, presets);
    if (presets?.kind === 'object' && presets.members.length > 0) return presets.members.map(preset => this.preset(preset));
    if (this.parameters.some(({ required }) => required)) return [];
    const made = call(identifier(selfName, shown), [this.defaults(fields.get('parameters'), shown)], place);
    return [{ kind: 'expression', expression: made, start: place.start, end: place.end }];
  }

  /** What the block was made with, as far as it is written down; the rest is for the function to work out. */
  private defaults(parameters: JsonMember | undefined, shown: Span): Expression {
    const members = parameters?.value?.kind === 'object' ? parameters.value.members : [];
    return object(members.filter(({ value }) => value && value.kind !== 'object' && !(isString(value) && isExpression(value.value))).map(property => this.items.settingOf(property)), shown);
  }

  private preset(preset: JsonMember): Statement {
    const { key, value } = preset;
    if (value && value.kind !== 'object') this.problems.add(blockForm, { message: `A preset is an object of parameters: { "${this.parameters[0]?.name ?? 'filters'}": 16 }.` }, value);
    const given = value?.kind === 'object' ? value.members : [];
    for (const { key: parameter, value: set } of given) {
      this.names.mentionParameter(parameter, key.value, set && this.written(set));
      if (!this.parameters.some(({ name }) => name === parameter.value)) {
        const known = this.parameters.map(({ name }) => name);
        this.problems.add(unknownParameter, { block: 'The block', parameter: parameter.value, suggestion: similarName(parameter.value, known), known }, within(parameter));
      }
    }
    const missing = this.parameters.filter(({ name, required }) => required && !given.some(({ key: parameter }) => parameter.value === name)).map(({ name }) => name);
    if (missing.length > 0 && value) this.problems.add(missingParameter, { block: JSON.stringify(key.value), parameters: missing }, within(key));
    const absent: Property[] = missing.map(name => ({ kind: 'property', key: { name }, value: unreadable(`${name} is not given`, within(key)), ...within(key) }));
    const settings = object([...given.map(property => this.items.settingOf(property)), ...absent], value ?? key);
    return constant(key.value, within(key), { ...call(identifier(selfName, within(key)), [settings], preset), shownAs: key.value });
  }

  /** The words that the program needs, and the blocks of other files. */
  private imports(root: JsonObject): readonly Statement[] {
    const at = { start: root.start, end: root.start };
    const from = (module: string, names: readonly (readonly [string, string])[]): Import => ({ kind: 'import', from: module, bindings: names.map(([imported, local]) => ({ imported, local })), ...at });
    const { library, files } = this.items;
    return [
      from('blockscope/vocabulary', [['block', ' named']]),
      from('blockscope/block-file', ['value', 'times', 'size', 'condition', 'whole'].map(name => [name, ` ${name}`] as const)),
      ...(library.size > 0 ? [from('blockscope/blocks', [...library].map(name => [name, ` ${name}`] as const))] : []),
      ...[...files].map(file => from(file, [['default', ` ${file}`]])),
      constant(mathName, at, identifier('Math', at)),
    ];
  }
}

/** Without its quotes. */
const within = ({ start, end }: Span): Span => ({ start: start + 1, end: Math.max(start + 1, end - 1) });

const stem = (file: string): string => (file.split(/[/\\]/).at(-1) ?? file).replace(/(\.block)?\.jsonc?$/, '');
