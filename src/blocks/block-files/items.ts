// What stands in the lists of layers of a block file, and the settings in it, as parts of the core syntax tree.
import { findLayerOfBlocks, namesOfLayersOfBlocks } from '../layers/registry.ts';
import { similarName } from '../layers/similar-name.ts';
import { blockForm } from '../problems/block-form.ts';
import { invalidExpression } from '../problems/invalid-expression.ts';
import { invalidParameter } from '../problems/invalid-parameter.ts';
import { missingParameter } from '../problems/missing-parameter.ts';
import { unknownBlock } from '../problems/unknown-block.ts';
import { unknownLayer } from '../problems/unknown-layer.ts';
import { unknownName } from '../problems/unknown-name.ts';
import { unknownParameter } from '../problems/unknown-parameter.ts';
import type { ProblemDefinition } from '../problems/problem.ts';
import type { Span } from '../syntax/typescript-source.ts';
import type { Expression, Property, Spread, Statement } from '../syntax/tree.ts';
import { fieldsOfBlocks, merges } from '../vocabulary/block.ts';
import type { BlockUse, FileUse, UseFault } from './block-file.ts';
import { call, constant, identifier, list, object, unreadable } from './core-nodes.ts';
import { isExpression, readExpression } from './expression.ts';
import { isString, type JsonMember, type JsonNode, type JsonObject, type JsonString } from '../json/json-tree.ts';
import { libraryBlocks, parametersOfLibraryBlock, typeOfParameter, type LibraryParameter } from './library-blocks.ts';
import { canBeMentioned, type Names } from './names.ts';
import type { Problems } from './problems.ts';

interface Context {
  readonly names: Names;
  readonly problems: Problems;
  /** What other files say of the uses, by where each stands. */
  readonly faults: ReadonlyMap<number, UseFault>;
}

type Fields = ReadonlyMap<string, JsonMember>;

/** The first of each name. */
export const fieldsIn = ({ members }: JsonObject): Fields => new Map([...members].reverse().map(member => [member.name, member]));

const notWritten = 'it is not written yet';
const broken = 'the file is broken here';
/** What tells the kinds that the data of a block does not have, with the fields of each. */
const furtherKinds: Readonly<Record<string, readonly string[]>> = { repeat: ['as', 'layers'], use: ['with'], input: [] };
const kinds: Readonly<Record<string, readonly string[]>> = { ...fieldsOfBlocks, ...furtherKinds };

const dataFormats: readonly string[] = ['channelsLast', 'channelsFirst'];

export class Items {
  readonly fileUses: FileUse[] = [];
  readonly blockUses: BlockUse[] = [];
  /** What is used of the library, and of other files. */
  readonly library = new Set<string>();
  readonly files = new Set<string>();
  private made = 0;

  constructor(private readonly file: string, private readonly text: string, private readonly context: Context) {}

  private wrong<Data>(problem: ProblemDefinition<Data>, data: Data, at: Span): Expression {
    return unreadable(this.context.problems.add(problem, data, at), at);
  }

  private misformed(message: string, at: Span): Expression {
    return this.wrong(blockForm, { message }, at);
  }

  /** What has to be evaluated before goes into `before`. */
  list(node: JsonNode | undefined, at: Span, before: Statement[]): Expression {
    if (!node) return unreadable(notWritten, at);
    if (node.kind !== 'array') return this.misformed('A list of layers is expected: [ … ].', node);
    return list(node.items.flatMap(item => this.element(item, before)), node);
  }

  /** One block by itself. */
  single(node: JsonNode, before: Statement[]): Expression {
    const [element] = this.element(node, before);
    return element!.kind === 'spread' ? object([property('sequential', node, list([element!], node))], node) : element!;
  }

  /** `input` at the top of a file. */
  input({ key, value, start, end }: JsonMember): Expression {
    const settings = value?.kind === 'array' ? object([property('shape', value, this.shape(value))], value) : value && this.inputSettings(value);
    return object([{ kind: 'property', key: { name: 'input', quoted: true }, value: settings ?? unreadable(notWritten, key), start, end }], { start, end });
  }

