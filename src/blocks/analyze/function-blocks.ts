// Functions of the program that turn tensors into tensors: the blocks that people write themselves.
import type { FunctionBlock, FunctionVariant } from '../analysis.ts';
import type { FunctionCall, Part } from '../evaluate/part.ts';
import type { BlockGraph } from '../graph/block-graph.ts';
import { namePlaceOf } from '../syntax/place.ts';
import type { FunctionNode } from '../syntax/tree.ts';
import { graphOf } from './graph-of.ts';
import { SameEvaluations } from './same-evaluations.ts';
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
  readonly variant: FunctionVariant;
  /** What it gives together with those of other parts, kept at the first of them. */
  together?: { readonly results: readonly Result[]; readonly variants: readonly FunctionVariant[] };
}

type Results = ReadonlyMap<FunctionNode, readonly Result[]>;

const resultsOfPart = (part: Part, file: string): Results => part.derive(findResults, () => findResults(part, file));

function findResults(part: Part, file: string): Results {
  const byFunction = new Map<FunctionNode, FunctionCall[]>();
  for (const call of part.functionCalls) {
    if (call.function.file !== file || call.function.shownName === undefined) continue;
    const calls = byFunction.get(call.function.node);
    if (calls) calls.push(call);
    else byFunction.set(call.function.node, [call]);
  }
  return new Map([...byFunction].map(([node, calls]) => [node, joined(calls).map(resultOf)]));
}

const resultOf = (calls: readonly FunctionCall[]): Result => ({ calls, variant: new Variant(calls) });

/** Calls that gave the same, in one list each. */
function joined(calls: readonly FunctionCall[]): (readonly FunctionCall[])[] {
  const distinct: FunctionCall[][] = [];
  for (const call of calls) {
    const same = findSame(distinct, call);
    if (same) same.push(call);
    else distinct.push([call]);
  }
  return distinct;
}

/** By numbers: there are many comparisons, and `find` would need a function of its own for each call. */
function findSame(distinct: readonly FunctionCall[][], call: FunctionCall): FunctionCall[] | undefined {
  for (let i = 0; i < distinct.length; i++) if (sameResults(distinct[i]![0]!, call)) return distinct[i];
  return undefined;
}

function blockOf(node: FunctionNode, results: readonly Result[], file: string): FunctionBlock {
  const at = { file, start: node.nameStart, end: node.nameEnd };
  const { shownName: name = '' } = results[0]!.calls[0]!.function;
  return { name, at, variants: variantsOfAll(results) };
}

function variantsOfAll(results: readonly Result[]): readonly FunctionVariant[] {
  const first = results[0]!;
  const before = first.together;
  if (before?.results.length === results.length && before.results.every((result, i) => result === results[i])) return before.variants;
  const groups = joined(results.flatMap(({ calls }) => calls));
  // Where nothing was joined the results are still those of the parts.
  const variants = groups.length === results.length ? results.map(({ variant }) => variant) : groups.map(calls => new Variant(calls));
  first.together = { results, variants };
  return variants;
}

class Variant extends SameEvaluations<FunctionCall> {
  protected draw(): BlockGraph {
    const { inputs, outputs, applications, frame, conditions, function: { node, file, shownName: name = '' } } = this.all[0]!;
    return graphOf({ name, at: namePlaceOf(file, node), frame, conditions, applications, inputs, outputs });
  }
}
