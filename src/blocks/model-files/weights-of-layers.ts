// Which of the listed weights are those of which layer. They are found by their names: TensorFlow.js writes `dense_1/kernel`, its
// converter `lstm/lstm_cell/kernel`, Keras `model/inner/dense_1/kernel:0`, and files of Keras 3 the places `dense_1/vars/0`.
import type { LayerDescription, ModelDescription } from './describe-model.ts';
import { layersWithin } from './model-results.ts';
import type { ListedWeight } from './weights-manifest.ts';

/** One of the weights of a layer. */
export interface WeightOfLayer extends ListedWeight {
  /** What the layer calls it, as far as the name in the list says that: `kernel`, `forward_kernel`, or a place such as `0`. */
  readonly own: string;
}

/** Of a name that more than one layer has. */
const several = Symbol();

type ByName = Map<string, LayerDescription | typeof several>;

export class WeightsOfLayers {
  private readonly ofLayers = new Map<LayerDescription, WeightOfLayer[]>();
  private readonly names = new Map<ModelDescription, ByName>();
  private readonly anywhere: ByName;
  /** Whether each listed weight is one of a layer, so that a layer for which none is listed has none. */
  readonly isComplete: boolean;

  constructor(readonly listed: readonly ListedWeight[], private readonly model: ModelDescription) {
    this.anywhere = byName(layersWithin(model));
    const paths = listed.map(({ name }) => name.replace(/:\d+$/, '').split('/').map(part => part.replace(/^_/, '')).filter(part => part !== 'vars' && part !== 'layer_checkpoint_dependencies'));
    const before = sharedBy(paths);
    let found = 0;
    listed.forEach((weight, i) => {
      const path = paths[i]!;
      const owner = this.find(path, before);
      if (!owner) return;
      found++;
      const weights = this.ofLayers.get(owner);
      const named = { ...weight, own: ownName(path) };
      if (weights) weights.push(named);
      else this.ofLayers.set(owner, [named]);
    });
    this.isComplete = found === listed.length;
  }

  /** Undefined where it cannot be said: the layer may have some that are listed by other names. */
  of(layer: LayerDescription): readonly WeightOfLayer[] | undefined {
    if (layer.name === undefined || this.anywhere.get(layer.name) !== layer) return undefined;
    return this.ofLayers.get(layer) ?? (this.isComplete ? [] : undefined);
  }

  /** What all names begin with is the name of the whole, or of nothing; anything else in front of a layer is one that is not in the file. */
  private find(path: readonly string[], before: number): LayerDescription | undefined {
    for (let from = 0; from <= before; from++) {
      const rest = path.slice(from);
      const found = this.inModel(rest, this.model) ?? nameAtStart(rest, this.anywhere)?.layer;
      if (found && !found.model) return found;
    }
    return undefined;
  }

  private inModel(path: readonly string[], model: ModelDescription): LayerDescription | undefined {
    let names = this.names.get(model);
    if (!names) this.names.set(model, (names = byName(model.layers)));
    const first = nameAtStart(path, names);
    return first?.layer.model ? this.inModel(path.slice(first.length), first.layer.model) : first?.layer;
  }
}

function byName(layers: Iterable<LayerDescription>): ByName {
  const names: ByName = new Map();
  for (const layer of layers) if (layer.name !== undefined) names.set(layer.name, names.has(layer.name) ? several : layer);
  return names;
}

/** The longest name that the path begins with: the names of layers may have strokes in them. */
function nameAtStart(path: readonly string[], names: ByName): { readonly layer: LayerDescription; readonly length: number } | undefined {
  for (let length = path.length - 1; length > 0; length--) {
    const layer = names.get(path.slice(0, length).join('/'));
    if (layer && layer !== several) return { layer, length };
  }
  return undefined;
}

/** With how many parts all of them begin. */
function sharedBy([first, ...others]: readonly (readonly string[])[]): number {
  if (!first) return 0;
  let length = 0;
  while (length < first.length - 1 && others.every(path => path[length] === first[length])) length++;
  return length;
}

/** Two directions and several cells have weights of the same names. */
function ownName(path: readonly string[]): string {
  const inside = path.slice(1, -1).map(part => /^(forward|backward)_/.exec(part)?.[0] ?? part.replace(/^(?:RNNCell|cell)_(\d+)$|.*/, (_, cell?: string) => (cell === undefined ? '' : `cell_${cell}_`)));
  return inside.join('') + path.at(-1)!;
}
