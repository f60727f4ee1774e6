// Every place where a layer is made, with everything that it turns out to be.
import type { LayerSite, LayerVariant } from '../analysis.ts';
import type { CallPath } from '../graph/block-graph.ts';
import type { Application } from '../evaluate/application.ts';
import type { Run } from '../evaluate/run.ts';
import type { LayerValue } from '../evaluate/values.ts';
import { nameOfLayer } from '../evaluate/tensorflow/default-names.ts';
import { nodeOf } from './graph-of.ts';
import { sameInputs, sameResult } from './same-results.ts';

/** In the order of the source, the inspected file first. */
export function sitesOf(run: Run, file: string): LayerSite[] {
  const applied = new Map<LayerValue, Application[]>();
  for (const application of run.applications) {
    if (application.replayed) continue;
    const ofLayer = applied.get(application.layer);
    if (ofLayer) ofLayer.push(application);
    else applied.set(application.layer, [application]);
  }
  const sites = new Map<string, { layers: LayerValue[] }>();
  for (const layer of run.layers) {
    const key = `${layer.at.file}\n${layer.at.start}\n${layer.layer}`;
    const site = sites.get(key);
    if (site) site.layers.push(layer);
    else sites.set(key, { layers: [layer] });
  }
  return [...sites.values()]
    .map(({ layers }) => ({
      layer: layers[0]!.layer, at: layers[0]!.at, call: layers[0]!.call, variants: variantsOf(certain(layers.flatMap(layer => resultsOf(applied.get(layer) ?? [])))),
    }))
    .sort((a, b) => (a.at.file === b.at.file ? a.at.start - b.at.start : a.at.file === file ? -1 : b.at.file === file ? 1 : a.at.file < b.at.file ? -1 : 1));
}

/** A layer that is applied again to the same kind of input is still one layer: only results that differ count. */
function resultsOf(applications: readonly Application[]): Application[] {
  const distinct: Application[] = [];
  for (const application of applications) {
    if (!distinct.some(known => sameResult(known, application))) distinct.push(application);
  }
  return distinct;
}

/** What the program really does goes before what a function would do that nobody calls. */
function certain(applications: readonly Application[]): readonly Application[] {
  const real = applications.filter(application => !application.frame.hypothetical);
  return real.length > 0 ? real : applications;
}

function variantsOf(applications: readonly Application[]): LayerVariant[] {
  const variants: { first: Application; count: number; paths: CallPath[]; names: (string | undefined)[]; assumed: Set<string> }[] = [];
  for (const application of applications) {
    const path = application.layer.frame.path();
    const known = variants.find(({ first }) => sameResult(first, application) && sameInputs(first, application));
    const name = nameOfLayer(application.layer);
    if (!known) variants.push({ first: application, count: 1, paths: [path], names: [name], assumed: new Set(application.assumed) });
    else {
      known.count++;
      for (const note of application.assumed) known.assumed.add(note);
      known.paths.push(path);
      known.names.push(name);
    }
  }
  return variants.map(({ first, count, paths, names, assumed }) => {
    const node = nodeOf(first, 0, [], 0);
    return {
      output: node.output, params: node.params, trainableParams: node.trainableParams, macs: node.macs, count, assumed: [...assumed],
      callPaths: paths, names, node, inputs: first.inputs.map(input => input.shape),
    };
  });
}