  private inputSettings(node: JsonNode): Expression {
    if (node.kind !== 'object') return this.misformed('The shape that goes in is expected, the batch first: [1, 56, 56, 32].', node);
    const { shape } = Object.fromEntries(fieldsIn(node));
    const other = node.members.find(({ key }) => key.value !== 'shape' && key.value !== 'dataFormat');
    if (other) this.misformed(`An input has "shape" and "dataFormat", and no ${JSON.stringify(other.key.value)}.`, within(other.key));
    else if (!shape) this.misformed('An input needs "shape".', node);
    const format = fieldsIn(node).get('dataFormat')?.value;
    const isFormat = !format || (isString(format) && (isExpression(format.value) || dataFormats.includes(format.value)));
    if (!isFormat) this.misformed(`dataFormat must be one of ${dataFormats.join(', ')}.`, format);
    return object(node.members.filter(one => one !== other).map(one => (one === shape ? { ...this.settingOf(one), value: one.value ? this.shape(one.value) : unreadable(notWritten, one) }
      : isFormat ? this.settingOf(one) : { ...this.settingOf(one), value: unreadable('it is not known where the channels stand', one) })), node);
  }

  private shape(node: JsonNode): Expression {
    if (node.kind !== 'array') return this.misformed('A shape is a list of sizes: [1, 56, 56, 32].', node);
    if (node.damaged) return unreadable(broken, node);
    return list(node.items.map(item => {
      const at = isString(item) ? within(item) : item;
      return call(identifier(' size', at), [this.setting(item)], at);
    }), node);
  }

  /** Whether something is there, or what goes in is added. */
  private condition({ key, value }: JsonMember): Expression {
    if (!value) return unreadable(notWritten, key);
    const at = isString(value) ? within(value) : value;
    return call(identifier(' condition', at), [this.setting(value, 'plain')], at);
  }

  private element(node: JsonNode, before: Statement[]): readonly (Expression | Spread)[] {
    if (node.kind !== 'object') return [this.misformed('A layer or a block is expected as an object: { "conv2d": { … } }.', node)];
    const fields = fieldsIn(node);
    const telling = this.kindOf(node, fields);
    if (typeof telling !== 'string') return [telling];
    const when = fields.get('when');
    const condition = when && this.condition(when);
    if (telling === 'residual') return [this.residual(node, fields, condition, before)];
    if (telling === 'repeat') return [this.repeat(node, fields, condition, before)];
    const made = this.item(telling, node, fields, before);
    return [condition ? { kind: 'logical', operator: '&&', left: condition, right: made, start: node.start, end: node.end } : made];
  }

  /** What tells the kind of an object; where nothing does, what stands in its place. */
  private kindOf(node: JsonObject, fields: Fields): string | Expression {
    const names = [...fields.keys()].filter(name => name !== 'when').reverse();
    const kind = Object.keys(kinds).find(name => fields.has(name)) ?? names.find(name => findLayerOfBlocks(name)) ?? names[0];
    if (kind === undefined) return this.misformed('This names no layer and no block.', node);
    if (!Object.hasOwn(kinds, kind) && !findLayerOfBlocks(kind)) {
      const suggestion = similarName(kind, [...namesOfLayersOfBlocks, ...Object.keys(kinds)]);
      return this.wrong(unknownLayer, { layer: kind, suggestion }, within(fields.get(kind)!.key));
    }
    const allowed = kinds[kind] ?? [];
    const other = names.find(name => name !== kind && !allowed.includes(name));
    if (other !== undefined) return this.misformed(`What has ${JSON.stringify(kind)} has no ${JSON.stringify(other)} beside it.`, within(fields.get(other)!.key));
    return kind;
  }

  private item(kind: string, node: JsonObject, fields: Fields, before: Statement[]): Expression {
    switch (kind) {
      case 'sequential': return object([this.listed('sequential', fields, before)], node);
      case 'branches': return this.branches(node, fields, before);
      case 'block': return this.named(node, fields, before);
      case 'use': return this.use(node, fields);
      case 'input': return this.input(fields.get(kind)!);
      default: {
        const { key, value, start, end } = fields.get(kind)!;
        const settings = value ? this.settings(value) : unreadable(notWritten, key);
        return object([{ kind: 'property', key: { name: kind, quoted: true }, value: settings, start, end }], node);
      }
    }
  }

