// Places where the vocabulary puts a block together of others, with what each turns out to be.
import type { BlockSite, BlockVariant } from '../analysis.ts';
import type { BlockUse, Part } from '../evaluate/part.ts';
import type { BlockGraph } from '../graph/block-graph.ts';
import type { Dim } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { graphOf } from './graph-of.ts';
import { SameEvaluations, type FramedEvaluation } from './same-evaluations.ts';
import { sameResults } from './same-results.ts';

interface Use extends FramedEvaluation {
  readonly name: string;
  readonly at: Location;
  readonly call: Location;
}

/** Of one file, in the order of the source. What the program really does goes before what a function would do that nobody calls. */
export function blockSitesOf(parts: readonly Part[], file: string): BlockSite[] {
  const byPlace = new Map<Location, Use[]>();
  for (const use of parts.flatMap(part => part.blockUses).filter(isWritten).map(useOf)) {
    if (use.call.file !== file) continue;
    const here = byPlace.get(use.call);
    if (here) here.push(use);
    else byPlace.set(use.call, [use]);
  }
  return [...byPlace.values()].map(siteOf).sort((a, b) => a.at.start - b.at.start);
}

/** A function that nobody calls gives a block that is written nowhere. */
const isWritten = ({ block: { origin } }: BlockUse): boolean => origin.builtBy?.called !== false;

const useOf = ({ block: { origin: { name, at, call, frame } }, input, output, conditions, applications }: BlockUse): Use =>
  ({ name, at, call, frame, conditions, applications, inputs: [input], outputs: [output] });

function siteOf(uses: readonly Use[]): BlockSite {
  const { name, at, call } = uses[0]!;
  const real = uses.filter(({ frame }) => !frame.hypothetical);
  const distinct: Use[][] = [];
  for (const use of real.length > 0 ? real : uses) {
    const same = distinct.find(([other]) => sameResults(other!, use));
    if (same) same.push(use);
    else distinct.push([use]);
  }
  return { name, at: { ...at }, call: { ...call }, variants: distinct.map((same, i) => new Variant(same, i)) };
}

class Variant extends SameEvaluations<Use> implements BlockVariant {
  constructor(uses: readonly Use[], readonly weightsKey: number) {
    super(uses);
  }

  get inputs(): readonly Shape[] { return this.inputShapes; }
  get output(): Shape { return this.outputShapes[0]!; }
  get params(): Dim { return this.totals.params; }
  get macs(): Dim { return this.totals.macs; }

  protected draw(): BlockGraph {
    return graphOf(this.all[0]!);
  }
}
