// The hover on a parameter of a block file, where it is declared and wherever it is mentioned: what it means, and what it is.
import type { Analysis } from '../analysis.ts';
import type { DeclaredName } from '../block-files/block-file.ts';
import type { Hover } from './hover-results.ts';
import { code, escapeMarkdown } from './markdown.ts';
import { nameAt } from './names-of-block-files.ts';

/** More presets than this are counted instead of listed. */
const mostPresets = 8;

export function parameterHover(analysis: Analysis, offset: number): Hover | undefined {
  const found = nameAt(analysis, offset);
  return found && { at: found.at, markdown: parameterMarkdown(found.name) };
}

export function parameterMarkdown({ name, parameter }: Pick<DeclaredName, 'name' | 'parameter'>): string {
  if (!parameter) return `**${escapeMarkdown(name)}** · counts the repetition, from 0`;
  const { doc, default: byDefault, presets } = parameter;
  const listed = presets.slice(0, mostPresets).map(({ name: preset, value }) => `${escapeMarkdown(preset)}: ${code(value)}`);
  if (presets.length > mostPresets) listed.push(`${presets.length - mostPresets} more`);
  return [
    `**${escapeMarkdown(name)}** · parameter, ${byDefault === undefined ? 'which has to be given' : `by default ${code(byDefault)}`}`,
    ...(doc === undefined ? [] : [escapeMarkdown(doc)]),
    ...(listed.length === 0 ? [] : [`Presets: ${listed.join(', ')}`]),
  ].join('\n\n');
}
