// The figures of an analysis as plain data, in the order of the file.
import type { Analysis } from '../../../src/blocks/analysis.ts';
import { isUnknown, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { unknownIn, type Shape } from '../../../src/blocks/shapes/shape.ts';

export interface Figures {
  readonly name: string | undefined;
  readonly output: readonly (number | null)[] | '?';
  readonly params: number | '?';
  readonly trainable: number | '?';
}

/** Of each layer and each model within the model, its first result. */
export function figuresIn({ sites, blockSites }: Analysis): Figures[] {
  const layers = sites.flatMap(({ at, variants: [first] }) => (first ? [{ at, figures: { name: first.names[0], output: plain(first.output), params: count(first.params), trainable: count(first.trainableParams) } }] : []));
  const models = blockSites.map(({ name, at, variants: [first] }) => ({ at, figures: { name, output: plain(first!.output), params: count(first!.params), trainable: count(first!.totals.trainableParams) } }));
  return [...layers, ...models].sort((a, b) => a.at.start - b.at.start).map(({ figures }) => figures);
}

export const plain = (shape: Shape): Figures['output'] => (unknownIn(shape) ? '?' : shape as readonly (number | null)[]);

export const count = (dim: Dim): number | '?' => (isUnknown(dim) ? '?' : dim as number);
