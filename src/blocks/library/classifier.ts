// The end of nearly every network for images: from channels to classes.
import { block, dense, dropout, globalAveragePooling2d } from 'blockscope/vocabulary';

export interface ClassifierParameters {
  /** 1000 by default, as ImageNet has them. */
  readonly classes?: number;
  /** The share of the means that is dropped while training. */
  readonly dropRate?: number;
}

/**
 * The mean of each channel, and one value per class of the means. `[batch, height, width, channels]` becomes `[batch, classes]`. Lin et
 * al.: Network In Network, section 3.2 (arXiv 1312.4400).
 */
export const classifier = block('classifier', ({ classes = 1000, dropRate = 0 }: ClassifierParameters) => [
  globalAveragePooling2d(),
  dropRate > 0 && dropout(dropRate),
  dense({ units: classes }),
]);
