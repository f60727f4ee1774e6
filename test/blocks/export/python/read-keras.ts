// An export to Keras, read back.
import type { BlockGraph } from '../../../../src/blocks/graph/block-graph.ts';
import { call, runModule } from './interpreter.ts';
import { kerasFramework, type KerasModel } from './keras-framework.ts';
import { Trace, type Reading } from './trace.ts';

/** What the text builds on inputs of these shapes. */
export function readKeras(code: string, graph: BlockGraph): Reading {
  const trace = new Trace();
  const model: KerasModel = { inputs: [], outputs: [] };
  const shapes = graph.inputs.map(id => graph.nodes[id]!.output as readonly number[]);
  const functions = runModule(code, kerasFramework(trace, shapes, model));
  call([...functions.values()].at(-1), []);
  return { trace, outputs: model.outputs };
}
