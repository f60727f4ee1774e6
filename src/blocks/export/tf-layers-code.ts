// A graph as the text of a function that builds it with tf.layers.
import type { BlockGraph, Group } from '../graph/block-graph.ts';
import { InnerLayerConfig, InnerModelConfig } from '../graph/layer-config.ts';
import { CannotExport } from './cannot-export.ts';
import { customLayerText } from './custom-layer-text.ts';
import type { Config, LayerStep } from './layer-steps.ts';
import { planModel, type ModelPlan, type PlannedApplication, type PlannedLayer } from './model-plan.ts';

export interface CodeOptions {
  /** Of the function; `createModel` by default. */
  readonly name?: string;
}

/** TypeScript that needs nothing but '@tensorflow/tfjs'. Throws `CannotExport`. */
export function tfLayersCode(graph: BlockGraph, { name = 'createModel' }: CodeOptions = {}): string {
  if (!/^[A-Za-z_$][\w$]*$/.test(name)) throw new CannotExport(`“${name}” is no name of a function.`);
  const plan = planModel(graph);
  const classes = [...new Set(plan.applications.filter(({ layer }) => layer.custom).map(({ layer }) => layer.layer))].sort();
  return [
    "import * as tf from '@tensorflow/tfjs';",
    '',
    ...classes.flatMap(className => [...customLayerText[className]!.trim().split('\n'), '']),
    `export function ${name}(): tf.LayersModel {`,
    ...bodyOf(plan, graph.groups).map(line => (line === '' ? '' : `  ${line}`)),
    '}',
    '',
  ].join('\n');
}

function bodyOf(plan: ModelPlan, groups: readonly Group[]): readonly string[] {
  const lines = plan.inputs.map(({ variable, config }) => `const ${variable} = tf.input(${objectText(config).replaceAll(' as number[]', '')});`);
  const appliedAgain = new Set(plan.applications.map(({ layer }) => layer).filter((layer, i, all) => all.indexOf(layer) < i));
  const made = new Set<PlannedLayer>();
  const headings = headingsOf(plan.applications, groups);
  plan.applications.forEach((application, i) => {
    if (headings[i] !== undefined) lines.push('', `// ${headings[i]}`);
    const { layer } = application;
    const several = appliedAgain.has(layer) || application.outputs[0] !== layer.variable;
    if (several && !made.has(layer)) lines.push(`const ${layer.variable} = ${layerText(layer)};`);
    made.add(layer);
    lines.push(applicationText(application, several ? layer.variable : layerText(layer)));
  });
  return [...lines, '', `return tf.model({ inputs: ${oneOrList(plan.inputs.map(({ variable }) => variable))}, outputs: ${oneOrList(plan.outputs)} });`];
}

/** `apply` may give tensors or symbolic tensors, one or several: the text says which. */
function applicationText({ inputs, outputs }: PlannedApplication, layer: string): string {
  const applied = `${layer}.apply(${oneOrList(inputs)})`;
  return outputs.length === 1
    ? `const ${outputs[0]} = ${applied} as tf.SymbolicTensor;`
    : `const [${outputs.join(', ')}] = ${applied} as tf.SymbolicTensor[];`;
}

const oneOrList = (variables: readonly string[]): string => (variables.length === 1 ? variables[0]! : `[${variables.join(', ')}]`);

const layerText = ({ layer, custom, config }: LayerStep): string =>
  `${custom ? 'new ' : 'tf.layers.'}${layer}(${Object.keys(config).length > 0 ? objectText(config) : custom ? '' : '{}'})`;

const objectText = (config: Config): string => `{ ${Object.entries(config).map(([name, value]) => `${keyText(name)}: ${valueText(value)}`).join(', ')} }`;

/** A program can give its layers attributes of any name; what is no identifier must not become code. */
const keyText = (name: string): string => (/^[A-Za-z_]\w*$/.test(name) ? name : valueText(name));

function valueText(value: unknown): string {
  if (typeof value === 'string') return `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`;
  // The types of TensorFlow.js do not know that a dim may be left open; `tf.input` does, and is called by itself.
  if (Array.isArray(value)) return `[${value.map(valueText).join(', ')}]${value.includes(null) ? ' as number[]' : ''}`;
  if (value instanceof InnerLayerConfig) return `tf.layers.${value.layer}(${objectText(value.config)})`;
  if (value instanceof InnerModelConfig) throw new CannotExport('A model within a layer is not exported.');
  return String(value);
}

/** Groups of fewer layers are told by their layers. */
const fewestLayers = 4;

/** The path of groups that begins at each application, where it is another one than before. */
function headingsOf(applications: readonly PlannedApplication[], groups: readonly Group[]): readonly (string | undefined)[] {
  const sizes = new Map<number, number>();
  for (const { group } of applications) for (const { id } of pathTo(group, groups)) sizes.set(id, (sizes.get(id) ?? 0) + 1);
  let before = 0;
  return applications.map(({ group }) => {
    const path = pathTo(group, groups).filter(({ id }) => sizes.get(id)! >= fewestLayers);
    const innermost = path.at(-1)?.id ?? 0;
    if (innermost === before) return undefined;
    before = innermost;
    // Only the block itself has no name.
    return path.map(({ name }) => name).join(' / ').replace(/\s+/g, ' ') || 'behind it';
  });
}

/** Outermost first, without the block itself. */
function pathTo(group: number, groups: readonly Group[]): readonly Group[] {
  const path: Group[] = [];
  for (let at = groups[group]; at && at.parent !== null; at = groups[at.parent]) path.unshift(at);
  return path;
}
