// What comes after the products of a convolution or a dense layer, value by value.
import type { Dim } from '../../shapes/dim.ts';
import type { AttributeValue } from '../attribute.ts';
import { valuesOf, type ElementOperation } from '../element-operations.ts';

interface Call {
  readonly attributes: { readonly useBias: boolean; readonly activation: AttributeValue };
  readonly output: readonly Dim[];
}

/** ptflops counts a bias as one operation for each value that comes out; an activation is one, whichever it is. */
export const biasAndActivation = {
  formula: 'output values for a bias, and as many for an activation',
  decidedBy: ['activation'],
  count: ({ attributes: { useBias, activation }, output }: Call): readonly ElementOperation[] => [
    ...(useBias ? [{ what: 'bias', product: valuesOf(output) }] : []),
    ...activationOf(activation, output),
  ],
};

/** One operation for each value, unless it is `linear`, which does nothing. */
export const activationOf = (activation: AttributeValue, shape: readonly Dim[]): readonly ElementOperation[] =>
  (activation === 'linear' || activation === undefined || activation === null ? [] : [{ what: 'activation', product: valuesOf(shape) }]);
