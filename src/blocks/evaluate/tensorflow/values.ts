// The values of TensorFlow.js: layers, tensors and models.
import { valuesOf, type Attribute, type Attributes, type AttributeValue } from '../../layers/attribute.ts';
import type { LayerDefinition, WeightShape } from '../../layers/define-layer.ts';
import type { ConfiguredLayer } from '../../layers/memo.ts';
import type { Unknown } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import type { Location } from '../../text/location.ts';
import type { Application } from '../application.ts';
import { birth } from '../birth.ts';
import type { CallFrame } from '../call-frame.ts';
import type { Made } from '../creations.ts';
import type { ClassValue, ObjectValue, UnknownValue, Value } from '../values.ts';
import type { DefaultName } from './default-names.ts';

/** A layer as the source makes it, before and after it is applied. */
export class LayerValue {
  readonly kind = 'layer';
  readonly born = birth();
  /** The weights, made when the layer is applied for the first time. */
  weights: readonly WeightShape[] | undefined = undefined;
  /** The name that TensorFlow.js gives it, where the program gives none. */
  defaultName: DefaultName | undefined = undefined;
  /** Which one it is of those that its part has made. */
  place = -1;
  /** What the program sets `layer.trainable` to; undefined where it does not. */
  trainable: Value;
  /** What a model that has the layer, or a setting of the layer after that, makes of its weights; set on few. */
  declare weightsTrained: Value;
  /** What conditions took for granted without which it would not have been made; set on few. */
  declare assumed: readonly string[] | undefined;
  constructor(
    /** The name in the registry, or the one that the source uses where the registry has none. */
    readonly layer: string,
    readonly definition: LayerDefinition | undefined,
    readonly attributes: Attributes,
    readonly at: Location,
    readonly call: Location,
    readonly frame: CallFrame,
    /** What its rules make of inputs; absent where they are not known, and for what is never applied. */
    readonly configured?: ConfiguredLayer,
  ) {}

  private values: Readonly<Record<string, AttributeValue>> | undefined = undefined;

  /** The attributes without their places, for the nodes of the layer; asked for when the program has been evaluated. */
  get attributeValues(): Readonly<Record<string, AttributeValue>> {
    return this.configured?.attributeValues ?? (this.values ??= valuesOf(this.attributes));
  }
}

/** An object of a class of the program's own that extends `tf.layers.Layer`: a layer with properties and methods. */
export class CustomLayerValue extends LayerValue {
  constructor(
    className: string,
    readonly madeBy: ClassValue,
    /** What the program's class and its constructor put there. */
    readonly object: ObjectValue,
    /** Filled when the class calls `super(config)`. */
    override readonly attributes: Record<string, Attribute>,
    at: Location,
    call: Location,
    frame: CallFrame,
  ) {
    super(className, undefined, attributes, at, call, frame);
  }
}

export class TensorValue {
  readonly kind = 'tensor';
  /** Becomes known later only where it goes into a model and nothing was known of it. */
  shape: Shape;
  constructor(
    shape: Shape,
    readonly application: Application,
    /** Which of the tensors that the application gives. */
    readonly output = 0,
  ) {
    this.shape = shape;
  }

  get born(): number {
    return this.application.born;
  }
}

/** What a model is made of. */
export type ModelPart = LayerValue | ModelValue | UnknownValue;

export class ModelValue {
  readonly kind = 'model';
  readonly born = birth();
  private listed: readonly ModelPart[] = [];
  private findLayers: (() => readonly ModelPart[]) | undefined;
  inputs: readonly TensorValue[] = [];
  outputs: readonly TensorValue[] = [];
  /** Why something outside the source that is read may have added layers. */
  open: Unknown | undefined = undefined;
  /** The same, where it only means layers before those that are listed: what comes behind follows from one to the next. */
  openStart: Unknown | undefined = undefined;
  /** How many of the listed layers are certainly there; absent for all. */
  certainLayers: number | undefined = undefined;
  /** The name that TensorFlow.js gives it, where the program gives none. */
  defaultName: Made | undefined = undefined;
  /** What the program sets `model.trainable` to; set on few. */
  declare trainable: Value;
  /** The variable that the program puts it in. */
  variable: string | undefined = undefined;
  constructor(
    readonly type: 'sequential' | 'model',
    readonly at: Location,
    readonly call: Location,
    readonly frame: CallFrame,
    readonly givenName: string | undefined,
  ) {}

  /** Layers and nested models in the order of a sequential model; replaced as a whole by every change. */
  get layers(): readonly ModelPart[] {
    if (this.findLayers) this.layers = this.findLayers();
    return this.listed;
  }

  set layers(layers: readonly ModelPart[]) {
    this.findLayers = undefined;
    this.listed = layers;
  }

  /** Has the layers found when somebody asks for them: of a model that is made of tensors. */
  listLayers(find: () => readonly ModelPart[]): void {
    this.findLayers = find;
  }
}
