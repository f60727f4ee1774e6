// `tf.layers.conv2d(…)` and its like.
import { configuredLayer, type ConfiguredLayer } from '../../layers/memo.ts';
import type { Attributes } from '../../layers/attribute.ts';
import type { LayerDefinition } from '../../layers/define-layer.ts';
import { native } from '../builtins/native.ts';
import type { Run } from '../run.ts';
import type { NativeCall, NativeFunction } from '../values.ts';
import { makeLayer } from './apply-layer.ts';
import { attributesOf } from './attributes.ts';

/** A layer that the registry does not have is made all the same; what comes out of it is unknown. */
export const layerFactory = (name: string, definition: LayerDefinition | undefined): NativeFunction =>
  native(`tf.layers.${name}`, (run, call) => {
    const attributes = attributesOf(run, definition, call.args[0], call.argsAt[0] ?? call.at);
    const configured = definition && configuredLayer(definition, attributes);
    if (configured) reportConfig(run, configured, attributes, call);
    return makeLayer(run, name, definition, attributes ?? {}, configured, call.at, call.call);
  });

/** What is wrong with a configuration by itself, at the attribute or else at the layer's name. */
export function reportConfig(run: Run, configured: ConfiguredLayer, attributes: Attributes | undefined, call: NativeCall): void {
  for (const { id, severity, message, attribute } of configured.problems()) {
    const blamed = (attribute === undefined ? undefined : attributes?.[attribute]?.at) ?? call.at;
    run.report({ id, severity, message, at: blamed, related: [] });
  }
}
