// Layers that are written alike but for their names, and those of what goes into them: one of them is described, and the others after it.
import type { AlikeObject, Pattern } from '../json/alike.ts';
import { field, isArray, isObject, isString, JsonObject, member, type JsonMember, type JsonValue, type UnreadObject } from '../json/json-tree.ts';
import type { LayerDescription } from './describe-model.ts';
import type { JsonText } from './json-text.ts';
import { namesOfTensors, type TensorName } from './tensor-names.ts';

/** Undefined for a layer that is no measure for others: one with layers in it, or with a configuration or inputs that are not known as a whole. */
export function namesInLayer(layer: JsonObject): readonly JsonValue[] | undefined {
  const [name, config, inbound] = [member(layer, 'name'), member(layer, 'config'), field(layer, 'inbound_nodes')];
  if (!isObject(config) || !config.unread || config.unread.text.includes('"layer')) return undefined;
  if (inbound && !(isArray(inbound) && inbound.unread)) return undefined;
  return [...(isString(name) ? [name] : []), ...(config.unread.name ? [config.unread.name] : []), ...namesOfTensors(inbound)];
}

/** A place in the example, and how many of its names end before it. */
interface PlaceInExample {
  readonly offset: number;
  readonly names: number;
}

/** The configuration of a layer that is alike. */
class AlikeConfig implements UnreadObject {
  constructor(readonly text: string, private readonly layer: AlikeObject, private readonly namePlace: number, private readonly start: number, private readonly end: number) {}

  get name(): JsonValue | undefined {
    return this.namePlace < 0 ? undefined : this.layer.nameAt(this.namePlace);
  }

  members(): JsonMember[] {
    return this.layer.membersBetween(this.start, this.end);
  }
}

/** Describes the layers of a pattern after its example. */
class LayersOfPattern {
  private readonly name: number;
  private readonly configName: number;
  private readonly tensors: readonly number[];
  private readonly places: readonly PlaceInExample[];

  /** `places` are those of `at`, and where `call` ends, in the text. */
  constructor(pattern: Pattern, private readonly example: LayerDescription, private readonly config: JsonObject, places: readonly number[]) {
    const { names } = pattern;
    this.places = [...places, config.start, config.end].map(offset => ({ offset, names: names.filter(({ end }) => end <= offset).length }));
    this.configName = config.unread?.name ? names.indexOf(config.unread.name) : -1;
    this.name = pattern.own < 0 ? this.configName : pattern.own;
    this.tensors = namesOfTensors(field(pattern.example, 'inbound_nodes')).map(name => names.indexOf(name));
  }

  describe(layer: AlikeObject, source: JsonText): LayerDescription {
    const { example: { className, module, calls, takesOneTensor, builtFor } } = this;
    const [start, end, callEnd, configStart, configEnd] = [this.offset(layer, 0), this.offset(layer, 1), this.offset(layer, 2), this.offset(layer, 3), this.offset(layer, 4)];
    const config = new JsonObject(configStart, new AlikeConfig(this.config.unread!.text, layer, this.configName, configStart, configEnd));
    config.end = configEnd;
    let tensor = 0;
    return {
      className, module, name: this.name < 0 ? undefined : layer.nameText(this.name), at: source.at(start, end), call: source.at(layer.start, callEnd), config, model: undefined,
      calls: calls.map(call => call.map(({ node, tensor: output, shape }): TensorName => {
        const from = layer.nameText(this.tensors[tensor++]!);
        return shape ? { layer: from, node, tensor: output, shape } : { layer: from, node, tensor: output };
      })),
      takesOneTensor, builtFor, damaged: false,
    };
  }

  private offset(layer: AlikeObject, place: number): number {
    const { offset, names } = this.places[place]!;
    return layer.offsetOf(offset, names);
  }
}

/** Undefined where the layer has to be described by itself. `describe` does that, and gives the places of `at` and the end of `call` in the text with it. */
export function describeAlike(layer: AlikeObject, source: JsonText, describe: (example: JsonObject) => DescribedExample | undefined): LayerDescription | undefined {
  const { pattern } = layer;
  const layers = (pattern.derived ??= layersOf(pattern, describe(pattern.example)) ?? 'none') as LayersOfPattern | 'none';
  return layers === 'none' ? undefined : layers.describe(layer, source);
}

export interface DescribedExample {
  readonly layer: LayerDescription;
  readonly places: readonly number[];
}

function layersOf(pattern: Pattern, described: DescribedExample | undefined): LayersOfPattern | undefined {
  const config = described?.layer.config;
  if (!described || !config || described.layer.model) return undefined;
  const inputs = described.layer.calls.flat();
  const names = namesOfTensors(field(pattern.example, 'inbound_nodes'));
  return inputs.length === names.length && inputs.every(({ layer }, i) => layer === names[i]!.value) ? new LayersOfPattern(pattern, described.layer, config, described.places) : undefined;
}
