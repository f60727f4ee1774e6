// What came of the layers and models of a file, by the place where each stands.
import type { Block, BlockSite, BlockVariant, LayerSite, LayerVariant } from '../analysis.ts';
import type { BlockGraph, CallPath, GraphNode, Totals } from '../graph/block-graph.ts';
import { totalsOf } from '../graph/totals.ts';
import type { Inference } from '../layers/infer.ts';
import { once } from '../once.ts';
import type { Dim } from '../shapes/dim.ts';
import { sameShape, type Shape } from '../shapes/shape.ts';
import type { Location } from '../text/location.ts';
import { unknown } from '../shapes/dim.ts';
import type { BuiltModel, Observer } from './build-graph.ts';
import type { LayerDescription, ModelDescription } from './describe-model.ts';
import { SavedSettings } from './saved-settings.ts';
import { sameInference, type SavedLayer, type SavedLayers } from './saved-layers.ts';

/** Nothing leads to a layer of a file: it stands there. */
const noCalls: readonly CallPath[] = [[]];

export class ModelResults implements Observer {
  private readonly ofLayers = new Map<LayerDescription, LayerVariant[]>();
  private readonly ofModels = new Map<LayerDescription, BlockVariant[]>();

  /** `graphOf` gives the graph of a model by itself. */
  constructor(private readonly layers: SavedLayers, private readonly graphOf: (layer: LayerDescription) => BlockGraph) {}

  layer({ description, weightsKey }: SavedLayer, inference: Inference, inputs: readonly Shape[], node: GraphNode): void {
    const variants = this.ofLayers.get(description) ?? [];
    if (variants.some(other => sameInference(other.node as Inference & GraphNode, inference) && sameShapes(other.inputs, inputs))) return;
    const { output, params, trainableParams, macs } = inference;
    variants.push({ output, params, trainableParams, macs, count: 1, assumed: [], callPaths: noCalls, names: [description.name], weightsKey, node, inputs });
    this.ofLayers.set(description, variants);
  }

  model(layer: LayerDescription, inputs: readonly Shape[], outputs: readonly Shape[], nodes: readonly GraphNode[]): void {
    const variants = this.ofModels.get(layer) ?? [];
    const totals = totalsOf(nodes);
    if (variants.some(other => sameShapes(other.inputs, inputs) && sameShapes(other.outputShapes, outputs))) return;
    variants.push(new ModelVariant(inputs, outputs, totals, this.layers.of(layer).weightsKey, once(() => this.graphOf(layer))));
    this.ofModels.set(layer, variants);
  }

  /** In the order of the source. */
  sitesOf(model: ModelDescription): { readonly sites: LayerSite[]; readonly blockSites: BlockSite[] } {
    const sites: LayerSite[] = [];
    const blockSites: BlockSite[] = [];
    for (const layer of layersWithin(model)) {
      const { at, call } = layer;
      if (layer.model) blockSites.push({ name: layer.name ?? layer.className, at, call, variants: this.ofModels.get(layer) ?? [] });
      else {
        const { definition, layer: name } = this.layers.of(layer);
        const settings = definition && layer.config && new SavedSettings(definition, layer.config, this.layers.source);
        const variants = this.ofLayers.get(layer) ?? [];
        sites.push(settings ? { layer: name, at, call, variants, settings } : { layer: name, at, call, variants });
      }
    }
    return { sites: sites.sort(inOrder), blockSites: blockSites.filter(({ variants }) => variants.length > 0).sort(inOrder) };
  }
}

const inOrder = (a: { readonly at: Location }, b: { readonly at: Location }): number => a.at.start - b.at.start;

/** The layers of a model and of those inside of it. */
export function* layersWithin(model: ModelDescription): Generator<LayerDescription> {
  for (const layer of model.layers) {
    yield layer;
    if (layer.model) yield* layersWithin(layer.model);
  }
}

/** In a class, so that the graph is made when somebody asks for it. */
class ModelVariant implements BlockVariant {
  readonly count = 1;
  readonly assumed: readonly string[] = [];
  readonly callPaths = noCalls;

  constructor(
    readonly inputs: readonly Shape[], readonly outputShapes: readonly Shape[], readonly totals: Totals, readonly weightsKey: number,
    private readonly made: () => BlockGraph,
  ) {}

  get inputShapes(): readonly Shape[] { return this.inputs; }
  get output(): Shape { return this.outputShapes[0] ?? unknown('the file does not say what comes out'); }
  get params(): Dim { return this.totals.params; }
  get macs(): Dim { return this.totals.macs; }
  get graph(): BlockGraph { return this.made(); }
}

export const blockOf = (name: string, kind: Block['kind'], at: Location, { graph, inputShapes, outputShapes }: BuiltModel): Block =>
  ({ name, kind, at, callPaths: noCalls, graph, inputShapes, outputShapes, totals: totalsOf(graph.nodes), count: 1, data: undefined });

const sameShapes = (a: readonly Shape[], b: readonly Shape[]): boolean => a.length === b.length && a.every((shape, i) => sameShape(shape, b[i]!));
