// Every place where a layer is made, with everything that it turns out to be.
import type { LayerSite, LayerVariant } from '../analysis.ts';
import type { CallPath, GraphNode } from '../graph/block-graph.ts';
import type { Application } from '../evaluate/application.ts';
import type { Part } from '../evaluate/part.ts';
import type { LayerValue } from '../evaluate/values.ts';
import { nameOfLayer } from '../evaluate/tensorflow/default-names.ts';
import { once } from '../once.ts';
import type { Location } from '../text/location.ts';
import { isFrozen, nodeOf } from './graph-of.ts';
import { sameInputs, sameResult } from './same-results.ts';

/** A place with what it gives in one part of the program. */
interface PartSite {
  readonly layer: string;
  readonly at: Location;
  readonly call: Location;
  readonly results: readonly Result[];
  readonly variants: () => readonly LayerVariant[];
  /** What was made of it alone; it is used again for as long as the place stays where it is. */
  site?: LayerSite;
}

interface Result {
  readonly first: Application;
  /** The layers that gave it. */
  readonly layers: readonly LayerValue[];
  readonly assumed: readonly string[];
}

/**
 * In the order of the source, the inspected file first. What the program really does goes before what a function would do
 * that nobody calls.
 */
export function sitesOf([whole, ...uncalled]: readonly Part[], file: string): LayerSite[] {
  const byPlace = new ByPlace<PartSite>();
  for (const site of sitesOfPart(whole!)) byPlace.add(site.at, site);
  const real = new Set(sitesOfPart(whole!).filter(({ results }) => results.length > 0));
  for (const part of uncalled) {
    for (const site of sitesOfPart(part)) {
      if (real.size === 0 || !byPlace.has(site.at, other => other.layer === site.layer && real.has(other))) byPlace.add(site.at, site);
    }
  }
  return byPlace.groups().map(siteOf).sort((a, b) => inOrder(a.at, b.at, file));
}

/** Things at the same place are in one group where they are also of the same kind of layer. */
class ByPlace<T extends { readonly layer: string }> {
  /** A node of the syntax tree has one location, which is itself the key. */
  private readonly places = new Map<Location, T[]>();

  add(place: Location, one: T): void {
    const here = this.places.get(place);
    if (here) here.push(one);
    else this.places.set(place, [one]);
  }

  has(place: Location, matches: (one: T) => boolean): boolean {
    return this.places.get(place)?.some(matches) === true;
  }

  groups(): T[][] {
    const groups: T[][] = [];
    this.places.forEach(here => {
      if (here.length === 1 || here.every(({ layer }) => layer === here[0]!.layer)) groups.push(here);
      else for (const kind of new Set(here.map(({ layer }) => layer))) groups.push(here.filter(({ layer }) => layer === kind));
    });
    return groups;
  }
}

const inOrder = (a: Location, b: Location, file: string): number =>
  a.file === b.file ? a.start - b.start : a.file === file ? -1 : b.file === file ? 1 : a.file < b.file ? -1 : 1;

function siteOf(sites: readonly PartSite[]): LayerSite {
  const first = sites[0]!;
  const { layer, at, call } = first;
  if (sites.length > 1) return { layer, at: copyOf(at), call: copyOf(call), variants: variantsOfAll(sites.filter(({ results }) => results.length > 0)) };
  if (first.site && isSamePlace(first.site.at, at) && isSamePlace(first.site.call, call)) return first.site;
  return (first.site = { layer, at: copyOf(at), call: copyOf(call), variants: first.variants() });
}

const isSamePlace = (a: Location, b: Location): boolean => a.start === b.start && a.end === b.end;

/** Of a location that moves with its node. */
const copyOf = ({ file, start, end }: Location): Location => ({ file, start, end });

/** What several parts give together, with the parts that it was made from; kept at the first of them. */
const together = new WeakMap<PartSite, { readonly sites: readonly PartSite[]; readonly variants: readonly LayerVariant[] }>();

function variantsOfAll(sites: readonly PartSite[]): readonly LayerVariant[] {
  const [first] = sites;
  if (!first || sites.length === 1) return first?.variants() ?? [];
  const before = together.get(first);
  if (before?.sites.length === sites.length && before.sites.every((site, i) => site === sites[i])) return before.variants;
  const variants = variantsOf(joined(sites.flatMap(({ results }) => results)));
  together.set(first, { sites, variants });
  return variants;
}

const known = new WeakMap<Part, readonly PartSite[]>();

function sitesOfPart(part: Part): readonly PartSite[] {
  let sites = known.get(part);
  if (!sites) known.set(part, (sites = findSites(part)));
  return sites;
}

function findSites(part: Part): PartSite[] {
  const applied = new Map<LayerValue, Application[]>();
  for (const application of part.applications) {
    if (application.replayed) continue;
    const ofLayer = applied.get(application.layer);
    if (ofLayer) ofLayer.push(application);
    else applied.set(application.layer, [application]);
  }
  const sites = new ByPlace<LayerValue>();
  for (const layer of part.layers) sites.add(layer.at, layer);
  return sites.groups().map(layers => {
    const results = joined(layers.flatMap(layer => resultsOf(applied.get(layer) ?? [])));
    const { layer, at, call } = layers[0]!;
    return { layer, at, call, results, variants: once(() => variantsOf(results)) };
  });
}

/** A layer that is applied again to the same kind of input is still one layer: only results that differ count. */
function resultsOf(applications: readonly Application[]): Result[] {
  const distinct: Application[] = [];
  for (const application of applications) {
    if (!distinct.some(known => sameResult(known, application))) distinct.push(application);
  }
  return distinct.map(first => ({ first, layers: [first.layer], assumed: first.assumed }));
}

function joined(results: readonly Result[]): readonly Result[] {
  if (results.length < 2) return results;
  const distinct: { readonly first: Application; readonly layers: LayerValue[]; assumed: readonly string[] }[] = [];
  for (const { first, layers, assumed } of results) {
    const known = distinct.find(result => sameResult(result.first, first) && sameInputs(result.first, first));
    if (!known) distinct.push({ first, layers: [...layers], assumed });
    else {
      known.layers.push(...layers);
      if (assumed.length > 0) known.assumed = [...new Set([...known.assumed, ...assumed])];
    }
  }
  return distinct;
}

function variantsOf(results: readonly Result[]): LayerVariant[] {
  const distinct = [...new Set(results.map(({ first }) => first.layer))];
  return results.map(({ first, layers, assumed }) => {
    const { layer, inference: { output, params, trainableParams, macs } } = first;
    // One closure for all three: there is a variant for every layer of a file.
    let node: GraphNode | undefined;
    let callPaths: CallPath[] | undefined;
    let names: (string | undefined)[] | undefined;
    const weightsKey = distinct.indexOf(layer);
    return {
      output, params, trainableParams: isFrozen(layer) ? 0 : trainableParams, macs, count: layers.length, assumed, weightsKey,
      get callPaths() { return callPaths ??= layers.map(({ frame }) => frame.path()); },
      get names() { return names ??= layers.map(nameOfLayer); },
      get node() { return node ??= nodeOf(first, 0, [], 0, weightsKey); },
      inputs: first.inputs.map(input => input.shape),
    };
  });
}
