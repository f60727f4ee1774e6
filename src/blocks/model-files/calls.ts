// The calls of a functional model in an order in which each finds what goes into it, whatever order the file has them in.
import { unknown } from '../shapes/dim.ts';
import { isRanked, type Shape } from '../shapes/shape.ts';
import type { Steps } from '../steps.ts';
import type { Tensor } from './build-graph.ts';
import type { LayerDescription, ModelDescription } from './describe-model.ts';
import type { TensorName } from './tensor-names.ts';

export interface Caller {
  /** The tensor of an input; `place` is its place among those of the model. */
  input(layer: LayerDescription, place: number): Tensor;
  /** `noted` is the shape that the file says its first tensor had. */
  apply(layer: LayerDescription, inputs: readonly Tensor[], noted: Shape | undefined): readonly Tensor[];
  /** The same for a layer that is a model itself. */
  applyModel(layer: LayerDescription, model: ModelDescription, inputs: readonly Tensor[]): Steps<readonly Tensor[]>;
}

/** So many layers are applied in one step. */
export const callsInStep = 200;

interface Call {
  readonly layer: LayerDescription;
  readonly index: number;
  readonly names: readonly TensorName[];
}

export class Calls {
  private readonly byName = new Map<string, LayerDescription>();
  private readonly ambiguous = new Set<string>();
  /** By layer and application. */
  private readonly results = new Map<LayerDescription, (readonly Tensor[] | undefined)[]>();
  private readonly waiting = new Map<string, Call[]>();
  private readonly ready: Call[] = [];
  /** What number the first application of a model has: Keras counts the one that it was made with. */
  private readonly firstIndex = new Map<LayerDescription, number>();
  /** The shapes that tensors had when the model was saved. */
  private readonly recorded = new Map<string, Shape>();
  private readonly used = new Set<string>();

  constructor(private readonly model: ModelDescription) {
    for (const layer of model.layers) {
      if (layer.name === undefined) continue;
      if (this.byName.has(layer.name)) this.ambiguous.add(layer.name);
      this.byName.set(layer.name, layer);
    }
    for (const { calls } of model.layers) for (const names of calls) for (const name of names) this.note(name);
    for (const name of model.outputs ?? []) this.note(name);
  }

  private note({ layer: name, node, tensor, shape }: TensorName): void {
    if (shape) this.recorded.set(keyOf(name, node, tensor), shape);
    const layer = this.byName.get(name);
    if (layer?.model) this.firstIndex.set(layer, Math.max(this.firstIndex.get(layer) ?? 0, node >= layer.calls.length ? 1 : 0));
  }

  *run(caller: Caller): Steps<readonly Tensor[]> {
    const { model } = this;
    this.addInputs(caller);
    for (const layer of model.layers) {
      if (this.results.has(layer)) continue;
      this.results.set(layer, []);
      layer.calls.forEach((names, index) => this.ready.push({ layer, index, names }));
      // Whatever went into it is in the part that is broken.
      if (layer.calls.length === 0 && layer.damaged) this.finish({ layer, index: 0, names: [] }, caller.apply(layer, [], undefined));
    }
    this.ready.reverse();
    yield* this.runReady(caller);
    // What is left waits for itself.
    for (const calls of this.waiting.values()) {
      while (calls.length > 0) {
        const call = calls.pop()!;
        yield* this.call(call, caller);
        yield* this.runReady(caller);
      }
    }
    return model.outputs ? model.outputs.map(name => this.find(name) ?? this.circular(name)) : this.loose();
  }

  private addInputs(caller: Caller): void {
    const { model, byName } = this;
    const named = model.inputs?.flatMap(({ layer }) => byName.get(layer) ?? []).filter(isInputLayer) ?? [];
    const inputs = [...new Set([...named, ...model.layers.filter(isInputLayer)])];
    inputs.forEach((layer, place) => this.results.set(layer, [[caller.input(layer, place)]]));
  }

