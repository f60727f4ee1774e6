// What `with` sets of a block of the library: which names there are, what each can be, and what a hover says of it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { libraryParametersPath, libraryParametersText } from '../../../scripts/generate-library-parameters.ts';
import { analyze } from '../../../src/blocks/analyze.ts';
import { libraryBlocks, parametersOfLibraryBlock, typeOfParameter } from '../../../src/blocks/block-files/library-blocks.ts';
import { diagnostics } from '../../../src/blocks/features/diagnostics.ts';
import { hoverAt } from '../../../src/blocks/features/hover.ts';
import { argumentAt } from '../../../src/blocks/features/names-of-block-files.ts';
import { readModule } from '../read-module.ts';

const file = path.join(import.meta.dirname, 'uses.block.json');
const using = (block: string, settings: string): string => `{ "parameters": { "n": 8 }, "input": [1, 8, 8, 4], "layers": [{ "use": "${block}", "with": { ${settings} } }] }`;
const said = (text: string): string[] => diagnostics(analyze(file, text, { readModule })).map(({ message, at }) => `${text.slice(at.start, at.end)}: ${message}`);

const whole = '"inFeatures": 4, "outFeatures": 8';
const cases: Readonly<Record<string, readonly [block: string, settings: string, expected: readonly string[]]>> = {
  'what is right': ['mbConv', `${whole}, "useBias": false, "activation": "swish", "squeezed": "= n / 4", "norm": "none"`, []],
  'an expression of which nobody knows yet': ['mbConv', '"inFeatures": 4, "outFeatures": "= n"', []],
  'a misspelt name': ['mbConv', `${whole}, "expansions": 6`, ['expansions: mbConv has no parameter expansions; is expansion meant?']],
  'a name that is not there': ['classifier', '"colour": 6', ['colour: classifier has no parameter colour: it has classes, dropRate.']],
  'a name that only another block has': ['conv3x3BnReLU', '"filters": 8, "kernelSize": 3', ['kernelSize: conv3x3BnReLU has no parameter kernelSize: it has filters, useBias, norm, strides, padding, groups, activation.']],
  'one that is missing': ['mbConv', '"inFeatures": 4', ['mbConv: mbConv needs outFeatures.']],
  'all that are missing': ['mbConv', '', ['mbConv: mbConv needs inFeatures and outFeatures.']],
  'a text for a number': ['mbConv', '"inFeatures": 4, "outFeatures": "eight"', ['"eight": outFeatures of mbConv is a number, but here it is "eight".']],
  'a number for true or false': ['mbConv', `${whole}, "useBias": 1`, ['1: useBias of mbConv is true or false, but here it is 1.']],
  'a text that is none of those that can be': ['convNormAct', '"filters": 8, "norm": "group"', ['"group": norm of convNormAct is one of batch, layer, none, but here it is "group".']],
  'nothing for a number': ['classifier', '"classes": null', ['null: classes of classifier is a number, but here it is null.']],
  'a list': ['classifier', '"classes": [1]', ['[1]: classes of classifier is a number, but here it is [1].']],
  'an object': ['classifier', '"classes": {}', ['{}: A setting is a number, a text, true, false, null or a list of such.']],
};

describe('parameters of the blocks of the library', () => {
  it('are what the library declares', () => assert.equal(readFileSync(libraryParametersPath, 'utf8'), libraryParametersText(), 'run npx tsx scripts/generate-library-parameters.ts'));

  it('have types that can be said', () => {
    for (const block of libraryBlocks) for (const parameter of parametersOfLibraryBlock(block)) assert.notEqual(typeOfParameter(parameter), '', `${block}.${parameter.name}`);
  });

  for (const [name, [block, settings, expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(said(using(block, settings)), expected));

  const hovered = (text: string, name: string): string | undefined => hoverAt(analyze(file, text, { readModule }), text, text.indexOf(`"${name}"`) + 1, { name: () => '' })?.markdown;

  it('are explained where they are set', () => {
    assert.equal(hovered(using('mbConv', `${whole}, "expansion": 6`), 'expansion'),
      '**expansion** · parameter of mbConv, a number, by default `4`\n\nHow many times more channels the middle convolution has than go in; with 1 there is no convolution before it\\.');
    assert.equal(hovered(using('mbConv', whole), 'outFeatures'), '**outFeatures** · parameter of mbConv, a number, which has to be given');
  });

  it('of another file are those that it declares', () => {
    const other = '/other.block.json';
    const texts = { [other]: '{ "parameters": { "depth": { "default": 2, "doc": "How deep." } }, "layers": [] }' };
    const text = using('./other.block.json', '"depth": 3');
    const read = analyze(file, text, { readModule: () => ({ file: other, text: texts[other]! }) });
    const offset = text.indexOf('"depth"') + 1;
    assert.equal(hoverAt(read, text, offset, { name: () => '' })!.markdown, '**depth** · parameter, by default `2`\n\nHow deep\\.');
    const [declared] = argumentAt(read, offset)!.use.parameters!;
    assert.equal(texts[other]!.slice(declared!.at.start, declared!.at.end), 'depth');
    assert.equal(declared!.at.file, other);
  });
});
