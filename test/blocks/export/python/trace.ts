// What a model does, as a list of operations: read back of exported Python, or worked out of a graph, and then compared.
import assert from 'node:assert/strict';

/** A tensor of known shape. `axes[i]` is the axis of the graph's tensor that lies at axis i of this one. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly axes: readonly number[];
  /** The operation that gave it, or −1 − the number of the input. */
  readonly from: number;
  /** What was put around it and is for the next window to count. */
  readonly pad?: Pad;
}

export interface Pad {
  /** For each axis of the image, before and after. */
  readonly margins: readonly (readonly [number, number])[];
  readonly value: number;
  /** Set where the margins are those of all axes, batch and channels included. */
  readonly ofAll?: true;
}

export interface Operation {
  readonly kind: string;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly params: number;
  readonly inputs: readonly number[];
  /** In the order of the graph's axes. */
  readonly shape: readonly number[];
}

export const isTensor = (value: unknown): value is Tensor => typeof value === 'object' && value !== null && 'axes' in value;

export const identity = (rank: number): readonly number[] => Array.from({ length: rank }, (_, i) => i);

/** Channels, which the graph has last, right behind the batch. */
export const channelsFirst = (rank: number): readonly number[] => [0, rank - 1, ...identity(rank).slice(1, -1)];

export const inGraph = ({ shape, axes }: Pick<Tensor, 'shape' | 'axes'>): readonly number[] => identity(shape.length).map(axis => shape[axes.indexOf(axis)]!);

export class Trace {
  readonly operations: Operation[] = [];
  /** Of layers, each once. */
  readonly layers = new Map<object, number>();

  /** What an operation gives; `axes` are those of the first tensor where it keeps them. */
  add(kind: string, settings: Operation['settings'], inputs: readonly Tensor[], shape: readonly number[], more: { readonly params?: number; readonly axes?: readonly number[]; readonly layer?: object } = {}): Tensor {
    const settled = inputs.map(tensor => this.settle(tensor));
    const axes = more.axes ?? (settled[0]!.axes.length === shape.length ? settled[0]!.axes : identity(shape.length));
    for (const size of shape) assert.ok(Number.isInteger(size) && size > 0, `${kind} gives [${shape.join(', ')}]`);
    if (more.layer) this.layers.set(more.layer, more.params ?? 0);
    this.operations.push({ kind, settings, params: more.params ?? 0, inputs: settled.map(({ from }) => from), shape: inGraph({ shape, axes }) });
    return { shape, axes, from: this.operations.length - 1 };
  }

  /** A pad that no window has counted is an operation of its own. */
  settle(tensor: Tensor): Tensor {
    if (!tensor.pad) return tensor;
    const { pad, ...plain } = tensor;
    if (pad.margins.flat().every(margin => margin === 0)) return plain;
    return this.add('pad', { ...pad }, [plain], tensor.shape);
  }
}

/** A window over the axes of an image, with what was put around it before. */
export const withPad = (margins: Pad['margins'], pad: Pad | undefined): Pad['margins'] =>
  (pad ? margins.map(([before, after], axis) => [before + pad.margins[axis]![0], after + pad.margins[axis]![1]] as const) : margins);

/** TensorFlow's 'same'. */
export function sameMargins(lengths: readonly number[], sizes: readonly number[], strides: readonly number[], dilations: readonly number[]): Pad['margins'] {
  return lengths.map((length, i) => {
    const total = Math.max(0, (Math.ceil(length / strides[i]!) - 1) * strides[i]! + (sizes[i]! - 1) * dilations[i]! + 1 - length);
    return [Math.floor(total / 2), total - Math.floor(total / 2)] as const;
  });
}

/** How many places a window has over a length. */
export const places = (length: number, size: number, stride: number, dilation: number, [before, after]: readonly [number, number], rounds: 'down' | 'up' = 'down'): number => {
  const steps = (length + before + after - (size - 1) * dilation - 1) / stride;
  const count = (rounds === 'up' ? Math.ceil(steps) : Math.floor(steps)) + 1;
  // The last window has to begin inside of the image, or of what stands before it.
  return rounds === 'up' && (count - 1) * stride >= length + before ? count - 1 : count;
};

export const perAxis = (value: unknown, count: number): readonly number[] => (Array.isArray(value) ? value as readonly number[] : new Array<number>(count).fill(value as number));

export const product = (numbers: readonly number[]): number => numbers.reduce((a, b) => a * b, 1);

/** A line for each, so that a difference is read easily. */
export const linesOf = (operations: readonly Operation[]): readonly string[] => operations.map(({ kind, settings, params, inputs, shape }, i) =>
  `${i}: ${kind} ${JSON.stringify(Object.fromEntries(Object.entries(settings).sort(([a], [b]) => (a < b ? -1 : 1))), (_, value: unknown) => (value === -Infinity ? '-inf' : value))} of ${inputs.join(', ')}: ${params} → [${shape.join(', ')}]`);

/** What a text does: its operations, and the tensors that come out. */
export interface Reading {
  readonly trace: Trace;
  readonly outputs: readonly Tensor[];
}
