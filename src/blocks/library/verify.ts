// Compares the networks of the library with what is published of them: the architectures are written out, and inferred like any other.
import { activationElementsOf } from '../graph/activation-elements.ts';
import { totalsOf } from '../graph/totals.ts';
import type { DataFormat } from '../layers/layout.ts';
import { formatDim, type Dim } from '../shapes/dim.ts';
import { graphOfBlock } from '../vocabulary/graph-of-block.ts';
import type { Block } from '../vocabulary/vocabulary.ts';
import { networks, type NetworkName } from './networks/networks.ts';
import { everyPublishedNetwork, type NetworkFigures, type PartlyPublishedNetwork, type PublishedNetwork } from './networks/published.ts';

/** As `NetworkFigures`; what is not known is said so. */
export type FoundFigures = { readonly [figure in keyof NetworkFigures]: Dim };

/** What is published of a network: all figures, or parameters and MACs in billions to three decimals. */
export type ExpectedFigures = NetworkFigures | Pick<PartlyPublishedNetwork, 'params' | 'gmacs'>;

export interface NetworkCheck {
  readonly name: NetworkName;
  readonly input: number;
  readonly expected: ExpectedFigures;
  readonly found: Readonly<Record<DataFormat, FoundFigures>>;
  /** Whether every published figure is what is found in both layouts, to all its digits, and no layer has a problem. */
  readonly exact: boolean;
  /** What keeps it from being exact, a sentence each. */
  readonly differences: readonly string[];
}

const layouts: readonly DataFormat[] = ['channelsLast', 'channelsFirst'];

const figureNames: Readonly<Record<keyof NetworkFigures, string>> = {
  params: 'parameters', bnBuffers: 'batch-norm buffers', macs: 'MACs', activations: 'activations',
};

/** One network, or what is to be compared in its place. */
export const checkNetwork = (published: PublishedNetwork | PartlyPublishedNetwork, network: Block = networks[published.name]()): NetworkCheck =>
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
  for (const published of everyPublishedNetwork) {
    const network = networks[published.name]();
    const measured: Measured[] = [];
    for (const dataFormat of layouts) {
      yield { name: published.name, share: 1 / (layouts.length * everyPublishedNetwork.length) };
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

function compare(published: PublishedNetwork | PartlyPublishedNetwork, measured: readonly Measured[]): NetworkCheck {
  const { name, input } = published;
  const expected = expectedOf(published);
  const differences = measured.flatMap(({ figures, problems }, i) => [...differencesOf(expected, figures), ...problems].map(what => `${layouts[i]!}: ${what}`));
  const [last, first] = measured;
  return { name, input, expected, found: { channelsLast: last!.figures, channelsFirst: first!.figures }, exact: differences.length === 0, differences };
}

function expectedOf(published: PublishedNetwork | PartlyPublishedNetwork): ExpectedFigures {
  const { params } = published;
  if (!('macs' in published)) return { params, gmacs: published.gmacs };
  const { bnBuffers, macs, activations } = published;
  return { params, bnBuffers, macs, activations };
}

const isWhole = (expected: ExpectedFigures): expected is NetworkFigures => 'macs' in expected;

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

function differencesOf(expected: ExpectedFigures, found: FoundFigures): readonly string[] {
  const differences = figures.flatMap(figure => {
    const published = publishedOf(expected, figure);
    return published === undefined || found[figure] === published ? [] : `${spell(found[figure])} ${figureNames[figure]}, published ${spell(published)}`;
  });
  if (isWhole(expected) || inBillions(found.macs) === expected.gmacs) return differences;
  return [...differences, `${spell(found.macs)} MACs, published ${expected.gmacs} billion`];
}

const figures = Object.keys(figureNames) as readonly (keyof NetworkFigures)[];

/** To the digit; undefined where it is not published so. */
const publishedOf = (expected: ExpectedFigures, figure: keyof NetworkFigures): number | undefined =>
  (isWhole(expected) ? expected[figure] : figure === 'params' ? expected.params : undefined);

/** To three decimals. */
const inBillions = (macs: Dim): number | undefined => (typeof macs === 'number' ? Number((macs / 1e9).toFixed(3)) : undefined);

const spell = (figure: Dim): string => (typeof figure === 'number' ? figure.toLocaleString('en') : formatDim(figure));

/** `46 of 46 exact`: of the networks of which every figure is published. */
export const summaryOf = (checks: readonly NetworkCheck[]): string => shareOf(checks.filter(({ expected }) => isWhole(expected)));

/** Of those of which less is published; undefined where there is none. */
export function partlySummaryOf(checks: readonly NetworkCheck[]): string | undefined {
  const partly = checks.filter(({ expected }) => !isWhole(expected));
  return partly.length > 0 ? `${shareOf(partly)} in parameters and in billions of MACs, of which no other figures are published` : undefined;
}

const shareOf = (checks: readonly NetworkCheck[]): string => `${checks.filter(({ exact }) => exact).length} of ${checks.length} exact`;

const head = ['network', 'input', 'parameters', 'batch-norm buffers', 'MACs', 'activations', ''];

/** A row for each network, as figures of the layout that is the default, without those that are not compared; what differs follows in lines of its own. */
const rowOf = ({ name, input, expected, found: { channelsLast: found }, exact, differences }: NetworkCheck): readonly string[] => [
  name, `${input}×${input}`, ...figures.map(figure => (figure === 'macs' || publishedOf(expected, figure) !== undefined ? spell(found[figure]) : '–')),
  !exact ? `differs (${differences.length})` : isWhole(expected) ? 'exact' : 'exact as published',
];

const differenceLines = (checks: readonly NetworkCheck[]): readonly string[] =>
  checks.flatMap(({ name, differences }) => differences.map(difference => `${name}, ${difference}`));

const partlySummaryLines = (checks: readonly NetworkCheck[]): readonly string[] => [partlySummaryOf(checks) ?? []].flat();

/** For terminals; ends with the summary. */
export function reportOf(checks: readonly NetworkCheck[]): string {
  const rows = [head, ...checks.map(rowOf)];
  const widths = head.map((_, column) => Math.max(...rows.map(row => row[column]!.length)));
  const line = (row: readonly string[]): string =>
    row.map((cell, column) => (isText(column) ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!))).join('  ').trimEnd();
  return `${[...rows.map(line), '', ...differenceLines(checks), ...partlySummaryLines(checks), summaryOf(checks)].join('\n')}\n`;
}

/** For editors; ends with the summary. */
export function markdownReportOf(checks: readonly NetworkCheck[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = line(head.map((_, column) => (isText(column) ? '---' : '---:')));
  return [
    '# Published networks, inferred', '',
    'The figures are inferred layer by layer from the architectures in `src/blocks/library/networks`, with channels last and with channels '
      + 'first, and compared with the published ones to the digit, or to as many digits as are published.', '',
    line(head), rule, ...checks.map(check => line(rowOf(check))), '',
    ...partlySummaryLines(checks).flatMap(summary => [summary, '']),
    ...differenceLines(checks).map(difference => `* ${difference}`),
    `**${summaryOf(checks)}**`, '',
  ].join('\n');
}

/** The name in front, and the verdict at the end; what is between are numbers. */
const isText = (column: number): boolean => column === 0 || column === head.length - 1;
