// Which family a layer belongs to. The picture and the table colour layers by family, so that the eye finds the
// convolutions among the activations without reading.

export type Family =
  | 'input' | 'convolution' | 'dense' | 'recurrent' | 'normalization' | 'activation' | 'pooling' | 'merge' | 'reshaping'
  | 'regularization' | 'other';

/** Tried in order. Written as patterns, because a custom layer called `MyConv2D` is still a convolution to the eye. */
const PATTERNS: readonly (readonly [RegExp, Family])[] = [
  [/^input(layer)?$/i, 'input'],
  [/pool/i, 'pooling'],
  [/conv/i, 'convolution'],
  [/norm/i, 'normalization'],
  [/dropout|noise|regulari[sz]ation/i, 'regularization'],
  [/lstm|gru|rnn|bidirectional/i, 'recurrent'],
  [/^(dense|embedding|timedistributed)$/i, 'dense'],
  [/relu|elu|softmax|softplus|sigmoid|tanh|gelu|mish|swish|activation/i, 'activation'],
  [/^(add|concatenate|multiply|average|maximum|minimum|subtract|dot|attention)$/i, 'merge'],
  [/flatten|reshape|permute|repeat|padding|sampling|crop|resiz|rescaling|randomwidth|masking|encoding/i, 'reshaping'],
];

export const familyOf = (layer: string): Family => PATTERNS.find(([pattern]) => pattern.test(layer))?.[1] ?? 'other';

/** The families present in a list of layers, in a fixed order: the legend. */
export function familiesOf(layers: readonly string[]): Family[] {
  const present = new Set(layers.map(familyOf));
  const order: readonly Family[] = [...PATTERNS.map(([, family]) => family), 'other'];
  return [...new Set(order)].filter(family => present.has(family));
}
