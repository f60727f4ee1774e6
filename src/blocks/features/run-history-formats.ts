// The forms in which the history of a block is saved.
import type { BlockPayload } from '../protocol/messages.ts';
import type { KeptRun, KeptWay } from '../protocol/run-history.ts';
import { csv } from './csv.ts';
import { dimsText, numbersLabel } from './run-words.ts';

type Text = (block: Pick<BlockPayload, 'name' | 'fileLabel'>, runs: readonly KeptRun[]) => string;

const ways: readonly KeptWay[] = ['written', 'predict', 'deployed', 'training'];

const header = [
  'ended', 'block', 'file', 'backend', 'renderer', 'software', 'input', 'sizes', ...ways.flatMap(way => ['median_ms', 'low_95_ms', 'high_95_ms', 'samples', 'quality'].map(field => `${way}_${field}`)),
  'params', 'macs', 'contention', 'graph', 'tensorflowjs', 'browser', 'cores',
];

const csvText: Text = ({ name, fileLabel }, runs) => csv([header, ...runs.map(({ at, backend, renderer, software, inputShapes, chosenDims, times, params, macs, contention, graph, machine }) => [
  new Date(at).toISOString(), name, fileLabel, backend, renderer, String(software), inputShapes.map(numbersLabel).join(' '), dimsText(chosenDims),
  ...ways.flatMap(way => [times[way]?.medianMs, times[way]?.intervalMs?.[0], times[way]?.intervalMs?.[1], times[way]?.samples, times[way]?.quality]),
  params, macs, contention, graph, machine.tensorflowjs, machine.browser, machine.cores,
])]);

const jsonText: Text = ({ name, fileLabel }, runs) =>
  `${JSON.stringify({ block: name, file: fileLabel, runs: runs.map(({ at, ...run }) => ({ ended: new Date(at).toISOString(), ...run })) }, null, 2)}\n`;

export const historyFormats = { csv: { name: 'CSV', text: csvText }, json: { name: 'JSON', text: jsonText } } as const;

export type HistoryFormatName = keyof typeof historyFormats;
