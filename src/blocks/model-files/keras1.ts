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

type Values = ReadonlyMap<string, AttributeValue>;

/** By the names that the layer knows. Nothing changes in a configuration of Keras 2 or 3. */
export function inWordsOfKeras2(values: Map<string, AttributeValue>, schema: AttributeSchema): Values {
  for (const names of kernelDims) {
    const dims = names.map(name => values.get(name));
    if (Object.hasOwn(schema, 'kernelSize') && !values.has('kernelSize') && dims.every(dim => dim !== undefined)) values.set('kernelSize', dims);
  }
  for (const [name, value] of [...values]) {
    const now = Object.hasOwn(renamed, name) && !Object.hasOwn(schema, name) ? renamed[name]! : undefined;
    if (now !== undefined && Object.hasOwn(schema, now) && !values.has(now)) values.set(now, now === 'dataFormat' ? dataFormat(value) : value);
  }
  const padding = values.get('padding');
  // Of four numbers the first two are those of the height.
  if (isList(padding) && padding.length === 4) values.set('padding', [[padding[0], padding[1]], [padding[2], padding[3]]]);
  return values;
}

function dataFormat(ordering: AttributeValue): AttributeValue {
  if (ordering === 'tf') return 'channelsLast';
  if (ordering === 'th') return 'channelsFirst';
  return ordering === undefined || ordering === null ? ordering : unknown(`the order of dims is ${typeof ordering === 'string' ? ordering : 'not said'}, which each installation decides for itself`);
}
