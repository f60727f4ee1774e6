// Functions of the program that turn tensors into tensors: the blocks that people write themselves.
import type { FunctionBlock, FunctionVariant } from '../analysis.ts';
import type { FunctionCall, Part } from '../evaluate/part.ts';
import { namePlaceOf } from '../syntax/place.ts';
import type { FunctionNode } from '../syntax/tree.ts';
import { once } from '../once.ts';
import { graphOf, totalsOfDrawn } from './graph-of.ts';
import { sameResults } from './same-results.ts';

/**
 * In the order of the source, each with the distinct results of its calls. Functions of other files are theirs. What the
 * program really does goes before what a function would do that nobody calls.
 */
export function functionBlocksOf([whole, ...uncalled]: readonly Part[], file: string): FunctionBlock[] {
  const real = resultsOfPart(whole!, file);
  const byFunction = new Map(real);
  for (const part of uncalled) {
    for (const [node, results] of resultsOfPart(part, file)) {
      if (real.has(node)) continue;
      const known = byFunction.get(node);
      byFunction.set(node, known ? [...known, ...results] : results);
    }
  }
  return [...byFunction].map(([node, results]) => blockOf(node, results, file)).sort((a, b) => a.at.start - b.at.start);
}

/** Calls that gave the same. */
interface Result {
  readonly calls: readonly FunctionCall[];
  readonly variant: () => FunctionVariant;
}

type Results = ReadonlyMap<FunctionNode, readonly Result[]>;

const known = new WeakMap<Part, Results>();

function resultsOfPart(part: Part, file: string): Results {
  let results = known.get(part);
  if (!results) known.set(part, (results = findResults(part, file)));
  return results;
}

function findResults(part: Part, file: string): Results {
  const byFunction = new Map<FunctionNode, FunctionCall[]>();
  for (const call of part.functionCalls) {
    if (call.function.file !== file || call.function.name === undefined) continue;
    const calls = byFunction.get(call.function.node);
    if (calls) calls.push(call);
    else byFunction.set(call.function.node, [call]);
  }
  return new Map([...byFunction].map(([node, calls]) => [node, joined(calls.map(call => [call])).map(resultOf)]));
}

const resultOf = (calls: readonly FunctionCall[]): Result => ({ calls, variant: once(() => variantOf(calls)) });

function joined(groups: readonly (readonly FunctionCall[])[]): (readonly FunctionCall[])[] {
  const distinct: FunctionCall[][] = [];
  for (const group of groups) {
    const same = distinct.find(([other]) => sameResults(other!, group[0]!));
    if (same) same.push(...group);
    else distinct.push([...group]);
  }
  return distinct;
}

function blockOf(node: FunctionNode, results: readonly Result[], file: string): FunctionBlock {
  const at = { file, start: node.nameStart, end: node.nameEnd };
  const { name = '' } = results[0]!.calls[0]!.function;
  return { name, at, variants: variantsOfAll(results) };
}

/** What several parts give together, with what it was made from; kept at the first of them. */
const together = new WeakMap<Result, { readonly results: readonly Result[]; readonly variants: readonly FunctionVariant[] }>();

function variantsOfAll(results: readonly Result[]): readonly FunctionVariant[] {
  const first = results[0]!;
  const before = together.get(first);
  if (before?.results.length === results.length && before.results.every((result, i) => result === results[i])) return before.variants;
  const groups = joined(results.map(({ calls }) => calls));
  // Where nothing was joined the results are still those of the parts.
  const variants = groups.length === results.length ? results.map(({ variant }) => variant()) : groups.map(variantOf);
  together.set(first, { results, variants });
  return variants;
}

function variantOf(calls: readonly FunctionCall[]): FunctionVariant {
  const { inputs, outputs, applications, frame, function: { node, file, name = '' } } = calls[0]!;
  const graph = once(() => graphOf({ name, at: namePlaceOf(file, node), frame, applications, inputs, outputs }));
  return {
    inputShapes: inputs.map(input => input.shape), outputShapes: outputs.map(output => output.shape), totals: totalsOfDrawn({ applications, inputs }),
    count: calls.length, assumed: [...new Set(applications.flatMap(application => application.assumed))], callPaths: calls.map(call => call.frame.path()),
    get graph() { return graph(); },
  };
}
