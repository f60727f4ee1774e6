// One application of a layer while the graph is built; `graph-of.ts` turns it into plain data.
import type { Inference } from '../layers/infer.ts';
import type { Born } from './birth.ts';
import type { CallFrame } from './call-frame.ts';
import type { Marked } from './marks.ts';
import type { LayerValue, TensorValue } from './values.ts';

/** Applications are born in the order of evaluation: inputs are older. */
export interface Application extends Born, Marked {
  readonly layer: LayerValue;
  readonly inputs: readonly TensorValue[];
  /** Replaced only for an input of which nothing was known until a layer was applied to it. */
  inference: Inference;
  readonly frame: CallFrame;
  /** What was taken for granted: the notes of its own attributes and of everything that goes in. */
  readonly assumed: readonly string[];
  /** How many conditions lie around it that are not known: it happens only if they hold. */
  readonly conditions: number;
  /** True for what the program does not write down: the input of a sequential model, the join of two arms. */
  readonly implicit: boolean;
  /** The layer was applied before: its weights are not new. */
  readonly again: boolean;
  /** A model is applied to other tensors: TensorFlow.js works out what comes out of it, and does not apply its layers. */
  readonly replayed: boolean;
}