  private *runReady(caller: Caller): Steps<void> {
    let calls = 0;
    for (let call = this.ready.pop(); call; call = this.ready.pop()) {
      const missing = call.names.find(name => this.find(name) === undefined);
      if (!missing) {
        yield* this.call(call, caller);
        if (++calls % callsInStep === 0) yield;
      } else {
        const key = keyOf(missing.layer, this.indexOf(missing));
        const others = this.waiting.get(key);
        if (others) others.push(call);
        else this.waiting.set(key, [call]);
      }
    }
  }

  private *call(call: Call, caller: Caller): Steps<void> {
    const inputs = call.names.map(name => this.find(name) ?? this.circular(name));
    if (!this.model.outputs) for (const name of call.names) this.used.add(keyOf(name.layer, this.indexOf(name), name.tensor));
    const { layer } = call;
    this.finish(call, layer.model ? yield* caller.applyModel(layer, layer.model, inputs) : caller.apply(layer, inputs, this.recorded.get(keyOf(layer.name ?? '', this.numberOf(call), 0))));
  }

  private numberOf({ layer, index }: Pick<Call, 'layer' | 'index'>): number {
    return index + (this.firstIndex.get(layer) ?? 0);
  }

  private finish({ layer, index }: Call, outputs: readonly Tensor[]): void {
    const name = layer.name ?? '';
    const number = this.numberOf({ layer, index });
    this.results.get(layer)![index] = this.recorded.size === 0 ? outputs : outputs.map((tensor, i) => {
      const recorded = this.recorded.get(keyOf(name, number, i));
      return recorded && !isRanked(tensor.shape) ? { ...tensor, shape: recorded } : tensor;
    });
    if (this.waiting.size === 0) return;
    const key = keyOf(name, index);
    const waiting = this.waiting.get(key);
    if (!waiting) return;
    this.waiting.delete(key);
    this.ready.push(...waiting.splice(0).reverse());
  }

  /** Undefined where it will come, or would if nothing went round in a circle. */
  private find(name: TensorName): Tensor | undefined {
    const none = (reason: string): Tensor => ({ shape: name.shape ?? unknown(reason), node: -1, port: 0 });
    const layer = this.byName.get(name.layer);
    if (!layer) return none(`the layer ${name.layer}, which goes in, is not in the file`);
    if (this.ambiguous.has(name.layer)) return none(`more than one layer is called ${name.layer}`);
    const index = this.indexOf(name);
    if (index < 0 || (index >= layer.calls.length && !(index === 0 && (isInputLayer(layer) || layer.damaged)))) {
      return none(layer.damaged ? `the file is broken within ${name.layer}` : `${name.layer} is not applied ${index + 1} times`);
    }
    const outputs = this.results.get(layer)?.[index];
    return outputs && (outputs[name.tensor] ?? none(`whether ${name.layer} gives ${name.tensor + 1} tensors is not known`));
  }

  private indexOf({ layer: name, node }: TensorName): number {
    const layer = this.byName.get(name);
    return node - (layer ? this.firstIndex.get(layer) ?? 0 : 0);
  }

  private readonly circular = (name: TensorName): Tensor => ({ shape: name.shape ?? unknown(`what goes into ${name.layer} goes round in a circle`), node: -1, port: 0 });

  /** Where the outputs are not named: what goes into nothing. */
  private loose(): readonly Tensor[] {
    return this.model.layers.flatMap(layer => (this.results.get(layer) ?? []).flatMap((outputs, index) =>
      (outputs ?? []).filter((_, port) => !this.used.has(keyOf(layer.name ?? '', index, port)))));
  }
}

const isInputLayer = ({ className, calls }: LayerDescription): boolean => className === 'InputLayer' && calls.length === 0;

const keyOf = (layer: string, node: number, tensor?: number): string => `${node} ${tensor ?? ''} ${layer}`;
