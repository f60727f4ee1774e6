// By which convention parameters and operations are counted. People count different things and call them the same; docs/counting.md says who.

/** One value for all that is shown of a file. */
export interface Counting {
  readonly parameters: ParameterCounting;
  readonly operations: OperationCounting;
  readonly layers: LayerCounting;
}

/**
 * `keras`: all values of all weights, as `model.summary()` has them. `pytorch`: those that are made to be learnt, frozen or not, as
 * `sum(p.numel() for p in model.parameters())` has them; what is only kept, as the moving mean of batch normalization, is none.
 */
export type ParameterCounting = (typeof parameterCountings)[number];
export const parameterCountings = ['keras', 'pytorch'] as const;

/** `macs`: a multiplication with its addition is one. `flops`: it is two. What is no multiply-accumulate is one either way. */
export type OperationCounting = (typeof operationCountings)[number];
export const operationCountings = ['macs', 'flops'] as const;

/**
 * `convolutionAndDense`: the multiply-accumulates of convolutions, of dense and recurrent layers and of `dot`, and nothing else.
 * `fvcore`: also normalizations, average pools to a size and enlarged images, which `FlopCountAnalysis` counts. `all`: also biases,
 * activations, pools, sums and whatever else a layer computes value by value.
 */
export type LayerCounting = (typeof layerCountings)[number];
export const layerCountings = ['convolutionAndDense', 'fvcore', 'all'] as const;

export const defaultCounting: Counting = { parameters: 'keras', operations: 'macs', layers: 'convolutionAndDense' };

export const sameCounting = (a: Counting, b: Counting): boolean =>
  a === b || (a.parameters === b.parameters && a.operations === b.operations && a.layers === b.layers);

/** What is none of the known values, as hand-written settings have it, counts as not set. */
export const countingOf = (given: { readonly [name in keyof Counting]?: unknown }): Counting => ({
  parameters: oneOf(parameterCountings, given.parameters, defaultCounting.parameters),
  operations: oneOf(operationCountings, given.operations, defaultCounting.operations),
  layers: oneOf(layerCountings, given.layers, defaultCounting.layers),
});

const oneOf = <T>(choices: readonly T[], given: unknown, otherwise: T): T => choices.find(choice => choice === given) ?? otherwise;
