// Evaluations that gave the same, as one result of a function or a block. What is seldom asked for is made then.
import type { FunctionVariant } from '../analysis.ts';
import type { CallFrame } from '../evaluate/call-frame.ts';
import type { BlockGraph, CallPath, Totals } from '../graph/block-graph.ts';
import type { Shape } from '../shapes/shape.ts';
import { totalsOfDrawn } from './graph-of.ts';
import type { Evaluation } from './same-results.ts';

export interface FramedEvaluation extends Evaluation {
  readonly frame: CallFrame;
  readonly conditions: number;
}

export abstract class SameEvaluations<E extends FramedEvaluation> implements FunctionVariant {
  private made: { totals?: Totals; assumed?: string[]; callPaths?: CallPath[]; graph?: BlockGraph } | undefined;

  constructor(protected readonly all: readonly E[]) {}

  /** The graph of the first. */
  protected abstract draw(): BlockGraph;

  get inputShapes(): readonly Shape[] { return this.all[0]!.inputs.map(input => input.shape); }
  get outputShapes(): readonly Shape[] { return this.all[0]!.outputs.map(output => output.shape); }
  get count(): number { return this.all.length; }
  get totals(): Totals { return (this.made ??= {}).totals ??= totalsOfDrawn(this.all[0]!); }
  get assumed(): readonly string[] { return (this.made ??= {}).assumed ??= [...new Set(this.all[0]!.applications.flatMap(({ assumed }) => assumed))]; }
  get callPaths(): readonly CallPath[] { return (this.made ??= {}).callPaths ??= this.all.map(({ frame }) => frame.path()); }
  get graph(): BlockGraph { return (this.made ??= {}).graph ??= this.draw(); }
}
