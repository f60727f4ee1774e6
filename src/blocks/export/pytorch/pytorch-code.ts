// A graph as the text of a module of PyTorch.
import type { BlockGraph } from '../../graph/block-graph.ts';
import { totalsOf } from '../../graph/totals.ts';
import { bodyOf } from '../python/bodies.ts';
import { definitionsOf, type DefinedItem, type Definition } from '../python/definitions.ts';
import { expressionText, headerText, shapeText, withComment } from '../python/code-text.ts';
import { callText, valueText } from '../python/literals.ts';
import { pascalCase, PythonNames, snakeCase } from '../python/python-names.ts';
import type { PythonArgument, PythonValue } from '../python/statements.ts';
import { variablesOf } from '../python/variables.ts';
import { writeProgram, type WrittenProgram } from '../python/program-writer.ts';
import { torchModuleTexts } from './torch-module-texts.ts';
import { axisName, shapeComment, TorchWriter } from './torch-writer.ts';
import { knownShape } from '../known-facts.ts';

/** Python that needs nothing but `torch`: a class named after the block, and one for each block in it. Throws `CannotExport`. */
export function pytorchCode(graph: BlockGraph, { name }: { readonly name: string }): string {
  const writer = new TorchWriter(graph);
  const program = writeProgram(graph, writer);
  const names = new PythonNames(Object.keys(torchModuleTexts));
  const definitions = definitionsOf(bodyOf(program, graph.groups, name), { names, definition: pascalCase, extended: (...words) => words.map(pascalCase).join(''), axis: axisName });
  const used = Object.keys(torchModuleTexts).filter(own => definitions.some(({ items }) => items.some(({ call }) => call?.callee === own)));
  const docs = documentation(graph, program, writer);
  const classes = definitions.map((definition, i) => classText(definition, i === definitions.length - 1 ? docs : undefined));
  return ['import torch', 'from torch import nn', '', ...used.flatMap(own => ['', ...torchModuleTexts[own]!.trim().split('\n'), '']), ...classes.flatMap(lines => ['', ...lines, ''])].join('\n');
}

function documentation(graph: BlockGraph, { inputNodes, inputs, outputs, leftOut }: WrittenProgram, writer: TorchWriter): readonly string[] {
  const into = inputNodes.map((node, i) => shapeText(shapeComment(knownShape(node.output, node), writer.layoutOf(inputs[i]!))));
  const turns = inputNodes.some((node, i) => knownShape(node.output, node).length > 3 && writer.layoutOf(inputs[i]!) === 'channelsFirst');
  const turnedOut = outputs.some(tensor => writer.layoutOf(tensor) === 'channelsFirst');
  return headerText(totalsOf(graph.nodes), into, leftOut, turns || turnedOut ? 'Images have their channels first here, (N, C, H, W), and last in the graph that this was made of.' : undefined, 'PyTorch');
}

/** A layer in the constructor, and what it is called. */
interface Attribute {
  readonly name: string;
  readonly line: string;
}

function classText({ name, parameters, items, inputs, outputs }: Definition, docs: readonly string[] | undefined): readonly string[] {
  const attributes = attributesOf(items);
  const made = [...new Map(items.flatMap(item => attributes.get(item) ?? []).map(attribute => [attribute.name, attribute])).values()];
  const signature = ['self', ...parameters.map(({ name: parameter, fallback }) => (fallback === undefined ? parameter : `${parameter}=${valueText(fallback)}`))].join(', ');
  const { variableOf } = variablesOf(items, inputs, outputs);
  const lines = items.map(item => {
    const layer = attributes.get(item);
    const text = expressionText(item, layer ? `self.${layer.name}` : '', variableOf);
    return { text: `${variableOf(item.outputs[0]!)} = ${text}`, shape: item.shape, remark: item.remark };
  });
  const constructor = made.length === 0 && parameters.length === 0 ? [] : ['', `    def __init__(${signature}):`, '        super().__init__()', ...made.map(({ line }) => `        ${line}`)];
  return [
    `class ${name}(nn.Module):`,
    ...(docs ?? []).map(line => (line === '' ? '' : `    ${line}`)),
    ...(docs ? constructor : constructor.slice(1)),
    ...(docs || constructor.length > 0 ? [''] : []),
    `    def forward(${['self', ...inputs.map(variableOf)].join(', ')}):`,
    ...withComment(lines).map(line => `        ${line}`),
    `        return ${outputs.map(variableOf).join(', ')}`,
  ];
}

/** Layers that are applied twice are made once. */
function attributesOf(items: readonly DefinedItem[]): ReadonlyMap<DefinedItem, Attribute> {
  const names = PythonNames.ofModule();
  const wantedBy = new Map<string, Set<number | DefinedItem>>();
  for (const item of items) if (item.call) wantedBy.set(wantedName(item), (wantedBy.get(wantedName(item)) ?? new Set()).add(item.layer ?? item));
  const known = new Map<number, Attribute>();
  const attributes = new Map<DefinedItem, Attribute>();
  for (const item of items) {
    if (!item.call) continue;
    let attribute = item.layer === undefined ? undefined : known.get(item.layer);
    if (!attribute) {
      const wanted = wantedName(item);
      const name = wantedBy.get(wanted)!.size > 1 ? names.takeNumbered(wanted) : names.take(wanted);
      attribute = { name, line: `self.${name} = ${layerText(item)}` };
      if (item.layer !== undefined) known.set(item.layer, attribute);
    }
    attributes.set(item, attribute);
  }
  return attributes;
}

const wantedName = ({ given, wanted, times }: DefinedItem): string => `${snakeCase(given ?? wanted)}${times === undefined ? '' : 's'}`;

function layerText({ call, times }: DefinedItem): string {
  const text = callText(call!, (value: PythonValue, _argument: PythonArgument) => valueText(value));
  return times === undefined ? text : `nn.Sequential(*(${text} for _ in range(${valueText(times)})))`;
}
