// Every hint fixture, opened in the real editor and asked for through VS Code.
import * as vscode from 'vscode';
import { compareWithFixture, hintFixtures } from '../../hint-fixtures.ts';
import type { Mark, MarkKind } from '../../hint-notation.ts';
import { activate, diagnosticsOf, hintsOf, labelOf, projectRoot, temporaryFiles } from '../editor.ts';

const KINDS: Readonly<Record<vscode.DiagnosticSeverity, MarkKind>> = {
  [vscode.DiagnosticSeverity.Error]: 'error', [vscode.DiagnosticSeverity.Warning]: 'warning',
  [vscode.DiagnosticSeverity.Information]: 'information', [vscode.DiagnosticSeverity.Hint]: 'information',
};

describe('hint fixtures in the editor', () => {
  const files = temporaryFiles();
  const fixtures = hintFixtures(projectRoot).map(fixture => ({ fixture, uri: files.write(fixture.name, fixture.text) }));
  before(activate);
  after(() => files.remove());

  for (const { fixture, uri } of fixtures) {
    it(fixture.name, async () => {
      const document = await vscode.workspace.openTextDocument(uri);
      const hints = (await hintsOf(document)).map((hint): Mark => {
        const offset = document.offsetAt(hint.position);
        return { kind: 'hint', start: offset, end: offset, text: labelOf(hint) };
      });
      const problems = diagnosticsOf(uri).map((diagnostic): Mark => ({
        kind: KINDS[diagnostic.severity], start: document.offsetAt(diagnostic.range.start), end: document.offsetAt(diagnostic.range.end),
        text: `${String(diagnostic.code)}: ${diagnostic.message}`,
      }));
      compareWithFixture(fixture, [...hints, ...problems], false);
    });
  }
});
