// The models that a file builds, and the layers that belong to none.
import type { Block } from '../analysis.ts';
import { totalsOf } from '../graph/totals.ts';
import { unknown } from '../shapes/dim.ts';
import type { Location } from '../text/location.ts';
import type { Application } from '../evaluate/application.ts';
import type { CallFrame } from '../evaluate/call-frame.ts';
import type { Run } from '../evaluate/run.ts';
import { outputsOf } from '../evaluate/tensorflow/apply-layer.ts';
import { applicationsOf } from '../evaluate/tensorflow/applications-of.ts';
import { type ModelValue, type TensorValue } from '../evaluate/values.ts';
import { graphOf } from './graph-of.ts';
import { sameResults, type Evaluation } from './same-results.ts';

/** A block before its graph is made. */
interface Candidate extends Evaluation {
  readonly kind: Block['kind'];
  readonly name: string;
  readonly at: Location;
  readonly frame: CallFrame;
  readonly model?: ModelValue;
}

/** In the order of the source; a place that gives the same block several times is listed once, with a count. */
export function modelBlocksOf(run: Run, file: string): Block[] {
  const inModels = new Set<Application>();
  const candidates: Candidate[] = [];
  for (const model of run.models) {
    const { inputs, outputs, at, frame } = model;
    const applications = applicationsOf(model);
    for (const application of applications) inModels.add(application);
    const name = model.givenName ?? (frame.name || model.variable || model.type);
    if (applications.length > 0 || model.open) candidates.push({ kind: model.type, name, at, frame, model, applications, inputs, outputs });
  }
  // Layers of a nested model that were applied again belong to the model around it.
  candidates.push(...looseCandidates(run.applications.filter(application => !inModels.has(application) && !application.again), file));
  return distinctBlocks(candidates).sort((a, b) => (a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file === file ? -1 : 1));
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
    const name = frame.name || (file.split('/').at(-1) ?? file);
    return { kind: 'loose', name, at: group[0]!.layer.at, frame, applications: group, inputs, outputs };
  });
}

const distinct = (tensors: readonly TensorValue[]): readonly TensorValue[] =>
  [...new Map(tensors.map(tensor => [`${tensor.application.id} ${tensor.output}`, tensor])).values()];

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
  return [...distinct.values()].flat().map(blockOf);
}

/** Of what gives the same block several times. */
function blockOf(candidates: readonly Candidate[]): Block {
  const { kind, name, at, frame, model, applications, inputs, outputs } = candidates[0]!;
  const graph = graphOf({ name, at, frame, applications, inputs, outputs });
  const open = model?.open && unknown(model.open.reason, model.open.at);
  return {
    name, kind, at, graph, count: candidates.length, callPaths: candidates.map(candidate => candidate.frame.path()),
    inputShapes: inputs.map(input => input.shape), outputShapes: open ? [open] : outputs.map(output => output.shape),
    totals: open ? { params: open, trainableParams: open, nonTrainableParams: open, macs: open } : totalsOf(graph.nodes),
  };
}
