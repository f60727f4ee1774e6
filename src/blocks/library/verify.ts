// Compares the networks of the library with what is published of them: the architectures are written out, and inferred like any other.
import { activationElementsOf } from '../graph/activation-elements.ts';
import { totalsOf } from '../graph/totals.ts';
import type { DataFormat } from '../layers/layout.ts';
import { formatDim, type Dim } from '../shapes/dim.ts';
import { graphOfBlock } from '../vocabulary/graph-of-block.ts';
import type { Block } from '../vocabulary/vocabulary.ts';
import { networks, type NetworkName } from './networks/networks.ts';
import { publishedNetworks, type NetworkFigures, type PublishedNetwork } from './networks/published.ts';

/** As `NetworkFigures`; what is not known is said so. */
export type FoundFigures = { readonly [figure in keyof NetworkFigures]: Dim };

export interface NetworkCheck {
  readonly name: NetworkName;
  readonly input: number;
  readonly expected: NetworkFigures;
  readonly found: Readonly<Record<DataFormat, FoundFigures>>;
  /** Whether every figure is the published one in both layouts, and no layer has a problem. */
  readonly exact: boolean;
  /** What keeps it from being exact, a sentence each. */
  readonly differences: readonly string[];
}

const layouts: readonly DataFormat[] = ['channelsLast', 'channelsFirst'];

const figureNames: Readonly<Record<keyof NetworkFigures, string>> = {
  params: 'parameters', bnBuffers: 'batch-norm buffers', macs: 'MACs', activations: 'activations',
};

/** One network, or what is to be compared in its place. */
export const checkNetwork = (published: PublishedNetwork, network: Block = networks[published.name]()): NetworkCheck =>
  compare(published, layouts.map(dataFormat => measure(network, published.input, dataFormat)));

/** All of them. */
export function checkNetworks(): readonly NetworkCheck[] {
  const steps = checkInSteps();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

export interface CheckStep {
  /** Of the network whose turn it is. */
  readonly name: NetworkName;
  /** Of all the work. */
  readonly share: number;
}

/** The same in steps of milliseconds: stops before each, so that whoever must not block can let others have a turn. */
export function* checkInSteps(): Generator<CheckStep, readonly NetworkCheck[]> {
  const checks: NetworkCheck[] = [];
  for (const published of publishedNetworks) {
    const network = networks[published.name]();
    const measured: Measured[] = [];
    for (const dataFormat of layouts) {
      yield { name: published.name, share: 1 / (layouts.length * publishedNetworks.length) };
      measured.push(measure(network, published.input, dataFormat));
    }
    checks.push(compare(published, measured));
  }
  return checks;
}

/** What one layout gives. */
interface Measured {
  readonly figures: FoundFigures;
  readonly problems: readonly string[];
}

function compare({ name, input, params, bnBuffers, macs, activations }: PublishedNetwork, measured: readonly Measured[]): NetworkCheck {
  const expected = { params, bnBuffers, macs, activations };
  const differences = measured.flatMap(({ figures, problems }, i) => [...differencesOf(expected, figures), ...problems].map(what => `${layouts[i]!}: ${what}`));
  const [last, first] = measured;
  return { name, input, expected, found: { channelsLast: last!.figures, channelsFirst: first!.figures }, exact: differences.length === 0, differences };
}

/** What is counted of a block on one square image of three channels. */
function measure(network: Block, size: number, dataFormat: DataFormat): Measured {
  const input = dataFormat === 'channelsLast' ? [1, size, size, 3] : [1, 3, size, size];
  const { graph, problems } = graphOfBlock(network, { input, dataFormat });
  const { trainableParams, nonTrainableParams, macs } = totalsOf(graph.nodes);
  return {
    figures: { params: trainableParams, bnBuffers: nonTrainableParams, macs, activations: activationElementsOf(graph.nodes) },
    problems: problems.map(({ message, node }) => `${graph.nodes[node]!.layer}: ${message}`),
  };
}

const differencesOf = (expected: NetworkFigures, found: FoundFigures): readonly string[] =>
  (Object.keys(figureNames) as (keyof NetworkFigures)[])
    .filter(figure => found[figure] !== expected[figure])
    .map(figure => `${spell(found[figure])} ${figureNames[figure]}, published ${spell(expected[figure])}`);

const spell = (figure: Dim): string => (typeof figure === 'number' ? figure.toLocaleString('en') : formatDim(figure));

/** `46 of 46 exact`. */
export const summaryOf = (checks: readonly NetworkCheck[]): string => `${checks.filter(({ exact }) => exact).length} of ${checks.length} exact`;

const head = ['network', 'input', 'parameters', 'batch-norm buffers', 'MACs', 'activations', ''];

/** A row for each network, as figures of the layout that is the default; what differs follows in lines of its own. */
const rowOf = ({ name, input, found: { channelsLast: found }, exact, differences }: NetworkCheck): readonly string[] => [
  name, `${input}×${input}`, ...(Object.keys(figureNames) as (keyof NetworkFigures)[]).map(figure => spell(found[figure])),
  exact ? 'exact' : `differs (${differences.length})`,
];

const differenceLines = (checks: readonly NetworkCheck[]): readonly string[] =>
  checks.flatMap(({ name, differences }) => differences.map(difference => `${name}, ${difference}`));

/** For terminals; ends with the summary. */
export function reportOf(checks: readonly NetworkCheck[]): string {
  const rows = [head, ...checks.map(rowOf)];
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ').trimEnd();
  return `${[...rows.map(line), '', ...differenceLines(checks), summaryOf(checks)].join('\n')}\n`;
}

/** For editors; ends with the summary. */
export function markdownReportOf(checks: readonly NetworkCheck[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, column) => (isText(column) ? '---' : '---:')));
  return [
    '# Published networks, inferred', '',
    'The figures are inferred layer by layer from the architectures in `src/blocks/library/networks`, with channels last and with channels '
      + 'first, and compared with the published ones to the digit.', '',
    line(head), rule, ...checks.map(check => line(rowOf(check))), '',
    ...differenceLines(checks).map(difference => `* ${difference}`),
    `**${summaryOf(checks)}**`, '',
  ].join('\n');
}

/** The name in front, and the verdict at the end; what is between are numbers. */
const isText = (column: number): boolean => column === 0 || column === head.length - 1;
