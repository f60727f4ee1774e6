// The attributes that tell one layer from another at a glance, as people write them in papers: `3×3, 64, /2, same, relu`.
import { formatValue, isAlternatives, isInnerLayer, isInnerModel, isList, isOpaque, type AttributeValue } from '../../src/blocks/layers/attribute.ts';
import type { GraphNode } from '../../src/blocks/graph/block-graph.ts';
import { formatDim, isSymbolic, isUnknown } from '../../src/blocks/shapes/dim.ts';

/** Empty where the layer has nothing that tells it apart. Attributes that have their default are left out. */
export const keyAttributes = (node: GraphNode): string =>
  WORDINGS.flatMap(([name, wording]) => {
    const value = node.attributes[name];
    return value === undefined ? [] : [wording(value, node)];
  }).filter(word => word !== '').join(', ');

/** Any attribute value as people read it: strings without quotes. */
export function attributeText(value: AttributeValue): string {
  if (isList(value)) return `[${value.map(attributeText).join(', ')}]`;
  if (isAlternatives(value)) return value.values.map(attributeText).join(' | ');
  if (isInnerLayer(value) || isInnerModel(value)) return formatValue(value);
  if (isOpaque(value)) return value.text;
  return isSymbolic(value) || isUnknown(value) ? formatDim(value) : String(value);
}

type Wording = (value: AttributeValue, node: GraphNode) => string;

const plain: Wording = value => attributeText(value);
const titled = (title: string): Wording => value => `${title} ${attributeText(value)}`;
const unless = (common: string, wording: Wording): Wording => (value, node) => (attributeText(value) === common ? '' : wording(value, node));

/** In the order in which they are read: what slides over the input, what comes out, how it moves, what follows. */
const WORDINGS: readonly (readonly [string, Wording])[] = [
  ['kernelSize', window],
  ['poolSize', window],
  ['filters', plain],
  ['units', plain],
  ['inputDim', value => `${attributeText(value)} words`],
  ['outputDim', plain],
  ['strides', stride],
  ['padding', padding],
  ['dilationRate', value => (every(value, 1) ? '' : `dilation ${sideBySide(value)}`)],
  ['depthMultiplier', unless('1', value => `×${attributeText(value)} channels`)],
  ['size', value => `×${sideBySide(value)}`],
  ['interpolation', unless('nearest', plain)],
  ['cropping', titled('crop')],
  ['targetShape', value => `to ${attributeText(value)}`],
  ['dims', titled('dims')],
  ['n', value => `${attributeText(value)} times`],
  ['rate', titled('rate')],
  ['stddev', titled('σ')],
  ['alpha', titled('α')],
  ['maxValue', titled('max')],
  ['axis', unless('-1', titled('axis'))],
  ['activation', unless('linear', plain)],
  ['useBias', value => (value === false ? 'no bias' : '')],
  ['returnSequences', value => (value === true ? 'sequences' : '')],
];

/** `3×3` for the kernel of a two-dimensional layer, whether the source says `3` or `[3, 3]`. */
function window(value: AttributeValue, node: GraphNode): string {
  const dimensions = /1d/i.test(node.layer) ? 1 : /3d/i.test(node.layer) ? 3 : 2;
  return isList(value) ? sideBySide(value) : Array.from({ length: dimensions }, () => attributeText(value)).join('×');
}

function stride(value: AttributeValue): string {
  if (every(value, 1)) return '';
  const first = isList(value) ? value[0] : value;
  return isList(value) && !every(value, first) ? `/${sideBySide(value)}` : `/${attributeText(first)}`;
}

/** `valid` is the default and adds nothing; a list is what zero padding layers take. */
function padding(value: AttributeValue): string {
  if (value === 'valid') return '';
  return typeof value === 'string' ? value : `pad ${attributeText(value)}`;
}

const sideBySide = (value: AttributeValue): string => (isList(value) ? value.map(attributeText).join('×') : attributeText(value));

const every = (value: AttributeValue, expected: AttributeValue): boolean =>
  isList(value) ? value.every(item => item === expected) : value === expected;
