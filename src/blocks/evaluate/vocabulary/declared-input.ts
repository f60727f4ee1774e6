// What a block says of its input: `input([1, 56, 56, 32])`.
import { describedInput } from '../../layers/every-layer.ts';
import type { DataFormat } from '../../layers/layout.ts';
import { unknown } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import type { Location } from '../../text/location.ts';
import { notesOf, plain } from '../primitives.ts';
import type { Run } from '../run.ts';
import { attributeOf } from '../tensorflow/attributes.ts';
import { configMember } from '../tensorflow/namespace.ts';
import { ArrayValue, ObjectValue, type Value } from '../values.ts';

/** The settings of `input`, where that is the first word of a block. */
export function declaredInput(value: Value): ObjectValue | undefined {
  const block = plain(value);
  if (block instanceof ArrayValue) return declaredInput(block.elements[0]);
  if (!(block instanceof ObjectValue)) return undefined;
  const { properties } = block;
  if (properties.has('input')) return block;
  const inner = properties.get('sequential') ?? (properties.has('block') ? properties.get('layers') : undefined);
  return inner && declaredInput(inner.value);
}

/** The batch first; unknown where it is not said, or where it is not known where the channels stand. */
export const declaredShape = (run: Run, settings: Value, at: Location): Shape => described(run, settings, at).shape;

export interface DeclaredInput {
  readonly shape: Shape;
  readonly dataFormat: DataFormat;
  /** What is taken for granted of it. */
  readonly assumed: readonly string[];
}

export function described(run: Run, settings: Value, at: Location): DeclaredInput {
  const shape = attributeOf(run, configMember(settings, 'shape'), at);
  const given = configMember(settings, 'dataFormat');
  const dataFormat = plain(given) ?? 'channelsLast';
  const assumed = [...shape.assumed ?? [], ...notesOf(given)];
  // A text that means nothing is for the layers to complain of.
  if (typeof dataFormat !== 'string') return { shape: unknown('it is not known where the channels stand', at), dataFormat: 'channelsLast', assumed: [...assumed, 'channels stand last'] };
  return { shape: describedInput({ batchShape: shape.value }) ?? unknown('the input has no shape', at), dataFormat: dataFormat as DataFormat, assumed };
}
