// The picture of a block as geometry: nothing overlaps, no line crosses a box, whatever the graph.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BlockGraph } from '../../src/blocks/graph/block-graph.ts';
import { layOutPicture, type Picture, type PlacedLine } from '../../webview/draw/picture-layout.ts';
import type { MeasureText } from '../../webview/draw/text-fit.ts';
import { GraphBuilder } from '../blocks/graph/build-graph.ts';
import { classifier, inception, residualBlock, resnet, single } from './blocks.ts';

/** A font in which every letter is seven pixels wide. */
const measure: MeasureText = text => [...text].length * 7;

interface Box { readonly name: string; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

const lay = (graph: BlockGraph, closed: readonly number[] = []): Picture => layOutPicture(graph, new Set(closed), measure);
const boxes = (picture: Picture): Box[] =>
  picture.cards.map(({ x, y, card, nodes }) => ({ name: `${card.title} ${nodes[0]}`, x, y, width: card.width, height: card.height }));

/** Everything that makes a picture wrong, as sentences. */
function faults(picture: Picture): string[] {
  const found: string[] = [];
  const all = boxes(picture);
  const inside = (inner: Box, outer: Box): boolean =>
    inner.x >= outer.x && inner.y >= outer.y && inner.x + inner.width <= outer.x + outer.width + 0.01 && inner.y + inner.height <= outer.y + outer.height + 0.01;
  const apart = (a: Box, b: Box): boolean =>
    a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
  const whole: Box = { name: 'picture', x: 0, y: 0, width: picture.width, height: picture.height };
  const frames = picture.frames.map(frame => ({ ...frame, name: frame.title }));
  for (const box of [...all, ...frames]) if (!inside(box, whole)) found.push(`${box.name} is outside of the picture`);
  all.forEach((a, i) => all.slice(i + 1).forEach(b => { if (!apart(a, b)) found.push(`${a.name} overlaps ${b.name}`); }));
  for (const frame of frames) {
    for (const box of [...all, ...frames]) {
      if (box !== frame && !apart(box, frame) && !inside(box, frame) && !inside(frame, box)) found.push(`${box.name} cuts ${frame.name}`);
    }
  }
  for (const line of picture.lines) {
    line.points.slice(1).forEach((to, i) => {
      const from = line.points[i]!;
      if (from.x !== to.x && from.y !== to.y) found.push(`a line of ${line.tensor} is slanted`);
      const segment = { left: Math.min(from.x, to.x), right: Math.max(from.x, to.x), top: Math.min(from.y, to.y), bottom: Math.max(from.y, to.y) };
      for (const box of all) {
        const crosses = segment.left < box.x + box.width - 0.5 && segment.right > box.x + 0.5 && segment.top < box.y + box.height - 0.5 && segment.bottom > box.y + 0.5;
        if (crosses) found.push(`a line of ${line.tensor} crosses ${box.name}`);
      }
    });
  }
  return found;
}

/** Stretches on which lines of two tensors lie on each other. Lines that end at the same box may join before it. */
function confusions(picture: Picture): string[] {
  const segments = picture.lines.flatMap(line => line.points.slice(1).map((to, i) => ({ line, from: line.points[i]!, to })));
  const stretch = (from: { x: number; y: number }, to: { x: number; y: number }) => {
    const upright = from.x === to.x;
    const [a, b] = upright ? [from.y, to.y] : [from.x, to.x];
    return { upright, across: upright ? from.x : from.y, low: Math.min(a, b), high: Math.max(a, b) };
  };
  return segments.flatMap((one, i) => segments.slice(i + 1).flatMap(other => {
    if (one.line.tensor === other.line.tensor) return [];
    const end = (line: PlacedLine): string => JSON.stringify(line.points.at(-1)!);
    const sameBox = one.line.to.length > 0 && one.line.to[0] === other.line.to[0];
    if (sameBox || end(one.line) === end(other.line)) return [];
    const [a, b] = [stretch(one.from, one.to), stretch(other.from, other.to)];
    const meet = a.upright === b.upright && Math.abs(a.across - b.across) < 1 && Math.min(a.high, b.high) - Math.max(a.low, b.low) > 2;
    return meet ? [`lines of ${one.line.tensor} and ${other.line.tensor} lie on each other`] : [];
  }));
}

describe('the picture of a block', () => {
  const blocks: Record<string, BlockGraph> = {
    'one layer': single(), 'a sequence': classifier(), 'a residual block': residualBlock(), 'an inception module': inception(), '200 nodes': resnet(32, 4),
  };
  for (const [name, graph] of Object.entries(blocks)) {
    it(`has no faults with ${name}`, () => {
      const picture = lay(graph);
      assert.deepEqual([...faults(picture), ...confusions(picture)], []);
      assert.equal(picture.cards.length, graph.nodes.length);
      const drawn = new Set(picture.lines.map(line => line.tensor));
      for (const node of graph.nodes) for (const input of node.inputs) assert.ok(drawn.has(input));
    });
  }

  it('runs the main path straight down, with the shortcut beside it', () => {
    const picture = lay(residualBlock());
    const centers = new Set(boxes(picture).map(box => box.x + box.width / 2));
    assert.equal(centers.size, 1, 'every layer of the block stands in one column');
    const beside = picture.lines.filter(line => line.beside);
    assert.equal(beside.length, 1);
    const [shortcut] = beside;
    assert.equal(shortcut!.tensor, 0);
    assert.ok(Math.max(...shortcut!.points.map(point => point.x)) > Math.max(...boxes(picture).map(box => box.x + box.width)), 'the shortcut goes around the boxes');
  });

  it('puts frames around what a function made, and frames in frames', () => {
    const graph = resnet(32, 4);
    const picture = lay(graph);
    assert.equal(picture.frames.length, graph.groups.length - 1);
    for (const frame of picture.frames) {
      const inner = picture.cards.filter(({ x, y }) => x >= frame.x && x < frame.x + frame.width && y >= frame.y && y < frame.y + frame.height);
      assert.deepEqual(inner.flatMap(card => card.nodes).sort((a, b) => a - b), frame.nodes, frame.title);
    }
  });

  it('shows a closed frame as one box', () => {
    const graph = resnet(32, 4);
    const stages = graph.groups.filter(group => group.parent === 0).map(group => group.id);
    const picture = lay(graph, stages);
    assert.deepEqual(faults(picture), []);
    assert.equal(picture.frames.length, 0);
    const closed = picture.cards.filter(card => card.group);
    assert.deepEqual(closed.map(card => card.card.title), ['stage2', 'stage3', 'stage4', 'stage5']);
    assert.equal(picture.cards.reduce((sum, card) => sum + card.nodes.length, 0), graph.nodes.length);
  });

  it('keeps every text within its box', () => {
    const build = new GraphBuilder();
    const name = 'a_very_long_name_that_somebody_gave_to_a_layer_in_a_loop_with_an_index_behind_it_12';
    const x = build.input([null, 1024, 1024, 123456], { name });
    const y = build.inGroup(name, () => build.layer('conv2d', { filters: 123456, kernelSize: [11, 13], strides: [2, 3], padding: 'same', dilationRate: 1, activation: 'hardSigmoid', useBias: false }, x, { name }));
    const graph = build.graph(y);
    for (const closed of [[], [1]]) {
      const picture = lay(graph, closed);
      assert.deepEqual(faults(picture), []);
      for (const { card } of picture.cards) {
        for (const text of [card.title, card.detail]) assert.ok(measure(text, 'plain') <= card.width - 24, text);
        assert.ok(measure(card.shape + card.count, 'figures') <= card.width - 24 - 10);
        if (card.name !== '') assert.ok(card.nameX + measure(card.name, 'plain') <= card.width - 12 - 62);
      }
    }
  });

  it('has no faults with any graph, whichever frames it has', () => {
    fc.assert(fc.property(randomGraph(['same', 'same', 'same', 'open', 'close']), fc.boolean(), (graph, close) => {
      assert.deepEqual(faults(lay(graph, close ? [1] : [])), []);
    }), { numRuns: 300 });
  });

  it('never draws the lines of two tensors on each other', () => {
    fc.assert(fc.property(randomGraph(['same']), graph => {
      assert.deepEqual(confusions(lay(graph)), []);
    }), { numRuns: 300 });
  });

  it('draws a frame that is left and entered again', () => {
    const build = new GraphBuilder();
    const x = build.input([null, 8]);
    const a = build.inGroup('outer', () => build.layer('dense', { units: 8 }, x));
    const b = build.layer('reLU', {}, a);
    const c = build.layer('dense', { units: 8 }, b, { group: 1 });
    const picture = lay(build.graph(build.layer('add', {}, [c, x])));
    assert.equal(picture.cards.length, 5);
    assert.equal(picture.frames.length, 1);
  });
});

/** A graph of up to 24 additions of earlier tensors, in up to four groups that nest, each entered once as calls are. */
function randomGraph(groups: readonly ('same' | 'open' | 'close')[]): fc.Arbitrary<BlockGraph> {
  const step = fc.record({ inputs: fc.array(fc.nat(1000), { minLength: 1, maxLength: 3 }), group: fc.constantFrom(...groups) });
  return fc.array(step, { minLength: 1, maxLength: 24 }).map(steps => {
    const build = new GraphBuilder();
    const made = [build.input([null, 4]), build.input([null, 4])];
    const add = (from: number): number => {
      for (let i = from; i < steps.length; i++) {
        const { inputs, group } = steps[i]!;
        const sources = [...new Set(inputs.map(input => made[input % made.length]!))];
        const layer = (): void => void made.push(sources.length === 1 ? build.layer('reLU', {}, sources) : build.layer('add', {}, sources));
        if (group === 'close' && from > 0) return i;
        if (group === 'open') {
          const next = build.inGroup(`call${i}`, () => { layer(); return add(i + 1); });
          if (next >= steps.length) return next;
          i = next - 1 + (next === i + 1 ? 1 : 0);
        } else {
          layer();
        }
      }
      return steps.length;
    };
    add(0);
    return build.graph(made.at(-1)!);
  });
}
