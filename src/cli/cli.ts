// The terminal command: `blockscope inspect FILE`, `blockscope export [FILE]`, `blockscope check FILE…`, `blockscope profile FILE`, `blockscope compare FILE…`,
// `blockscope claims [ID…]` and `blockscope verify`.
import path from 'node:path';
import { Command, Option } from 'commander';
import type { Analysis } from '../blocks/analysis.ts';
import { analyze } from '../blocks/analyze.ts';
import { countingOf, defaultCounting, layerCountings, operationCountings, parameterCountings, type Counting } from '../blocks/counting/counting.ts';
import { claimTexts } from '../blocks/claims/claim-formats.ts';
import { duration } from '../blocks/claims/claim-words.ts';
import { efforts } from '../blocks/claims/effort.ts';
import { verdictNames } from '../blocks/claims/verdict.ts';
import { payloadOf } from '../blocks/features/block-payload.ts';
import { comparisonFormats } from '../blocks/features/comparison-formats.ts';
import { failedChecks } from '../blocks/features/failed-checks.ts';
import { outline, type BlockResult } from '../blocks/features/outline.ts';
import { runFormats, type RunFormatName } from '../blocks/features/run-formats.ts';
import { gradientsHold } from '../blocks/features/run-words.ts';
import { checkNetworks, reportOf } from '../blocks/library/verify.ts';
import type { ClaimReport, Effort } from '../blocks/protocol/claim-report.ts';
import { backendNames, type BackendName, type BlockPayload, type RunReport, type RunSettings } from '../blocks/protocol/messages.ts';
import manifest from '../../package.json' with { type: 'json' };
import { chooseClaims, claimList, runClaims } from './claims.ts';
import { compare } from './compare.ts';
import { exportedAs, exportedCode, exportedNetwork, type ExportedCode } from './exported-code.ts';
import { inspectionOf, withoutRepeats, type Inspection } from './inspection.ts';
import { findBrowser } from './find-browser.ts';
import { chooseResult, profile } from './profile.ts';
import { readSizes } from './read-sizes.ts';
import type { BrowserRun } from './run-in-browser.ts';
import { home, SourceFiles } from './source-files.ts';
import { problemList, tableOf } from './table.ts';

/** Where the built page lies. */
const dist = path.join(home, 'dist');

const unreadable = 2;
const hasErrors = 1;
const differs = 1;

interface InspectOptions {
  readonly json?: boolean;
  readonly call: string[];
  readonly countParameters: string;
  readonly countOperations: string;
  readonly countLayers: string;
}

const program = new Command('blockscope')
  .description(manifest.description)
  .version(manifest.version)
  .showHelpAfterError('(blockscope --help shows what can be asked)');

program.command('inspect')
  .description('print the blocks of a TypeScript, JavaScript or block file (.block.json), or the model of a model.json, with the output shape, parameters and MACs of every layer')
  .argument('<file>', 'the file; nothing of it is executed')
  .option('--json', 'print JSON instead of tables')
  .option('--call <call>', "also evaluate this call of one of the file's functions, such as 'createModel([28, 28, 1], 10)'; repeatable", collect, [])
  .addOption(new Option('--count-parameters <by>', 'whose parameters: keras counts every weight, pytorch no running statistics').choices(parameterCountings).default('keras'))
  .addOption(new Option('--count-operations <as>', 'a multiply-accumulate is one (macs) or two (flops)').choices(operationCountings).default('macs'))
  .addOption(new Option('--count-layers <which>', 'which operations: fvcore adds normalizations and average pools, all everything').choices(layerCountings).default('convolutionAndDense'))
  .action((file: string, options: InspectOptions) => {
    const counting = countingOf({ parameters: options.countParameters, operations: options.countOperations, layers: options.countLayers });
    const inspection = inspect(file, options.call, counting);
    if (!inspection) return;
    process.stdout.write(options.json ? `${JSON.stringify(withoutRepeats(inspection), null, 2)}\n` : tableOf(inspection));
  });

