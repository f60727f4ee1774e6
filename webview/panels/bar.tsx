// A small bar with a length between 0 and 1.
import type { JSX } from 'preact';

export function Bar({ length, kind }: { readonly length: number | undefined; readonly kind: 'params' | 'macs' | 'time' }): JSX.Element {
  return (
    <span class={`bar ${kind}`} aria-hidden="true">
      {length !== undefined && length > 0 && <span class="bar-fill" style={{ width: `${Math.max(2, length * 100)}%` }} />}
    </span>
  );
}
