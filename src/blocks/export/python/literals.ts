// Values and calls as Python text.
import { isCall, isTuple, PythonCode, type PythonArgument, type PythonCall, type PythonValue } from './statements.ts';

export function valueText(value: PythonValue): string {
  if (value instanceof PythonCode) return value.code;
  if (isTuple(value)) return value.length === 1 ? `(${valueText(value[0]!)},)` : `(${value.map(valueText).join(', ')})`;
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') return numberText(value);
  if (value === null) return 'None';
  if (isCall(value)) return callText(value, valueText);
  return value ? 'True' : 'False';
}

/** The escapes of JSON mean the same in Python; a text can neither end early nor go on in another line. */
export const stringText = (text: string): string => JSON.stringify(text);

function numberText(value: number): string {
  const small = value !== 0 && Math.abs(value) < 1e-3;
  if (Number.isFinite(value)) return small ? value.toExponential() : String(value);
  return Number.isNaN(value) ? 'float("nan")' : `float("${value > 0 ? '' : '-'}inf")`;
}

/** `write` says how a value is written: as it is, or as the parameter that stands for it. */
export function callText({ callee, arguments: given, behind = '' }: PythonCall, write: (value: PythonValue, argument: PythonArgument) => string): string {
  const written = given.flatMap(argument => {
    const text = write(argument.value, argument);
    if (argument.positional) return [text];
    return argument.fallback !== undefined && text === valueText(argument.fallback) ? [] : [`${argument.name}=${text}`];
  });
  return `${callee}(${written.join(', ')})${behind}`;
}

/** Equal keys are equal values. */
export const keyOf = (value: PythonValue): string => valueText(value);

/** One number where all axes have the same. */
export const shortest = (sizes: readonly number[]): PythonValue => (sizes.length > 0 && sizes.every(size => size === sizes[0]) ? sizes[0]! : sizes);
