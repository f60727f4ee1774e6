// How the results of a run are said, in the panel, in reports and in the terminal.
import type { Agreement, BlockPayload, GradientFault, OtherWay, RunReport, TrainingMeasured } from '../protocol/messages.ts';

/** The ways to run a block: what they are called, and what they are. */
export const ways: Readonly<Record<'written' | OtherWay, { readonly name: string; readonly doc: string }>> = {
  written: { name: 'As written', doc: 'Layer by layer, each by itself.' },
  predict: { name: 'As tf.layers runs it', doc: 'predict of a LayersModel of the same layers.' },
  deployed: { name: 'As deployed', doc: 'Batch normalization folded into the kernels, activations applied in the same pass, nothing that only matters in training.' },
};

/** What is said of a training step. */
export const trainingStep = {
  name: 'Training step',
  doc: 'Forward and backward: the mean of the squares between what comes out and made-up targets, and its gradient for every weight that is trained. Layers behave as in training; no weight is changed, so that the work of an optimizer is not part of it.',
};

/** `1.43 ×`, `12 ×`: how many times as fast something is. */
export const times = (ratio: number): string => `${ratioText(ratio)} ×`;

/** `1.43`, `12`, `0.0029`: a small one is not rounded to nothing. */
export const ratioText = (ratio: number): string => (ratio >= 9.95 ? String(Math.round(ratio)) : ratio < 0.095 ? String(Number(ratio.toPrecision(2))) : ratio.toFixed(2));

/** `1×56×56×64`: a shape of numbers, the batch first. */
export const numbersLabel = (shape: readonly number[]): string => (shape.length === 0 ? 'scalar' : shape.join('×'));

/** `H = 56, batch = 1`. */
export const dimsText = (dims: Readonly<Record<string, number>>): string =>
  Object.entries(dims).map(([name, size]) => `${name} = ${size}`).join(', ');

/** `nameOf` gives what a layer is called. */
export function agreementSentence({ with: other, difference, scale, agrees, inputShapes, layers, node }: Agreement, nameOf: (node: number) => string): string {
  const how = other === 'cpu' ? 'in plain JavaScript' : midSentence(ways[other].name);
  const where = layers === undefined ? '' : node === undefined ? ` in ${layers === 1 ? 'one layer' : `each of ${layers} layers`}, on ${inputShapes.map(numbersLabel).join(', ')}` : ` in ${nameOf(node)}, on ${inputShapes.map(numbersLabel).join(', ')}`;
  return `${agrees ? 'the same' : 'other'} numbers ${how}${where}: ${agrees ? 'at most ' : ''}${tiny(difference)} apart, of values up to ${sizeOfValues(scale)}`;
}

/** `gradients of 12 weights, 4,672 values: as many as are trained, all finite`. */
export function gradientsSentence({ weights, values, inferredValues, faults }: TrainingMeasured, nameOf: (node: number) => string): string {
  const counted = `gradients of ${weights} weight${weights === 1 ? '' : 's'}, ${values.toLocaleString('en-US')} values`;
  const expected = values === inferredValues ? 'as many as are trained' : `where ${inferredValues.toLocaleString('en-US')} are trained`;
  return `${counted}: ${expected}, ${faults.length === 0 ? 'all finite' : faults.map(fault => faultText(fault, nameOf)).join('; ')}`;
}

/** Whether all that was checked of gradients is as it has to be. */
export const gradientsHold = ({ values, inferredValues, faults }: TrainingMeasured): boolean => faults.length === 0 && values === inferredValues;

function faultText({ node, weight, what }: GradientFault, nameOf: (node: number) => string): string {
  const whose = `${weight} of ${nameOf(node)}`;
  return what === 'missing' ? `nothing that comes out depends on ${whose}` : what === 'shape' ? `that of ${whose} has another shape` : `that of ${whose} is not finite`;
}

export function gradientAgreementSentence({ agrees, difference, scale, inputShapes, node }: Agreement, nameOf: (node: number) => string): string {
  return `${agrees ? 'the same' : 'other'} gradients in plain JavaScript${node === undefined ? '' : ` in ${nameOf(node)}`}, on ${inputShapes.map(numbersLabel).join(', ')}: ${agrees ? 'at most ' : ''}${tiny(difference)} apart, of values up to ${sizeOfValues(scale)}`;
}

/** `conv2d in line 9`. */
export const layerIn = ({ graph, lines }: Pick<BlockPayload, 'graph' | 'lines'>, node: number): string => `${graph.nodes[node]?.layer ?? 'a layer'} in line ${lines[node] ?? '?'}`;

export const midSentence = (name: string): string => name.replace(/^A/, 'a');

/** `410`, `6.4`: two digits, and no power of ten unless it is a large one. */
const sizeOfValues = (scale: number): string => (scale < 1e6 ? String(Number(scale.toPrecision(2))) : scale.toPrecision(2));

/** `3.1e-6`: a difference that should be none. */
const tiny = (difference: number): string => (difference === 0 ? '0' : difference.toExponential(1).replace('e+0', ''));

/** What a sample of the whole block is. */
export const sampleSentence = ({ backend, whole: { runsPerSample } }: Pick<RunReport, 'backend' | 'whole'>): string => (backend === 'wasm'
  ? `each sample is ${runsPerSample} runs in two halves, the second with the stack 8 bytes lower, where one half may be slower for that alone: then the other one counts`
  : `each sample is ${runsPerSample} runs in a row with one wait for the device at the end`);
