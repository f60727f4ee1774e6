// What the panel's page is given of a block.
import type { Counting } from '../counting/counting.ts';
import type { BlockPayload } from '../protocol/messages.ts';
import { LineMap } from '../text/location.ts';
import type { BlockResult } from './outline.ts';

export interface PayloadSource {
  readonly version: number;
  /** The file as the user knows it. */
  readonly fileLabel: string;
  readonly counting: Counting;
  /** The text of each file that a layer stands in. */
  textOf(file: string): string | undefined;
}

export function payloadOf(result: BlockResult, { version, fileLabel, counting, textOf }: PayloadSource): BlockPayload {
  const lineMaps = new Map<string, LineMap>();
  const lineIn = (file: string, offset: number): number => {
    const lines = lineMaps.get(file) ?? new LineMap(textOf(file) ?? '');
    lineMaps.set(file, lines);
    return lines.lineColumn(offset).line;
  };
  return {
    id: result.id, name: result.name, version, graph: result.graph, counting, fileLabel,
    lines: result.graph.nodes.map(({ at }) => lineIn(at.file, at.start)),
  };
}