program.command('export')
  .description('print a model of a file, or a network of the library, as code that builds it and needs nothing else')
  .argument('[file]', 'the file; nothing of it is executed')
  .addOption(new Option('--as <form>', 'tf.layers code, functions of Keras 3, modules of PyTorch, or as JSON what is written in blocks').choices(exportedAs).default('tf'))
  .option('--block <name>', 'which model or function, where there are several')
  .option('--call <call>', "also evaluate this call of one of the file's functions; repeatable", collect, [])
  .addOption(new Option('--network <name>', 'a network of the library, such as ResNet50, in place of a file').conflicts(['block', 'call']))
  .action((file: string | undefined, options: { as: string; block?: string; call: string[]; network?: string }) => {
    if ((file === undefined) === (options.network === undefined)) {
      fail('say which file, or which --network of the library', unreadable);
      return;
    }
    if (options.network !== undefined) {
      print(exportedNetwork(options.network, options.as));
      return;
    }
    const read = readFile(file!, options.call);
    if (read) print(exportedCode(read.analysis, { wanted: options.block, as: options.as }));
  });

program.command('check')
  .description('print the problems of files; the exit status is 1 where one of them is an error')
  .argument('<files...>', 'TypeScript, JavaScript or block files')
  .option('--call <call>', "also evaluate this call of one of the files' functions; repeatable", collect, [])
  .action((files: string[], options: { call: string[] }) => {
    for (const file of files) {
      const inspection = inspect(file, options.call);
      if (!inspection) continue;
      if (inspection.problems.length > 0) process.stdout.write(`${problemList(inspection)}\n`);
      if (inspection.problems.some(problem => problem.severity === 'error')) process.exitCode ??= hasErrors;
    }
  });

program.command('profile')
  .description('run a block of a file in an installed browser of the Chromium family, and print what came out and how long it took, with the table of its layers')
  .argument('<file>', 'the file; nothing of it is executed')
  .option('--block <name>', 'which block, where there are several')
  .option('--call <call>', "also evaluate this call of one of the file's functions; repeatable", collect, [])
  .addOption(new Option('--backend <name>', 'what computes; without it WebGL where there is a GPU, else WebAssembly').choices(backendNames))
  .option('--size <name=number>', 'a number for a dim that is open or has a name, such as H=224, or another one than the source has for the height, width or length of what goes in; repeatable', collect, [])
  .option('--batch <number>', 'how many examples go in at once: the same as --size batch=NUMBER')
  .option('--training', 'also measure a training step: forward and backward')
  .option('--anyway', 'run it although it is large')
  .option('--quick', 'take as few samples as support a confidence interval: done sooner, and less certain')
  .addOption(new Option('--json', 'print JSON instead of Markdown').conflicts('csv'))
  .option('--csv', 'print the table of layers as CSV instead of Markdown')
  .action((file: string, options: ProfileCommand) => profileFile(file, options));

program.command('compare')
  .description('measure blocks against each other, in turns, in an installed browser of the Chromium family; the first is what the others are compared with')
  .argument('<files...>', 'the files; nothing of them is executed')
  .option('--block <name>', 'a block of one of the files, repeatable; without it all that the files have', collect, [])
  .option('--call <call>', "also evaluate this call of one of the files' functions; repeatable", collect, [])
  .addOption(new Option('--backend <name>', 'what computes; without it WebGL where there is a GPU, else WebAssembly').choices(backendNames))
  .option('--size <name=number>', 'a number for a dim that is open or has a name, for all blocks that have it; repeatable', collect, [])
  .option('--anyway', 'run them although they are large')
  .option('--quick', 'measure as few rounds as support a confidence interval: done sooner, and less certain')
  .addOption(new Option('--json', 'print JSON instead of Markdown').conflicts('csv'))
  .option('--csv', 'print the table as CSV instead of Markdown')
  .action((files: string[], options: CompareCommand) => compareFiles(files, options));

