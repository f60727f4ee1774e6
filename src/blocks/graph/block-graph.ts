// The block graph: what every front end builds and every picture, table, total and run is made from. Plain data, so
// that it can be posted to the webview as it is.
import type { Dim } from '../shapes/dim.ts';
import type { Location } from '../text/location.ts';
import type { AttributeValue } from '../layers/attribute.ts';
import type { Inference } from '../layers/infer.ts';

/** One application of a layer to its inputs, with what the layer makes of them. */
export interface GraphNode extends Omit<Inference, 'problems' | 'states'> {
  /** The node's index in `BlockGraph.nodes`; inputs always come earlier in the list. */
  readonly id: number;
  /** The layer's name in the registry: `conv2d`. */
  readonly layer: string;
  /** Set for a layer of block definitions that `tf.layers` does not have, or not with all that it can do there. */
  readonly vocabulary?: 'blocks';
  /** The name that the source gives it (`name: 'stem'`), where it does. */
  readonly name?: string;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** Ids of the nodes whose outputs go in. */
  readonly inputs: readonly number[];
  /** Which of the tensors of each input goes in, 0 being its `output`; absent where it is that one throughout. */
  readonly inputPorts?: readonly number[];
  /** Nodes with the same key are the same layer applied again: its weights are counted once. */
  readonly weightsKey: number;
  /** Where the layer's name stands in the call that made it: `conv2d` in `tf.layers.conv2d(…)`. */
  readonly at: Location;
  readonly callPath: CallPath;
  /** The group the node belongs to; 0 is the block itself. */
  readonly group: number;
  /** What was taken for granted, as the user reads it: `classes = 10`. Empty where nothing was. */
  readonly assumed: readonly string[];
  /** True where it lies in one arm of a condition that is not known. */
  readonly optional: boolean;
}

/** The calls that led to a place, outermost first; empty at the top level of the file. */
export type CallPath = readonly CallStep[];

export interface CallStep {
  /** The called function's name, as far as it has one. */
  readonly name: string;
  /** What people know the call by, where that is not the name of the function: a preset of a block file. */
  readonly shownAs?: string;
  readonly at: Location;
}

/** What the picture draws a frame around: a function call, or a nested model. Groups nest. */
export interface Group {
  readonly id: number;
  readonly parent: number | null;
  readonly kind: 'block' | 'function' | 'model';
  readonly name: string;
  readonly at: Location;
}

export interface BlockGraph {
  readonly nodes: readonly GraphNode[];
  readonly groups: readonly Group[];
  /** Ids of the nodes that stand for what goes in: `inputLayer` nodes, with any dims that are symbolic or open. */
  readonly inputs: readonly number[];
  readonly outputs: readonly number[];
  /** As `GraphNode.inputPorts`. A node that gives several of its tensors is listed once for each. */
  readonly outputPorts?: readonly number[];
}

/** Sums over a graph; weights that are shared count once. A sum with an unknown in it is unknown. */
export interface Totals {
  readonly params: Dim;
  readonly trainableParams: Dim;
  readonly nonTrainableParams: Dim;
  readonly macs: Dim;
}
