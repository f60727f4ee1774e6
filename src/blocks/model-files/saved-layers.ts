// The layers of a model file, each with its rule, its configuration and what came of it.
import { valuesOf, type Attributes, type AttributeValue } from '../layers/attribute.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import { adoptRanks, rankOf, type Inference, type LayerProblem } from '../layers/infer.ts';
import { configuredLayer, type ConfiguredLayer } from '../layers/memo.ts';
import { checkReuse } from '../layers/reuse.ts';
import type { Problem } from '../problems/problem.ts';
import { isUnknown, unknown, type Unknown } from '../shapes/dim.ts';
import { isRanked, sameShape, unknownIn, type Shape } from '../shapes/shape.ts';
import { layerOfClass } from './class-names.ts';
import type { LayerDescription } from './describe-model.ts';
import { inferKerasLayer, isOperation } from './keras-layers.ts';
import { ignoredSettings, type Ignored } from './ignored-settings.ts';
import type { JsonText } from './json-text.ts';
import { member, stringAt } from '../json/json-tree.ts';
import { attributesOf, placeOf, type ModelOf } from './layer-attributes.ts';
import { withListedDims, withListedWeights } from './weights-from-list.ts';
import type { WeightsOfLayers } from './weights-of-layers.ts';

/** What is wrong only with TensorFlow.js: nothing to reproach a file with that was not made for it. */
const onlyTensorFlowJs: ReadonlySet<string> = new Set([
  'not-implemented', 'fails-when-run', 'differs-when-run', 'ignored-attribute', 'doubtful-attribute', 'invalid-attribute', 'open-dim', 'overwrites-input',
]);

/** Configurations of Keras have attributes that TensorFlow.js has never heard of. */
const ofWriting: ReadonlySet<string> = new Set(['unknown-attribute', 'missing-attribute', 'config-missing']);

interface ReadLayer {
  readonly definition: LayerDefinition | undefined;
  readonly attributes: Attributes;
  readonly configured: ConfiguredLayer | undefined;
  readonly ignored: Ignored;
}

/** Inputs of every rank, of which nothing else is known. */
const ranks: readonly Shape[] = [2, 3, 4, 5].map(rank => Array.from({ length: rank }, () => unknown('the input is not known')));

const nothingRead: ReadLayer = { definition: undefined, attributes: {}, configured: undefined, ignored: {} };

export class SavedLayer {
  readonly definition: LayerDefinition | undefined;
  readonly attributes: Attributes;
  /** Layers have their weights once, however often they are applied. */
  readonly weightsKey: number;
  private readonly configured: ConfiguredLayer | undefined;
  private readonly ignored: Ignored;
  private built: Inference | undefined = undefined;
  private reported: Set<string> | undefined = undefined;

  constructor(readonly description: LayerDescription, private readonly layers: SavedLayers) {
    this.weightsKey = layers.nextWeightsKey();
    ({ definition: this.definition, attributes: this.attributes, configured: this.configured, ignored: this.ignored } = description.damaged || isOperation(description.module) ? nothingRead : layers.read(description));
    if (this.configured && layers.forTensorFlowJs) this.report(this.configured.problems());
  }

  /** The same object for layers of equal configurations. */
  get attributeValues(): Readonly<Record<string, AttributeValue>> {
    return this.configured ? this.configured.attributeValues : valuesOf(this.attributes);
  }

  /** What graphs and features call it. */
  get layer(): string {
    return this.definition?.name ?? this.description.className;
  }

  /** `noted` is what the file says of the tensor that it gives, which counts where no rule does. */
  infer(inputs: readonly Shape[], noted?: Shape): Inference {
    let inference = this.inferByRule(inputs);
    if (noted && !this.definition && !isRanked(inference.output)) inference = { ...inference, output: noted, workings: [...inference.workings, 'output: as the file notes it'] };
    const { configured, ignored, description: { damaged, at, config } } = this;
    const listed = damaged || !isUnknown(inference.params) ? undefined : this.layers.listed?.of(this.description);
    if (!listed) return inference;
    if (configured && !ignored.params) {
      return withListedDims(inference, inference.weights.length > 0 ? [inference.weights] : ranks.map(dims => configured.infer([dims]).weights), listed);
    }
    const trainable = member(config, 'trainable');
    return withListedWeights(inference, listed, trainable?.kind === 'value' && trainable.value === false, at);
  }

