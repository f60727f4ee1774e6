// Channels in groups: what one group has of them.
import { groupsMismatch } from '../../problems/groups-mismatch.ts';
import { floorDivideDims, isKnown, type Dim } from '../../shapes/dim.ts';
import type { AttributeSchema } from '../attribute.ts';
import type { LayerConfig } from '../define-layer.ts';

export const channelsOfGroup = (channels: Dim, groups: Dim): Dim => (groups === 1 ? channels : floorDivideDims(channels, groups));

/** False where they certainly do not. */
export const dividesEvenly = (channels: Dim, groups: Dim): boolean => !isKnown(channels) || !isKnown(groups) || channels % groups === 0;

/** Reports channels that do not divide evenly. */
export function reportGroups<S extends AttributeSchema>(layer: string, call: LayerConfig<S>, attribute: keyof S & string, groups: Dim, channels: Readonly<Record<string, Dim>>): void {
  if (!isKnown(groups)) return;
  for (const [what, number] of Object.entries(channels)) {
    if (isKnown(number) && !dividesEvenly(number, groups)) call.report(groupsMismatch, { layer, groups, what, channels: number }, attribute);
  }
}
