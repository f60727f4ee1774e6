// Layers that change values but neither their number nor their order.
import type { AttributeSchema } from '../attribute.ts';
import { defineLayer, type LayerDefinition } from '../define-layer.ts';

type Elementwise<S extends AttributeSchema> = Omit<LayerDefinition<S>, 'inputs' | 'shape' | 'aliases' | 'macs'>;

export const defineElementwise = <S extends AttributeSchema>(definition: Elementwise<S>): LayerDefinition<S> =>
  defineLayer({ ...definition, aliases: [], inputs: 'one', shape: ({ inputs: [input] }) => input! });
