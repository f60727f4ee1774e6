// The models that a file builds, and the layers that belong to none.
import type { Block } from '../analysis.ts';
import type { BlockGraph, CallPath, Totals } from '../graph/block-graph.ts';
import { once } from '../once.ts';
import type { Unknown } from '../shapes/dim.ts';
import type { Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import type { Application } from '../evaluate/application.ts';
import type { CallFrame } from '../evaluate/call-frame.ts';
import { newMark } from '../evaluate/marks.ts';
import type { BlockUse, Part } from '../evaluate/part.ts';
import { outputsOf } from '../evaluate/tensorflow/apply-layer.ts';
import { applicationsOf } from '../evaluate/tensorflow/applications-of.ts';
import type { ModelValue, TensorValue } from '../evaluate/values.ts';
import type { BlockValue } from '../evaluate/vocabulary/block-value.ts';
import { dataOfBlock } from '../evaluate/vocabulary/data-of-block.ts';
import type { Block as BlockData } from '../vocabulary/block.ts';
import { graphOf, totalsOfDrawn } from './graph-of.ts';
import { sameResults, type Evaluation } from './same-results.ts';

/** A block before its graph is made. */
interface Candidate extends Evaluation {
  readonly kind: Block['kind'];
  readonly name: string;
  readonly at: Location;
  readonly frame: CallFrame;
  readonly model?: ModelValue;
  readonly block?: BlockValue;
  /** It is what a function makes that nobody calls, and is shown as that function's, or a piece that it does not give. */
  readonly isHidden?: boolean;
  readonly graph: () => BlockGraph;
  readonly totals: () => Totals;
}

/** In the order of the source; a place that gives the same block several times is listed once, with a count. */
export function modelBlocksOf(parts: readonly Part[], file: string): Block[] {
  // What one part applies may go into a model of another.
  const inModels = once(() => markAll(parts.flatMap(modelsOfPart)));
  const candidates = [...parts.flatMap(modelsOfPart), ...parts.flatMap(part => looseOfPart(part, inModels, file))];
  return distinctBlocks(candidates.filter(({ isHidden }) => !isHidden)).sort((a, b) => (a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file === file ? -1 : 1));
}

const modelsOfPart = (part: Part): readonly Candidate[] =>
  part.derive(modelsOfPart, () => [
    ...part.models.map(candidateOf).filter(({ applications, model }) => applications.length > 0 || model?.open),
    ...part.wholeBlocks.map(wholeBlock),
  ]);

function wholeBlock({ block, input, output, applications }: BlockUse): Candidate {
  const { origin: { name, at, call, frame, builtBy, isLiteral }, variable, isResult, properties } = block;
  const shown = variable !== undefined && variable !== 'default' ? variable : properties.has('block') ? name : frame.name || fileName(at.file);
  // A literal begins before the name that tells what it is, often a line.
  return candidate({ kind: 'block', name: shown, at: isLiteral ? call : at, frame, block, applications, inputs: [input], outputs: [output], isHidden: builtBy?.called === false || (!isResult && frame.depth > 0) });
}

const fileName = (file: string): string => file.split('/').at(-1) ?? file;

function candidateOf(model: ModelValue): Candidate {
  const { inputs, outputs, at, frame, type, givenName, variable } = model;
  return candidate({ kind: type, name: givenName ?? (frame.name || variable || type), at, frame, model, applications: applicationsOf(model), inputs, outputs });
}

/** Layers of a nested model that were applied again belong to the model around it. */
function looseOfPart(part: Part, inModels: () => number, file: string): readonly Candidate[] {
  return part.derive(looseOfPart, () => {
    const mark = inModels();
    return looseCandidates(part.applications.filter(application => application.mark !== mark && !application.again), file);
  });
}

/** Marks what lies in models. */
function markAll(candidates: readonly Candidate[]): number {
  const mark = newMark();
  for (const { applications } of candidates) for (const application of applications) application.mark = mark;
  return mark;
}

/** Makes the graph and the sums when somebody asks for them. */
function candidate(evaluated: Omit<Candidate, 'graph' | 'totals'>): Candidate {
  return { ...evaluated, graph: once(() => graphOf(evaluated)), totals: once(() => totalsOfDrawn(evaluated)) };
}

/** Layers that are in no model, by the outermost call that they lie in. */
function looseCandidates(applications: readonly Application[], file: string): Candidate[] {
  const byCall = new Map<CallFrame, Application[]>();
  for (const application of applications) {
    if (application.implicit) continue;
    const root = outermostCall(application.frame);
    const group = byCall.get(root);
    if (group) group.push(application);
    else byCall.set(root, [application]);
  }
  return [...byCall].map(([frame, group]) => {
    const inside = new Set(group);
    const own = group.filter(application => application.layer.layer === 'inputLayer').flatMap(outputsOf);
    const outside = group.flatMap(application => application.inputs).filter(input => !inside.has(input.application) && input.application.layer.layer !== 'either');
    const inputs = distinct([...own, ...outside]);
    const used = new Set(group.flatMap(application => application.inputs.map(input => input.application)));
    const outputs = group.filter(application => !used.has(application)).flatMap(outputsOf);
    const name = frame.name || fileName(file);
    return candidate({ kind: 'loose', name, at: group[0]!.layer.at, frame, applications: group, inputs, outputs });
  });
}

const distinct = (tensors: readonly TensorValue[]): readonly TensorValue[] =>
  [...new Map(tensors.map(tensor => [`${tensor.application.born} ${tensor.output}`, tensor])).values()];

function outermostCall(frame: CallFrame): CallFrame {
  let outermost = frame;
  while (outermost.parent && outermost.parent.depth > 0) outermost = outermost.parent;
  return outermost;
}

/** Where the program really gives a block, what the same place would give in a function that nobody calls is left out. */
function distinctBlocks(candidates: readonly Candidate[]): Block[] {
  const placeOf = ({ at, kind }: Candidate): string => `${kind}\n${at.file}\n${at.start}`;
  const real = new Set(candidates.filter(({ frame }) => !frame.hypothetical).map(placeOf));
  const distinct = new Map<string, Candidate[][]>();
  for (const candidate of candidates) {
    const place = placeOf(candidate);
    if (candidate.frame.hypothetical && real.has(place)) continue;
    const known = distinct.get(place) ?? [];
    const same = known.find(([other]) => sameResults(other!, candidate) && !other!.model?.open && !candidate.model?.open);
    if (same) same.push(candidate);
    else distinct.set(place, [...known, [candidate]]);
  }
  return [...distinct.values()].flat().map(same => new DistinctBlock(same));
}

/** What gives the same block several times. */
class DistinctBlock implements Block {
  readonly name: string;
  readonly kind: Block['kind'];
  /** Where it is in this version of the text. */
  readonly at: Location;

  constructor(private readonly candidates: readonly Candidate[]) {
    const { name, kind, at } = candidates[0]!;
    this.name = name;
    this.kind = kind;
    this.at = { ...at };
  }

  private get first(): Candidate { return this.candidates[0]!; }
  private get open(): Unknown | undefined { return this.first.model?.open; }

  get count(): number { return this.candidates.length; }
  get callPaths(): readonly CallPath[] { return this.candidates.map(({ frame }) => frame.path()); }
  get graph(): BlockGraph { return this.first.graph(); }
  get inputShapes(): readonly Shape[] { return this.first.inputs.map(input => input.shape); }
  get outputShapes(): readonly Shape[] { return this.open ? [this.open] : this.first.outputs.map(output => output.shape); }

  get data(): BlockData | undefined { return this.first.block && dataOfBlock(this.first.block); }

  get totals(): Totals {
    const { open } = this;
    return open ? { params: open, trainableParams: open, nonTrainableParams: open, macs: open } : this.first.totals();
  }
}
