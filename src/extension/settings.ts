// The settings as the code reads them. Their names, defaults and descriptions stand in package.json; a test in the
// extension host fails when one is read here that is not declared there.
import * as vscode from 'vscode';
import { countingOf, type Counting } from '../blocks/counting/counting.ts';
import type { HintOptions } from '../blocks/features/inlay-hints.ts';

export const SECTION = 'blockscope';

/** The document that the settings are for; undefined for no document in particular. */
type Scope = vscode.ConfigurationScope | undefined;

export type DiagnosticsLevel = 'off' | 'asDefined' | 'warning' | 'information';

export const hintsEnabled = (scope: Scope): boolean => read(scope, 'hints.enabled', true);

export function hintOptions(scope: Scope): HintOptions {
  const show = read<readonly string[]>(scope, 'hints.show', ['shape', 'params']);
  // The editor cuts hints off at a length of its own, which a hint had better know.
  const room = vscode.workspace.getConfiguration('editor', scope).get('inlayHints.maximumLength');
  return {
    shape: show.includes('shape'), params: show.includes('params'), macs: show.includes('macs'),
    counting: counting(scope),
    room: typeof room === 'number' ? room : 43,
  };
}

export const lensesEnabled = (scope: Scope): boolean => read(scope, 'codeLens.enabled', true);

/** By which convention figures are counted. */
export const counting = (scope: Scope): Counting => countingOf({
  parameters: read(scope, 'counting.parameters', ''), operations: read(scope, 'counting.operations', ''), layers: read(scope, 'counting.layers', ''),
});

export const diagnosticsLevel = (scope: Scope): DiagnosticsLevel => read(scope, 'diagnostics.level', 'asDefined');

/** In characters. */
export const maximumFileSize = (scope: Scope): number => read(scope, 'maximumFileSize', 256) * 1024;

/** The names of all settings, for the test that compares them with the manifest. */
export const settingNames = [
  'hints.enabled', 'hints.show', 'codeLens.enabled', 'counting.parameters', 'counting.operations', 'counting.layers', 'diagnostics.level', 'maximumFileSize',
] as const;

/** A value of another type than the fallback's, as hand-written settings have it, counts as not set. */
function read<T>(scope: Scope, name: (typeof settingNames)[number], fallback: T): T {
  const value: unknown = vscode.workspace.getConfiguration(SECTION, scope).get(name);
  return typeof value === typeof fallback && Array.isArray(value) === Array.isArray(fallback) ? (value as T) : fallback;
}
