// The hover on a parameter of a block file, where it is declared and wherever it is mentioned, and on what `with` sets of another block: what it
// means, and what it is.
import type { Analysis } from '../analysis.ts';
import type { BlockUse, DeclaredName } from '../block-files/block-file.ts';
import { parametersOfLibraryBlock, typeOfParameter } from '../block-files/library-blocks.ts';
import type { Hover } from './hover-results.ts';
import { code, escapeMarkdown } from './markdown.ts';
import { argumentAt, nameAt } from './names-of-block-files.ts';

/** More presets than this are counted instead of listed. */
const mostPresets = 8;

export function parameterHover(analysis: Analysis, offset: number): Hover | undefined {
  const found = nameAt(analysis, offset);
  if (found) return { at: found.at, markdown: parameterMarkdown(found.name) };
  const argument = argumentAt(analysis, offset);
  const markdown = argument && argumentMarkdown(argument.use, argument.name);
  return markdown === undefined ? undefined : { at: argument!.at, markdown };
}

function argumentMarkdown({ block, parameters }: BlockUse, name: string): string | undefined {
  const declared = parameters?.find(parameter => parameter.name === name);
  if (declared) return parameterMarkdown(declared);
  const parameter = parametersOfLibraryBlock(block).find(one => one.name === name);
  if (!parameter) return undefined;
  const { required, default: byDefault, doc } = parameter;
  const given = required ? 'which has to be given' : byDefault === undefined ? 'optional' : `by default ${code(byDefault)}`;
  return `**${escapeMarkdown(name)}** · parameter of ${escapeMarkdown(block)}, ${typeOfParameter(parameter)}, ${given}${doc === undefined ? '' : `\n\n${escapeMarkdown(doc)}`}`;
}

function parameterMarkdown({ name, parameter }: Pick<DeclaredName, 'name' | 'parameter'>): string {
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
