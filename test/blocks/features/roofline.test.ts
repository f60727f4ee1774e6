// What limits a layer, by hand.
import assert from 'node:assert/strict';
import { rooflineOf, rooflineOfBlock, type Roofline } from '../../../src/blocks/features/roofline.ts';
import { kernelsText, limitSentence, limitText, noiseSentences, peakSentence } from '../../../src/blocks/features/roofline-words.ts';
import type { BlockGraph } from '../../../src/blocks/graph/block-graph.ts';
import type { DevicePeak, LayerTiming, RunReport, Timing } from '../../../src/blocks/protocol/messages.ts';
import { unknown } from '../../../src/blocks/shapes/dim.ts';
import { GraphBuilder } from '../graph/build-graph.ts';

/** 10 GMAC/s, 20 GB/s, 50 µs for an operation. */
const peak: DevicePeak = { macsPerSecond: 10e9, bytesPerSecond: 20e9, operationMs: 0.05, contention: 1 };

const timing = (medianMs: number): Timing => ({ medianMs, p25Ms: medianMs, p75Ms: medianMs, p95Ms: medianMs, minMs: medianMs, samples: 7, runsPerSample: 1, quality: 'good' });

const measured = (node: number, ms: number, more: Partial<LayerTiming> = {}): LayerTiming =>
  ({ node, layer: 'conv2d', outputShape: [], timing: timing(ms), kernels: [{ name: 'FusedConv2D', count: 1 }], ...more });

function convolution(batch = 1, filters: Parameters<typeof unknown>[0] | number = 32): BlockGraph {
  const build = new GraphBuilder();
  const x = build.input([batch, 10, 10, 16]);
  const conv = build.layer('conv2d', { filters: typeof filters === 'number' ? filters : unknown(filters), kernelSize: 3, padding: 'same', useBias: false }, x);
  return build.graph(build.layer('reLU', {}, conv));
}

const of = (graph: BlockGraph, layer: LayerTiming, best: DevicePeak | undefined = peak): Roofline => {
  const roofline = rooflineOf(graph.nodes[layer.node]!, graph, layer, best);
  assert.ok(typeof roofline === 'object', String(roofline));
  return roofline;
};

describe('the roofline of a layer', () => {
  it('counts the whole batch, and every tensor once', () => {
    const { macs, bytes, operations, floors, limit, share, macsPerSecond } = of(convolution(2), measured(1, 0.4));
    assert.equal(macs, 2 * 10 * 10 * 3 * 3 * 16 * 32);
    assert.equal(bytes, 4 * (2 * 10 * 10 * 16 + 3 * 3 * 16 * 32 + 2 * 10 * 10 * 32));
    assert.equal(operations, 1);
    assert.ok(Math.abs(floors.arithmetic - 0.09216) < 1e-9 && Math.abs(floors.memory - (bytes / 20e9) * 1000) < 1e-9 && floors.dispatch === 0.05);
    assert.equal(limit, 'arithmetic');
    assert.ok(Math.abs(share - 0.2304) < 1e-9);
    assert.ok(Math.abs(macsPerSecond - macs / 0.0004) < 1);
  });

  const cases: readonly [string, DevicePeak, LayerTiming, Roofline['limit']][] = [
    ['memory', { ...peak, bytesPerSecond: 0.1e9 }, measured(1, 1), 'memory'],
    ['dispatch, by the programs of the GPU', peak, measured(1, 1, { kernels: [{ name: 'FusedConv2D', count: 1, programs: [{ name: 'Im2ColPackedProgram', count: 1 }, { name: 'MatMulPackedProgram', count: 2 }] }] }), 'dispatch'],
    ['dispatch, of a layer without multiply-accumulates', peak, measured(2, 0.1), 'dispatch'],
  ];
  for (const [name, best, layer, limit] of cases) it(`is limited by ${name}`, () => assert.equal(of(convolution(), layer, best).limit, limit));

  const unknowns: readonly [string, BlockGraph, LayerTiming, DevicePeak | undefined, RegExp][] = [
    ['without a best', convolution(), measured(1, 1), undefined, /at best was not measured/],
    ['on another backend', convolution(), measured(1, 1, { backend: 'cpu' }), peak, /another backend/],
    ['with weights that are not known', convolution(1, 'it is read from a file'), measured(1, 1), peak, /it is read from a file/],
    ['in no time', convolution(), measured(1, 0), peak, /less time than the clock/],
  ];
  for (const [name, graph, layer, best, reason] of unknowns) {
    it(`is not known ${name}`, () => {
      const roofline = rooflineOf(graph.nodes[1]!, graph, layer, best);
      assert.match(String(roofline), reason);
      assert.equal(limitText(roofline), '?');
      assert.match(limitSentence(roofline, 1), /^What limits it is not known: /);
    });
  }

  it('of a block is that of the sums, and not known where one layer is not', () => {
    const graph = convolution();
    const report = (layers: LayerTiming[], layersComplete = true): RunReport => ({ layers, layersComplete, peak, whole: timing(0.5) }) as unknown as RunReport;
    const [conv, relu] = [of(graph, measured(1, 1)), of(graph, measured(2, 1))];
    const whole = rooflineOfBlock(graph, report([measured(1, 1), measured(2, 1)])) as Roofline;
    assert.deepEqual([whole.macs, whole.bytes, whole.operations], [conv.macs, conv.bytes + relu.bytes, 2]);
    assert.ok(Math.abs(whole.floors.dispatch - 0.1) < 1e-12 && whole.limit === 'dispatch' && Math.abs(whole.share - 0.2) < 1e-9);
    assert.match(String(rooflineOfBlock(graph, report([measured(1, 1, { backend: 'cpu' }), measured(2, 1)]))), /conv2d: it ran on another/);
    assert.match(String(rooflineOfBlock(graph, report([measured(1, 1)], false))), /not all layers/);
  });

  it('is said in words', () => {
    const roofline = of(convolution(2), measured(1, 0.4));
    assert.equal(limitText(roofline), 'arithmetic 23 %');
    const above = of(convolution(2), measured(1, 0.04));
    assert.equal(limitText(above), 'arithmetic >100 %');
    assert.match(limitSentence(above, 0.04), /faster than this best/);
    assert.doesNotMatch(peakSentence(peak), /Other work/);
    assert.match(peakSentence({ ...peak, contention: 2.21 }), /Other work slowed the device by about 2\.2 times/);
    assert.match(limitSentence(roofline, 0.4), /^Limited by arithmetic: .*At best 92 µs for arithmetic, 2\.8 µs for memory, 50 µs for dispatch; 0\.40+ ms were measured, so that it reaches 23 % of the best\.$/);
    assert.equal(
      kernelsText([{ name: 'FusedConv2D', count: 1, share: 0.92, programs: [{ name: 'MatMulPackedProgram', count: 2 }] }, { name: 'Relu', count: 2, share: 0.08 }]),
      'FusedConv2D 92 % (2 × MatMulPackedProgram), Relu 2 times 8 %',
    );
    assert.match(noiseSentences({ contention: 1.42, trend: 1.3 }).join(' '), /slowed this run by about 1\.4 times.*slower during the run, by 1\.30 times/);
    assert.match(noiseSentences({ contention: 1.05, trend: 1 }).join(' '), /^No other work was noticed[^.]*\.$/);
  });
});
