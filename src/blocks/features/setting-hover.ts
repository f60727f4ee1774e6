// The hover on a setting in a saved model: the attribute that it is, with names and values as Keras writes them.
import type { Analysis } from '../analysis.ts';
import { schemaOf } from '../layers/every-layer.ts';
import { findLayer } from '../layers/registry.ts';
import { attributeMarkdown } from './attribute-hover.ts';
import type { Hover } from './hover-results.ts';
import { code, escapeMarkdown } from './markdown.ts';
import { odditiesOfAttribute } from './oddities.ts';

/** Undefined where the offset is not on the name of a setting. */
export function settingHover({ file, sites }: Analysis, offset: number): Hover | undefined {
  const site = sites.find(({ settings }) => settings && settings.at.file === file && settings.at.start <= offset && offset <= settings.at.end);
  const setting = site?.settings!.all().find(({ at }) => at.start <= offset && offset <= at.end);
  const definition = setting && findLayer(setting.layer);
  if (!setting || !definition) return undefined;
  const { written, attribute, at } = setting;
  if (attribute === undefined) return { at, markdown: `**${escapeMarkdown(written)}** is not read by TensorFlow.js: its ${code(definition.name)} has no such attribute.` };
  const name = inKeras(attribute);
  const title = `**${escapeMarkdown(written)}**${name === written ? '' : `, ${code(name)} in Keras 2`}`;
  return { at, markdown: attributeMarkdown(title, schemaOf(definition)[attribute]!, '', odditiesOfAttribute(definition, attribute), inKeras) };
}

/** `kernelSize` as Keras writes it, also where it is quoted in a longer text. */
const inKeras = (text: string): string => text.replace(/(?<=[a-z\d])[A-Z]/g, capital => `_${capital.toLowerCase()}`);
