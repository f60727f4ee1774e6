// What Blockscope says about a model file. A file of another kind has nothing to say.
import type { Analysis, Block } from '../analysis.ts';
import { fileTooLarge } from '../problems/file-too-large.ts';
import type { Problem } from '../problems/problem.ts';
import { syntaxError } from '../problems/syntax-error.ts';
import { finished, type Steps } from '../steps.ts';
import type { Location } from '../text/location.ts';
import { analyzeGraphModel } from './analyze-graph-model.ts';
import { GraphBuilder, inputShapesOf, type BuiltModel } from './build-graph.ts';
import { describeModel, type LayerDescription, type ModelDescription } from './describe-model.ts';
import { innerModelOf } from './inner-model.ts';
import { JsonText } from './json-text.ts';
import { stringAt } from '../json/json-tree.ts';
import { blockOf, layersWithin, ModelResults } from './model-results.ts';
import type { JsonError } from '../json/read-json.ts';
import { mayBeModel, readModelText, recognize, type ModelFile } from './recognize.ts';
import { SavedLayers } from './saved-layers.ts';
import { weightsDifferences } from './weights-differences.ts';
import { listedWeights } from './weights-manifest.ts';
import { WeightsOfLayers } from './weights-of-layers.ts';

/** Topologies of thousands of layers have a few million; a file with more holds weights. */
const mostModelCharacters = 12_582_912;

/** Never throws and always ends. */
export function* analyzeModelFile(file: string, text: string): Steps<Analysis> {
  if (text.length > mostModelCharacters) return { ...nothing(file), problems: mayBeModel(text.slice(0, beginning)) ? [tooLarge(file, text.length)] : [] };
  if (!mayBeModel(text)) return nothing(file);
  const { root, errors } = yield* readModelText(text);
  const whole = new JsonText(file, text);
  whole.broken = errors.length > 0;
  const found = yield* recognize(root, whole);
  if (!found) return nothing(file);
  if (found.kind === 'layers') return yield* analysisOf(file, found, errors);
  const { sites, blocks, problem } = analyzeGraphModel(file, found);
  return { ...nothing(file), sites, blocks, problems: [...errors.map(error => problemOf(file, error)), problem], parses: errors.length === 0 };
}

/** Of a file that is not read, so much is looked at to see whether there would have been a model. */
const beginning = 65_536;

const nothing = (file: string): Analysis =>
  ({ file, sites: [], blocks: [], functions: [], blockSites: [], calledFunctions: [], entryPoints: [], exampleCalls: [], problems: [], parses: true });

function tooLarge(file: string, characters: number): Problem {
  const { id, severity, message } = fileTooLarge;
  return { id, severity, message: message({ characters, most: mostModelCharacters, what: 'model' }), at: { file, start: 0, end: 0 }, related: [] };
}

function* analysisOf(file: string, found: ModelFile, errors: readonly JsonError[]): Steps<Analysis> {
  const { source, topology, root } = found;
  const model = yield* describeModel(topology, source);
  if (!model) return nothing(file);
  const listed = found.weightsManifest && listedWeights(found.weightsManifest);
  const weights = listed && new WeightsOfLayers(listed, model);
  // Wrappers around models need models, which need layers.
  const layers: SavedLayers = new SavedLayers(source, found.forTensorFlowJs, weights, config => {
    const inner = finished(describeModel(config, source));
    return inner && innerModelOf(finished(new GraphBuilder(layers, undefined, inner.name ?? '', source.at(config.start, config.end)).build(inner)));
  });
  const own = new Map<LayerDescription, BuiltModel>();
  const results: ModelResults = new ModelResults(layers, layer => finished(ownGraph(layer)).graph);
  const ownGraph = function* (layer: LayerDescription): Steps<BuiltModel> {
    let built = own.get(layer);
    if (!built) own.set(layer, (built = yield* new GraphBuilder(layers, results, layer.name ?? layer.className, layer.at).build(layer.model!)));
    return built;
  };
  const at: Location = { file, start: root.start, end: root.start + 1 };
  const name = model.name ?? stringAt(topology, 'class_name') ?? 'model';
  const whole = blockOf(name, model.kind, at, yield* new GraphBuilder(layers, results, name, at).build(model));
  const differences = (weights: WeightsOfLayers): Problem[] => {
    const described = new Map(Array.from(layersWithin(model), layer => [layers.of(layer).weightsKey, layer]));
    // The list stands beside the topology and never in a text within the file.
    const { start, end } = found.weightsManifest!;
    return weightsDifferences(weights.listed, whole.graph.nodes, ({ weightsKey }) => {
      const layer = described.get(weightsKey);
      return layer && weights.of(layer);
    }, { file, start, end: Math.min(end, start + 1) });
  };
  yield;
  const nested: Block[] = [];
  for (const layer of layersWithin(model)) {
    // Of a model that does not say what goes in, what is known is what the model around it says.
    if (!layer.model || inputShapesOf(layer.model, layers).length === 0) continue;
    nested.push(blockOf(layer.name ?? layer.className, kindOf(layer.model), layer.at, yield* ownGraph(layer)));
  }
  return {
    ...nothing(file), ...results.sitesOf(model), blocks: [whole, ...nested],
    problems: [...errors.map(error => problemOf(file, error)), ...layers.problems, ...(weights ? differences(weights) : [])], parses: errors.length === 0,
  };
}

const kindOf = ({ kind }: ModelDescription): Block['kind'] => kind;

const problemOf = (file: string, { start, end, message }: JsonError): Problem =>
  ({ id: syntaxError.id, severity: syntaxError.severity, message: syntaxError.message({ message }), at: { file, start, end }, related: [] });
