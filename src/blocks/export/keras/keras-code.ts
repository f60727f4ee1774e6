// A graph as the text of a function that builds it with the functional API of Keras 3.
import type { BlockGraph, GraphNode } from '../../graph/block-graph.ts';
import { totalsOf } from '../../graph/totals.ts';
import { knownShape } from '../known-facts.ts';
import { bodyOf } from '../python/bodies.ts';
import { expressionText, headerText, shapeText, withComment, type CommentedLine } from '../python/code-text.ts';
import { definitionsOf, type DefinedItem, type Definition } from '../python/definitions.ts';
import { callText, stringText, valueText } from '../python/literals.ts';
import { writeProgram } from '../python/program-writer.ts';
import { PythonNames, snakeCase } from '../python/python-names.ts';
import { variablesOf } from '../python/variables.ts';
import { kerasLayerTexts } from './keras-layer-texts.ts';
import { keyword } from './keras-layer.ts';
import { axisName, KerasWriter, shapeComment } from './keras-writer.ts';

/** Python that needs nothing but `keras`: a function named after the block, and one for each block in it. Throws `CannotExport`. */
export function kerasCode(graph: BlockGraph, { name }: { readonly name: string }): string {
  const writer = new KerasWriter();
  const inputNodes = graph.inputs.map(id => graph.nodes[id]!);
  const inputs = inputNodes.map(node => inputText(node, writer));
  const program = writeProgram(graph, writer);
  const names = new PythonNames(Object.keys(kerasLayerTexts));
  const definitions = definitionsOf(bodyOf(program, graph.groups, name), { names, definition: snakeCase, extended: (...words) => words.map(word => snakeCase(word[0]!.toLowerCase() + word.slice(1))).join('_'), axis: axisName });
  const docs = headerText(totalsOf(graph.nodes), inputNodes.map(node => shapeText(shapeComment(knownShape(node.output, node)))), program.leftOut, undefined, 'Keras');
  const called = definitions.map(definition => definition.name);
  const functions = definitions.map((definition, i) => (i < definitions.length - 1 ? functionText(definition, called) : modelText(definition, inputs, docs, called)));
  const text = functions.flatMap(lines => ['', ...lines, '']);
  const own = Object.keys(kerasLayerTexts).filter(layer => new RegExp(`\\b${layer}\\b(?!")`).test(text.join('\n'))).flatMap(layer => ['', ...kerasLayerTexts[layer]!.trim().split('\n'), '']);
  const all = [...own, ...text];
  return ['import keras', `from keras import layers${all.some(line => line.includes('ops.')) ? ', ops' : ''}`, '', ...all].join('\n');
}

function inputText(node: GraphNode, writer: KerasWriter): string {
  const [batch, ...shape] = knownShape(node.output, node);
  const { dtype } = node.attributes;
  const given = [
    keyword('shape', shape), ...(batch == null ? [] : [keyword('batch_size', batch)]), ...(typeof dtype === 'string' && dtype !== 'float32' ? [keyword('dtype', dtype)] : []), ...writer.nameOf(node, -1 - node.id),
  ];
  return callText({ callee: 'keras.Input', arguments: given }, valueText);
}

/** One that is called by others: tensors first, then what differs from call to call. */
function functionText({ name, parameters, items, inputs, outputs }: Definition, called: readonly string[]): readonly string[] {
  const { variableOf } = variablesOf(items, inputs, outputs);
  const signature = [...inputs.map(variableOf), ...parameters.map(({ name: parameter, fallback }) => (fallback === undefined ? parameter : `${parameter}=${valueText(fallback)}`))];
  return [`def ${name}(${signature.join(', ')}):`, ...bodyText(items, variableOf, called), `    return ${outputs.map(variableOf).join(', ')}`];
}

function modelText({ name, items, inputs, outputs }: Definition, inputTexts: readonly string[], docs: readonly string[], called: readonly string[]): readonly string[] {
  const held = inputs.length === 1 ? ['inputs'] : inputs.map((_, i) => `input_${i + 1}`);
  const { variableOf } = variablesOf(items, inputs, outputs, held);
  const list = (variables: readonly string[]): string => (variables.length === 1 ? variables[0]! : `[${variables.join(', ')}]`);
  return [
    `def ${name}():`,
    ...docs.map(line => (line === '' ? '' : `    ${line}`)),
    ...inputTexts.map((text, i) => `    ${held[i]} = ${text}`),
    ...bodyText(items, variableOf, called),
    `    return keras.Model(${list(held)}, ${list(outputs.map(variableOf))}, name=${stringText(name)})`,
  ];
}

/** `called` are the names of all functions. */
function bodyText(items: readonly DefinedItem[], variableOf: (tensor: number) => string, called: readonly string[]): readonly string[] {
  const shared = sharedLayers(items, called);
  const made = new Set<number>();
  const lines = items.flatMap((item): readonly CommentedLine[] => {
    const out = item.outputs.map(variableOf).join(', ');
    const comment = { shape: item.shape, remark: item.remark };
    if (item.definition) return definitionLines(item, out, comment, variableOf);
    const variable = item.layer === undefined ? undefined : shared.get(item.layer);
    const layer = item.call ? callText(item.call, valueText) : '';
    const line = { text: `${out} = ${expressionText(item, variable ?? layer, variableOf)}`, ...comment };
    if (variable === undefined || made.has(item.layer!)) return [line];
    made.add(item.layer!);
    return [{ text: `${variable} = ${layer}`, shape: [], remark: undefined }, line];
  });
  return withComment(lines).map(line => `    ${line}`);
}

/** A function is called with the tensors first; several times, one behind the other, in a loop. */
function definitionLines({ call, times, inputs }: DefinedItem, out: string, comment: Omit<CommentedLine, 'text'>, variableOf: (tensor: number) => string): readonly CommentedLine[] {
  const nothing = { shape: [], remark: undefined };
  const applied = (tensors: readonly string[]): string =>
    callText({ ...call!, arguments: [...tensors.map(tensor => ({ name: tensor, value: null, positional: true as const })), ...call!.arguments] }, (value, { name, positional }) =>
      (positional && value === null && tensors.includes(name) ? name : valueText(value)));
  const into = inputs.map(variableOf);
  if (times === undefined) return [{ text: `${out} = ${applied(into)}`, ...comment }];
  return [
    ...(into[0] === out ? [] : [{ text: `${out} = ${into[0]}`, ...nothing }]),
    { text: `for _ in range(${valueText(times)}):`, ...nothing },
    { text: `    ${out} = ${applied([out])}`, ...comment },
  ];
}

/** A layer that is applied several times has a variable of its own. */
function sharedLayers(items: readonly DefinedItem[], called: readonly string[]): ReadonlyMap<number, string> {
  const counts = new Map<number, number>();
  for (const { layer } of items) if (layer !== undefined) counts.set(layer, (counts.get(layer) ?? 0) + 1);
  const names = new PythonNames(called);
  const variables = new Map<number, string>();
  for (const { layer, wanted } of items) if (layer !== undefined && counts.get(layer)! > 1 && !variables.has(layer)) variables.set(layer, names.take(wanted));
  return variables;
}
