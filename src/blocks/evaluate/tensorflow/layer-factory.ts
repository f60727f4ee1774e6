// `tf.layers.conv2d(…)` and its like.
import { configuredLayer, type ConfiguredLayer } from '../../layers/memo.ts';
import type { Attributes } from '../../layers/attribute.ts';
import type { LayerDefinition } from '../../layers/define-layer.ts';
import type { Location } from '../../text/location.ts';
import { native } from '../builtins/native.ts';
import type { Run } from '../run.ts';
import { ObjectValue, type NativeCall, type NativeFunction, type Value } from '../values.ts';
import { isInputLayer, makeLayer, tensorOfInputLayer } from './apply-layer.ts';
import { attributesOf } from './attributes.ts';

/** A layer that the registry does not have is made all the same; what comes out of it is unknown. */
export const layerFactory = (name: string, definition: LayerDefinition | undefined): NativeFunction =>
  native(`tf.layers.${name}`, (run, call) => {
    const { attributes, configured } = configurationOf(run, definition, call.args[0], call.argsAt[0] ?? call.at);
    if (configured) reportConfig(run, configured, attributes, call);
    const layer = makeLayer(run, name, definition, attributes ?? noAttributes, configured, call.at, call.call);
    if (isInputLayer(layer)) tensorOfInputLayer(run, layer);
    return layer;
  });

const noAttributes: Attributes = {};

/** What a layer was made with. */
export interface Configuration {
  readonly definition: LayerDefinition | undefined;
  readonly attributes: Attributes | undefined;
  readonly configured: ConfiguredLayer | undefined;
}

/** A line that is evaluated again, by another call or in the next turn of a loop, most often says the same again. */
function configurationOf(run: Run, definition: LayerDefinition | undefined, config: Value, at: Location): Configuration {
  const before = run.configurations.get(at);
  if (before && before.definition === definition && saysTheSame(config, at, before.attributes)) return before;
  const attributes = attributesOf(run, definition, config, at);
  const configuration = { definition, attributes, configured: definition && configuredLayer(definition, attributes) };
  run.configurations.set(at, configuration);
  return configuration;
}

/** Whether an object certainly has these attributes: the same numbers and texts, from the same places. */
function saysTheSame(config: Value, at: Location, attributes: Attributes | undefined): boolean {
  if (!attributes) return config === undefined || config === null;
  if (!(config instanceof ObjectValue) || config.open || config.prototype) return false;
  let count = 0;
  for (const name in attributes) {
    const property = config.properties.get(name);
    if (!property || property.getter) return false;
    const { value } = property;
    if ((typeof value === 'object' && value !== null) || !Object.is(attributes[name]!.value, value) || attributes[name]!.at !== (property.at ?? at)) return false;
    count++;
  }
  return count === config.properties.size;
}

/** What is wrong with a configuration by itself, at the attribute or else at the layer's name. */
export function reportConfig(run: Run, configured: ConfiguredLayer, attributes: Attributes | undefined, call: Pick<NativeCall, 'at'>): void {
  for (const { id, severity, message, attribute } of configured.problems()) {
    const blamed = (attribute === undefined ? undefined : attributes?.[attribute]?.at) ?? call.at;
    run.report({ id, severity, message, at: blamed, related: [] });
  }
}
