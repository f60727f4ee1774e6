// What an activation by itself costs.
import type { Dim } from '../../shapes/dim.ts';
import { valuesOf, type ElementOperation } from '../element-operations.ts';

/** As ptflops counts ReLU, and GELU, SiLU and softmax as well: one operation for each value, whatever it takes to compute it. */
export const oneForEachValue = {
  formula: 'values, one for each',
  count: ({ output }: { readonly output: readonly Dim[] }): readonly ElementOperation[] => [{ what: 'activation', product: valuesOf(output) }],
};
