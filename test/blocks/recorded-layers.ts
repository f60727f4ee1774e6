// Runs a module with the real TensorFlow.js and writes down every layer that it makes and applies, with the place in
// the module's source: the truth that inferred figures are compared with.
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs';
import { resetNameCounts } from './name-counts.ts';

export interface RecordedLayer {
  /** The same for all applications of one layer. */
  readonly layer: object;
  readonly className: string;
  readonly name: string;
  /** 1-based; `conv2d` in `tf.layers.conv2d(…)`. */
  readonly line: number;
  readonly column: number;
  readonly output: readonly (number | null)[];
  /** Of the tensors that one application gives after the first. */
  readonly furtherOutputs: readonly (readonly (number | null)[])[];
  readonly params: number;
  readonly trainableParams: number;
}

export interface Recording {
  /** In the order in which they were applied; input layers where they were made. */
  readonly layers: readonly RecordedLayer[];
  /** What the module threw, where it did. */
  readonly error?: Error;
}

/** A function that the module exports, to be called after the module has run. */
export interface ExportedCall {
  readonly name: string;
  readonly args: readonly unknown[];
}

/** The layers of TensorFlow.js are looked at from outside: every one passes through the constructor and `apply` of this class. */
const Layer = tf.layers.Layer.prototype as unknown as { apply(...args: unknown[]): unknown; _callHook: unknown };

type Tensor = { readonly shape: readonly (number | null)[] };
type MadeLayer = tf.layers.Layer & { readonly batchInputShape?: readonly (number | null)[] };

export async function recordLayers(file: string, calls: readonly ExportedCall[] = []): Promise<Recording> {
  const address = pathToFileURL(file).href;
  const layers: RecordedLayer[] = [];
  const places = new Map<object, { readonly line: number; readonly column: number } | undefined>();
  const note = (layer: MadeLayer, output: readonly (number | null)[], ...furtherOutputs: (readonly (number | null)[])[]): void => {
    const place = places.get(layer);
    if (!place || layer instanceof tf.LayersModel) return;
    layers.push({
      layer, className: layer.getClassName(), name: layer.name, ...place, output: output.map(dim => dim ?? null), furtherOutputs, params: layer.countParams(),
      // Read when the program has run: it may freeze a layer after it has applied it.
      get trainableParams() { return layer.trainableWeights.reduce((sum, weight) => sum + weight.shape.reduce<number>((size, dim) => size * dim!, 1), 0); },
    });
  };
  const { apply } = Layer;
  resetNameCounts();
  const stackTraceLimit = Error.stackTraceLimit;
  Error.stackTraceLimit = 200;
  // The constructor assigns this property first: the stack at that moment leads to the call in the module.
  const hooks = new WeakMap<object, unknown>();
  Object.defineProperty(Layer, '_callHook', {
    configurable: true,
    get(this: object) { return hooks.get(this) ?? null; },
    set(this: object, hook: unknown) {
      if (!places.has(this)) places.set(this, placeIn(new Error().stack ?? '', file));
      hooks.set(this, hook);
    },
  });
  Layer.apply = function (this: MadeLayer, ...args: unknown[]): unknown {
    const output = apply.apply(this, args);
    const [first, ...others] = Array.isArray(output) ? (output as Tensor[]) : [output as Tensor];
    note(this, first!.shape, ...others.map(({ shape }) => shape));
    return output;
  };
  let error: Error | undefined;
  try {
    const module = (await import(`${address}?run=${Date.now()}`)) as Record<string, (...args: readonly unknown[]) => unknown>;
    for (const { name, args } of calls) callExported(module, name, args);
  } catch (thrown) {
    error = thrown instanceof Error ? thrown : new Error(String(thrown));
  } finally {
    Layer.apply = apply;
    delete (Layer as Partial<typeof Layer>)._callHook;
    Error.stackTraceLimit = stackTraceLimit;
  }
  for (const layer of places.keys()) {
    if ((layer as MadeLayer).getClassName() === 'InputLayer') note(layer as MadeLayer, (layer as MadeLayer).batchInputShape!);
  }
  return error ? { layers, error } : { layers };
}

/** `create`, `Model.create` for a static method, `new Model`, or `new Model.build`, which makes a model to build. */
function callExported(module: Record<string, unknown>, name: string, args: readonly unknown[]): void {
  const [, isNew, exported, method] = /^(new )?(\w+)(?:\.(\w+))?$/.exec(name)!;
  const target = module[exported!] as Exported;
  if (isNew === undefined && method === undefined) target(...args);
  else if (isNew === undefined) target[method!]!(...args);
  else {
    const made = new target(...args);
    if (method !== undefined) made[method]!();
  }
}

type Call = (...args: readonly unknown[]) => unknown;
type Exported = Call & (new (...args: readonly unknown[]) => Record<string, Call>) & Record<string, Call>;

/**
 * The innermost frame of the module's folder, where it is the module's own. The constructors of classes that extend
 * `tf.layers.Layer` are no place where a layer is made: that is the `new` which leads to them.
 */
function placeIn(stack: string, file: string): { readonly line: number; readonly column: number } | undefined {
  const folder = path.dirname(file) + path.sep;
  const frames = stack.split('\n');
  const isConstructor = (frame: string | undefined): boolean => frame !== undefined && /^\s*at new /.test(frame);
  const frame = frames.find((line, i) => line.includes(folder) && !(isConstructor(line) && isConstructor(frames[i - 1])));
  if (frame === undefined || !frame.includes(file)) return undefined;
  const [, line, column] = /:(\d+):(\d+)\)?$/.exec(frame) ?? [];
  return line === undefined || column === undefined ? undefined : { line: Number(line), column: Number(column) };
}
