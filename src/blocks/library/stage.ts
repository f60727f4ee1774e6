// A stage of a network: one block after the other at one size, the first of which comes down to it.
import type { Block, NamedBlock } from 'blockscope/vocabulary';

export interface StageParameters {
  readonly inFeatures: number;
  readonly outFeatures: number;
  /** Of the first block; the others have 1. */
  readonly strides?: number;
  /** How many blocks there are. */
  readonly depth: number;
}

/** What differs between the blocks of a stage. */
export interface PlaceInStage {
  readonly inFeatures: number;
  readonly outFeatures: number;
  readonly strides: number;
  /** Counted from 0. */
  readonly index: number;
}

/** The first block has the stride and the channels of the stage before; all others keep the shape. */
export const stage = ({ inFeatures, outFeatures, strides = 1, depth }: StageParameters, blockAt: (place: PlaceInStage) => Block): NamedBlock => ({
  block: 'stage',
  parameters: { inFeatures, outFeatures, strides, depth },
  layers: Array.from({ length: depth }, (_, index) =>
    blockAt(index === 0 ? { inFeatures, outFeatures, strides, index } : { inFeatures: outFeatures, outFeatures, strides: 1, index })),
});
