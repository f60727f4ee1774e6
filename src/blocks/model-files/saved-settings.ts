// The settings in the configuration of a saved layer, and which attribute of its layer each is.
import type { Settings, Setting } from '../analysis.ts';
import { camelCase, objectAt, stringAt, type JsonObject } from '../json/json-tree.ts';
import { schemaOf } from '../layers/every-layer.ts';
import type { LayerDefinition } from '../layers/define-layer.ts';
import type { Location } from '../text/location.ts';
import { layerOfClass } from './class-names.ts';
import type { JsonText } from './json-text.ts';
import { attributeOfKeras1 } from './keras1.ts';
import { isLayerAttribute } from './layer-attributes.ts';

/** Wrappers within wrappers: deeper ones are not looked into. */
const deepest = 8;

/** In a class, so that the configuration is read when somebody asks for it. */
export class SavedSettings implements Settings {
  constructor(private readonly definition: LayerDefinition, private readonly config: JsonObject, private readonly source: JsonText) {}

  get at(): Location {
    return this.source.at(this.config.start, this.config.end);
  }

  all(): readonly Setting[] {
    return settingsIn(this.definition, this.config, this.source, 0);
  }
}

/** With those of the layers in it, which wrappers and recurrent layers have. */
function settingsIn(definition: LayerDefinition, config: JsonObject, source: JsonText, depth: number): Setting[] {
  const schema = schemaOf(definition);
  return config.members.flatMap(({ name: written, start, nameEnd, value }) => {
    const name = written === 'batch_shape' ? 'batchInputShape' : camelCase(written);
    const attribute = Object.hasOwn(schema, name) ? name : attributeOfKeras1(name, schema);
    const inner = isLayerAttribute(name) ? objectAt(value, 'config') : undefined;
    const innerLayer = inner && depth < deepest ? layerOfClass(stringAt(value, 'class_name') ?? '') : undefined;
    return [{ written, layer: definition.name, attribute, at: source.at(start, nameEnd) }, ...(inner && innerLayer ? settingsIn(innerLayer, inner, source, depth + 1) : [])];
  });
}
