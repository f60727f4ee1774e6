// The numbers that a run puts in the place of symbolic and open dims.
import type { JSX } from 'preact';
import type { FreeDim } from '../../src/blocks/graph/bind-symbols.ts';

interface SizesFormProps {
  readonly dims: readonly FreeDim[];
  readonly sizes: Readonly<Record<string, number>>;
  readonly disabled: boolean;
  readonly onChange: (name: string, size: number) => void;
}

/** More would be no size of a tensor's dim that anybody runs here, and a slip of the finger should not ask for one. */
const LARGEST = 65_536;

export function SizesForm({ dims, sizes, disabled, onChange }: SizesFormProps): JSX.Element | null {
  if (dims.length === 0) return null;
  return (
    <form class="sizes" aria-label="Sizes for the run" onSubmit={event => event.preventDefault()}>
      {dims.map(dim => (
        <label key={dim.name} title={`${dim.name} is left open by the source; the run and the figures use this ${dim.meaning}`}>
          <span class="figures">{dim.name}</span> ={' '}
          <SizeInput name={dim.name} size={sizes[dim.name]!} disabled={disabled} onChange={size => onChange(dim.name, size)} />
        </label>
      ))}
    </form>
  );
}

export function SizeInput({ name, size, disabled, onChange }: { readonly name: string; readonly size: number; readonly disabled: boolean; readonly onChange: (size: number) => void }): JSX.Element {
  return <input type="number" min={1} max={LARGEST} step={1} value={size} disabled={disabled} name={name} onChange={event => change(event.currentTarget, size, onChange)} />;
}

/** What is no size is taken back. */
function change(input: HTMLInputElement, before: number, onChange: (size: number) => void): void {
  const size = Number(input.value);
  if (Number.isInteger(size) && size >= 1 && size <= LARGEST) onChange(size);
  else input.value = String(before);
}
