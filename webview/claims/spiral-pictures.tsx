// The spiral as it goes in, and as it comes back from n dimensions: coloured along its length, so that it shows which parts fall together.
import type { JSX } from 'preact';
import type { Spiral } from '../../src/blocks/protocol/claim-report.ts';

const SIZE = 96;
const MARGIN = 6;
/** What lies further out than this is not drawn: the spiral itself reaches 1. */
const REACH = 1.5;

export function SpiralPictures({ spirals }: { readonly spirals: readonly Spiral[] }): JSX.Element {
  return (
    <div class="spirals">
      {spirals.map(spiral => <SpiralPicture key={spiral.dimensions ?? 0} spiral={spiral} />)}
    </div>
  );
}

function SpiralPicture({ spiral: { dimensions, points } }: { readonly spiral: Spiral }): JSX.Element {
  const name = dimensions === undefined ? 'what goes in' : `n = ${dimensions}`;
  const scale = (SIZE / 2 - MARGIN) / (dimensions === undefined ? 1.15 : REACH);
  const place = (value: number): number => Number((SIZE / 2 + scale * value).toFixed(1));
  return (
    <figure class="spiral">
      <svg viewBox={`0 0 ${SIZE} ${SIZE}`} role="img" aria-label={dimensions === undefined ? 'The spiral that goes in' : `The spiral as it comes back from ${dimensions} dimensions`}>
        {points.slice(1).map(([x, y], i) => {
          const [fromX, fromY] = points[i]!;
          return <line key={i} x1={place(fromX)} y1={place(-fromY)} x2={place(x)} y2={place(-y)} stroke={`hsl(${Math.round((300 * i) / points.length)} 75% 50%)`} stroke-width={2} stroke-linecap="round" />;
        })}
      </svg>
      <figcaption>{name}</figcaption>
    </figure>
  );
}