  private listed(name: string, fields: Fields, before: Statement[]): Property {
    const { key, value, start, end } = fields.get(name)!;
    return { kind: 'property', key: { name, quoted: true }, value: this.list(value, key, before), start, end };
  }

  /** `when` says whether what goes in is added; without that the body stays what it is. */
  private residual(node: JsonObject, fields: Fields, condition: Expression | undefined, before: Statement[]): Expression {
    const body = this.listed('residual', fields, before);
    const shortcut = fields.has('shortcut') ? [this.listed('shortcut', fields, before)] : [];
    if (!condition) return object([body, ...shortcut], node);
    // The body is made once, whichever way it is used.
    const name = this.keep(body.value, before);
    const keyPlace = { file: this.file, ...within(fields.get('residual')!.key) };
    const as = (key: string): Property => ({ ...body, key: { name: key, quoted: true }, value: identifier(name, body), keyPlace: { ...keyPlace } });
    return { kind: 'conditional', test: condition, then: object([as('residual'), ...shortcut], node), otherwise: object([as('sequential')], node), start: node.start, end: node.end };
  }

  private keep(value: Expression, before: Statement[]): string {
    const name = ` made${this.made++}`;
    before.push(constant(name, value, value));
    return name;
  }

  private repeat(node: JsonObject, fields: Fields, condition: Expression | undefined, before: Statement[]): Expression {
    const { key, value: count } = fields.get('repeat')!;
    const as = fields.get('as')?.value;
    if (as && !isName(as)) this.misformed('"as" is a name that expressions can mention: "i".', as);
    const often = count ? call(identifier(' times', count), [this.setting(count, 'plain')], count) : unreadable(notWritten, key);
    // What is left out is not counted.
    const asked: Expression = condition ? { kind: 'conditional', test: condition, then: often, otherwise: number(0, key), start: key.start, end: key.end } : often;
    const times = this.keep(asked, before);
    const made = this.keep(list([], node), before);
    const counter = as && isName(as) ? as : undefined;
    const variable = counter?.value ?? ` turn${this.made++}`;
    const body: Statement[] = [];
    const layers = fields.get('layers');
    const inner = this.context.names.with(counter, () => this.list(layers?.value, layers?.key ?? key, body));
    const at = within(counter ?? key);
    const push: Expression = { kind: 'member', object: identifier(made, at), property: 'push', optional: false, nameStart: at.start, nameEnd: at.end, ...at };
    const elements = [{ kind: 'spread' as const, argument: inner, start: inner.start, end: inner.end }];
    body.push({ kind: 'expression', expression: { kind: 'call', callee: push, arguments: elements, optional: false, construct: false, start: node.start, end: node.end }, start: node.start, end: node.end });
    if (!layers) this.misformed('What is repeated needs "layers".', within(key));
    before.push({
      kind: 'for', start: node.start, end: node.end,
      initial: { kind: 'variable', scope: 'let', declarations: [{ target: identifier(variable, at), value: number(0, at) }], exported: false, ...at },
      test: { kind: 'binary', operator: '<', left: identifier(variable, at), right: identifier(times, at), ...at },
      update: { kind: 'update', operator: '++', prefix: false, target: identifier(variable, at), ...at },
      body: { kind: 'block', body, start: node.start, end: node.end },
    });
    return object([{ kind: 'property', key: { name: 'sequential' }, value: identifier(made, at), keyPlace: { file: this.file, ...within(key) }, start: node.start, end: node.end }], node);
  }

