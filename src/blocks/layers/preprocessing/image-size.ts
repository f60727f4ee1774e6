// The size that an image gets, as resizing and centerCrop have it: TensorFlow.js neither checks it nor insists on it.
import { failsWhenRun } from '../../problems/fails-when-run.ts';
import type { Dim } from '../../shapes/dim.ts';
import { uncheckedCount } from '../attribute-types.ts';
import type { LayerConfig } from '../define-layer.ts';

export const imageSize = {
  height: uncheckedCount({ doc: 'The height of what comes out.' }),
  width: uncheckedCount({ doc: 'The width of what comes out.' }),
};

export function reportMissingSize(layer: string, { attributes, report }: LayerConfig<typeof imageSize>): void {
  for (const name of ['height', 'width'] as const) if (attributes[name] === undefined) report(failsWhenRun, { layer, what: `${name} is not given` });
}

/** TensorFlow.js leaves open what is not given. */
export const sizeOf = ({ attributes: { height, width } }: LayerConfig<typeof imageSize>): readonly [Dim, Dim] => [height ?? null, width ?? null];
