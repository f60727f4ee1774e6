// Which variable holds each tensor: few, used again as soon as nobody needs what they hold.
import type { DefinedItem } from './definitions.ts';

const ordinary: readonly string[] = ['x', 'y', 'z', 'u', 'v', 'w'];

export interface HeldTensors {
  /** For each tensor. */
  readonly variableOf: (tensor: number) => string;
}

/** `inputs` are held already, by the variables of `held` if given, which keep what they hold. */
export function variablesOf(items: readonly DefinedItem[], inputs: readonly number[], outputs: readonly number[], held?: readonly string[]): HeldTensors {
  const lastUse = new Map<number, number>();
  items.forEach((item, i) => { for (const tensor of item.inputs) lastUse.set(tensor, i); });
  for (const tensor of outputs) lastUse.set(tensor, items.length);
  const names = new Map<number, string>();
  const holding = new Map<string, number>();
  const free = (): string => {
    for (let i = 0; ; i++) {
      const name = ordinary[i] ?? `t_${i - ordinary.length + 1}`;
      if (!holding.has(name)) return name;
    }
  };
  const hold = (tensor: number, name: string): void => {
    names.set(tensor, name);
    holding.set(name, tensor);
  };
  inputs.forEach((tensor, i) => hold(tensor, held?.[i] ?? free()));
  items.forEach((item, i) => {
    for (const [name, tensor] of holding) if ((lastUse.get(tensor) ?? -1) <= i && !held?.includes(name)) holding.delete(name);
    for (const tensor of item.outputs) {
      if (lastUse.has(tensor)) hold(tensor, free());
      else names.set(tensor, '_');
    }
  });
  return { variableOf: tensor => names.get(tensor)! };
}
