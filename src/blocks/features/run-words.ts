// How the results of a run are said, in the panel, in reports and in the terminal.
import type { Agreement, BlockPayload, OtherWay } from '../protocol/messages.ts';

/** The ways to run a block: what they are called, and what they are. */
export const ways: Readonly<Record<'written' | OtherWay, { readonly name: string; readonly doc: string }>> = {
  written: { name: 'As written', doc: 'Layer by layer, each by itself.' },
  predict: { name: 'As tf.layers runs it', doc: 'predict of a LayersModel of the same layers.' },
  deployed: { name: 'As deployed', doc: 'Batch normalization folded into the kernels, activations applied in the same pass, nothing that only matters in training.' },
};

/** `1.43 ×`, `12 ×`: how many times as fast something is. */
export const times = (ratio: number): string => `${ratio >= 9.95 ? Math.round(ratio) : ratio.toFixed(2)} ×`;

/** `1×56×56×64`: a shape of numbers, the batch first. */
export const numbersLabel = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join('×'));

/** `H = 56, batch = 1`. */
export const dimsText = (dims: Readonly<Record<string, number>>): string =>
  Object.entries(dims).map(([name, size]) => `${name} = ${size}`).join(', ');

/** `nameOf` gives what a layer is called. */
export function agreementSentence({ with: other, difference, scale, agrees, inputShapes, layers, node }: Agreement, nameOf: (node: number) => string): string {
  const how = other === 'cpu' ? 'in plain JavaScript' : midSentence(ways[other].name);
  const where = layers === undefined ? '' : node === undefined ? ` in each of ${layers} layers, on ${inputShapes.map(numbersLabel).join(', ')}` : ` in ${nameOf(node)}, on ${inputShapes.map(numbersLabel).join(', ')}`;
  return `${agrees ? 'the same' : 'other'} numbers ${how}${where}: ${agrees ? 'at most ' : ''}${tiny(difference)} apart, of values up to ${scale.toPrecision(2)}`;
}

/** `conv2d in line 9`. */
export const layerIn = ({ graph, lines }: Pick<BlockPayload, 'graph' | 'lines'>, node: number): string => `${graph.nodes[node]?.layer ?? 'a layer'} in line ${lines[node] ?? '?'}`;

export const midSentence = (name: string): string => name.replace(/^A/, 'a');

/** `3.1e-6`: a difference that should be none. */
const tiny = (difference: number): string => (difference === 0 ? '0' : difference.toExponential(1).replace('e+0', ''));
