// What the page shows while there is no block: what to do.
import type { JSX } from 'preact';

export function EmptyView({ message, openLab }: { readonly message: string | undefined; readonly openLab: () => void }): JSX.Element {
  if (message === undefined) return <div class="empty" role="status"><p class="quiet">Waiting for a block…</p></div>;
  return (
    <div class="empty" role="status">
      <h1>No block to show</h1>
      <p>{message}</p>
      <p class="quiet">
        Open a file with TensorFlow.js layers and choose <strong>Visualize</strong> or <strong>Profile</strong> above a
        block, or run <strong>Blockscope: Profile Block</strong> from the command palette.
      </p>
      <p><button type="button" class="link" onClick={openLab}>Open the claim lab</button><span class="quiet"> to see what papers say of blocks tried on this machine.</span></p>
    </div>
  );
}