program.command('claims')
  .description('try what papers say of blocks on this machine, in an installed browser of the Chromium family, and print a verdict for each claim with its figures')
  .argument('[ids...]', 'the claims, as --list names them; all where none is named')
  .option('--list', 'print which claims there are, and run nothing')
  .addOption(new Option('--backend <name>', 'what computes; without it WebGL where there is a GPU, else WebAssembly').choices(backendNames))
  .addOption(new Option('--effort <name>', 'how many rounds are measured').choices(Object.keys(efforts)).default('normal'))
  .addOption(new Option('--json', 'print JSON instead of Markdown').conflicts('csv'))
  .option('--csv', 'print a table of all figures as CSV instead of Markdown')
  .action((ids: string[], options: ClaimsCommand) => tryClaims(ids, options));

program.command('verify')
  .description('infer the networks of the library and compare them with published figures; the exit status is 1 where one differs')
  .option('--json', 'print JSON instead of a table')
  .action((options: { json?: boolean }) => {
    const checks = checkNetworks();
    process.stdout.write(options.json ? `${JSON.stringify(checks, null, 2)}\n` : reportOf(checks));
    if (checks.some(({ exact }) => !exact)) process.exitCode = differs;
  });

/** How a run is asked for, and in which form its result is printed. */
interface RunCommand {
  readonly call: string[];
  readonly backend?: BackendName;
  readonly size: string[];
  readonly anyway?: boolean;
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly csv?: boolean;
}

interface ProfileCommand extends RunCommand {
  readonly block?: string;
  readonly batch?: string;
  readonly training?: boolean;
}

interface CompareCommand extends RunCommand {
  readonly block: string[];
}

