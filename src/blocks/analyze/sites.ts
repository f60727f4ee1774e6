// Every place where a layer is made, with everything that it turns out to be.
import type { LayerSite, LayerVariant } from '../analysis.ts';
import type { CallPath, GraphNode } from '../graph/block-graph.ts';
import type { Application } from '../evaluate/application.ts';
import type { Part } from '../evaluate/part.ts';
import type { LayerValue } from '../evaluate/values.ts';
import { nameOfLayer } from '../evaluate/tensorflow/default-names.ts';
import { isSymbolic, type Dim } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { trainedParams } from '../evaluate/tensorflow/trained.ts';
import { nodeOf } from './graph-of.ts';
import { sameInputs, sameResult } from './same-results.ts';

/** A place with what it gives in one part of the program. */
interface PartSite {
  readonly layer: string;
  readonly vocabulary: 'blocks' | undefined;
  readonly at: Location;
  readonly call: Location;
  readonly variants: readonly Variant[];
  /** What was made of it alone; it is used again for as long as the place stays where it is. */
  site?: LayerSite;
  /** What it gives together with other parts, kept at the first of them. */
  together?: { readonly sites: readonly PartSite[]; readonly variants: readonly Variant[] };
}

/**
 * In the order of the source, the inspected file first. What the program really does goes before what a function would do
 * that nobody calls.
 */
export function sitesOf([whole, ...uncalled]: readonly Part[], file: string): LayerSite[] {
  const real = new Set(sitesOfPart(whole!).filter(({ variants }) => variants.length > 0));
  const all = [...sitesOfPart(whole!)];
  for (const part of uncalled) for (const site of sitesOfPart(part)) all.push(site);
  // In their order nearly all are alone at their place, and parts mostly come as they stand in the source.
  all.sort((a, b) => inOrder(a.at, b.at, file));
  const sites: LayerSite[] = [];
  for (let from = 0, to = 1; from < all.length; from = to++) {
    while (to < all.length && inOrder(all[from]!.at, all[to]!.at, file) === 0) to++;
    if (to === from + 1) sites.push(siteOf(all[from]!));
    else for (const group of groupsAt(all.slice(from, to), real)) sites.push(group.length === 1 ? siteOf(group[0]!) : siteOfAll(group));
  }
  return sites;
}

