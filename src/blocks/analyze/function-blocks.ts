// Functions of the program that turn tensors into tensors: the blocks that people write themselves.
import type { FunctionBlock, FunctionVariant } from '../analysis.ts';
import { totalsOf } from '../graph/totals.ts';
import type { FunctionCall, Run } from '../evaluate/run.ts';
import type { Location } from '../text/location.ts';
import { graphOf } from './graph-of.ts';
import { sameBlock } from './same-block.ts';

/** In the order of the source, each with the distinct results of its calls. Functions of other files are theirs. */
export function functionBlocksOf(run: Run, file: string): FunctionBlock[] {
  const blocks = new Map<number, { name: string; at: Location; variants: FunctionVariant[] }>();
  const really = new Set(run.functionCalls.filter(call => !call.frame.hypothetical).map(call => call.function.node));
  for (const call of run.functionCalls) {
    const { node, name } = call.function;
    if (call.function.file !== file || name === undefined) continue;
    // What the program really does goes before what a function would do that nobody calls.
    if (call.frame.hypothetical && really.has(node)) continue;
    const at = { file, start: node.nameStart, end: node.nameEnd };
    let block = blocks.get(node.start);
    if (!block) blocks.set(node.start, (block = { name, at, variants: [] }));
    const variant = variantOf(call, name, at);
    const index = block.variants.findIndex(known => sameBlock({ at, ...known }, { at, ...variant }));
    if (index < 0) block.variants.push(variant);
    else block.variants[index] = { ...block.variants[index]!, count: block.variants[index]!.count + 1 };
  }
  return [...blocks.values()].sort((a, b) => a.at.start - b.at.start);
}

function variantOf(call: FunctionCall, name: string, at: Location): FunctionVariant {
  const { inputs, outputs, applications, frame } = call;
  const graph = graphOf({ name, at, frame, applications, inputs, outputs });
  const assumed = new Set(applications.flatMap(application => application.assumed));
  return {
    inputShapes: inputs.map(input => input.shape), outputShapes: outputs.map(output => output.shape), totals: totalsOf(graph.nodes), count: 1,
    assumed: [...assumed], callPath: frame.path(), graph,
  };
}
