// Configurations in the words of Keras 1, said in those of Keras 2.
import { unknown } from '../shapes/dim.ts';
import { isList, type AttributeSchema, type AttributeValue } from '../layers/attribute.ts';

/** What an attribute is called since, where the layer has none of the old name. */
const renamed: Readonly<Record<string, string>> = {
  nbFilter: 'filters', subsample: 'strides', subsampleLength: 'strides', borderMode: 'padding', filterLength: 'kernelSize',
  dimOrdering: 'dataFormat', bias: 'useBias', outputDim: 'units', init: 'kernelInitializer', innerInit: 'recurrentInitializer',
  innerActivation: 'recurrentActivation', p: 'rate', poolLength: 'poolSize', stride: 'strides',
  atrousRate: 'dilationRate', concatAxis: 'axis', dotAxes: 'axes', WRegularizer: 'kernelRegularizer', bRegularizer: 'biasRegularizer',
  URegularizer: 'recurrentRegularizer', WConstraint: 'kernelConstraint', bConstraint: 'biasConstraint', sigma: 'stddev',
};

/** The sizes of a kernel, outermost axis first. */
const kernelDims = [['kernelDim1', 'kernelDim2', 'kernelDim3'], ['nbRow', 'nbCol']] as const;

export const isOfKeras1 = (name: string): boolean => Object.hasOwn(renamed, name) || kernelDims.some(names => names.some(one => one === name));

/** The attribute that a word of Keras 1 means, where the layer has it. */
export function attributeOfKeras1(name: string, schema: AttributeSchema): string | undefined {
  const now = Object.hasOwn(renamed, name) ? renamed[name]! : kernelDims.some(names => names.some(one => one === name)) ? 'kernelSize' : undefined;
  return now !== undefined && Object.hasOwn(schema, now) ? now : undefined;
}

/** Adds what a configuration says in words that the layer no longer has. */
export function addFromKeras1(values: Record<string, AttributeValue>, old: ReadonlyMap<string, AttributeValue>, schema: AttributeSchema): void {
  const add = (name: string, value: AttributeValue): void => { if (Object.hasOwn(schema, name) && !Object.hasOwn(values, name)) values[name] = value; };
  for (const names of kernelDims) {
    const dims = names.map(name => old.get(name));
    if (dims.every(dim => dim !== undefined)) add('kernelSize', dims);
  }
  for (const [name, value] of old) {
    const now = Object.hasOwn(renamed, name) ? renamed[name]! : undefined;
    if (now !== undefined) add(now, now === 'dataFormat' ? dataFormat(value) : value);
  }
}

/** Of four margins the first two are those of the height. */
export const marginsOfKeras1 = (padding: AttributeValue): AttributeValue =>
  (isList(padding) && padding.length === 4 ? [[padding[0], padding[1]], [padding[2], padding[3]]] : padding);

function dataFormat(ordering: AttributeValue): AttributeValue {
  if (ordering === 'tf') return 'channelsLast';
  if (ordering === 'th') return 'channelsFirst';
  return ordering === undefined || ordering === null ? ordering : unknown(`the order of dims is ${typeof ordering === 'string' ? ordering : 'not said'}, which each installation decides for itself`);
}
