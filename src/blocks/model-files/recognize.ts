// Whether a JSON file is a model, which kind of one, and where its parts are.
import { namesInLayer } from './alike-layers.ts';
import type { JsonText } from './json-text.ts';
import { arrayAt, field, isArray, isObject, isString, member, stringAt, type JsonArray, type JsonNode } from '../json/json-tree.ts';
import { readJsonInSteps, type ReadJson } from '../json/read-json.ts';
import type { Steps } from '../steps.ts';

export interface ModelFile {
  readonly kind: 'layers' | 'graph';
  readonly topology: JsonNode;
  /** The text that the topology stands in, which may be a text within the file. */
  readonly source: JsonText;
  /** The whole file's object. */
  readonly root: JsonNode;
  readonly weightsManifest: JsonArray | undefined;
  /** Made for TensorFlow.js, which then says what is right, and not by Keras alone. */
  readonly forTensorFlowJs: boolean;
}

/** False for texts that cannot be a model, so that they cost one search and nothing else. */
export const mayBeModel = (text: string): boolean => /\bclass_?name\b|\bmodel_?(topology|config)\b|"op"\s*:\s*"Placeholder/i.test(text);

/** Most layers are written and configured alike, and what goes into them has a form that is read faster as a whole. */
export const readModelText = (text: string): Steps<ReadJson> => readJsonInSteps(text, {
  isPutOff: name => name === 'config' || name === 'inbound_nodes', alike: { isList: name => name === 'layers' || name === 'config', namesIn: namesInLayer },
});

/** Texts within texts are opened this often. */
const mostTexts = 3;

/** Undefined where the file is no model. */
export function* recognize(root: JsonNode | undefined, whole: JsonText): Steps<ModelFile | undefined> {
  if (root === undefined) return undefined;
  let topology: JsonNode = root;
  let source = whole;
  let texts = 0;
  for (;;) {
    if (isString(topology) && texts++ < mostTexts && mayBeModel(topology.value)) {
      source = source.inString(topology);
      const { root: inside, errors } = yield* readModelText(source.text);
      if (!inside) return undefined;
      source.broken = errors.length > 0;
      topology = inside;
      continue;
    }
    const inside: JsonNode | undefined = member(topology, 'modelTopology') ?? field(topology, 'model_config');
    if (!inside) break;
    topology = inside;
  }
  const kind = isGraph(topology) ? 'graph' : isLayers(topology) ? 'layers' : undefined;
  if (!kind) return undefined;
  return {
    kind, topology, source, root, weightsManifest: arrayAt(root, 'weightsManifest'),
    forTensorFlowJs: member(root, 'modelTopology') !== undefined || stringAt(root, 'format') !== undefined,
  };
}

/** A GraphDef of TensorFlow. */
function isGraph(topology: JsonNode): boolean {
  const nodes = arrayAt(topology, 'node');
  return nodes !== undefined && nodes.items.some(node => stringAt(node, 'op') !== undefined && stringAt(node, 'name') !== undefined);
}

/** Layers with class and configuration, as a list, in a model's configuration or in a model. */
function isLayers(topology: JsonNode): boolean {
  if (isArray(topology)) return topology.items.some(isLayer);
  if (!isObject(topology)) return false;
  const config = field(topology, 'config');
  const layers = arrayAt(topology, 'layers') ?? (isArray(config) ? config : arrayAt(config, 'layers'));
  return layers?.items.some(isLayer) === true;
}

const isLayer = (node: JsonNode): boolean => stringAt(node, 'class_name') !== undefined && field(node, 'config') !== undefined;
