// Files and what they give each other: imports, exports, `require`.
import { notFollowed } from '../problems/not-followed.ts';
import { unknown } from '../shapes/dim.ts';
import { readBlockFile } from '../block-files/read-block-file.ts';
import { isOfBlockscope } from '../syntax/own-modules.ts';
import type { Spanned } from '../syntax/place.ts';
import { mostCharacters } from '../syntax/source-size.ts';
import { mentionedNames, writtenNames } from '../syntax/names-in.ts';
import type { ExportFrom, Import, Program } from '../syntax/tree.ts';
import type { Location } from '../text/location.ts';
import { parseJson } from './builtins/json.ts';
import { BudgetExceeded } from './budget.ts';
import { CallFrame } from './call-frame.ts';
import { ProgramThrow } from './completion.ts';
import { abandonExits, loseContents, spoil } from './fork.ts';
import { strictnessOf } from './refused-writes.ts';
import type { Run } from './run.ts';
import { Scope } from './scope.ts';
import { execute, hoist } from './statements.ts';
import { forgetCounts } from './tensorflow/default-names.ts';
import { isTensorflowModule, tensorflow } from './tensorflow/namespace.ts';
import { blockFileWords, isBlockFileModule } from './vocabulary/block-file-words.ts';
import { isVocabularyModule, vocabulary } from './vocabulary/words.ts';
import { ModuleNamespaceValue, NamespaceValue, ObjectValue, UnknownValue, type Value } from './values.ts';
import { readMember } from './members.ts';

export interface Module {
  readonly file: string;
  readonly scope: Scope;
  /** Read when they are asked for, because modules may import each other. */
  readonly exports: Map<string, () => Value>;
  /** What `export * from` names, asked when a name is not among the module's own. */
  readonly stars: (Module | NamespaceValue)[];
  /** `module.exports` of a CommonJS file. */
  readonly commonJs: ObjectValue;
  /** Whether its code is strict; undefined where nobody can tell. */
  readonly strict?: boolean | undefined;
}

/** Evaluates a file from top to bottom. A statement that cannot be followed to its end does not stop those after it. */
export function evaluateModule(run: Run, program: Program): Module {
  const scope = new Scope(undefined, { thisValue: undefined, home: undefined }, true);
  const module: Module = { file: program.file, scope, exports: new Map(), stars: [], commonJs: new ObjectValue(), strict: strictnessOf(program) };
  run.modules.set(program.file, module);
  if (program.body.some(statement => statement.kind === 'import' && isOfBlockscope(statement.from))) run.blockFiles.add(program.file);
  const exportsObject = new ObjectValue();
  module.commonJs.properties.set('exports', { value: exportsObject });
  scope.declare('module', module.commonJs);
  scope.declare('exports', exportsObject);
  const outer = { file: run.file, frame: run.frame };
  run.file = program.file;
  run.frame = new CallFrame(undefined, undefined, { file: program.file, start: 0, end: 0 }, false);
  try {
    hoist(run, program.body, scope);
    if (program.unread) run.unread?.hoist(scope);
    for (const statement of program.body) {
      const ended = attempt(run, () => { execute(run, statement, scope); });
      if (ended !== 'not followed') continue;
      const at = { file: program.file, start: statement.start, end: endOfLine(program.text, statement) };
      if (namesLayers(program.text, statement)) reportNotFollowed(run, at);
      // What the statement would have written in the end is not what the variables hold now.
      for (const name of writtenNames(statement)) {
        const binding = scope.own(name);
        if (binding) run.trail.write(binding, 'value', new UnknownValue(unknown('the statement that gives it cannot be followed to its end', at), name));
      }
      // Nor are lists, objects and models what they would have become.
      for (const name of mentionedNames(statement)) loseContents(run, scope.own(name)?.value, unknown('a statement that may change it cannot be followed to its end', at));
    }
    if (program.unread) {
      run.budget.renew();
      run.unread?.mayRun();
    }
  } finally {
    run.file = outer.file;
    run.frame = outer.frame;
  }
  return module;
}

/**
 * Runs a part of the program with a budget of its own. One that throws is left where it stands. Of one that cannot be
 * followed to its end, all that it has written so far becomes unknown, because the rest would have changed it further.
 */
export function attempt(run: Run, part: () => void): 'ended' | 'threw' | 'not followed' {
  run.budget.renew();
  const { frame, file, mutedDepth, optionalDepth } = run;
  const exits = run.exits.length;
  const position = run.trail.watch();
  try {
    part();
    return 'ended';
  } catch (error) {
    if (error instanceof ProgramThrow) return 'threw';
    if (!(error instanceof BudgetExceeded || error instanceof RangeError)) throw error;
    forgetCounts(run);
    const reason = unknown('the code that gives it cannot be followed to its end');
    for (const [target, key, change] of run.trail.changesSince(position).places()) spoil(run, target, key, change, reason);
    return 'not followed';
  } finally {
    abandonExits(run, exits);
    run.trail.unwatch();
    Object.assign(run, { frame, file, mutedDepth, optionalDepth });
  }
}

