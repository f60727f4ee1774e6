// Type-checks each part of the project with its own configuration: the core without DOM and Node, the webview without
// Node, and so on. A part that reaches for what it must not know does not compile. `typecheck.ts PART…` checks only these.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { sliceTypeScript, slicePath } from './slice-typescript.ts';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
/** Those that take longest first, so that the last ones to end are short. */
const parts = ['test', 'src/blocks', 'webview', 'scripts', 'bench', 'src/extension', 'src/cli', 'examples'];

const wanted = process.argv.slice(2);
if (wanted.length > 0) {
  if (!wanted.map(check).every(Boolean)) process.exitCode = 1;
} else {
  if (!existsSync(slicePath)) await sliceTypeScript();
  await checkAll();
}

/** As many at a time as there are processors: more only take turns, and each takes half a gigabyte. */
async function checkAll(): Promise<void> {
  const waiting = [...parts];
  const failed: string[] = [];
  const work = async (): Promise<void> => {
    for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) if (!await checkApart(part)) failed.push(part);
  };
  await Promise.all(Array.from({ length: os.availableParallelism() }, work));
  if (failed.length > 0) {
    console.error(`type errors in ${failed.join(', ')}`);
    process.exitCode = 1;
  }
}

function checkApart(part: string): Promise<boolean> {
  return new Promise(resolve => {
    const child = spawn(process.execPath, ['--import', 'tsx', fileURLToPath(import.meta.url), part], { cwd: root, stdio: 'inherit' });
    child.once('close', code => resolve(code === 0));
  });
}

/**
 * Prints what is wrong in the files of a part, and in those that it reaches and that belong to no part. What it reaches of other parts is
 * read for its types alone, because it is checked there, with the configuration that it has to hold under.
 */
function check(part: string): boolean {
  const config = configOf(part);
  const program = ts.createProgram({ rootNames: config.fileNames, options: config.options, projectReferences: config.projectReferences ?? [] });
  const elsewhere = new Set(parts.filter(other => other !== part).flatMap(other => configOf(other).fileNames));
  for (const name of config.fileNames) elsewhere.delete(name);
  const files = program.getSourceFiles().filter(file => !elsewhere.has(file.fileName) && !program.isSourceFileFromExternalLibrary(file) && !program.isSourceFileDefaultLibrary(file));
  const diagnostics = [
    ...config.errors, ...program.getConfigFileParsingDiagnostics(), ...program.getOptionsDiagnostics(), ...program.getGlobalDiagnostics(),
    ...files.flatMap(file => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)]),
  ];
  const host: ts.FormatDiagnosticsHost = { getCurrentDirectory: () => root, getCanonicalFileName: name => name, getNewLine: () => '\n' };
  if (diagnostics.length > 0) console.error(ts.formatDiagnosticsWithColorAndContext(ts.sortAndDeduplicateDiagnostics(diagnostics), host));
  return diagnostics.length === 0;
}

function configOf(part: string): ts.ParsedCommandLine {
  const file = path.join(root, part, 'tsconfig.json');
  const { config, error } = ts.readConfigFile(file, name => ts.sys.readFile(name)) as { config: unknown; error?: ts.Diagnostic };
  const parsed = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file), {}, file);
  return error ? { ...parsed, errors: [error, ...parsed.errors] } : parsed;
}
