// A block as JSON text.
import type { Block } from '../vocabulary/block.ts';
import { CannotExport } from './cannot-export.ts';

const widest = 120;

/** Formatted for people: what fits into a line stands in one. `readBlockJson` gives the same block again. */
export const blockJson = (block: Block): string => `${textOf(block, '', 0)}\n`;

/** `beside` characters stand in the line besides: a name before, a comma behind. */
function textOf(value: unknown, indent: string, beside: number): string {
  const inLine = lineOf(value);
  if (indent.length + beside + inLine.length <= widest || typeof value !== 'object' || value === null) return inLine;
  const inner = `${indent}  `;
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  const entries = Array.isArray(value) ? value.map(one => textOf(one, inner, 1)) : entriesOf(value).map(([name, one]) => namedText(name, one, inner));
  return `${open}\n${entries.map(entry => `${inner}${entry}`).join(',\n')}\n${indent}${close}`;
}

function namedText(name: string, value: unknown, indent: string): string {
  const before = `${JSON.stringify(name)}: `;
  return before + textOf(value, indent, before.length + 1);
}

function lineOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(lineOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = entriesOf(value).map(([name, one]) => `${JSON.stringify(name)}: ${lineOf(one)}`);
    return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`;
  }
  if (value === undefined || (typeof value === 'number' && !Number.isFinite(value))) throw new CannotExport(`JSON has no ${String(value)}.`);
  return JSON.stringify(value);
}

/** What is undefined is left to its default, and so left out. */
const entriesOf = (value: object): [string, unknown][] => Object.entries(value).filter(([, one]) => one !== undefined);
