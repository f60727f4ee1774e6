// The layer that a wrapper is around, as its attribute.
import { isUnknown, unknown } from '../../shapes/dim.ts';
import { formatValue, isInnerLayer, isInnerModel, isOpaque, type AttributeType, type InnerLayer, type InnerModel } from '../attribute.ts';
import { flag } from '../attribute-types.ts';

export const innerLayer = (doc: string): AttributeType<InnerLayer> => ({
  type: 'layer', doc, required: true, inert: false,
  read(raw) {
    if (isInnerLayer(raw)) return { value: raw };
    if (isUnknown(raw)) return { unknown: raw };
    // A model, or an object of the program's own.
    return isInnerModel(raw) || isOpaque(raw) ? { unknown: unknown(`what ${formatValue(raw)} gives inside of a wrapper is not inferred`) } : { expected: 'a layer' };
  },
});

/** A layer, or a model that is taken for one. */
export const innerLayerOrModel = (doc: string): AttributeType<InnerLayer | InnerModel> => {
  const type = innerLayer(doc);
  return { ...type, type: 'layer or model', read: raw => (isInnerModel(raw) ? { value: raw } : type.read(raw)) };
};

/** TensorFlow.js leaves it to the inner layer, whatever the wrapper is told when it is made. */
export const trainableOfInner: AttributeType<boolean> = {
  ...flag({ default: true, inert: true, doc: 'TensorFlow.js ignores it here: what counts is `trainable` of the inner layer.' }),
  read: () => ({ value: true }),
};
