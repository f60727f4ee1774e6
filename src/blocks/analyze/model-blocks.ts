// The models that a file builds, and the layers that belong to none.
import type { Block } from '../analysis.ts';
import { totalsOf } from '../graph/totals.ts';
import type { Application } from '../evaluate/application.ts';
import type { Run } from '../evaluate/run.ts';
import { applicationsOf } from '../evaluate/tensorflow/models.ts';
import { TensorValue, type ModelValue } from '../evaluate/values.ts';
import { graphOf } from './graph-of.ts';
import { sameBlock } from './same-block.ts';
import { unknown } from '../shapes/dim.ts';

/** Models in the order of the source; a place that gives the same model several times is listed once, with a count. */
export function modelBlocksOf(run: Run, file: string): Block[] {
  const inModels = new Set<Application>();
  const nested = new Set<Application>();
  const blocks: Candidate[] = [];
  for (const model of run.models) {
    const applications = applicationsOf(model);
    for (const application of applications) {
      inModels.add(application);
      if (application.again) nested.add(application);
    }
    if (applications.length > 0 || model.open) blocks.push({ block: blockOf(model, applications), hypothetical: model.frame.hypothetical });
  }
  // Layers of a nested model that were applied again belong to the model around it; the first application has its own.
  const loose = run.applications.filter(application => !inModels.has(application) && !nested.has(application));
  blocks.push(...looseBlocks(loose, file));
  return countAlike(blocks).sort((a, b) => (a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file === file ? -1 : 1));
}

interface Candidate {
  readonly block: Block;
  readonly hypothetical: boolean;
}

function blockOf(model: ModelValue, applications: readonly Application[]): Block {
  const name = model.givenName ?? (model.frame.name || model.variable || model.type);
  const graph = graphOf({ name, at: model.at, frame: model.frame, applications, inputs: model.inputs, outputs: model.outputs });
  const totals = totalsOf(graph.nodes);
  const open = model.open && unknown(model.open.reason, model.open.at);
  return {
    name, kind: model.type, at: model.at, callPath: model.frame.path(), graph, count: 1,
    inputShapes: model.inputs.map(input => input.shape), outputShapes: open ? [open] : model.outputs.map(output => output.shape),
    totals: open ? { params: open, trainableParams: open, nonTrainableParams: open, macs: open } : totals,
  };
}

/** Layers that are in no model, by the function that they lie in. */
function looseBlocks(applications: readonly Application[], file: string): Candidate[] {
  const byPlace = new Map<string, Application[]>();
  for (const application of applications) {
    if (application.implicit) continue;
    const root = rootFrame(application);
    const key = `${root.id}`;
    const group = byPlace.get(key);
    if (group) group.push(application);
    else byPlace.set(key, [application]);
  }
  return [...byPlace.values()].map(group => {
    const root = rootFrame(group[0]!);
    const inside = new Set(group);
    const own = group.filter(application => application.layer.layer === 'inputLayer').map(application => new TensorValue(application.inference.output, application));
    const outside = group.flatMap(application => application.inputs).filter(input => !inside.has(input.application) && input.application.layer.layer !== 'either');
    const inputs = [...own, ...outside];
    const used = new Set(group.flatMap(application => application.inputs.map(input => input.application)));
    const outputs = group.filter(application => !used.has(application)).map(application => new TensorValue(application.inference.output, application));
    const name = root.name || (file.split('/').at(-1) ?? file);
    const at = group[0]!.layer.at;
    const distinct = [...new Map(inputs.map(input => [input.application, input])).values()];
    const graph = graphOf({ name, at, frame: root, applications: group, inputs: distinct, outputs });
    const block: Block = {
      name, kind: 'loose', at, callPath: root.path(), graph, count: 1,
      inputShapes: distinct.map(input => input.shape), outputShapes: outputs.map(output => output.shape), totals: totalsOf(graph.nodes),
    };
    return { block, hypothetical: root.hypothetical };
  });
}

/** The outermost call around an application, or the file. */
function rootFrame(application: Application) {
  let frame = application.frame;
  while (frame.parent && frame.parent.depth > 0) frame = frame.parent;
  return frame;
}

/** Where the program really gives a block, what the same place would give in a function that nobody calls is left out. */
function countAlike(candidates: readonly Candidate[]): Block[] {
  const placeOf = ({ at, kind }: Block): string => `${kind}\n${at.file}\n${at.start}`;
  const real = new Set(candidates.filter(candidate => !candidate.hypothetical).map(candidate => placeOf(candidate.block)));
  const distinct: Block[] = [];
  for (const { block, hypothetical } of candidates) {
    if (hypothetical && real.has(placeOf(block))) continue;
    const known = distinct.findIndex(other => sameBlock(other, block));
    if (known < 0) distinct.push(block);
    else distinct[known] = { ...distinct[known]!, count: distinct[known]!.count + 1 };
  }
  return distinct;
}
