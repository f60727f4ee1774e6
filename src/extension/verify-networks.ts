// Blockscope: Check Against Published Networks.
import * as vscode from 'vscode';
import { checkInSteps, markdownReportOf, partlySummaryOf, summaryOf, type NetworkCheck } from '../blocks/library/verify.ts';
import type { Log } from './log.ts';

/** Of documents that can be read and not written; each time the command runs it has the same one, with a new text. */
const scheme = 'blockscope-networks';
const reportUri = vscode.Uri.from({ scheme, path: '/published-networks.md' });

export function registerVerifyNetworks(log: Log): vscode.Disposable {
  let report = '';
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const verify = () => log.guardAsync('Check Against Published Networks', undefined, async () => {
    const checks = await withProgress();
    if (!checks) return;
    report = markdownReportOf(checks);
    changed.fire(reportUri);
    log.info(`Published networks: ${[summaryOf(checks), partlySummaryOf(checks) ?? []].flat().join('; ')}.`);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(reportUri), { preview: true });
  });
  return vscode.Disposable.from(
    changed,
    vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: () => report }),
    vscode.commands.registerCommand('blockscope.verifyNetworks', verify),
  );
}

const withProgress = (): Thenable<readonly NetworkCheck[] | undefined> => {
  const options = { location: vscode.ProgressLocation.Notification, title: 'Published networks', cancellable: true };
  return vscode.window.withProgress(options, async (progress, canceled) => {
    const steps = checkInSteps();
    for (;;) {
      const step = steps.next();
      if (step.done) return step.value;
      progress.report({ message: step.value.name, increment: 100 * step.value.share });
      // Everything else in the extension host has its turn before the next step.
      await new Promise(resolve => setTimeout(resolve));
      if (canceled.isCancellationRequested) return undefined;
    }
  });
};
