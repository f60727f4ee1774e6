// All layers by their names. A layer joins by its file alone: the index is generated.
import type { LayerDefinition } from './define-layer.ts';
import { layers, layersOfBlocks } from './index.generated.ts';

const byName = new Map<string, LayerDefinition>(
  layers.flatMap(layer => [layer.name, ...layer.aliases].map(name => [name, layer] as const)),
);

const byNameInBlocks = new Map<string, LayerDefinition>(
  layersOfBlocks.flatMap(layer => [layer.name, ...layer.aliases].map(name => [name, layer] as const)),
);

/** Two factories can make layers of one class; it belongs to the one that is named after it. */
const byClassName = new Map<string, LayerDefinition>(
  layers.filter(({ name, className }) => name.toLowerCase() === className.toLowerCase()).map(layer => [layer.className, layer]),
);

/** The layer that `tf.layers.NAME` makes, aliases included. */
export const findLayer = (name: string): LayerDefinition | undefined => byName.get(name);

/** The layer that a block definition means by a name: its own, else the one of `tf.layers`. */
export const findLayerOfBlocks = (name: string): LayerDefinition | undefined => byNameInBlocks.get(name) ?? byName.get(name);

/** The layer of a node or of a place in the source, which may be one of block definitions. */
export const findLayerOf = ({ layer, vocabulary }: { readonly layer: string; readonly vocabulary?: 'blocks' }): LayerDefinition | undefined =>
  (vocabulary === 'blocks' ? findLayerOfBlocks(layer) : findLayer(layer));

/** Every name that a block definition can use. */
export const namesOfLayersOfBlocks: readonly string[] = [...new Set([...byNameInBlocks.keys(), ...byName.keys()])];

/** The layer of a class name, as saved models have it: `Conv2D`. */
export const findLayerByClass = (className: string): LayerDefinition | undefined => byClassName.get(className);

/** Every name of a layer, aliases not included, in alphabetical order. */
export const layerNames: readonly string[] = layers.map(layer => layer.name);
