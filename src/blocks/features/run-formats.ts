// The forms in which the result of a run leaves the panel.
import type { BlockPayload, RunReport } from '../protocol/messages.ts';
import { csvReport } from './run-csv.ts';
import { markdownReport } from './run-markdown.ts';

export interface RunFormat {
  readonly name: string;
  /** Of a file, without the dot. */
  readonly extension: string;
  text(block: BlockPayload, report: RunReport): string;
}

export const runFormats = {
  markdown: { name: 'Markdown', extension: 'md', text: markdownReport },
  csv: { name: 'CSV', extension: 'csv', text: csvReport },
  json: { name: 'JSON', extension: 'json', text: (block, report) => `${JSON.stringify({ block: block.name, file: block.fileLabel, ...report }, null, 2)}\n` },
} as const satisfies Readonly<Record<string, RunFormat>>;

export type RunFormatName = keyof typeof runFormats;
