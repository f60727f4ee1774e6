// `tf.layers.conv2d(…)` and its like.
import { checkConfig } from '../../layers/infer.ts';
import type { LayerDefinition } from '../../layers/define-layer.ts';
import { native } from '../builtins/native.ts';
import type { NativeFunction } from '../values.ts';
import { makeLayer } from './apply-layer.ts';
import { attributesOf } from './attributes.ts';

/** A layer that the registry does not have is made all the same; what comes out of it is unknown. */
export const layerFactory = (name: string, definition: LayerDefinition | undefined): NativeFunction =>
  native(`tf.layers.${name}`, (run, call) => {
    const attributes = attributesOf(run, definition, call.args[0], call.argsAt[0] ?? call.at);
    if (definition) {
      for (const { id, severity, message, attribute } of checkConfig(definition, attributes)) {
        const blamed = (attribute === undefined ? undefined : attributes?.[attribute]?.at) ?? call.at;
        run.report({ id, severity, message, at: blamed, related: [] });
      }
    }
    return makeLayer(run, name, definition, attributes ?? {}, call.at, call.call);
  });
