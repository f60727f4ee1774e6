import assert from 'node:assert/strict';
import type { Block, FunctionBlock, FunctionVariant } from '../../../src/blocks/analysis.ts';
import { entryAt } from '../../../src/blocks/features/block-at.ts';
import { codeLenses } from '../../../src/blocks/features/code-lenses.ts';
import { findResult, outline } from '../../../src/blocks/features/outline.ts';
import { symbol, type Dim } from '../../../src/blocks/shapes/dim.ts';
import { analysis, call, FILE, graph, node, place, totals } from './hand-made.ts';

const block = (name: string, at: number, fields: Partial<Block> = {}): Block => ({
  name, kind: 'model', at: place(at), callPaths: [[]], graph: graph(), inputShapes: [[null, 28, 28, 1]], outputShapes: [[null, 10]],
  totals: totals(), count: 1, data: undefined, ...fields,
});

const result = (fields: Partial<FunctionVariant> = {}): FunctionVariant => ({
  inputShapes: [[null, 28, 28, 16]], outputShapes: [[null, 14, 14, 32]], totals: totals(), count: 1, assumed: [], callPaths: [[]],
  graph: graph([node()]), ...fields,
});

const fn = (name: string, at: number, variants: readonly FunctionVariant[]): FunctionBlock => ({ name, at: place(at), variants });

describe('the outline of a file', () => {
  it('gives every result an id by its name that other blocks do not shift', () => {
    const before = outline(analysis({ blocks: [block('net', 50), block('net', 50, { outputShapes: [[null, 5]] })] }));
    const after = outline(analysis({ blocks: [block('other', 10), block('net', 90), block('net', 90, { outputShapes: [[null, 5]] })] }));
    const ids = (entries: typeof before) => entries.filter(entry => entry.name === 'net').flatMap(entry => entry.results.map(r => r.id));
    assert.deepEqual(ids(before), [`${FILE}#net@0`, `${FILE}#net@1`]);
    assert.deepEqual(ids(after), ids(before));
    assert.deepEqual(findResult(after, `${FILE}#net@1`)?.outputShapes, [[null, 5]]);
    assert.equal(findResult(after, `${FILE}#net@2`), undefined);
  });

  it('leaves out what lies in imported files, and functions without a result', () => {
    const imported = block('net', 5, { at: place(5, 6, 'file:///other.ts') });
    assert.deepEqual(outline(analysis({ blocks: [imported], functions: [fn('never', 9, [])] })), []);
  });

  it('leaves out layers that belong to no model where they are all of a function', () => {
    const layers = graph([node({ id: 0, layer: 'inputLayer' }), node({ id: 1, at: place(60) })]);
    const apart = graph([node({ id: 0, at: place(60) }), node({ id: 1, at: place(80) })]);
    const head = fn('head', 50, [result({ graph: { ...layers, inputs: [0] } })]);
    const kinds = (loose: Block): string[] => outline(analysis({ blocks: [loose], functions: [head] })).flatMap(({ results }) => results.map(({ kind }) => kind));
    assert.deepEqual(kinds(block('head', 60, { kind: 'loose', graph: { ...layers, inputs: [0] } })), ['function']);
    assert.deepEqual(kinds(block('head', 60, { kind: 'loose', graph: apart })), ['function', 'loose']);
    assert.deepEqual(kinds(block('head', 60, { graph: { ...layers, inputs: [0] } })), ['function', 'model']);
  });

  it('leaves out functions that only apply what was made for them', () => {
    const passesOn = fn('apply', 9, [result({ callPaths: [[call('apply', 40)]], graph: graph([node({ callPath: [] })]) })]);
    assert.deepEqual(outline(analysis({ functions: [passesOn] })), []);
  });
});

