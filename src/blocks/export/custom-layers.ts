// What tf.layers does not have, as classes of layers that their own definitions compute.
import type { Attributes } from '../layers/attribute.ts';
import type { LayerDefinition, Runtime, Tensor } from '../layers/define-layer.ts';
import { inferLayer } from '../layers/infer.ts';
import { readAttributes } from '../layers/read-attributes.ts';
import { findLayerOfBlocks } from '../layers/registry.ts';
import type { Config } from './layer-steps.ts';

/** The layer of block definitions that each class computes, and what is always set of it. */
const definitions: Readonly<Record<string, { readonly layer: string; readonly always?: Config }>> = {
  AdaptiveAveragePooling2D: { layer: 'adaptiveAveragePooling2d' },
  ChannelShuffle: { layer: 'channelShuffle' },
  GroupedConv2D: { layer: 'conv2d' },
  HardSigmoid: { layer: 'activation', always: { activation: 'hardSigmoid' } },
  HardSwish: { layer: 'activation', always: { activation: 'hardSwish' } },
  LayerScale: { layer: 'layerScale' },
  PaddedMaxPooling2D: { layer: 'maxPooling2d' },
  SliceChannels: { layer: 'sliceChannels' },
};

export const customLayerNames: readonly string[] = Object.keys(definitions);

type Layer = InstanceType<Runtime['layers']['Layer']>;
type Shape = (number | null)[];
export type LayerClass = new (config: Config) => Layer;

/** The class of the name, registered so that saved models are read again. */
export function customLayerClass(tf: Runtime, className: string): LayerClass {
  const { layer, always = {} } = definitions[className]!;
  const definition = findLayerOfBlocks(layer)!;

  class CustomLayer extends tf.layers.Layer {
    static readonly className = className;
    private readonly attributes: Attributes;

    constructor(private readonly config: Config) {
      super(config as ConstructorParameters<Runtime['layers']['Layer']>[0]);
      this.attributes = attributesOf(definition, { ...config, ...always });
    }

    override build(inputShape: Shape): void {
      const { weights } = inferLayer(definition, this.attributes, [inputShape]);
      for (const { name, shape, trainable } of weights) this.addWeight(name, [...shape] as Shape, 'float32', this.initializer(name), undefined, trainable);
      super.build(inputShape);
    }

    override computeOutputShape(inputShape: Shape): Shape {
      return [...inferLayer(definition, this.attributes, [inputShape]).output as Shape];
    }

    override call(inputs: Tensor | Tensor[]): Tensor {
      return tf.tidy(() => {
        const input = Array.isArray(inputs) ? inputs[0]! : inputs;
        const { cases: [attributes] } = readAttributes(definition, this.attributes);
        const weights = Object.fromEntries(this.weights.map(weight => [weight.originalName.split('/').at(-1)!, weight.read()]));
        return definition.run!(tf, { attributes: attributes as never, inputs: [input], weights, output: this.computeOutputShape(input.shape) as number[] });
      });
    }

    override getConfig(): ReturnType<Layer['getConfig']> {
      return { ...super.getConfig(), ...this.config } as ReturnType<Layer['getConfig']>;
    }

    private initializer(weight: string): ReturnType<Runtime['initializers']['zeros']> {
      if (weight === 'gamma') return tf.initializers.constant({ value: Number(this.config['initialValue'] ?? definition.attributes['initialValue']?.default ?? 1) });
      return weight === 'kernel' ? tf.initializers.glorotNormal({}) : tf.initializers.zeros();
    }
  }

  tf.serialization.registerClass(CustomLayer as unknown as Parameters<Runtime['serialization']['registerClass']>[0]);
  return CustomLayer;
}

/** What the framework reads itself is no attribute of the definition. */
const attributesOf = (definition: LayerDefinition, config: Config): Attributes =>
  Object.fromEntries(Object.entries(config).filter(([name]) => name in definition.attributes).map(([name, value]) => [name, { value: value as Attributes[string]['value'] }]));
