// The classes of models: `new tf.Sequential()` makes what `tf.sequential()` makes, and a class of the program can extend it.
import { native } from '../builtins/native.ts';
import type { Run } from '../run.ts';
import { ModelValue, type NativeCall, type NativeFunction, type ObjectValue, type Value } from '../values.ts';
import { makeModel, makeSequential } from './models.ts';

export const sequentialClass = native('tf.Sequential', makeSequential);
export const layersModelClass = native('tf.LayersModel', makeModel);

export const isModelClass = (value: Value): value is NativeFunction => value === sequentialClass || value === layersModelClass;

/** `super(config)` of a class that extends one of them: the object keeps its own members beside those of the model. */
export function becomeModel(run: Run, object: ObjectValue, cls: NativeFunction, call: NativeCall): void {
  const made = cls.call(run, call);
  if (made instanceof ModelValue) run.trail.write(object, 'model', made);
}
