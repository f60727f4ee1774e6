// What other files say of the blocks that a block file uses: whether they are there, what they are made with, and whether one of them
// leads back to itself.
import { similarName } from '../layers/similar-name.ts';
import { blockCycle } from '../problems/block-cycle.ts';
import { missingParameter } from '../problems/missing-parameter.ts';
import { unknownBlock } from '../problems/unknown-block.ts';
import { unknownParameter } from '../problems/unknown-parameter.ts';
import type { Problem, ProblemDefinition } from '../problems/problem.ts';
import type { Location } from '../text/location.ts';
import type { BlockFile, DeclaredName, FileUse, UseFault } from './block-file.ts';
import { readBlockFile } from './read-block-file.ts';

type ReadModule = (specifier: string, fromFile: string) => { readonly file: string; readonly text: string } | undefined;

export interface Links {
  readonly problems: readonly Problem[];
  /** By where the quote of each use stands. */
  readonly faults: ReadonlyMap<number, UseFault>;
  /** Of the files that are used, by the same. */
  readonly parameters: ReadonlyMap<number, readonly DeclaredName[]>;
}

/** Files that use each other are followed so deep. */
const deepest = 100;

export function linksOf(file: string, { fileUses }: BlockFile, readModule: ReadModule): Links {
  const linker = new Linker(file, readModule);
  for (const use of fileUses) linker.add(use);
  return linker;
}

class Linker implements Links {
  readonly problems: Problem[] = [];
  readonly faults = new Map<number, UseFault>();
  readonly parameters = new Map<number, readonly DeclaredName[]>();
  private readonly read = new Map<string, BlockFile>();
  /** What leads to no circle. */
  private readonly sound = new Set<string>();

  constructor(private readonly file: string, private readonly readModule: ReadModule) {}

  add(use: FileUse): void {
    const found = use.file.endsWith('.json') ? this.readModule(use.file, this.file) : undefined;
    if (!found) return this.fail(use, unknownBlock, { message: `There is no block file ${use.file} here.` });
    const circle = found.file === this.file ? [this.file, this.file] : this.circleFrom(found, [this.file]);
    if (circle) return this.fail(use, blockCycle, { files: circle.map(nameOf) });
    const file = this.fileOf(found);
    this.parameters.set(use.at.start - 1, file.names.filter(({ parameter }) => parameter !== undefined));
    this.checkParameters(use, file);
  }

  private checkParameters({ file, at, given }: FileUse, { parameters }: BlockFile): void {
    const known = parameters.map(({ name }) => name);
    for (const { name, at: place } of given) {
      if (!known.includes(name)) this.report(unknownParameter, { block: nameOf(file), parameter: name, suggestion: similarName(name, known), known }, place);
    }
    const missing = parameters.filter(({ name, required }) => required && !given.some(one => one.name === name)).map(({ name }) => name);
    if (missing.length === 0) return;
    this.report(missingParameter, { block: nameOf(file), parameters: missing }, at);
    this.faults.set(at.start - 1, { missing });
  }

  private fileOf({ file, text }: { readonly file: string; readonly text: string }): BlockFile {
    let read = this.read.get(file);
    if (!read) this.read.set(file, (read = readBlockFile(file, text, { isUsed: true })));
    return read;
  }

  /** The files of a circle that a file leads to, the first again at its end. */
  private circleFrom(found: { readonly file: string; readonly text: string }, before: readonly string[]): readonly string[] | undefined {
    const { file } = found;
    if (before.includes(file)) return [...before.slice(before.indexOf(file)), file];
    if (this.sound.has(file) || before.length > deepest) return undefined;
    for (const use of this.fileOf(found).fileUses) {
      const next = this.readModule(use.file, file);
      const circle = next && this.circleFrom(next, [...before, file]);
      if (circle) return circle;
    }
    this.sound.add(file);
    return undefined;
  }

  private fail<Data>({ at }: FileUse, problem: ProblemDefinition<Data>, data: Data): void {
    this.report(problem, data, at);
    this.faults.set(at.start - 1, { reason: problem.message(data) });
  }

  private report<Data>({ id, severity, message }: ProblemDefinition<Data>, data: Data, at: Location): void {
    this.problems.push({ id, severity, message: message(data), at, related: [] });
  }
}

const nameOf = (file: string): string => file.split(/[/\\]/).at(-1) ?? file;
