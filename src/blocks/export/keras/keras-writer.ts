// The statements of a graph for Keras.
import type { GraphNode } from '../../graph/block-graph.ts';
import type { NewStatement, NodeWork, NodeWriter } from '../python/program-writer.ts';
import type { KnownShape } from '../python/node-facts.ts';
import { snakeCase } from '../python/python-names.ts';
import type { PythonArgument, PythonCall } from '../python/statements.ts';
import { keyword, type KerasStep } from './keras-layer.ts';
import { kerasSteps } from './keras-layers.ts';

export class KerasWriter implements NodeWriter {
  private readonly layerNames = new Map<string, number>();

  input(): void {
    // Tensors lie as they do in the graph.
  }

  node({ node, facts, inputs, outputs, frozen, newTensor, layer }: NodeWork): readonly NewStatement[] {
    const steps = kerasSteps(facts);
    const main = steps.length === 1 ? steps[0] : steps.find(({ main: isMain }) => isMain);
    let tensors = inputs;
    return steps.map((step, i): NewStatement => {
      const last = i === steps.length - 1;
      const out = last ? outputs : [newTensor()];
      const { call, template = '{layer}({0})', remark } = step;
      const more = step === main ? [...this.nameOf(node, layer), ...(frozen ? [keyword('trainable', false)] : [])] : [];
      const statement = {
        ...(call ? { call: withMore(call, more), layer: layer * mostSteps + i } : {}), wanted: wantedName(node, step), template, inputs: tensors, outputs: out,
        shape: last ? shapeComment(facts.output) : [], ...(remark === undefined ? {} : { remark }),
      };
      tensors = out;
      return statement;
    });
  }

  /** The name that an input or a layer has in the program; Keras refuses two of one name, and `/` in it. */
  nameOf({ name }: GraphNode, layer: number): readonly PythonArgument[] {
    if (name === undefined) return [];
    const plain = name.replaceAll('/', '_');
    const known = this.layerNames.get(plain);
    if (known !== undefined && known !== layer) return [];
    this.layerNames.set(plain, layer);
    return [keyword('name', plain)];
  }
}

/** More steps than any layer has. */
const mostSteps = 8;

const withMore = (call: PythonCall, more: readonly PythonArgument[]): PythonCall => (more.length === 0 ? call : { ...call, arguments: [...call.arguments, ...more] });

const wantedName = ({ name, layer }: GraphNode, { call }: KerasStep): string => snakeCase(name ?? call?.callee.split('.').at(-1) ?? layer);

/** The shape as Keras prints it: what is open is None. */
export const shapeComment = (shape: KnownShape): readonly (number | string)[] => shape.map(dim => dim ?? 'None');

/** What stands for a dim that differs from place to place. */
export function axisName(rank: number, axis: number): string {
  const names: Readonly<Record<number, readonly string[]>> = { 1: ['N'], 2: ['N', 'C'], 3: ['N', 'L', 'C'], 4: ['N', 'H', 'W', 'C'], 5: ['N', 'D', 'H', 'W', 'C'] };
  return names[rank]?.[axis] ?? 'N';
}