  /** Branches with names are blocks with these. */
  private branches(node: JsonObject, fields: Fields, before: Statement[]): Expression {
    const { key, value, start, end } = fields.get('branches')!;
    const ways = value?.kind === 'array' ? list(value.items.map(way => this.list(way, way, before)), value)
      : value?.kind === 'object' ? list(value.members.map(way => this.branch(way, before)), value)
      : value ? this.misformed('branches are a list of lists, or an object of lists by their names.', value) : unreadable(notWritten, key);
    const merge = fields.get('merge');
    if (!merge) this.misformed(`Branches are joined: "merge" is missing, which is one of ${merges.join(', ')}.`, within(key));
    else if (!isMerge(merge.value)) {
      if (merge.value) this.misformed(`merge must be one of ${merges.join(', ')}.`, merge.value);
    }
    const split = fields.get('split');
    if (split?.value && !(split.value.kind === 'value' && typeof split.value.value === 'boolean')) this.misformed('split must be true or false.', split.value);
    return object([
      { kind: 'property', key: { name: 'branches', quoted: true }, value: ways, start, end },
      ...(merge ? [isMerge(merge.value) ? this.settingOf(merge) : { ...this.settingOf(merge), value: unreadable('how the branches are joined is not known', merge) }] : []),
      ...(split ? [this.settingOf(split)] : []),
    ], node);
  }

  private branch({ key, value, start, end }: JsonMember, before: Statement[]): Expression {
    const layers = this.list(value, key, before);
    if (layers.kind === 'array' && layers.elements.length === 0) return layers;
    const at = { start, end };
    const name: Expression = { kind: 'literal', value: key.value, start: key.start, end: key.end };
    const keyPlace = { file: this.file, ...within(key) };
    return list([object([
      { kind: 'property', key: { name: 'block' }, value: name, keyPlace, ...at }, property('parameters', key, object([], key)), property('layers', value ?? key, layers),
    ], at)], value ?? key);
  }

  private named(node: JsonObject, fields: Fields, before: Statement[]): Expression {
    const { value: name, key } = fields.get('block')!;
    if (name && !isString(name)) return this.misformed('The name of a block is a text.', name);
    const layers = fields.get('layers');
    if (!layers) return this.misformed('A block needs "layers"; a block of the library or of another file is named by "use".', within(key));
    const parameters = fields.get('parameters');
    return object([
      this.settingOf(fields.get('block')!),
      property('parameters', parameters ?? key, parameters?.value ? this.settings(parameters.value) : object([], key)),
      this.listed('layers', fields, before),
    ], node);
  }

  private use(node: JsonObject, fields: Fields): Expression {
    const { key, value: what } = fields.get('use')!;
    const given = fields.get('with')?.value;
    if (!what) return unreadable(notWritten, key);
    if (!isString(what)) return this.misformed('"use" names a block of the library, or a block file.', what);
    const misformed = given && given.kind !== 'object' ? this.misformed('"with" is an object of parameters.', given) : undefined;
    const settings = given?.kind === 'object' ? given.members : [];
    const isFile = what.value.startsWith('.');
    if (!isFile && !libraryBlocks.includes(what.value)) {
      const suggestion = similarName(what.value, libraryBlocks);
      return this.wrong(unknownBlock, { message: `The library has no block ${JSON.stringify(what.value)}${suggestion === undefined ? '; a block of another file is named as "./other.block.json".' : `; is ${JSON.stringify(suggestion)} meant?`}` }, within(what));
    }
    const names = settings.map(({ key: name }) => ({ name: name.value, at: this.locate(within(name)) }));
    this.blockUses.push({ block: what.value, at: this.locate(within(what)), given: names });
    const fault = this.context.faults.get(what.start);
    if (fault && 'reason' in fault) return unreadable(fault.reason, within(what));
    if (isFile) {
      this.fileUses.push({ file: what.value, at: this.locate(within(what)), given: names });
      this.files.add(what.value);
    } else {
      this.library.add(what.value);
      if (misformed) return misformed;
      return call(identifier(` ${what.value}`, within(what)), [this.argumentsOfLibrary(what, settings, given ?? what)], node);
    }
    const absent = fault && 'missing' in fault ? fault.missing.map(name => property(name, what, unreadable(`${name} is not given`, within(what)))) : [];
    return call(identifier(` ${what.value}`, within(what)), [object([...settings.map(setting => this.settingOf(setting)), ...absent], given ?? what)], node);
  }

