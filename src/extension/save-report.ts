// Saves the report of a run where the user says.
import * as vscode from 'vscode';

/** `name` is what the file is called unless the user has another name for it. */
export async function saveReport(name: string, text: string): Promise<void> {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const chosen = await vscode.window.showSaveDialog({ title: 'Save the result of the run', ...(folder ? { defaultUri: vscode.Uri.joinPath(folder.uri, name) } : {}) });
  if (chosen) await vscode.workspace.fs.writeFile(chosen, new TextEncoder().encode(text));
}
