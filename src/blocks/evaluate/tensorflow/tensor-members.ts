// What a program can ask of a tensor.
import { productOfDims } from '../../shapes/dim.ts';
import { isRanked, type Shape } from '../../shapes/shape.ts';
import type { Spanned } from '../../syntax/place.ts';
import { valueOfDim } from '../primitives.ts';
import type { Run } from '../run.ts';
import { ArrayValue, UnknownValue, type TensorValue, type Value } from '../values.ts';
import { tensorMethod } from './tensors.ts';

export function tensorMember(run: Run, tensor: TensorValue, property: string, node: Spanned): Value {
  switch (property) {
    case 'shape': return shapeValue(tensor.shape);
    case 'rank': return isRanked(tensor.shape) ? tensor.shape.length : new UnknownValue(tensor.shape, 'rank');
    case 'sourceLayer': return tensor.application.layer;
    case 'name': return run.unknown('TensorFlow.js gives the tensor its name', node);
    case 'dtype': return 'float32';
    case 'size': return isRanked(tensor.shape) && !tensor.shape.includes(null) ? valueOfDim(productOfDims(tensor.shape)) : run.unknown('the number of elements is not known', node, property);
    default: return tensorMethod(tensor, property) ?? run.unknown(`${property} of a tensor is not evaluated`, node, property);
  }
}

export function shapeValue(shape: Shape): Value {
  return isRanked(shape) ? new ArrayValue(shape.map(valueOfDim)) : new UnknownValue(shape, 'shape');
}