describe('code lenses', () => {
  it('say the totals of a block and what can be done with it', () => {
    const lenses = codeLenses(analysis({ blocks: [block('digits', 40, { totals: totals({ params: 11_186_889, macs: 1_234_567_890 }) })] }));
    assert.deepEqual(lenses.map(lens => [lens.at.start, lens.action, lens.title]), [
      [40, 'none', 'digits · 28×28×1 → 10 · 11.2M params · 1.2G MACs'], [40, 'visualize', 'Visualize'], [40, 'profile', 'Profile'],
    ]);
    assert.match(lenses[0]!.tooltip, /11,186,889 parameters.*1,234,567,890 multiply-accumulates/);
  });

  it('say the same thing once, with a count', () => {
    const [totalsLens] = codeLenses(analysis({ functions: [fn('residual', 7, [result({ count: 3 }), result({ callPaths: [[call('a', 3)]], graph: graph([node({ callPath: [call('a', 3)] })]) })])] }));
    assert.equal(totalsLens!.title, '28×28×16 → 14×14×32 · 80 params · 48.7k MACs ×4');
    assert.equal(totalsLens!.results.length, 2);
  });

  it('put two results side by side, and name the first and the last of more', () => {
    const of = (...sizes: number[]) => codeLenses(analysis({
      functions: [fn('f', 7, sizes.map(size => result({ outputShapes: [[null, size]], totals: totals({ params: size, macs: 0 }) })))],
    }))[0]!.title;
    assert.equal(of(1, 2), '28×28×16 → 1 · 1 params | 28×28×16 → 2 · 2 params ×2');
    assert.equal(of(1, 2, 3), '28×28×16 → 1 · 1 params … 28×28×16 → 3 · 3 params ×3');
  });

  it('say less of each result rather than push what can be done out of sight', () => {
    const of = (filters: Dim, ...sizes: Dim[]) => codeLenses(analysis({
      functions: [fn('f', 7, sizes.map(size => result({ outputShapes: [[null, size, size, filters]], totals: totals({ params: 10_000, macs: 2_000_000 }) })))],
    }))[0]!.title;
    assert.equal(of(8, 112), '28×28×16 → 112×112×8 · 10k params · 2M MACs');
    assert.equal(of(8, 112, 56), '28×28×16 → 112×112×8 · 10k params | 28×28×16 → 56×56×8 · 10k params ×2');
    assert.equal(of(128, 112, 56), '→ 112×112×128 · 10k | 56×56×128 · 10k ×2');
    const [features, height] = [symbol('numberOfFeatures'), symbol('heightOfImage')];
    assert.equal(of(features, height, 56), '→ heightOfImage×heightOfImage×numberOfFeatures | 56×56×numberOfFeatur…');
  });

  it('list what they leave out in a tooltip', () => {
    const [lens] = codeLenses(analysis({ functions: [fn('f', 7, Array.from({ length: 14 }, (_, i) => result({ outputShapes: [[null, i]] })))] }));
    const lines = lens!.tooltip.split('\n');
    assert.equal(lines.length, 13);
    assert.match(lines[1]!, /^28×28×16 → 1: 80 parameters as Keras counts them, .* multiply-accumulates of one example$/);
    assert.equal(lines.at(-1), 'and 2 more');
  });

  it('name models, which may be far from their names', () => {
    const { title } = codeLenses(analysis({ blocks: [block('aModelWhoseNameIsLongerThanMostAreInPrograms', 40)] }))[0]!;
    assert.equal(title, 'aModelWhoseNameIsLongerThanMostAreInPrograms · 28×28×1 → 10 · 80 params');
  });
});

describe('the block under the caret', () => {
  const inner = fn('residual', 100, [result({
    callPaths: [[call('residual', 320)]],
    graph: graph([node({ at: place(120), callPath: [call('residual', 320)] }), node({ at: place(180), callPath: [call('residual', 320)] })]),
  })]);
  const outer = block('net', 400, {
    graph: graph([node({ at: place(300) }), node({ at: place(120), callPath: [call('residual', 320)] }), node({ at: place(410) })]),
  });
  const entries = outline(analysis({ blocks: [outer], functions: [inner] }));
  const at = (offset: number) => entryAt(entries, FILE, offset, o => Math.floor(o / 10))?.name;

  it('is the function whose layers lie around it', () => assert.equal(at(150), 'residual'));
  it('is the model whose code lies around it, with helpers counted where they are called', () => {
    assert.equal(at(325), 'net');
    assert.equal(at(305), 'net');
  });
  it('is none elsewhere', () => {
    assert.equal(at(20), undefined);
    assert.equal(at(250), undefined);
  });
});
