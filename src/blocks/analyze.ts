// What Blockscope says about one file: the way in for the editor and the terminal.
import type { Analysis } from './analysis.ts';
import type { BlockUse, DeclaredName } from './block-files/block-file.ts';
import { isBlockFile } from './block-files/is-block-file.ts';
import { linksOf } from './block-files/link.ts';
import { readBlockFile } from './block-files/read-block-file.ts';
import { blockSitesOf } from './analyze/block-sites.ts';
import { calledFunctionsOf } from './analyze/called-functions.ts';
import { entryPointsOf } from './analyze/entry-points.ts';
import { functionBlocksOf } from './analyze/function-blocks.ts';
import { modelBlocksOf } from './analyze/model-blocks.ts';
import { sitesOf } from './analyze/sites.ts';
import { evaluateFile, type EvaluateOptions } from './evaluate/evaluate-file.ts';
import { RememberedParts } from './evaluate/remembered.ts';
import { analyzeModelFile } from './model-files/analyze-model-file.ts';
import { CodeReader } from './syntax/code-reader.ts';
import { jsonStatementAt } from './syntax/json-statement-at.ts';
import { mostCharacters, upperLimit } from './syntax/source-size.ts';
import { tensorflowNames } from './evaluate/tensorflow/namespace.ts';
import { fileTooLarge } from './problems/file-too-large.ts';
import { restNotRead } from './problems/rest-not-read.ts';
import { syntaxError } from './problems/syntax-error.ts';
import type { Problem } from './problems/problem.ts';
import { TypeScriptReader } from './syntax/parse-typescript.ts';
import { statementAt } from './syntax/statement-at.ts';
import type { Program } from './syntax/tree.ts';
import { finished, type Steps } from './steps.ts';
import type { Location } from './text/location.ts';

export interface AnalyzeOptions extends EvaluateOptions {
  /** Of files with more the beginning is read; what layers cannot depend on does not count. */
  readonly mostCharacters?: number;
}

/**
 * Reads a file and says what it builds. Nothing of it is executed. `calls` are evaluated besides what the file itself
 * calls; `readModule` gives the text of files that it imports. Never throws and always ends.
 */
export const analyze = (file: string, text: string, options: AnalyzeOptions = {}): Analysis => analyzerFor(file).analyze(text, options);

/** Analyses the versions of one file. */
export interface Analyzer {
  analyze(text: string, options?: AnalyzeOptions, caret?: number): Analysis;
  /** The same, for files that may be long work: saved models have millions of characters. The caret is asked for when it is needed, as it may move meanwhile. */
  analyzeInSteps(text: string, options?: AnalyzeOptions, caretNow?: CaretNow): Steps<Analysis>;
}

type CaretNow = () => number | undefined;
const noCaret: CaretNow = () => undefined;

/** What reads a file: its name tells, or its language where it has none that does. */
export const analyzerFor = (file: string, isJson = /\.jsonc?$/i.test(file)): Analyzer => (isJson ? new JsonAnalyzer(file) : new FileAnalyzer(file));

/** JSON has blocks or a saved model, which it says itself. It is read anew at every change: that takes less time than finding out what an edit left alone. */
class JsonAnalyzer implements Analyzer {
  private readonly blocks: FileAnalyzer;

  constructor(private readonly file: string) {
    this.blocks = new FileAnalyzer(file);
  }

  analyze(text: string, options?: AnalyzeOptions, caret?: number): Analysis {
    return finished(this.analyzeInSteps(text, options, () => caret));
  }

  *analyzeInSteps(text: string, options?: AnalyzeOptions, caretNow = noCaret): Steps<Analysis> {
    if (isBlockFile(this.file, text)) return yield* this.blocks.analyzeInSteps(text, options, caretNow);
    const analysis = yield* analyzeModelFile(this.file, text);
    return withStatementInJson(analysis, text, caretNow());
  }
}

/** Analyses the versions of a source file: `analyze`, without reading again what an edit left alone. */
export class FileAnalyzer implements Analyzer {
  private readonly reader: TypeScriptReader;
  private readonly codeReader = new CodeReader();
  private readonly remembered = new RememberedParts();

  constructor(file: string) {
    this.reader = new TypeScriptReader(file);
  }

  /** With the caret, what is not closed yet is taken to end there, and the statement around it is told. */
  analyze(text: string, options: AnalyzeOptions = {}, caret?: number): Analysis {
    const most = Math.min(options.mostCharacters ?? mostCharacters, upperLimit);
    if (isBlockFile(this.reader.file, text)) return this.analyzeBlocks(text, options, caret);
    const code = this.codeReader.read(text, { leads: [...tensorflowNames, ...namesIn(options.calls)], most });
    if (!code) return notRead(this.reader.file, text.length, most);
    const { leavesOut, unread, unreadAt } = code;
    const program = { ...this.reader.read(code.text, caret, code.blanks), leavesOut, unread };
    const analysis = analysisOf(program, options, this.remembered, unreadAt ? [restNotReadAt({ file: program.file, ...unreadAt })] : []);
    return caret === undefined || !analysis.parses ? analysis : { ...analysis, statementAtCaret: statementAt(program, caret) };
  }

