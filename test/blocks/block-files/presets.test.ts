// Presets of a block file: wherever what they give is told side by side, each has its name, and they come in the order of the file.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { entryAt } from '../../../src/blocks/features/block-at.ts';
import { callPathText } from '../../../src/blocks/features/call-paths.ts';
import { focusableFunctions, waysTo } from '../../../src/blocks/features/focus-choices.ts';
import { hoverAt } from '../../../src/blocks/features/hover.ts';
import { hintText, inlayHints } from '../../../src/blocks/features/inlay-hints.ts';
import { outline } from '../../../src/blocks/features/outline.ts';
import { LineMap } from '../../../src/blocks/text/location.ts';

const file = '/stage.block.json';
/** Their order is that of no sort. */
const presets = { tiny: 8, small: 4, 'B3, wide': 16 };
const text = `{
  "block": "stage",
  "parameters": { "filters": 8 },
  "input": [1, 8, 8, 4],
  "layers": [
    { "conv2d": { "filters": "= filters", "kernelSize": 1 } }
  ],
  "presets": { ${Object.entries(presets).map(([name, filters]) => `"${name}": { "filters": ${filters} }`).join(', ')} }
}
`;
const analysis = analyze(file, text);
const lines = new LineMap(text);
const places = { name: ({ start }: { readonly start: number }) => `line ${lines.lineColumn(start).line}` };
const named = ['tiny line 8', 'small line 8', 'B3, wide line 8'];

describe('presets of a block file', () => {
  it('are told apart among the results of the block', () => {
    const stage = outline(analysis).find(({ name }) => name === 'stage')!;
    assert.deepEqual(stage.results.map(({ callPaths, outputShapes }) => [callPathText(callPaths[0]!, places), outputShapes[0]]),
      named.map((name, i) => [name, [1, 8, 8, Object.values(presets)[i]]]));
  });

  it('are all meant in the layers, and one of them where it stands', () => {
    const under = (at: string): string | undefined => entryAt(outline(analysis), file, text.indexOf(at), offset => lines.lineColumn(offset).line)?.name;
    assert.deepEqual(['"block"', '"layers"', '"conv2d"', '"tiny"'].map(under), ['stage', 'stage', 'stage', 'tiny']);
  });

  it('are told apart among the calls to focus', () => {
    const [stage] = focusableFunctions(analysis);
    assert.deepEqual(waysTo(analysis, stage!, places).map(({ label }) => label), named);
  });

  it('are told apart in the hover on a layer', () => {
    const { markdown } = hoverAt(analysis, text, text.indexOf('conv2d'), places)!;
    assert.deepEqual(markdown.split('\n').filter(line => line.startsWith('- ')).map(line => line.split(' — ')[1]), named.map(name => name.replaceAll(' ', '\u00a0')));
  });

  it('stand in the order of the file in hints', () => {
    const two = analyze(file, text.replace(', "B3, wide": { "filters": 16 }', ''));
    assert.deepEqual(inlayHints(two).map(hintText)[0], '→ [1, 8, 8, 8] · 40 | [1, 8, 8, 4] · 20');
  });
});