interface ClaimsCommand {
  readonly list?: boolean;
  readonly backend?: BackendName;
  readonly effort: Effort;
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** The exit status says whether the experiments ran, and nothing of their verdicts: these are what they are. */
async function tryClaims(wanted: readonly string[], { list, json, csv, ...settings }: ClaimsCommand): Promise<void> {
  if (list) return void process.stdout.write(claimList());
  const ids = chooseClaims(wanted);
  if (typeof ids === 'string') return fail(ids, unreadable);
  try {
    const browser = findBrowser();
    if (browser === undefined) return fail(noBrowser, unreadable);
    const onEnded = (claim: string, ended: ClaimReport | string): void => {
      if (typeof ended === 'string') fail(`${claim}: ${ended}`, hasErrors);
      else process.stderr.write(`${claim}: ${verdictNames[ended.verdict]} (${duration(ended.seconds)})\n`);
    };
    const reports = await runClaims(ids, { ...settings, onEnded }, { browser, page: dist, limit: longestRun * ids.length, webgpu: settings.backend === 'webgpu' });
    process.stdout.write(claimTexts[json ? 'json' : csv ? 'csv' : 'markdown'](reports));
  } catch (error) {
    fail((error as Error).message, hasErrors);
  }
}

const longestRun = 300_000;

const noBrowser = 'no browser of the Chromium family was found; install one, or set CHROMIUM to the path of one';

async function profileFile(file: string, options: ProfileCommand): Promise<void> {
  const read = readFile(file, options.call);
  if (!read) return;
  const result = chooseResult(read.analysis, options.block);
  if (typeof result === 'string') return fail(result, unreadable);
  const payload = payloadIn(file, result, read.files);
  const sizes = readSizes([...options.size, ...(options.batch === undefined ? [] : [`batch=${options.batch}`])], payload);
  if (typeof sizes === 'string') return fail(sizes, unreadable);
  await inBrowser(options, async (settings, run) => {
    const report = await profile(payload, { ...settings, sizes, ...(options.training ? { training: true } : {}) }, run);
    process.stdout.write(runFormats[formOf(options)].text(payload, report));
    if (!holds(report)) process.exitCode = differs;
  });
}

async function compareFiles(files: readonly string[], options: CompareCommand): Promise<void> {
  const payloads: BlockPayload[] = [];
  for (const file of files) {
    const read = readFile(file, options.call);
    if (!read) return;
    for (const { name, results } of outline(read.analysis)) if (options.block.length === 0 || options.block.includes(name)) payloads.push(payloadIn(file, results[0]!, read.files));
  }
  const missing = options.block.find(name => !payloads.some(payload => payload.name === name));
  if (missing !== undefined) return fail(`there is no ${missing} in ${files.join(', ')}`, unreadable);
  if (payloads.length < 2) return fail('a comparison needs two blocks', unreadable);
  const wanted = ({ name }: BlockPayload): number => options.block.indexOf(name);
  await inBrowser(options, async (settings, run) => {
    const report = await compare([...payloads].sort((a, b) => wanted(a) - wanted(b)), settings, run);
    process.stdout.write(comparisonFormats[formOf(options)].text(report, null));
    if (report.blocks.some(block => block.report === undefined || failedChecks(block.report).length > 0)) process.exitCode = differs;
  });
}

/** `work` throws with one sentence where nothing comes of it. */
async function inBrowser(options: RunCommand, work: (settings: RunSettings, run: BrowserRun) => Promise<void>): Promise<void> {
  const sizes = sizesOf(options.size);
  if (typeof sizes === 'string') return fail(sizes, unreadable);
  try {
    const browser = findBrowser();
    if (browser === undefined) return fail(noBrowser, unreadable);
    const settings = { sizes, ...(options.backend ? { backend: options.backend } : {}), ...(options.anyway ? { evenIfLarge: true } : {}), ...(options.quick ? { quick: true } : {}) };
    await work(settings, { browser, page: dist, limit: longestRun, webgpu: options.backend === 'webgpu' });
  } catch (error) {
    fail((error as Error).message, hasErrors);
  }
}

/** Whether everything that was compared agrees. */
function holds(report: RunReport): boolean {
  const { training } = report;
  const trained = training && !('obstacle' in training) ? training : undefined;
  return failedChecks(report).length === 0 && (!trained || (gradientsHold(trained) && (trained.agreement?.agrees ?? true)));
}

const payloadIn = (file: string, result: BlockResult, files: SourceFiles): BlockPayload =>
  payloadOf(result, { version: 1, fileLabel: file, counting: defaultCounting, textOf: at => files.textOf(at) });

const formOf = ({ json, csv }: RunCommand): RunFormatName => (json ? 'json' : csv ? 'csv' : 'markdown');

/** A text says what is wrong. */
function sizesOf(given: readonly string[]): Readonly<Record<string, number>> | string {
  const sizes: Record<string, number> = {};
  for (const one of given) {
    const [, name, number] = /^(.+)=(\d+)$/.exec(one) ?? [];
    if (name === undefined || Number(number) < 1) return `--size ${one}: a size is a name and a positive integer, such as H=224`;
    sizes[name] = Number(number);
  }
  return sizes;
}

function collect(value: string, before: string[]): string[] {
  return [...before, value];
}

function inspect(file: string, calls: readonly string[], counting?: Counting): Inspection | undefined {
  const read = readFile(file, calls);
  const label = (at: string): string => (at === read?.analysis.file ? file : calls.includes(at) ? at : path.relative(process.cwd(), at));
  return read && inspectionOf(read.analysis, at => read.files.textOf(at), label, counting);
}

/** Undefined, with one line on stderr and status 2, where the file cannot be read. */
function readFile(file: string, calls: readonly string[]): { readonly analysis: Analysis; readonly files: SourceFiles } | undefined {
  const files = new SourceFiles();
  try {
    const source = files.open(file);
    return { analysis: analyze(source.file, source.text, { calls, readModule: files.readModule }), files };
  } catch (error) {
    fail((error as Error).message, unreadable);
    return undefined;
  }
}

function print(exported: ExportedCode): void {
  if ('code' in exported) process.stdout.write(exported.code);
  else fail(exported.reason, hasErrors);
}

function fail(message: string, status: number): void {
  process.stderr.write(`blockscope: ${message}\n`);
  process.exitCode = status;
}

await program.parseAsync();
