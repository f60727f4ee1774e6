// What a block says of its input: `input([1, 56, 56, 32])`.
import { describedInput } from '../../layers/every-layer.ts';
import type { DataFormat } from '../../layers/layout.ts';
import { unknown } from '../../shapes/dim.ts';
import type { Shape } from '../../shapes/shape.ts';
import type { Location } from '../../text/location.ts';
import { plain } from '../primitives.ts';
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

/** The batch first. */
export const declaredShape = (run: Run, settings: Value, at: Location): Shape =>
  describedInput({ batchShape: attributeOf(run, configMember(settings, 'shape'), at).value }) ?? unknown('the input has no shape', at);

export const declaredFormat = (settings: Value): DataFormat => (plain(configMember(settings, 'dataFormat')) === 'channelsFirst' ? 'channelsFirst' : 'channelsLast');
