// The hover on a parameter of a block file: on its definition, in expressions and in presets; on what a repetition counts.
import assert from 'node:assert/strict';
import { analyze } from '../../../src/blocks/analyze.ts';
import { hoverAt } from '../../../src/blocks/features/hover.ts';

const text = `{
  "parameters": {
    "filters": { "default": 8, "doc": "How *many* there are." },
    "width": "= filters * 2",
    "classes": null
  },
  "input": [1, 8, 8, 4],
  "layers": [{ "repeat": 2, "as": "turn", "layers": [{ "conv2d": { "filters": "= filters + turn", "kernelSize": 1 } }] }],
  "presets": { "small": { "filters": 4, "classes": 10 }, "large": { "filters": "= 2 ** 6", "classes": 1000 } }
}
`;
const analysis = analyze('/hover.block.json', text);
const hover = (around: string, at: string) => hoverAt(analysis, text, text.indexOf(at, text.indexOf(around)), { name: () => '' });

const filters = '**filters** · parameter, by default `8`\n\nHow \\*many\\* there are\\.\n\nPresets: small: `4`, large: `"= 2 ** 6"`';

describe('the hover on a parameter', () => {
  for (const [where, around, at, expected] of [
    ['at its definition', '"filters"', 'filters', filters],
    ['in an expression', '= filters + turn', 'filters', filters],
    ['in the expression of another parameter', '= filters * 2', 'filters', filters],
    ['in a preset', '"large"', 'filters', filters],
    ['that has no documentation', '"width"', 'width', '**width** · parameter, by default `"= filters * 2"`'],
    ['that has to be given', '"classes"', 'classes', '**classes** · parameter, which has to be given\n\nPresets: small: `10`, large: `1000`'],
    ['and on what a repetition counts', '+ turn', 'turn', '**turn** · counts the repetition, from 0'],
  ] as const) {
    it(where, () => {
      const { markdown, at: place } = hover(around, at)!;
      assert.equal(markdown, expected);
      assert.equal(text.slice(place.start, place.end), at);
    });
  }

  it('leaves layers and attributes to themselves', () => {
    assert.match(hover('"conv2d"', 'conv2d')!.markdown, /^\*\*conv2d\*\*/);
    assert.match(hover('"conv2d": {', 'filters')!.markdown, /^\*\*filters\*\* `/);
  });
});
