// The figures of one result of a line, by a convention.
import type { BlockVariant, LayerVariant } from '../analysis.ts';
import type { Counting } from '../counting/counting.ts';
import { countedOperations, type CountedOperations } from '../counting/operations.ts';
import { buffersOf, countedParams } from '../counting/parameters.ts';
import { countedTotalsOf } from '../counting/totals.ts';
import type { Dim } from '../shapes/dim.ts';

/** Of a layer, or of a block that is put together of others. */
export type SiteResult = LayerVariant | BlockVariant;

const isOfBlock = (variant: SiteResult): variant is BlockVariant => 'graph' in variant;

// By default they are what was inferred: the node of a result, which most are never asked for, is not made for it.

export const paramsOf = (variant: SiteResult, counting: Counting): Dim =>
  (counting.parameters === 'keras' ? variant.params : isOfBlock(variant) ? countedTotalsOf(variant, counting).params : countedParams({ params: variant.params, weights: variant.node.weights }, counting));

export const operationsOf = (variant: LayerVariant, counting: Counting): CountedOperations =>
  (variant.macs === 0 && counting.layers === 'convolutionAndDense' ? none : countedOperations(variant.node, variant.inputs, counting));

export const operationCountOf = (variant: SiteResult, counting: Counting): Dim =>
  (counting.operations === 'macs' && counting.layers === 'convolutionAndDense' ? variant.macs
    : isOfBlock(variant) ? countedTotalsOf(variant, counting).operations : operationsOf(variant, counting).count);

const none: CountedOperations = { count: 0, products: [] };

/** What of the parameters is never learnt, whether it is counted or not. */
export const buffersIn = (variant: LayerVariant): Dim => buffersOf({ params: variant.params, weights: variant.node.weights });
