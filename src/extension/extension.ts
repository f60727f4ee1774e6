// What VS Code loads when a file of a language is opened that may hold layers, which may be any JSON file: it tells whether there is something to
// read, and loads the rest of Blockscope when there is, or when somebody asks for it.
import path from 'node:path';
import * as vscode from 'vscode';
import type { BlockscopeApi } from './api.ts';
import { registerBlockSchema } from './block-schema.ts';
import { loadScript } from './code-cache.ts';
import { isSupported, mayHoldLayers } from './documents.ts';
import type * as editorModule from './editor.ts';
import { VIEW_TYPE } from './panel-page.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

/** By then the first files are read, so that most of what a session needs is compiled. */
const millisecondsUntilKept = 15_000;

function loadEditor({ globalStorageUri, subscriptions }: vscode.ExtensionContext): typeof editorModule {
  const editor = loadScript(path.join(__dirname, 'editor.cjs'), path.join(globalStorageUri.fsPath, 'code-cache'));
  // Where nothing can be written, the next session begins as this one has.
  const timer = setTimeout(() => { editor.keep().catch(() => undefined); }, millisecondsUntilKept);
  subscriptions.push({ dispose: () => clearTimeout(timer) });
  return editor.exports as typeof editorModule;
}

export function activate(context: vscode.ExtensionContext): BlockscopeApi {
  let editor: editorModule.Editor | undefined;
  const start = (): editorModule.Editor => {
    if (editor) return editor;
    // Commands and panels are the editor's from here on.
    waiting.dispose();
    return (editor = loadEditor(context).startEditor(context));
  };
  const startFor = (document: vscode.TextDocument): void => {
    if (!editor && isSupported(document) && mayHoldLayers(document, document.getText())) start();
  };
  const { contributes: { commands } } = context.extension.packageJSON as Manifest;
  const waiting = vscode.Disposable.from(
    vscode.workspace.onDidOpenTextDocument(startFor),
    vscode.workspace.onDidChangeTextDocument(({ document }) => startFor(document)),
    vscode.window.registerWebviewPanelSerializer(VIEW_TYPE, { deserializeWebviewPanel: async (panel, state) => start().panel.restore(panel, state) }),
    ...commands.map(({ command }) => vscode.commands.registerCommand(command, (...given: unknown[]) => {
      start();
      return vscode.commands.executeCommand(command, ...given);
    })),
  );
  context.subscriptions.push(waiting, registerBlockSchema(context.extensionUri));
  for (const document of vscode.workspace.textDocuments) startFor(document);
  return {
    hasStarted: () => editor !== undefined,
    analysisOf: document => start().api.analysisOf(document),
    onDidStartRun: (listener, ...more) => start().api.onDidStartRun(listener, ...more),
    onDidFinishRun: (listener, ...more) => start().api.onDidFinishRun(listener, ...more),
    onDidCompare: (listener, ...more) => start().api.onDidCompare(listener, ...more),
    lastRun: () => editor?.api.lastRun(),
    panelContent: () => editor?.api.panelContent(),
    failures: () => editor?.api.failures() ?? [],
    dispose: () => editor?.api.dispose(),
  };
}