  /** All in one step: code is read up to a length. */
  *analyzeInSteps(text: string, options?: AnalyzeOptions, caretNow = noCaret): Steps<Analysis> {
    return this.analyze(text, options, caretNow());
  }

  /** A block file is small, and read as a whole each time. */
  private analyzeBlocks(text: string, options: AnalyzeOptions, caret: number | undefined): Analysis {
    const { file } = this.reader;
    const most = Math.min(options.mostCharacters ?? upperLimit, upperLimit);
    if (text.length > most) return notRead(file, text.length, most);
    const alone = readBlockFile(file, text, { caret });
    const { problems, faults, parameters } = linksOf(file, alone, options.readModule ?? (() => undefined));
    const { program } = faults.size > 0 ? readBlockFile(file, text, { caret, faults }) : alone;
    const analysis = analysisOf(program, options, this.remembered, alone.program.errors.length > 0 ? alone.problems : [...alone.problems, ...problems]);
    // Its parameters have their values in the file: nobody has to be asked for them.
    return withStatementInJson({ ...analysis, entryPoints: [], names: alone.names, blockUses: alone.blockUses.map(use => withParameters(use, parameters.get(use.at.start - 1))) }, text, caret);
  }
}

const withParameters = (use: BlockUse, parameters: readonly DeclaredName[] | undefined): BlockUse => (parameters ? { ...use, parameters } : use);

const withStatementInJson = (analysis: Analysis, text: string, caret: number | undefined): Analysis =>
  (caret === undefined || !analysis.parses ? analysis : { ...analysis, statementAtCaret: jsonStatementAt(text, caret) });

/** What the user calls matters, whatever it has to do with layers. */
const namesIn = (calls: readonly string[] = []): string[] => calls.flatMap(call => call.match(/[\p{ID_Continue}$]+/gu) ?? []);

function notRead(file: string, characters: number, most: number): Analysis {
  const { id, severity, message } = fileTooLarge;
  const problem: Problem = { id, severity, message: message({ characters, most }), at: { file, start: 0, end: 0 }, related: [] };
  return { file, sites: [], blocks: [], functions: [], blockSites: [], calledFunctions: [], entryPoints: [], exampleCalls: [], problems: [problem], parses: true };
}

function restNotReadAt({ file, start, end }: Location): Problem {
  const { id, severity, message } = restNotRead;
  return { id, severity, message: message({}), at: { file, start, end }, related: [] };
}

function analysisOf(program: Program, options: EvaluateOptions, remembered: RememberedParts, more: readonly Problem[]): Analysis {
  const { file } = program;
  const run = evaluateFile(program, options, remembered);
  const problems: Problem[] = program.errors.map(({ start, end, message }) => ({
    id: syntaxError.id, severity: syntaxError.severity, message: syntaxError.message({ message }), at: { file, start, end }, related: [],
  }));
  // What an example call makes to be passed on, such as an input, is no part of the program.
  const isAside = ({ at }: { readonly at: Location }): boolean =>
    at.file === file ? program.exampleCalls.some(({ start, end }) => start <= at.start && at.start < end) : options.calls?.includes(at.file) === true;
  const inProgram = <T extends { readonly at: Location }>(found: T[]): T[] =>
    (program.exampleCalls.length === 0 && !options.calls?.length ? found : found.filter(one => !isAside(one)));
  return {
    file, sites: inProgram(sitesOf(run.parts, file)), blocks: inProgram(modelBlocksOf(run.parts, file)), functions: functionBlocksOf(run.parts, file),
    blockSites: inProgram(blockSitesOf(run.parts, file)),
    calledFunctions: calledFunctionsOf(run.parts, file), entryPoints: entryPointsOf(run, program), exampleCalls: program.exampleCalls.map(({ start, end }) => ({ file, start, end })),
    problems: [...problems, ...more, ...distinct(run.parts.flatMap(part => part.problems))], parses: program.errors.length === 0,
  };
}

/** A line that is evaluated several times has its problem once. Its places stay what they are when the text is edited. */
function distinct(problems: readonly Problem[]): Problem[] {
  const seen = new Set<string>();
  return problems.filter(({ id, message, at }) => {
    const key = `${id}\n${at.file}\n${at.start}\n${message}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  }).map(problem => ({ ...problem, at: { ...problem.at }, related: problem.related.map(({ message, at }) => ({ message, at: { ...at } })) }));
}
