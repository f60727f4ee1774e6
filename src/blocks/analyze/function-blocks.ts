// Functions of the program that turn tensors into tensors: the blocks that people write themselves.
import type { FunctionBlock, FunctionVariant } from '../analysis.ts';
import { totalsOf } from '../graph/totals.ts';
import type { FunctionCall, Run } from '../evaluate/run.ts';
import type { FunctionNode } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { graphOf } from './graph-of.ts';
import { sameResults } from './same-results.ts';

/** In the order of the source, each with the distinct results of its calls. Functions of other files are theirs. */
export function functionBlocksOf(run: Run, file: string): FunctionBlock[] {
  const own = run.functionCalls.filter(call => call.function.file === file && call.function.name !== undefined);
  const byFunction = new Map<FunctionNode, FunctionCall[]>();
  for (const call of own) {
    const calls = byFunction.get(call.function.node);
    if (calls) calls.push(call);
    else byFunction.set(call.function.node, [call]);
  }
  return [...byFunction.values()].map(calls => blockOf(calls, file)).sort((a, b) => a.at.start - b.at.start);
}

function blockOf(calls: readonly FunctionCall[], file: string): FunctionBlock {
  const { node, name = '' } = calls[0]!.function;
  const at = { file, start: node.nameStart, end: node.nameEnd };
  // What the program really does goes before what a function would do that nobody calls.
  const real = calls.filter(call => !call.frame.hypothetical);
  const distinct: FunctionCall[][] = [];
  for (const call of real.length > 0 ? real : calls) {
    const same = distinct.find(([other]) => sameResults(other!, call));
    if (same) same.push(call);
    else distinct.push([call]);
  }
  return { name, at, variants: distinct.map(same => variantOf(same, name, at)) };
}

function variantOf(calls: readonly FunctionCall[], name: string, at: Location): FunctionVariant {
  const { inputs, outputs, applications, frame } = calls[0]!;
  const graph = graphOf({ name, at, frame, applications, inputs, outputs });
  const assumed = new Set(applications.flatMap(application => application.assumed));
  return {
    inputShapes: inputs.map(input => input.shape), outputShapes: outputs.map(output => output.shape), totals: totalsOf(graph.nodes),
    count: calls.length, assumed: [...assumed], callPaths: calls.map(call => call.frame.path()), graph,
  };
}