  private inferByRule(inputs: readonly Shape[]): Inference {
    const { definition, configured, ignored } = this;
    if (!definition || !configured) return (this.description.damaged ? undefined : inferKerasLayer(this.description, inputs)) ?? nothingKnown(this.whyUnknown());
    const inference = configured.infer(inputs);
    if (inference.problems.length > 0) this.report(inference.problems);
    if (this.built) this.report(checkReuse(definition, this.built.weights, inference));
    this.built ??= inference;
    if (!ignored.output && !ignored.params) return inference;
    const params = ignored.params && inference.params !== 0 ? unknown(ignored.params, this.description.at) : undefined;
    return {
      ...inference, ...(ignored.output ? { output: unknown(ignored.output, this.description.at), workings: [] } : {}),
      ...(params ? { params, trainableParams: params, weights: [], macs: params, macProducts: [] } : {}),
    };
  }

  /** The input with the rank that the layer demands, where the file does not say what it is. */
  ranked(input: Shape): Shape {
    return this.definition && rankOf(this.definition) !== undefined ? adoptRanks(this.definition, [input])[0]! : input;
  }

  private whyUnknown(): Unknown {
    const { className, damaged, at } = this.description;
    return unknown(damaged ? 'the file is broken within this layer' : `the layer ${className} is not one of TensorFlow.js, and Blockscope does not know it`, at);
  }

  private report(problems: readonly LayerProblem[]): void {
    for (const { id, severity, message, attribute } of problems) {
      if (ofWriting.has(id) || (!this.layers.forTensorFlowJs && onlyTensorFlowJs.has(id)) || this.reported?.has(message)) continue;
      (this.reported ??= new Set()).add(message);
      const place = attribute === undefined ? undefined : placeOf(attribute, this.description.config);
      this.layers.problems.push({ id, severity, message, at: place ? this.layers.source.at(place.start, place.end) : this.description.at, related: [] });
    }
  }
}

/** More applications than this are the doing of models that contain each other many times over. */
const mostApplications = 60_000;

export class SavedLayers {
  private applications = 0;
  readonly problems: Problem[] = [];
  private readonly byDescription = new Map<LayerDescription, SavedLayer>();
  /** By class and by what the configuration says besides the name. */
  private readonly alike = new Map<string, Map<string, ReadLayer>>();
  private weightsKeys = 0;

  /** `listed` are the weights that the file lists, by layer. */
  constructor(readonly source: JsonText, readonly forTensorFlowJs: boolean, readonly listed: WeightsOfLayers | undefined, readonly modelOf: ModelOf) {}

  of(description: LayerDescription): SavedLayer {
    let layer = this.byDescription.get(description);
    if (!layer) this.byDescription.set(description, (layer = new SavedLayer(description, this)));
    return layer;
  }

  /** Layers that are configured alike are read once. */
  read(description: LayerDescription): ReadLayer {
    const { className, config } = description;
    if (!config?.unread || config.unread.text.includes('"layer')) return this.readNew(description);
    let ofClass = this.alike.get(className);
    if (!ofClass) this.alike.set(className, (ofClass = new Map()));
    let read = ofClass.get(config.unread.text);
    if (!read) ofClass.set(config.unread.text, (read = this.readNew(description)));
    return read;
  }

  private readNew({ className, config }: LayerDescription): ReadLayer {
    const definition = layerOfClass(className, stringAt(config, 'mode'));
    const attributes = attributesOf(definition, config, this.modelOf);
    return {
      definition, attributes, configured: definition && configuredLayer(definition, attributes),
      ignored: definition ? ignoredSettings(definition.name, config, this.forTensorFlowJs) : {},
    };
  }

  /** To be asked before each application. */
  isSpent(): boolean {
    return this.applications++ >= mostApplications;
  }

  nextWeightsKey(): number {
    return this.weightsKeys++;
  }
}

export function nothingKnown(reason: Unknown): Inference {
  return { output: reason, furtherOutputs: [], weights: [], params: reason, trainableParams: reason, macs: reason, macProducts: [], workings: [], problems: [] };
}

/** Of what only stands for something that goes in. */
export const inputInference = (output: Shape): Inference =>
  ({ output, furtherOutputs: [], weights: [], params: 0, trainableParams: 0, macs: 0, macProducts: [], workings: [], problems: [] });

/** Whether the rest of a figure is all that a file could say of it. */
export const isFullyKnown = (shape: Shape): boolean => unknownIn(shape) === undefined;

export const sameInference = (a: Inference, b: Inference): boolean =>
  a === b || (sameShape(a.output, b.output) && (a.params === b.params || (isUnknown(a.params) && isUnknown(b.params)))
    && a.furtherOutputs.length === b.furtherOutputs.length && a.furtherOutputs.every((shape, i) => sameShape(shape, b.furtherOutputs[i]!)) && a.macs === b.macs);
