// An export to PyTorch, read back.
import assert from 'node:assert/strict';
import type { BlockGraph } from '../../../../src/blocks/graph/block-graph.ts';
import { call, runModule } from './interpreter.ts';
import { torchFramework } from './torch-framework.ts';
import { channelsFirst, identity, isTensor, Trace, type Reading, type Tensor } from './trace.ts';

/** What the text does with tensors of these shapes. */
export function readPytorch(code: string, graph: BlockGraph): Reading {
  const trace = new Trace();
  const first = graph.nodes.some(({ attributes }) => attributes['dataFormat'] === 'channelsFirst');
  const classes = runModule(code, torchFramework(trace, { channelsFirst: first }));
  const inputs = graph.inputs.map((id, i): Tensor => {
    const shape = graph.nodes[id]!.output as readonly number[];
    const axes = first || shape.length < 4 ? identity(shape.length) : channelsFirst(shape.length);
    return { shape: axes.map(axis => shape[axis]!), axes, from: -1 - i };
  });
  const outputs = [call(call([...classes.values()].at(-1), []), inputs)].flat();
  return { trace, outputs: outputs.map(output => (isTensor(output) ? trace.settle(output) : assert.fail('a tensor comes out'))) };
}
