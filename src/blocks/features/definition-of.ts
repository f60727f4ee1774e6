// The definition of the layer that a place makes: block definitions have layers of their own.
import type { LayerSite } from '../analysis.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import { findLayer, findLayerOfBlocks } from '../layers/registry.ts';

export const definitionOf = ({ layer, vocabulary }: LayerSite): LayerDefinition | undefined => (vocabulary === 'blocks' ? findLayerOfBlocks(layer) : findLayer(layer));
