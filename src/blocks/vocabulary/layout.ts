// Where the channels stand is a matter of a whole block: no layer of it has to say so.
import type { AttributeValue } from '../layers/attribute.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import type { DataFormat } from '../layers/layout.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';

/** What a layer is told of the block's layout, where its own settings say nothing else. */
export function layoutAttributes(definition: LayerDefinition, input: Shape, dataFormat: DataFormat): Readonly<Record<string, AttributeValue>> {
  if (dataFormat === 'channelsLast' || !isRanked(input) || input.length !== 4) return {};
  return {
    ...('dataFormat' in definition.attributes ? { dataFormat } : {}),
    ...(alongChannels.includes(definition.name) ? { axis: 1 } : {}),
  };
}

/** They take the axis of the channels by its number, the last by default. */
const alongChannels: readonly string[] = ['batchNormalization', 'layerNormalization', 'concatenate'];
