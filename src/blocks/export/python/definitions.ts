// Bodies that do the same with other numbers become one definition with parameters: a class in PyTorch, a function in Keras.
import { isInner, type Body, type BodyItem } from './bodies.ts';
import { keyOf } from './literals.ts';
import type { PythonNames } from './python-names.ts';
import { PythonCode, type PythonArgument, type PythonCall, type PythonStatement, type PythonValue } from './statements.ts';

export interface Definition {
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly items: readonly DefinedItem[];
  /** Tensors by numbers that count within the definition; those that go in come first. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

export interface Parameter {
  readonly name: string;
  readonly fallback?: PythonValue;
  readonly family: string;
}

/** What a definition does in one step: a layer of the framework, or another definition. */
export interface DefinedItem extends Omit<PythonStatement, 'group'> {
  /** What the call makes, where it is none of the framework's own layers. */
  readonly definition?: Definition;
  /** How many times, one after the other, with layers of its own each time; absent where it is once. */
  readonly times?: PythonValue;
}

/** How a framework names what it has. */
export interface NamingStyle {
  readonly names: PythonNames;
  /** `ConvNormAct` or `conv_norm_act`. */
  definition(name: string): string;
  /** `ConvNormActWithoutReLU`. */
  extended(name: string, ...words: readonly string[]): string;
  /** What stands for a dim that differs from place to place: `H`. */
  axis(rank: number, axis: number): string;
}

/** Those that others need come first; the last one is the whole program. */
export function definitionsOf(body: Body, style: NamingStyle): readonly Definition[] {
  return new Definer(style).define(body);
}

/** A body of which the inner ones are calls of their definitions already. */
interface Instance {
  readonly name: string;
  readonly items: readonly DefinedItem[];
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
}

/** With more parameters than this nobody reads a definition more easily than several. */
const mostParameters = 8;

class Definer {
  private readonly made: Definition[] = [];
  private readonly calls = new Map<Body, { readonly definition: Definition; readonly call: PythonCall }>();
  /** What the definitions of one name have in them. */
  private readonly contents = new Map<string, ReadonlySet<string>>();

  constructor(private readonly style: NamingStyle) {}

  define(body: Body): readonly Definition[] {
    const levels: Body[][] = [];
    collect(body, levels);
    // A function must not be called like a parameter of another one that calls it.
    this.style.names.reserve(['depth', ...levels.flat().flatMap(argumentNames)]);
    for (const bodies of levels) this.defineLevel(bodies);
    return this.made;
  }

  private defineLevel(bodies: readonly Body[]): void {
    const alike = new Map<string, { readonly body: Body; readonly instance: Instance }[]>();
    for (const body of bodies) {
      const instance = this.instanceOf(body);
      const key = structureOf(instance);
      alike.set(key, [...(alike.get(key) ?? []), { body, instance }]);
    }
    for (const found of alike.values()) {
      const columns = columnsOf(found.map(({ instance }) => instance));
      if (parametersOf(columns).parameters.length <= mostParameters) this.defineAlike(found);
      else for (const same of groupedBy(found, ({ instance }) => slotsOf(instance).map(({ value }) => keyOf(value)).join('\n'))) this.defineAlike(same);
    }
  }

  private defineAlike(found: readonly { readonly body: Body; readonly instance: Instance }[]): void {
    const instances = found.map(({ instance }) => instance);
    const columns = columnsOf(instances);
    const { parameters, ofColumn } = parametersOf(columns);
    const first = instances[0]!;
    let slot = 0;
    const write = (value: PythonValue): PythonValue => {
      const parameter = ofColumn[slot++];
      return parameter ? new PythonCode(parameter.name) : value;
    };
    const items = first.items.map((item, i): DefinedItem => {
      const all = instances.map(instance => instance.items[i]!);
      const call = item.call && { ...item.call, arguments: item.call.arguments.map(argument => ({ ...argument, value: write(argument.value) })) };
      const times = item.times === undefined ? undefined : write(item.times);
      const { given, remark, ...rest } = item;
      return {
        ...rest,
        ...(call ? { call } : {}), ...(times === undefined ? {} : { times }),
        ...(given !== undefined && all.every(one => one.given === given) ? { given } : {}),
        ...(remark !== undefined && all.every(one => one.remark === remark) ? { remark } : {}),
        shape: this.commonShape(all.map(({ shape }) => shape), columns, ofColumn),
      };
    });
    const definition: Definition = { name: this.nameFor(first), parameters, items, inputs: first.inputs, outputs: first.outputs };
    this.made.push(definition);
    found.forEach(({ body }, place) => {
      const values = parameters.map(parameter => columns[ofColumn.indexOf(parameter)]!.values[place]!);
      this.calls.set(body, { definition, call: callOf(definition, values) });
    });
  }