  /** No compiler checks what a block of the library is given here. */
  private argumentsOfLibrary(block: JsonString, settings: readonly JsonMember[], at: Span): Expression {
    const parameters = parametersOfLibraryBlock(block.value);
    const known = parameters.map(({ name }) => name);
    const properties = settings.flatMap((setting): readonly Property[] => {
      const { key: { value: name }, value } = setting;
      const parameter = parameters.find(one => one.name === name);
      if (!parameter) this.context.problems.add(unknownParameter, { block: block.value, parameter: name, suggestion: similarName(name, known), known }, within(setting.key));
      if (!parameter || !value || mayBe(value, parameter)) return parameter ? [this.settingOf(setting)] : [];
      const received = this.text.slice(value.start, value.end);
      return [property(name, setting, this.wrong(invalidParameter, { block: block.value, parameter: name, type: typeOfParameter(parameter), received }, value))];
    });
    const missing = parameters.filter(({ name, required }) => required && !settings.some(({ key }) => key.value === name)).map(({ name }) => name);
    if (missing.length > 0) this.context.problems.add(missingParameter, { block: block.value, parameters: missing }, within(block));
    return object([...properties, ...missing.map(name => property(name, block, unreadable(`${name} is not given`, within(block))))], at);
  }

  private locate(at: Span): FileUse['at'] {
    return { file: this.file, start: at.start, end: at.end };
  }

  settings(node: JsonNode): Expression {
    if (node.kind !== 'object') return this.misformed('Settings are expected as an object: { … }.', node);
    // One of them may be what is broken.
    const lost: readonly Spread[] = node.damaged ? [{ kind: 'spread', argument: unreadable(broken, node), start: node.start, end: node.end }] : [];
    return object([...lost, ...node.members.map(one => this.settingOf(one))], node);
  }

  settingOf({ key, value, start, end }: JsonMember): Property {
    const given = value ? this.setting(value) : unreadable(notWritten, key);
    return { kind: 'property', key: { name: key.value, quoted: true }, value: given, start, end };
  }

  /** A value, or what gives one. `plain` leaves it to whoever asks whether a number is one that can be counted with. */
  setting(node: JsonNode, use: 'checked' | 'plain' = 'checked'): Expression {
    switch (node.kind) {
      case 'array': return node.damaged ? unreadable(broken, node) : list(node.items.map(item => this.setting(item)), node);
      case 'object': return this.misformed('A setting is a number, a text, true, false, null or a list of such.', node);
      case 'value':
        if (isString(node) && isExpression(node.value)) return this.expression(node, use);
        return typeof node.value === 'number' ? this.number(node.value, node) : { kind: 'literal', value: node.value, start: node.start, end: node.end };
    }
  }

  private number(value: number, at: Span): Expression {
    if (Math.abs(value) <= Number.MAX_SAFE_INTEGER) return number(value, at);
    return this.wrong(invalidExpression, { message: `${this.text.slice(at.start, at.end).slice(0, 40)} is too large to be counted with.` }, at);
  }

  private expression(node: JsonString, use: 'checked' | 'plain'): Expression {
    const read = readExpression(node, this.text, this.context.names);
    if ('error' in read) return this.wrong(read.isName ? unknownName : invalidExpression, { message: read.error }, read.at);
    return use === 'plain' ? read.expression : call(identifier(' value', within(node)), [read.expression], within(node));
  }
}

/** What an expression gives is found out when it is evaluated; objects are no setting at all, which is said there. */
function mayBe(value: JsonNode, { number, boolean, choices = [] }: LibraryParameter): boolean {
  if (value.kind !== 'value') return value.kind === 'object';
  if (isString(value)) return isExpression(value.value) || choices.includes(value.value);
  return typeof value.value === 'number' ? number === true : value.value !== null && boolean === true;
}

const isName = (node: JsonNode): node is JsonString => isString(node) && canBeMentioned(node.value);

const isMerge = (node: JsonNode | undefined): boolean => isString(node) && merges.some(merge => merge === node.value);

const number = (value: number, { start, end }: Span): Expression => ({ kind: 'literal', value, start, end });

const property = (name: string, { start, end }: Span, value: Expression): Property => ({ kind: 'property', key: { name }, value, start, end });

/** Without its quotes. */
const within = ({ start, end }: Span): Span => ({ start: start + 1, end: Math.max(start + 1, end - 1) });
