// How a convention is said: the unit beside a figure, and the sentence in a hover.
import type { Counting } from './counting.ts';

type Operations = Pick<Counting, 'operations' | 'layers'>;
type Parameters = Pick<Counting, 'parameters'>;

/** The unit of operations: `MACs`, `FLOPs`, or `ops` where multiply-accumulates and single operations are counted alike. */
export const operationsUnit = ({ operations, layers }: Operations): string =>
  (operations === 'flops' ? 'FLOPs' : layers === 'convolutionAndDense' ? 'MACs' : 'ops');

/** What is counted, to stand behind a number: `multiply-accumulates of one example`. */
export function operationsInFull({ operations, layers }: Operations): string {
  if (operations === 'macs' && layers === 'convolutionAndDense') return 'multiply-accumulates of one example';
  const each = operations === 'flops' ? 'two for each multiply-accumulate' : 'one for each multiply-accumulate';
  const others = {
    convolutionAndDense: 'none for biases and other layers',
    fvcore: 'and what fvcore counts of other layers',
    all: 'and one for each step of biases and other layers',
  };
  return `${operations === 'flops' ? 'floating-point operations' : 'operations'} of one example: ${each}, ${others[layers]}`;
}

/** What a column of parameters is called, beside its figures. */
export const parametersUnit = ({ parameters }: Parameters, short = 'params'): string => (parameters === 'pytorch' ? `${short} (PyTorch)` : short);

/** Who counts so: `as PyTorch counts them`. */
export const countedBy = ({ parameters }: Parameters): string => (parameters === 'pytorch' ? 'as PyTorch counts them' : 'as Keras counts them');

/** The convention in one line, for a table or a report; undefined for the one that figures have by default. */
export function conventionNote(counting: Counting): string | undefined {
  const notes = [
    ...(counting.parameters === 'pytorch' ? ['parameters as PyTorch counts them, without running statistics'] : []),
    ...(counting.operations === 'macs' && counting.layers === 'convolutionAndDense' ? [] : [`${operationsUnit(counting)}: ${operationsInFull(counting)}`]),
  ];
  return notes.length === 0 ? undefined : notes.join('; ');
}