  private instanceOf({ name, items, inputs, outputs }: Body): Instance {
    const defined = items.map((item): DefinedItem => {
      if (!isInner(item)) return item;
      const { definition, call } = this.calls.get(item.body)!;
      return { call, definition, wanted: item.wanted, template: '{layer}({all})', inputs: item.body.inputs, outputs: item.body.outputs, shape: shapeOf(item) };
    });
    return numberedAnew({ name, items: withRepeats(defined, outputs), inputs, outputs });
  }

  private commonShape(shapes: readonly DefinedItem['shape'][], columns: readonly Column[], ofColumn: readonly (Parameter | undefined)[]): DefinedItem['shape'] {
    const first = shapes[0]!;
    if (shapes.some(shape => shape.length !== first.length)) return [];
    return first.map((dim, axis) => {
      if (shapes.every(shape => shape[axis] === dim)) return dim;
      const column = columns.findIndex(({ values, family }, i) => ofColumn[i] && family === 'channels' && values.every((value, place) => value === shapes[place]![axis]));
      return column < 0 ? this.style.axis(first.length, axis) : ofColumn[column]!.name;
    });
  }

  /** A second definition of one name is told by what it has and the first has not. */
  private nameFor({ name, items }: Instance): string {
    const wanted = this.style.definition(name);
    const content = new Set(items.flatMap(({ call, definition, wanted: word }) => (definition ? [word] : call ? [kindOf(call)] : [])));
    const known = this.contents.get(wanted);
    if (!known) {
      this.contents.set(wanted, content);
      return this.style.names.take(wanted);
    }
    const [more] = [...content].filter(word => !known.has(word));
    const [less] = [...known].filter(word => !content.has(word));
    const [word, kind] = more !== undefined ? ['with', more] : ['without', less];
    return this.style.names.take(kind === undefined ? wanted : this.style.extended(wanted, word, kind));
  }
}

const argumentNames = ({ items }: Body): readonly string[] =>
  items.flatMap(item => (isInner(item) ? [] : (item.call?.arguments ?? []).map(({ name, parameter }) => parameter ?? name)));

/** `nn.Conv2d` is a `Conv`. */
const kindOf = ({ callee }: PythonCall): string => callee.split('.').at(-1)!.replace(/\d[dD]$/, '');

/** Bodies by how deep others lie in them, those without any first. */
function collect(body: Body, levels: Body[][]): number {
  const depth = Math.max(0, ...body.items.map(item => (isInner(item) ? collect(item.body, levels) + 1 : 0)));
  (levels[depth] ??= []).push(body);
  return depth;
}

function shapeOf(item: BodyItem): DefinedItem['shape'] {
  return isInner(item) ? shapeOf(item.body.items.find(inner => outputsOf(inner).includes(item.body.outputs[0]!))!) : item.shape;
}

const outputsOf = (item: BodyItem): readonly number[] => (isInner(item) ? item.body.outputs : item.outputs);

/** Tensors and layers by numbers in the order in which they appear. */
function numberedAnew({ name, items, inputs, outputs }: Instance): Instance {
  const numbers = new Map<number, number>();
  const layers = new Map<number, number>();
  const local = (tensor: number): number => numberIn(numbers, tensor);
  const into = inputs.map(local);
  const numbered = items.map((item): DefinedItem =>
    ({ ...item, ...(item.layer === undefined ? {} : { layer: numberIn(layers, item.layer) }), inputs: item.inputs.map(local), outputs: item.outputs.map(local) }));
  return { name, items: numbered, inputs: into, outputs: outputs.map(local) };
}

function numberIn(numbers: Map<number, number>, key: number): number {
  let number = numbers.get(key);
  if (number === undefined) numbers.set(key, (number = numbers.size));
  return number;
}

const callOf = ({ name, parameters }: Definition, values: readonly PythonValue[]): PythonCall => ({
  callee: name,
  arguments: parameters.map(({ name: parameter, fallback, family }, i) => ({
    name: parameter, value: values[i]!, family, ...(fallback === undefined ? { positional: true } : { fallback }),
  })),
});

/** The same definition with the same values, one behind the other, is one item. */
function withRepeats(items: readonly DefinedItem[], outputs: readonly number[]): readonly DefinedItem[] {
  const uses = new Map<number, number>();
  for (const tensor of [...items.flatMap(({ inputs }) => inputs), ...outputs]) uses.set(tensor, (uses.get(tensor) ?? 0) + 1);
  const merged: DefinedItem[] = [];
  for (const item of items) {
    const before = merged.at(-1);
    const goesOn = before?.definition && before.definition === item.definition && item.inputs.length === 1 && item.inputs[0] === before.outputs[0]
      && before.inputs.length === 1 && uses.get(before.outputs[0]!) === 1 && valuesKey(before.call!) === valuesKey(item.call!);
    if (goesOn) merged[merged.length - 1] = { ...before, outputs: item.outputs, shape: item.shape, times: Number(before.times ?? 1) + 1 };
    else merged.push(item);
  }
  return merged;
}

const valuesKey = ({ arguments: given }: PythonCall): string => given.map(({ value }) => keyOf(value)).join('\n');

/** Everything but the values. */
function structureOf({ name, items, inputs, outputs }: Instance): string {
  return JSON.stringify([name, inputs, outputs, items.map(({ call, template, inputs: from, outputs: out, times, layer, wanted }) =>
    [call ? [call.callee, call.arguments.map(argument => argument.name), call.behind] : 0, template, from, out, times !== undefined, layer, wanted])]);
}

interface Column {
  readonly name: string;
  readonly family: string;
  readonly fallback?: PythonValue;
  /** One for each instance. */
  readonly values: readonly PythonValue[];
}

type Slot = Pick<PythonArgument, 'name' | 'value' | 'fallback' | 'family' | 'parameter'>;

const slotsOf = ({ items }: Instance): readonly Slot[] =>
  items.flatMap(({ call, times }): readonly Slot[] => [...(call?.arguments ?? []), ...(times === undefined ? [] : [{ name: 'depth', value: times }])]);

function columnsOf(instances: readonly Instance[]): readonly Column[] {
  const slots = instances.map(slotsOf);
  return slots[0]!.map(({ name, parameter = name, family = name, fallback }, i): Column =>
    ({ name: parameter, family, ...(fallback === undefined ? {} : { fallback }), values: slots.map(values => values[i]!.value) }));
}

/** A parameter for each column that is not the same everywhere; columns of one family that agree share it. */
function parametersOf(columns: readonly Column[]): { readonly parameters: readonly Parameter[]; readonly ofColumn: readonly (Parameter | undefined)[] } {
  const known = new Map<string, Parameter>();
  const names = new Set<string>();
  const ofColumn = columns.map(({ name, family, fallback, values }) => {
    const keys = values.map(keyOf);
    if (keys.every(key => key === keys[0])) return undefined;
    const key = [family, ...keys].join('\n');
    let parameter = known.get(key);
    if (!parameter) {
      let free = name;
      for (let count = 2; names.has(free); count++) free = `${name.replace(/_\d+$/, '')}_${count}`;
      names.add(free);
      known.set(key, (parameter = { name: free, family, ...(fallback === undefined ? {} : { fallback }) }));
    }
    return parameter;
  });
  const all = [...known.values()];
  const [required, optional] = [all.filter(({ fallback }) => fallback === undefined), all.filter(({ fallback }) => fallback !== undefined)];
  const [first, others] = [required.filter(({ family }) => family === 'channels'), required.filter(({ family }) => family !== 'channels')];
  return { parameters: [...first, ...others, ...optional], ofColumn };
}

function groupedBy<T>(items: readonly T[], keyOfItem: (item: T) => string): readonly (readonly T[])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOfItem(item), [...(groups.get(keyOfItem(item)) ?? []), item]);
  return [...groups.values()];
}