/** Of other code nobody needs to hear that it is not followed: where what it gives matters, the layer says so. */
export const namesLayers = (text: string, { start, end }: Spanned): boolean => /\blayers\b|\bsequential\b|\bmodel\s*\(|\.apply\s*\(|\bnew\s+\w*Layer\b/.test(text.slice(start, end));

export function reportNotFollowed(run: Run, at: Location): void {
  const { id, severity, message } = notFollowed;
  run.report({ id, severity, message: message({ reason: 'it takes more steps, or nests deeper, than can be followed' }), at, related: [] });
}

/** A problem of a long statement is shown at its first line. */
function endOfLine(text: string, { start, end }: Spanned): number {
  const lineEnd = text.indexOf('\n', start);
  return lineEnd < 0 ? end : Math.min(end, lineEnd);
}

export function importModule(run: Run, node: Import, scope: Scope): void {
  if (node.typeOnly) return;
  // A module that nothing is imported from may still change what others give.
  const module = knownModule(node.from) ? undefined : loadModule(run, node.from);
  for (const { imported, local } of node.bindings) {
    if (!module || imported === '*') {
      scope.declare(local, importedValue(run, node.from, imported, local, node));
      continue;
    }
    // An import is the exporting module's variable itself, whatever that comes to hold.
    const missing = new UnknownValue(unknown(`'${node.from}' exports no ${imported}`, run.at(node)), local);
    scope.declareLive(local, () => exported(run, module, imported) ?? missing);
  }
}

/** What a module gives under a name; `*` is the module itself. */
export function importedValue(run: Run, from: string, imported: string, local: string, node: Spanned): Value {
  const known = knownModule(from);
  if (known) return imported === '*' || imported === 'default' ? known : known.member(imported);
  const module = loadModule(run, from);
  if (!module) return new UnknownValue(unknown(`${local} comes from '${from}', which is not read`, run.at(node)), local);
  return imported === '*' ? namespaceOf(run, module) : exported(run, module, imported) ?? new UnknownValue(unknown(`'${from}' exports no ${imported}`, run.at(node)), local);
}

/** `require('…')` and `import('…')`. */
export function requiredValue(run: Run, from: string, node: Spanned, style: 'require' | 'import'): Value {
  if (isOfBlockscope(from)) run.blockFiles.add(run.file);
  const known = knownModule(from);
  if (known) return known;
  const module = loadModule(run, from);
  if (!module) return new UnknownValue(unknown(`'${from}' is not read`, run.at(node)));
  return style === 'require' && !isEsModule(module) ? module.commonJs.properties.get('exports')!.value : namespaceOf(run, module);
}

export function exportValue(run: Run, name: string, value: () => Value): void {
  run.modules.get(run.file)?.exports.set(name, value);
}

export function exportFrom(run: Run, node: ExportFrom): void {
  const exports = run.modules.get(run.file)?.exports;
  if (!exports) return;
  if (node.names === '*') {
    const from = knownModule(node.from) ?? loadModule(run, node.from);
    if (from) run.modules.get(run.file)?.stars.push(from);
    return;
  }
  for (const { exported: name, imported } of node.names) {
    const value = importedValue(run, node.from, imported, name, node);
    exports.set(name, () => value);
  }
}

/** The modules that are not read, because the interpreter knows what they give. */
const knownModule = (from: string): NamespaceValue | undefined =>
  (isTensorflowModule(from) ? tensorflow : isVocabularyModule(from) ? vocabulary : isBlockFileModule(from) ? blockFileWords : undefined);

export const isKnownModule = (from: string): boolean => knownModule(from) !== undefined;

function loadModule(run: Run, from: string): Module | undefined {
  const source = run.read(from);
  if (!source || source.text.length > mostCharacters) {
    // A package makes no layers until it is called.
    if (/^[./]/.test(from)) forgetCounts(run);
    return undefined;
  }
  const known = run.modules.get(source.file);
  if (known) return known;
  // To a program a block file is data, as it is when the program runs; what it means is a matter of block files.
  if (run.isBlockFile && source.file.endsWith('.json')) return evaluateModule(run, readBlockFile(source.file, source.text, { isUsed: true }).program);
  if (source.file.endsWith('.json')) return dataModule(run, source);
  return evaluateModule(run, run.programs.of(source.file, source.text));
}

/** A JSON file is its value: what `require` gives, and the default of an import. Undefined where it does not parse. */
function dataModule(run: Run, source: { file: string; text: string }): Module | undefined {
  const value = parseJson(run, source.text);
  if (value === undefined) return undefined;
  const module: Module = { file: source.file, scope: new Scope(undefined), exports: new Map(), stars: [], commonJs: new ObjectValue() };
  module.commonJs.properties.set('exports', { value });
  run.modules.set(source.file, module);
  return module;
}

function exported(run: Run, module: Module, name: string): Value {
  const found = findExport(module, name, new Set());
  if (found) return found();
  const commonJs = module.commonJs.properties.get('exports')!.value;
  if (isEsModule(module)) return undefined;
  return name === 'default' ? commonJs : readMember(run, commonJs, name, { start: 0, end: 0 });
}

const isEsModule = (module: Module): boolean => module.exports.size > 0 || module.stars.length > 0;

/** A name's own export, or the one of a module that is exported as a whole. Modules may export each other. */
function findExport(module: Module, name: string, seen: Set<Module>): (() => Value) | undefined {
  seen.add(module);
  const own = module.exports.get(name);
  if (own || name === 'default') return own;
  let last: (() => Value) | undefined;
  for (const star of module.stars) {
    if (star instanceof NamespaceValue) last ??= () => star.member(name);
    else if (!seen.has(star)) {
      const found = findExport(star, name, seen);
      if (found) return found;
    }
  }
  return last;
}

const namespaceOf = (run: Run, module: Module): Value => new ModuleNamespaceValue(module.file, property => exported(run, module, property));
