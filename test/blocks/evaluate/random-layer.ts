// Any layer of the registry with a configuration drawn from its schema, as text for a program.
import fc from 'fast-check';
import type { InnerLayer, InnerModel } from '../../../src/blocks/layers/attribute.ts';
import type { LayerDefinition } from '../../../src/blocks/layers/define-layer.ts';
import { findLayer, layerNames } from '../../../src/blocks/layers/registry.ts';
import { isRanked } from '../../../src/blocks/shapes/shape.ts';
import { infer } from '../layers/inferred.ts';
import { randomCall, type RandomCall } from '../layers/random-calls.ts';
import type { Dims } from '../layers/tensorflow.ts';
import type { RandomNumbers } from '../random-numbers.ts';

export interface RandomLayer {
  readonly layer: string;
  /** What stands between the braces of the configuration. */
  readonly config: string;
  /** The shapes of the inputs that the layer takes besides the given one. */
  readonly inputs: readonly Dims[];
  readonly output: Dims;
  /** How many tensors come out. */
  readonly outputs: number;
}

/** Those that are applied to tensors, and of which a program can make something. */
const definitions = layerNames.map(name => findLayer(name)!).filter(({ inputs, states }) => inputs !== 'none' && !states);

const calls = new Map<LayerDefinition, fc.Arbitrary<RandomCall>>(definitions.map(definition => [definition, randomCall(definition)]));

/** Problems of layers that TensorFlow.js builds all the same, with the shape that is inferred. */
const tolerable: ReadonlySet<string> = new Set(['overwrites-input', 'ignored-attribute']);

const mostTries = 8;

/** A layer that TensorFlow.js builds, on a tensor of the given shape where there is one; undefined where none was drawn that fits. */
export function randomLayer(random: RandomNumbers, shape?: Dims): RandomLayer | undefined {
  for (let i = 0; i < mostTries; i++) {
    const definition = random.pick(definitions);
    const [call] = fc.sample(calls.get(definition)!, { seed: random.integer(0, 2 ** 30), numRuns: 1 });
    const { config, inputs: drawn } = call!;
    const inputs = shape === undefined ? drawn : [shape, ...drawn.slice(1)];
    const { problems, output, furtherOutputs, params } = infer(definition, config, inputs);
    const fits = problems.every(({ id }) => tolerable.has(id)) && typeof params === 'number' && [output, ...furtherOutputs].every(isProper);
    if (!fits) continue;
    return { layer: definition.name, config: properties(config), inputs: shape === undefined ? inputs : inputs.slice(1), output: output as Dims, outputs: 1 + furtherOutputs.length };
  }
  return undefined;
}

const isProper = (shape: unknown): boolean => isRanked(shape as Dims) && (shape as Dims).every(dim => dim === null || (typeof dim === 'number' && dim > 0));

const properties = (config: Readonly<Record<string, unknown>>): string => Object.entries(config).map(([name, value]) => `${name}: ${text(value)}`).join(', ');

function text(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const { kind } = value as InnerLayer | InnerModel;
  return kind === 'layer' ? layerText(value as InnerLayer) : modelText(value as InnerModel);
}

const layerText = ({ layer, attributes }: InnerLayer): string => `tf.layers.${layer}({ ${properties(attributes)} })`;

function modelText({ inputs, layers, applications, outputs }: InnerModel): string {
  const tensors = inputs.map((_, i) => `t${i}`);
  const lines = [
    ...inputs.map((shape, i) => `const t${i} = tf.input({ batchShape: ${JSON.stringify(shape)} });`),
    ...layers.map(({ layer }, i) => `const l${i} = ${layerText(layer)};`),
    ...applications.map(application => {
      const [output, into] = [`t${tensors.length}`, application.inputs.map(i => tensors[i]!)];
      tensors.push(output);
      return `const ${output} = l${application.layer}.apply(${into.length === 1 ? into[0]! : `[${into.join(', ')}]`});`;
    }),
  ];
  return `(() => { ${lines.join(' ')} return tf.model({ inputs: [${tensors.slice(0, inputs.length).join(', ')}], outputs: [${outputs.map(i => tensors[i]!).join(', ')}] }); })()`;
}
