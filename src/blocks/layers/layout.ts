// Where the channels of an image stand: last, as in TensorFlow.js by default, or right behind the batch.
import type { Dim } from '../shapes/dim.ts';
import { choice } from './attribute-types.ts';

export type DataFormat = 'channelsLast' | 'channelsFirst';

export const dataFormat = choice<DataFormat>({
  choices: ['channelsLast', 'channelsFirst'], default: 'channelsLast',
  doc: 'Where the channels stand: [batch, …, channels] or [batch, channels, …].',
});

export interface Image {
  readonly batch: Dim;
  readonly spatial: readonly Dim[];
  readonly channels: Dim;
}

export function readImage(shape: readonly Dim[], format: DataFormat): Image {
  const [batch = null, ...rest] = shape;
  if (format === 'channelsFirst') return { batch, channels: rest[0] ?? null, spatial: rest.slice(1) };
  return { batch, channels: rest.at(-1) ?? null, spatial: rest.slice(0, -1) };
}

export const writeImage = ({ batch, spatial, channels }: Image, format: DataFormat): readonly Dim[] =>
  format === 'channelsFirst' ? [batch, channels, ...spatial] : [batch, ...spatial, channels];

/** What the spatial dims are called, outermost first. */
export const spatialAxes = (rank: 1 | 2 | 3): readonly string[] =>
  rank === 1 ? ['length'] : rank === 2 ? ['height', 'width'] : ['depth', 'height', 'width'];
