// Where TensorFlow.js differs from what people expect: told at the attribute that it is about, or at the layer where it
// is about none.
import { schemaOf } from '../layers/every-layer.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';

export const odditiesOfAttribute = ({ doc }: LayerDefinition, attribute: string): readonly string[] =>
  (doc.oddities ?? []).filter(oddity => mentions(oddity, attribute));

export function odditiesOfLayer(definition: LayerDefinition): readonly string[] {
  const attributes = Object.keys(schemaOf(definition));
  return (definition.doc.oddities ?? []).filter(oddity => !attributes.some(attribute => mentions(oddity, attribute)));
}

const mentions = (oddity: string, attribute: string): boolean => oddity.toLowerCase().split(/[^a-z0-9]+/).includes(attribute.toLowerCase());
