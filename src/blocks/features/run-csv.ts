// The layers of a run as a table for a spreadsheet: numbers as numbers, times in milliseconds.
import { csv } from './csv.ts';
import { rooflineOf } from './roofline.ts';
import { kernelsText } from './roofline-words.ts';
import { wholeShape } from './shape-label.ts';
import { graphAtSizes } from '../graph/fixed-sizes.ts';
import type { BlockPayload, RunReport } from '../protocol/messages.ts';

const header = ['line', 'layer', 'name', 'output', 'params', 'macs', 'median_ms', 'p25_ms', 'p75_ms', 'p95_ms', 'min_ms', 'samples', 'quality', 'backend', 'timed_by', 'kernels', 'bytes_moved', 'operations', 'macs_per_s', 'bytes_per_s', 'limit', 'share_of_best'];

export function csvReport(block: BlockPayload, report: RunReport): string {
  const graph = graphAtSizes(block.graph, report.chosenDims);
  const timings = new Map(report.layers.map(layer => [layer.node, layer]));
  const rows = graph.nodes.map(node => {
    const measured = timings.get(node.id);
    const { medianMs, p25Ms, p75Ms, p95Ms, minMs, samples, quality } = measured?.timing ?? {};
    const limits = measured && rooflineOf(node, graph, measured, report.peak);
    const roofline = typeof limits === 'object' ? limits : undefined;
    return [
      block.lines[node.id], node.layer, node.name, wholeShape(node.output), plain(node.params), plain(node.macs),
      medianMs, p25Ms, p75Ms, p95Ms, minMs, samples, quality, measured && (measured.backend ?? report.backend),
      measured && (measured.timedBy === 'gpuTimer' ? 'GPU timer' : 'clock'), measured?.kernels && kernelsText(measured.kernels),
      roofline?.bytes, roofline?.operations, roofline?.macsPerSecond, roofline?.bytesPerSecond, roofline?.limit, roofline?.share,
    ];
  });
  return csv([header, ...rows]);
}

/** What is not a number stays empty. */
const plain = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);
