// The sizes that the source fixes, where a run can have other ones, with what differs and a way back.
import type { JSX } from 'preact';
import { layerIn } from '../../src/blocks/features/run-words.ts';
import { changesText, sizeObstacleText } from '../../src/blocks/features/size-words.ts';
import { changedSizes, fixedSizes, type FixedSize } from '../../src/blocks/graph/fixed-sizes.ts';
import type { BlockPayload } from '../../src/blocks/protocol/messages.ts';
import type { Actions } from '../page.tsx';
import { SizeInput } from './sizes-form.tsx';

interface FixedSizesProps {
  readonly block: BlockPayload;
  readonly sizes: Readonly<Record<string, number>>;
  readonly disabled: boolean;
  readonly actions: Actions;
}

export function FixedSizesForm({ block, sizes, disabled, actions }: FixedSizesProps): JSX.Element | null {
  const fixed = fixedSizes(block.graph);
  if (fixed.length === 0) return null;
  return (
    <details class="fixed-sizes">
      <summary title="Sizes that the source fixes; a run can have other ones">Other sizes</summary>
      <form class="sizes" aria-label="Sizes that the source fixes" onSubmit={event => event.preventDefault()}>
        {fixed.map(one => <Size key={one.name} fixed={one} block={block} sizes={sizes} disabled={disabled} actions={actions} />)}
      </form>
    </details>
  );
}

function Size({ fixed: { name, size, obstacle }, block, sizes, disabled, actions }: FixedSizesProps & { readonly fixed: FixedSize }): JSX.Element {
  const isChanged = sizes[name] !== undefined && sizes[name] !== size;
  const reason = obstacle && sizeObstacleText(obstacle, node => layerIn(block, node));
  return (
    <span class="fixed-size">
      <label title={reason ?? `${size} in the source`}>
        <span class="figures">{name}</span> ={' '}
        <SizeInput name={name} size={sizes[name] ?? size} disabled={disabled || obstacle !== undefined} onChange={chosen => (chosen === size ? actions.putSizesBack([name]) : actions.setSize(name, chosen))} />
      </label>
      {isChanged && <button type="button" class="link" disabled={disabled} onClick={() => actions.putSizesBack([name])} aria-label={`Put ${name} back to ${size}`}>back to {size}</button>}
      {reason !== undefined && <span class="quiet"> fixed: {reason}</span>}
    </span>
  );
}

/** Says loudly that what is shown and run is not what the source says. */
export function SizesNote({ block, sizes, disabled, actions }: FixedSizesProps): JSX.Element | null {
  const changes = changedSizes(block.graph, sizes);
  if (changes.length === 0) return null;
  return (
    <p class="notice warning sizes-note" role="status">
      Shown and run with {changesText(changes, sizes)} in the source.{' '}
      <button type="button" class="link" disabled={disabled} onClick={() => actions.putSizesBack(changes.map(({ name }) => name))}>As in the source</button>
    </p>
  );
}