/** What several parts give at one place. */
function groupsAt(sites: readonly PartSite[], real: ReadonlySet<PartSite>): PartSite[][] {
  const byPlace = new ByPlace<PartSite>();
  for (const site of sites) {
    if (real.has(site) || !byPlace.has(site.at, other => other.layer === site.layer && real.has(other))) byPlace.add(site.at, site);
  }
  return byPlace.groups();
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

function siteOf(site: PartSite): LayerSite {
  const { at, call, variants, site: before } = site;
  if (before && isSamePlace(before.at, at) && isSamePlace(before.call, call)) return before;
  return (site.site = siteWith(site, variants));
}

const siteOfAll = (sites: readonly PartSite[]): LayerSite => siteWith(sites[0]!, variantsOfAll(sites.filter(({ variants }) => variants.length > 0)));

function siteWith({ layer, vocabulary, at, call }: PartSite, variants: readonly LayerVariant[]): LayerSite {
  const site = { layer, at: copyOf(at), call: copyOf(call), variants };
  return vocabulary ? { ...site, vocabulary } : site;
}

const isSamePlace = (a: Location, b: Location): boolean => a.start === b.start && a.end === b.end;

/** Of a location that moves with its node. */
const copyOf = ({ file, start, end }: Location): Location => ({ file, start, end });

function variantsOfAll(sites: readonly PartSite[]): readonly LayerVariant[] {
  const [first] = sites;
  if (!first || sites.length === 1) return first?.variants ?? [];
  const before = first.together;
  if (before?.sites.length === sites.length && before.sites.every((site, i) => site === sites[i])) return before.variants;
  const results = new Results();
  for (const site of sites) for (const variant of site.variants) results.addAll(variant);
  const variants = results.distinct;
  first.together = { sites, variants };
  return variants;
}

const sitesOfPart = (part: Part): readonly PartSite[] => part.derive(findSites, () => findSites(part));

function findSites(part: Part): PartSite[] {
  const applied = new Applied(part);
  const sites = new ByPlace<LayerValue>();
  for (const layer of part.layers) sites.add(layer.at, layer);
  return sites.groups().map(layers => {
    const { layer, definition, at, call } = layers[0]!;
    const results = new Results();
    for (const each of layers) applied.addTo(results, each);
    return { layer, vocabulary: definition?.vocabulary, at, call, variants: results.distinct };
  });
}

/** What came of the layers of a part. One that is applied again to the same kind of input is still one layer: only results that differ count. */
class Applied {
  /** By the place of the layer. */
  private readonly first: (Application | undefined)[];
  private readonly further = new Map<LayerValue, Application[]>();

  constructor({ layers, applications }: Part) {
    this.first = new Array<Application | undefined>(layers.length).fill(undefined);
    for (const application of applications) {
      const { layer } = application;
      if (application.replayed || layers[layer.place] !== layer) continue;
      const first = this.first[layer.place];
      if (!first) this.first[layer.place] = application;
      else if (!sameResult(first, application)) this.addFurther(application);
    }
  }

  private addFurther(application: Application): void {
    const known = this.further.get(application.layer);
    if (!known) this.further.set(application.layer, [application]);
    else if (!known.some(other => sameResult(other, application))) known.push(application);
  }

  addTo(results: Results, layer: LayerValue): void {
    const first = this.first[layer.place];
    if (!first) return;
    results.add(first);
    for (const application of this.further.get(layer) ?? none) results.add(application);
  }
}

const none: readonly Application[] = [];

/** So many results of one place are gone through one by one; more are looked up. */
const few = 16;

/** The results of one place: each is kept once. */
class Results {
  readonly distinct: Variant[] = [];
  private layers = 0;
  private lookup: Lookup | undefined;

  /** One of a layer. */
  add(application: Application): void {
    const { layer, assumed } = application;
    const same = this.same(application);
    if (same) same.add(layer, assumed);
    else this.addDistinct(new Variant(application, [layer], assumed, this.keyOf(layer)));
  }

  /** One that several layers have. */
  addAll({ first, layers, assumed }: Variant): void {
    const same = this.same(first);
    if (!same) this.addDistinct(new Variant(first, [...layers], assumed, this.keyOf(first.layer)));
    else for (const layer of layers) same.add(layer, assumed);
  }

  private addDistinct(variant: Variant): void {
    const { distinct } = this;
    distinct.push(variant);
    if (this.lookup) this.lookup.add(variant);
    else if (distinct.length === few) this.lookup = new Lookup(distinct);
  }

  /** By numbers: there are many comparisons, and each turn of another loop makes an object until V8 has optimized it. */
  private same(application: Application): Variant | undefined {
    const among = this.lookup ? this.lookup.alike(application) : this.distinct;
    for (let i = 0; i < among.length; i++) {
      const { first } = among[i]!;
      if (sameResult(first, application) && sameInputs(first, application)) return among[i];
    }
    return undefined;
  }

  private keyOf(layer: LayerValue): number {
    if (this.lookup) return this.lookup.keys.get(layer) ?? this.layers++;
    for (let i = 0; i < this.distinct.length; i++) {
      const { first, weightsKey } = this.distinct[i]!;
      if (first.layer === layer) return weightsKey;
    }
    return this.layers++;
  }
}

/** Of many results at one place. */
class Lookup {
  readonly keys = new Map<LayerValue, number>();
  private readonly byLastDim = new Map<unknown, Variant[]>();

  constructor(variants: readonly Variant[]) {
    for (const variant of variants) this.add(variant);
  }

  add(variant: Variant): void {
    const { first, weightsKey } = variant;
    if (!this.keys.has(first.layer)) this.keys.set(first.layer, weightsKey);
    const dim = lastDim(first);
    const known = this.byLastDim.get(dim);
    if (known) known.push(variant);
    else this.byLastDim.set(dim, [variant]);
  }

  /** Those that may be the same. */
  alike(application: Application): readonly Variant[] {
    return this.byLastDim.get(lastDim(application)) ?? [];
  }
}

/** Of what comes out: equal results have equal ones, of which those that are not known are objects of their own. */
function lastDim({ inference: { output } }: Application): unknown {
  const dim = isRanked(output) ? output.at(-1) : output;
  return isSymbolic(dim) ? dim.key : dim;
}

/**
 * Layers that gave the same. What is seldom asked for is made then. (In a class: an object literal with a getter has a hidden
 * class of its own, in which V8 keeps all that the getter refers to until the next full collection.)
 */
class Variant implements LayerVariant {
  private made: { node?: GraphNode; callPaths?: CallPath[]; names?: (string | undefined)[] } | undefined;

  constructor(readonly first: Application, readonly layers: LayerValue[], public assumed: readonly string[], readonly weightsKey: number) {}

  add(layer: LayerValue, assumed: readonly string[]): void {
    this.layers.push(layer);
    if (assumed.length > 0) this.assumed = [...new Set([...this.assumed, ...assumed])];
  }

  get output(): Shape { return this.first.inference.output; }
  get params(): Dim { return this.first.inference.params; }
  get trainableParams(): Dim { return trainedParams(this.first.layer, this.first.inference); }
  get macs(): Dim { return this.first.inference.macs; }
  get count(): number { return this.layers.length; }
  get inputs(): readonly Shape[] { return this.first.inputs.map(input => input.shape); }
  get callPaths(): readonly CallPath[] { return (this.made ??= {}).callPaths ??= this.layers.map(({ frame }) => frame.path()); }
  get names(): readonly (string | undefined)[] { return (this.made ??= {}).names ??= this.layers.map(nameOfLayer); }
  get node(): GraphNode { return (this.made ??= {}).node ??= nodeOf(this.first, 0, [], 0, this.weightsKey); }
}
